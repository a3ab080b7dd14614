"""Audit verbs in words, for timelines and the journal."""

from django.apps import apps

from hdnd.lib.text import fold

WORDS = {
    "coordination.duties.raised": "Phát sinh nghĩa vụ",
    "coordination.duties.settled": "Ghi bằng chứng thực hiện",
    "coordination.duties.withdrawn": "Rút bằng chứng",
    "coordination.duty.waived": "Ghi lý do không thực hiện",
    "coordination.duty.moved": "Tính lại hạn",
    "coordination.duty.evidence_withdrawn": "Rút bằng chứng, có lý do",
    "coordination.duty.evidence_restored": "Khôi phục bằng chứng",
    "coordination.duty.reopened": "Lại phát sinh",
    "coordination.duty.voided": "Không còn phát sinh",
    "coordination.duty.passed": "Chuyển nghĩa vụ cho cơ quan kế thừa",
    "meetings.meeting.planned": "Lập cuộc họp",
    "meetings.meeting.changed": "Sửa cuộc họp",
    "meetings.meeting.moved": "Thay đổi thời gian, địa điểm",
    "meetings.meeting.agenda_changed": "Điều chỉnh chương trình đã mời",
    "meetings.meeting.postponed": "Hoãn cuộc họp",
    "meetings.meeting.cancelled": "Hủy cuộc họp",
    "meetings.meeting.dropped": "Bỏ kế hoạch họp",
    "meetings.series.planned": "Lập loạt họp định kỳ",
    "meetings.series.changed": "Sửa loạt họp định kỳ",
    "meetings.series.day_skipped": "Cho nghỉ một kỳ",
    "meetings.series.day_restored": "Họp lại kỳ đã cho nghỉ",
    "meetings.series.ended": "Kết thúc loạt họp",
    "meetings.agenda.added": "Thêm nội dung",
    "meetings.agenda.changed": "Sửa nội dung",
    "meetings.agenda.removed": "Bỏ nội dung",
    "meetings.agenda.ordered": "Sắp xếp chương trình",
    "meetings.paper.added": "Thêm tài liệu",
    "meetings.paper.replaced": "Thêm bản mới của tài liệu",
    "meetings.pack.bound": "Lập tập tài liệu",
    "meetings.invitee.added": "Mời thêm",
    "meetings.invitee.removed": "Bỏ mời thêm",
    "meetings.invitee.left_out": "Không mời",
    "meetings.invitee.restored": "Mời lại",
    "meetings.invitation.issued": "Phát hành giấy mời",
    "meetings.invitation.answered": "Trả lời giấy mời",
    "meetings.member.replied": "Thành viên báo dự, vắng",
    "meetings.incoming.registered": "Vào sổ giấy mời đến",
    "meetings.incoming.changed": "Sửa giấy mời đến",
    "meetings.incoming.assigned": "Cử người dự",
    "meetings.incoming.attended": "Ghi kết quả dự",
    "meetings.incoming.withdrawn": "Rút giấy mời đến",
    "meetings.mail.tested": "Gửi thử thư mời",
    "meetings.attendance.marked": "Điểm danh",
    "meetings.meeting.opened": "Khai mạc",
    "meetings.vote.recorded": "Ghi biểu quyết",
    "meetings.vote.removed": "Xóa kết quả biểu quyết",
    "meetings.meeting.closed": "Kết thúc cuộc họp",
    "meetings.minutes.started": "Bắt đầu biên bản",
    "meetings.minutes.written": "Viết biên bản",
    "meetings.minutes.circulated": "Lấy ý kiến biên bản",
    "meetings.minutes.commented": "Góp ý biên bản",
    "meetings.minutes.approved": "Duyệt và khóa biên bản",
    "meetings.minutes.corrected": "Lập bản đính chính",
    "meetings.conclusion.added": "Thêm kết luận",
    "meetings.conclusion.changed": "Sửa kết luận",
    "meetings.conclusion.removed": "Bỏ kết luận",
    "meetings.notice.issued": "Phát hành thông báo kết luận",
    "meetings.task.completed": "Báo hoàn thành nhiệm vụ",
    "meetings.reminder.sent": "Nhắc việc",
    "meetings.reminders.sent_by_hand": "Thư ký nhắc",
    "meetings.reminders.paused": "Tắt nhắc việc",
    "meetings.reminders.resumed": "Bật lại nhắc việc",
    "meetings.invitation.passed": "Chuyển giấy mời cho cơ quan kế thừa",
    "meetings.task.passed": "Chuyển nhiệm vụ cho cơ quan kế thừa",
    "documents.document.issued": "Phát hành văn bản",
    "documents.document.registered": "Vào sổ văn bản đi",
    "documents.number.reserved": "Giữ số văn bản",
    "documents.number.voided": "Hủy số đã giữ",
    "documents.incoming.registered": "Vào sổ văn bản đến",
    "documents.incoming.changed": "Sửa văn bản đến",
    "documents.incoming.handed_on": "Chuyển xử lý",
    "documents.incoming.settled": "Ghi kết quả xử lý",
    "documents.incoming.reopened": "Mở lại xử lý",
    "documents.incoming.voided": "Hủy số đến",
    "documents.consultation.planned": "Soạn phiếu lấy ý kiến",
    "documents.consultation.changed": "Sửa dự thảo lấy ý kiến",
    "documents.consultation.paper_added": "Thêm tài liệu lấy ý kiến",
    "documents.consultation.paper_removed": "Bỏ tài liệu lấy ý kiến",
    "documents.consultation.opened": "Phát hành phiếu lấy ý kiến",
    "documents.consultation.answered": "Cho ý kiến",
    "documents.consultation.reminded": "Nhắc cho ý kiến",
    "documents.consultation.extended": "Gia hạn cho ý kiến",
    "documents.consultation.closed": "Kết thúc lấy ý kiến",
    "documents.consultation.cancelled": "Dừng lấy ý kiến",
    "documents.consultation.result_issued": "Phát hành kết quả lấy ý kiến",
    "workbench.feed.issued": "Tạo đường dẫn lịch",
    "workbench.feed.revoked": "Thu hồi đường dẫn lịch",
    "workbench.week.opened": "Soạn lịch công tác tuần",
    "workbench.week.changed": "Sửa lịch công tác tuần",
    "workbench.week.published": "Công bố lịch công tác tuần",
    "outbox.message.failed": "Thư không gửi được",
    "outbox.message.retried": "Gửi lại thư",
    "outbox.message.bounced": "Ghi thư bị trả lại",
    "jobs.job.started": "Bắt đầu việc chạy nền",
    "jobs.job.finished": "Việc chạy nền đã xong",
    "jobs.job.failed": "Việc chạy nền không xong",
    "councils.demo.loaded": "Nạp dữ liệu mẫu",
    "coordination.demo.loaded": "Nạp quy chế mẫu",
    "councils.demo.finished": "Nạp xong dữ liệu mẫu",
    "councils.user.password_set": "Đặt mật khẩu cho tài khoản",
    "councils.organization.merged": "Kết thúc và chuyển cho cơ quan kế thừa",
    "councils.organization.term_changed": "Chuyển nhiệm kỳ",
    "councils.user.handed_over": "Bàn giao tài khoản",
    "councils.import.uploaded": "Tải tệp lên để nhập",
    "councils.import.written": "Ghi dữ liệu từ tệp",
}

# Reference data: `councils.person.created`. The noun is the model's own name.
ACTS = {
    "created": "Thêm",
    "changed": "Sửa",
    "deleted": "Xóa",
    "relations_changed": "Sửa liên kết của",
}


def in_words(verb: str) -> str:
    """The verb in Vietnamese; an unknown one as it is."""
    if verb in WORDS:
        return WORDS[verb]
    app, _, rest = verb.partition(".")
    noun, _, act = rest.partition(".")
    try:
        return f"{ACTS[act]} {apps.get_model(app, noun)._meta.verbose_name}"
    except (KeyError, LookupError):
        return verb


def verbs_like(word: str) -> list[str]:
    """The verbs whose Vietnamese words hold the word, accents aside."""
    wanted = fold(word)
    return [verb for verb, words in WORDS.items() if wanted in fold(words)]
