"""Papers of a meeting: invitation, minutes, notices, lists. Each builder takes what a caller wants different."""

from datetime import date, datetime, time

from documents.paper.conclusion_notice import ConclusionLine, ConclusionNoticePaper
from documents.paper.invitation import Addressee, AgendaLine, InvitationPaper
from documents.paper.minutes import MinutesGuest, MinutesItem, MinutesMember, MinutesPaper
from documents.paper.model import Letterhead, Recipients, SignatureBlock, Signer
from documents.paper.signin_sheet import SigninRow, SigninSheetPaper
from documents.paper.votes import VoteLine
from documents.paper.work_week import WeekRow, WorkWeekPaper
from hdnd.lib.clock import VIETNAM

STANDING_COMMITTEE = Letterhead(
    name_lines=("THƯỜNG TRỰC",), superior_lines=("HỘI ĐỒNG NHÂN DÂN", "TỈNH VĨNH GIANG")
)
COUNCIL = Letterhead(name_lines=("HỘI ĐỒNG NHÂN DÂN", "TỈNH VĨNH GIANG"))
DEPUTY_SIGNS = SignatureBlock(
    (
        Signer(
            authority=("TM. THƯỜNG TRỰC HĐND", "KT. CHỦ TỊCH"),
            title="Phó Chủ tịch",
            name="Trần Thị Hải Yến",
        ),
    )
)
RECIPIENTS = Recipients(("Như trên", "Lãnh đạo Văn phòng"), "VT, P.TH")
START = datetime(2026, 6, 26, 7, 30, tzinfo=VIETNAM)
SUBJECT = "Phiên họp thứ 3 Thường trực HĐND tỉnh"
VENUE = "Phòng họp số 2, Trụ sở HĐND tỉnh"

AGENDA = (
    AgendaLine("Kết quả công tác tháng 6, nhiệm vụ trọng tâm tháng 7/2026", "Chánh Văn phòng", 15),
    AgendaLine("Công tác chuẩn bị Kỳ họp thứ 2 (thường lệ giữa năm, 14–16/7/2026)", "Chánh Văn phòng", 20),
    AgendaLine("Tiến độ thẩm tra 11 tờ trình, dự thảo nghị quyết", "Trưởng các Ban", 40),
    AgendaLine("Giải trình: tiến độ giải ngân vốn đầu tư công 6 tháng", "Giám đốc Sở Tài chính", 60),
    AgendaLine(
        "Tổng hợp, kết quả giải quyết kiến nghị cử tri trước Kỳ họp thứ 2",
        "Trưởng phòng Tổng hợp - Thông tin - Dân nguyện",
        20,
    ),
    AgendaLine("Dự thảo Nghị quyết về chương trình giám sát năm 2027", "Trưởng Ban Pháp chế", 20),
    AgendaLine("Kết luận", "Chủ tọa", 10),
)
ADDRESSEES = (
    Addressee("Lãnh đạo Ủy ban nhân dân tỉnh"),
    Addressee("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh"),
    Addressee("Lãnh đạo Văn phòng Đoàn ĐBQH và HĐND tỉnh"),
    Addressee("Lãnh đạo Sở Tài chính, Sở Nội vụ", "nội dung 3, 4"),
    Addressee("Thường trực HĐND phường Tân Hòa, xã Phú Lộc", "nội dung 4"),
)


def invitation_paper(**changes: object) -> InvitationPaper:
    """The invitation to the third meeting of the standing committee."""
    values: dict[str, object] = {
        "letterhead": STANDING_COMMITTEE,
        "number": 31,
        "suffix": "GM-HĐND",
        "place": "Vĩnh Giang",
        "issued_on": date(2026, 6, 18),
        "subject": SUBJECT,
        "inviter": "Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang",
        "addressees": ADDRESSEES,
        "agenda": AGENDA,
        "chair": "Ông Nguyễn Đình Lâm, Chủ tịch HĐND tỉnh",
        "starts_at": START,
        "venue": VENUE,
        "answer_by": date(2026, 6, 24),
        "answer_contact": "Văn phòng Đoàn ĐBQH và HĐND tỉnh (điện thoại 0200 3 800 000)",
        "remarks": ("Tài liệu phiên họp được gửi trên hệ thống điều hành của HĐND tỉnh.",),
        "signature": DEPUTY_SIGNS,
        "recipients": RECIPIENTS,
    }
    return InvitationPaper(**{**values, **changes})  # type: ignore[arg-type]


def vote(**changes: object) -> VoteLine:
    """A vote of the standing committee."""
    values: dict[str, object] = {
        "question": "Dự thảo Nghị quyết về chương trình giám sát năm 2027",
        "total": 7,
        "present": 6,
        "in_favour": 5,
        "against": 0,
        "other": 0,
        "not_voting": 1,
        "required": 4,
        "passed": True,
    }
    return VoteLine(**{**values, **changes})  # type: ignore[arg-type]


DISCUSSION = (
    "Chánh Văn phòng báo cáo kết quả công tác và những việc còn chậm so với chương trình đã đề ra, "
    "nguyên nhân chủ quan, khách quan và đề xuất hướng xử lý trong thời gian tới.\n"
    "Các thành viên thảo luận, đề nghị làm rõ trách nhiệm của từng cơ quan; thống nhất giao các Ban "
    "theo dõi, đôn đốc và báo cáo tại phiên họp sau."
)


def minutes_paper(members: int = 7, guests: int = 6, **changes: object) -> MinutesPaper:
    """The minutes of that meeting, with as many people as asked for."""
    people = tuple(
        MinutesMember(f"Nguyễn Văn Thành viên {at}", "Đại biểu HĐND tỉnh") for at in range(1, members)
    )
    values: dict[str, object] = {
        "letterhead": COUNCIL,
        "number": 5,
        "suffix": "BB-HĐND",
        "subject": SUBJECT,
        "starts_at": START,
        "ends_at": START.replace(hour=11, minute=5),
        "venue": VENUE,
        "members": (
            *people,
            MinutesMember("Lê Quang Vịnh", "Phó Chủ tịch HĐND tỉnh", absence="đi công tác"),
        ),
        "guests": tuple(
            MinutesGuest(f"Trần Thị Khách mời {at}", "Phó Giám đốc Sở Tài chính")
            for at in range(1, guests + 1)
        ),
        "chair": MinutesGuest("Nguyễn Đình Lâm", "Chủ tịch HĐND tỉnh"),
        "secretary": MinutesGuest("Mai Thế Anh", "Chánh Văn phòng Đoàn ĐBQH và HĐND tỉnh"),
        "items": tuple(
            MinutesItem(
                line.title,
                line.presenter,
                DISCUSSION,
                (vote(),) if at == 6 else (),
                "Thống nhất với báo cáo." if at == 1 else "",
            )
            for at, line in enumerate(AGENDA, start=1)
        ),
        "conclusions": (
            "Ban Kinh tế - Ngân sách hoàn thành thẩm tra các dự thảo nghị quyết trước ngày 01/7/2026.",
            "Văn phòng gửi tài liệu kỳ họp cho đại biểu trước ngày 09/7/2026.",
        ),
        "quorum_required": 5,
        "recipients": Recipients(("Thường trực HĐND tỉnh", "Các Ban HĐND tỉnh"), "VT, P.TH"),
    }
    return MinutesPaper(**{**values, **changes})  # type: ignore[arg-type]


def notice_paper(**changes: object) -> ConclusionNoticePaper:
    """What the chair concluded there."""
    values: dict[str, object] = {
        "letterhead": STANDING_COMMITTEE,
        "number": 9,
        "suffix": "TB-HĐND",
        "place": "Vĩnh Giang",
        "issued_on": date(2026, 7, 1),
        "subject": "Kết luận Phiên họp thứ 3 Thường trực HĐND tỉnh",
        "introduction": ("Ngày 26 tháng 6 năm 2026, Thường trực HĐND tỉnh tổ chức Phiên họp thứ 3.",),
        "chair": "Chủ tịch HĐND tỉnh Nguyễn Đình Lâm",
        "items": (
            ConclusionLine(
                "Hoàn thành thẩm tra các tờ trình, dự thảo nghị quyết",
                "Ban Kinh tế - Ngân sách HĐND tỉnh",
                ("Ban Pháp chế", "Ban Văn hóa - Xã hội"),
                date(2026, 7, 1),
                "Thường trực HĐND tỉnh",
            ),
            ConclusionLine(
                "Gửi tài liệu kỳ họp cho đại biểu",
                "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
                due_on=date(2026, 7, 9),
            ),
            ConclusionLine("UBND tỉnh chịu trách nhiệm về tiến độ giải ngân vốn đầu tư công năm 2026"),
        ),
        "issuer": "Thường trực HĐND tỉnh",
        "signature": DEPUTY_SIGNS,
        "recipients": RECIPIENTS,
    }
    return ConclusionNoticePaper(**{**values, **changes})  # type: ignore[arg-type]


MEMBERS = (
    MinutesMember("Nguyễn Đình Lâm", "Chủ tịch HĐND tỉnh"),
    MinutesMember("Trần Thị Hải Yến", "Phó Chủ tịch HĐND tỉnh"),
    MinutesMember("Lê Quang Vịnh", "Phó Chủ tịch HĐND tỉnh", absence="đi công tác"),
    MinutesMember("Phạm Văn Khải", "Trưởng Ban Pháp chế"),
    MinutesMember("Hoàng Minh Tuấn", "Trưởng Ban Kinh tế - Ngân sách"),
    MinutesMember("Đỗ Thị Thu Hiền", "Trưởng Ban Văn hóa - Xã hội"),
    MinutesMember("Lò Văn Sáng", "Trưởng Ban Dân tộc"),
)
GUESTS = (
    MinutesGuest("Cao Xuân Thành", "Phó Chủ tịch Ủy ban nhân dân tỉnh"),
    MinutesGuest("Ngô Thị Mai Hương", "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh"),
    MinutesGuest("Hà Thị Lệ", "Phó Trưởng Đoàn ĐBQH tỉnh"),
    MinutesGuest("Trương Thị Ngọc", "Chủ tịch HĐND phường Tân Hòa"),
)


SAID = (
    (
        "Chánh Văn phòng báo cáo kết quả công tác tháng 6: đã hoàn thành 21 trong 23 nhiệm vụ; 02 nhiệm vụ chậm do phải "
        "lấy lại ý kiến các xã, phường.\nCác thành viên đề nghị làm rõ trách nhiệm và thời hạn hoàn thành của từng việc."
    ),
    (
        "Chánh Văn phòng báo cáo: tài liệu kỳ họp đã nhận 11 trong 14 nội dung.\nThống nhất thời gian khai mạc 08 giờ 00 "
        "ngày 14/7/2026 tại Hội trường lớn."
    ),
    "Trưởng các Ban báo cáo đã thẩm tra 07 tờ trình, dự thảo nghị quyết; 04 dự thảo còn chờ cơ quan trình bổ sung hồ sơ.",
    (
        "Giám đốc Sở Tài chính giải trình: đến ngày 20/6/2026 giải ngân đạt 41% kế hoạch; nguyên nhân chậm là giải phóng mặt "
        "bằng.\nThường trực HĐND phường Tân Hòa, xã Phú Lộc nêu vướng mắc tại 02 dự án trên địa bàn."
    ),
    "Trưởng phòng Tổng hợp - Thông tin - Dân nguyện báo cáo tổng hợp 12 kiến nghị của cử tri, 02 kiến nghị đã giải quyết xong.",
    (
        "Trưởng Ban Pháp chế trình bày dự thảo với 03 chuyên đề giám sát.\nCác thành viên nhất trí, biểu quyết thông qua việc "
        "trình Kỳ họp thứ 2."
    ),
    "Chủ tọa kết luận từng nội dung, giao nhiệm vụ cho các cơ quan.",
)
"""What was said on each item of the agenda."""


def signin_paper(members: int = 7, guests: int = 30) -> SigninSheetPaper:
    """The sheet at its door."""
    return SigninSheetPaper(
        letterhead=COUNCIL,
        event=SUBJECT,
        starts_at=START,
        venue=VENUE,
        members=tuple(SigninRow(f"Nguyễn Văn Thành viên {at}", "Ủy viên") for at in range(1, members + 1)),
        guests=tuple(SigninRow("", f"Cơ quan được mời số {at}") for at in range(1, guests + 1)),
    )


def work_week_paper(**changes: object) -> WorkWeekPaper:
    """The week of the standing committee's meeting."""
    monday = date(2026, 6, 22)
    values: dict[str, object] = {
        "letterhead": STANDING_COMMITTEE,
        "body": "Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang",
        "place": "Vĩnh Giang",
        "issued_on": date(2026, 6, 19),
        "monday": monday,
        "rows": (
            WeekRow(
                date(2026, 6, 26), "Sáng", SUBJECT, time(7, 30), "Thành viên Thường trực HĐND tỉnh; UBND tỉnh", VENUE,
                "Nguyễn Đình Lâm, Chủ tịch HĐND",
            ),
            WeekRow(monday, "Sáng", "Giao ban đầu tuần", time(8, 0), "Lãnh đạo các Ban", "Phòng họp số 1", "Trần Thị Hải Yến"),
            WeekRow(monday, "Sáng", "Trực cơ quan"),
            WeekRow(date(2026, 6, 28), "Chiều", "Dự khai mạc hội thi", time(14, 0)),
        ),
        "days_off": {date(2026, 6, 25): "Nghỉ bù"},
        "note": "Lịch này thay cho giấy mời nội bộ.",
        "signature": SignatureBlock(
            (Signer("Chánh Văn phòng", "Mai Thế Anh", ("TL. THƯỜNG TRỰC HĐND",)),)
        ),
        "recipients": RECIPIENTS,
    }  # fmt: skip
    return WorkWeekPaper(**{**values, **changes})  # type: ignore[arg-type]
