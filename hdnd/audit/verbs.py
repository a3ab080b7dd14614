"""Audit verbs in words, for timelines."""

WORDS = {
    "coordination.duties.raised": "Phát sinh nghĩa vụ",
    "coordination.duties.settled": "Ghi bằng chứng thực hiện",
    "coordination.duties.withdrawn": "Rút bằng chứng",
    "coordination.duty.waived": "Ghi lý do không thực hiện",
    "coordination.duty.moved": "Hạn thay đổi theo sự kiện",
    "coordination.duty.voided": "Không còn phát sinh",
    "meetings.meeting.planned": "Lập cuộc họp",
    "meetings.meeting.changed": "Sửa cuộc họp",
    "meetings.agenda.added": "Thêm nội dung",
    "meetings.agenda.changed": "Sửa nội dung",
    "meetings.agenda.removed": "Bỏ nội dung",
    "meetings.agenda.ordered": "Sắp xếp chương trình",
    "meetings.paper.added": "Thêm tài liệu",
    "meetings.invitee.added": "Mời thêm",
    "meetings.invitee.removed": "Bỏ mời thêm",
    "meetings.invitee.left_out": "Không mời",
    "meetings.invitee.restored": "Mời lại",
    "meetings.invitation.issued": "Phát hành giấy mời",
    "meetings.invitation.answered": "Trả lời giấy mời",
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
    "documents.document.issued": "Phát hành văn bản",
    "outbox.message.failed": "Thư không gửi được",
    "outbox.message.retried": "Gửi lại thư",
}


def in_words(verb: str) -> str:
    """The verb in Vietnamese; an unknown one as it is."""
    return WORDS.get(verb, verb)
