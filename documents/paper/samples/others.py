"""A notice of change, an opinion form, and papers outside NĐ 30/2020: the register book, lists of a meeting, ballots."""

from datetime import date

from documents.paper.ballot import BallotPaper
from documents.paper.change_notice import Changed, ChangeNoticePaper
from documents.paper.model import Recipients
from documents.paper.opinion_form import OpinionFormPaper
from documents.paper.register_book import BookLine, BookRun, RegisterBook
from documents.paper.samples.meeting import (
    COUNCIL,
    DEPUTY_SIGNS,
    RECIPIENTS,
    STANDING_COMMITTEE,
    START,
    SUBJECT,
    VENUE,
)
from documents.paper.seat_list import SeatListPaper, SeatRow


def change_notice_paper(**changes: object) -> ChangeNoticePaper:
    """The meeting moves to another room and hour."""
    values: dict[str, object] = {
        "letterhead": STANDING_COMMITTEE,
        "number": 8,
        "suffix": "TB-HĐND",
        "place": "Vĩnh Giang",
        "issued_on": date(2026, 6, 22),
        "verb": "Thay đổi thời gian, địa điểm",
        "event": SUBJECT,
        "issuer": "Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang",
        "invitation": "Giấy mời số 31/GM-HĐND ngày 18/6/2026",
        "starts_at": START,
        "venue": VENUE,
        "reason": "Phòng họp số 2 sửa chữa hệ thống điện",
        "changes": (
            Changed(
                "Thời gian",
                "07 giờ 30 phút, thứ Sáu, ngày 26 tháng 6 năm 2026",
                "13 giờ 30 phút, thứ Sáu, ngày 26 tháng 6 năm 2026",
            ),
            Changed("Địa điểm", VENUE, "Hội trường lớn, Trụ sở HĐND tỉnh"),
        ),
        "agenda": (),
        "closing": ("Đề nghị các cơ quan, đại biểu biết và dự họp đúng thành phần, thời gian, địa điểm.",),
        "signature": DEPUTY_SIGNS,
        "recipients": RECIPIENTS,
    }
    return ChangeNoticePaper(**{**values, **changes})  # type: ignore[arg-type]


def opinion_form_paper() -> OpinionFormPaper:
    """The members are asked in writing."""
    asker = "Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang"
    return OpinionFormPaper(
        letterhead=STANDING_COMMITTEE,
        number=4,
        suffix="PLYK-HĐND",
        place="Vĩnh Giang",
        issued_on=date(2026, 6, 15),
        asker=asker,
        subject="Dự thảo Kế hoạch giám sát chuyên đề năm 2027",
        addressees=(f"Các thành viên {asker}",),
        introduction=("Ban Pháp chế đã hoàn thiện dự thảo Kế hoạch sau phiên họp thứ 2.",),
        questions=(
            "Thông qua dự thảo Kế hoạch giám sát chuyên đề năm 2027",
            "Giao Ban Pháp chế chủ trì, phối hợp với các Ban tổ chức thực hiện",
        ),
        papers=("Dự thảo Kế hoạch", "Báo cáo tiếp thu của Ban Pháp chế"),
        answer_by=date(2026, 6, 19),
        answer_way="đường dẫn trong thư điện tử hoặc gửi phiếu về Văn phòng Đoàn ĐBQH và HĐND tỉnh",
        late_rule="Ý kiến gửi sau thời hạn này được ghi nhận riêng",
        signature=DEPUTY_SIGNS,
        recipients=Recipients(("Như trên", "Ban Pháp chế HĐND tỉnh"), "VT, P.CTHĐND"),
    )


def seat_list_paper() -> SeatListPaper:
    """Whom the reception expects."""
    return SeatListPaper(
        letterhead=STANDING_COMMITTEE,
        event=SUBJECT,
        starts_at=START,
        venue=VENUE,
        members=(
            SeatRow("Nguyễn Đình Lâm", "Chủ tịch HĐND tỉnh", "0912 555 001", True),
            SeatRow("Trần Thị Hải Yến", "Phó Chủ tịch HĐND tỉnh", "0912 555 002", True),
            SeatRow("Lê Quang Vịnh", "Phó Chủ tịch HĐND tỉnh", "0912 555 003", False),
        ),
        guests=(
            SeatRow("Cao Xuân Thành", "Phó Chủ tịch, Ủy ban nhân dân tỉnh Vĩnh Giang", "0912 555 021", True),
            SeatRow("", "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh", "", False),
        ),
        silent=("Thường trực HĐND xã Phú Lộc",),
    )


def register_book_paper() -> RegisterBook:
    """A page of the book, with a reserved and a voided number."""
    signer = "Trần Thị Hải Yến"
    return RegisterBook(
        letterhead=STANDING_COMMITTEE,
        year=2026,
        printed_on=date(2026, 7, 1),
        runs=(
            BookRun(
                "Giấy mời",
                (
                    BookLine(
                        "29/GM-HĐND",
                        date(2026, 6, 4),
                        "Dự phiên giải trình về nước sạch nông thôn",
                        signer,
                        "Sở NN&MT",
                        "Văn thư",
                        12,
                    ),
                    BookLine(
                        "30/GM-HĐND",
                        date(2026, 6, 8),
                        "Giữ cho giấy mời hội nghị giao ban",
                        note="Số hủy: hội nghị ghép với phiên họp",
                    ),
                    BookLine(
                        "31/GM-HĐND",
                        date(2026, 6, 18),
                        f"Dự {SUBJECT}",
                        signer,
                        "Như danh sách mời",
                        "Văn thư",
                        18,
                    ),
                ),
            ),
            BookRun(
                "Thông báo",
                (
                    BookLine(
                        "07/TB-HĐND",
                        date(2026, 6, 25),
                        "Lịch tiếp công dân quý III năm 2026",
                        "Mai Thế Anh",
                        "Các Ban, Tổ đại biểu",
                        "Văn thư",
                        30,
                    ),
                    BookLine(
                        "08/TB-HĐND", date(2026, 6, 26), "Giữ cho thông báo kết luận", note="Số giữ trước"
                    ),
                ),
            ),
        ),
    )


_MARK = "Đánh dấu X vào một ô ở mỗi dòng. Dòng để trống hoặc đánh dấu từ hai ô trở lên là không hợp lệ."
BALLOTS: dict[str, BallotPaper] = {
    "phieu-bieu-quyet": BallotPaper(
        COUNCIL,
        "Phiếu biểu quyết",
        "Các dự thảo nghị quyết trình Kỳ họp thứ 2",
        ("Dự thảo nghị quyết",),
        (
            ("Về chương trình giám sát của HĐND tỉnh năm 2027",),
            ("Về điều chỉnh kế hoạch đầu tư công năm 2026",),
        ),
        ("Tán thành", "Không tán thành", "Ý kiến khác"),
        (_MARK,),
    ),
    "phieu-bau": BallotPaper(
        COUNCIL,
        "Phiếu bầu",
        "Phó Chủ tịch Hội đồng nhân dân tỉnh khóa XVIII, nhiệm kỳ 2026 - 2031",
        ("Họ và tên", "Chức vụ hiện nay"),
        (
            ("Hoàng Minh Tuấn", "Trưởng Ban Kinh tế - Ngân sách"),
            ("Đỗ Thị Thu Hiền", "Trưởng Ban Văn hóa - Xã hội"),
        ),
        ("Đồng ý", "Không đồng ý"),
        ("Số người được bầu: 01. Đánh dấu X vào ô “Đồng ý” của không quá 01 người.",),
    ),
    "phieu-tin-nhiem": BallotPaper(
        COUNCIL,
        "Phiếu lấy phiếu tín nhiệm",
        "Người giữ chức vụ do Hội đồng nhân dân tỉnh bầu",
        ("Họ và tên", "Chức vụ"),
        (
            ("Nguyễn Đình Lâm", "Chủ tịch HĐND tỉnh"),
            ("Vũ Hữu Phước", "Chủ tịch UBND tỉnh"),
            ("Phạm Văn Khải", "Trưởng Ban Pháp chế"),
        ),
        ("Tín nhiệm cao", "Tín nhiệm", "Tín nhiệm thấp"),
        (_MARK,),
    ),
}
"""File name to what the ballot says."""
