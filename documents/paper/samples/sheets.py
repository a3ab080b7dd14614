"""The freely written papers: one of every kind under NĐ 30/2020, those of the Party and the Front."""

from datetime import date
from pathlib import Path
from typing import Any

from documents.paper.kinds import kind_of
from documents.paper.model import Form, Letterhead, Recipients, SignatureBlock, Signer, Urgency
from documents.paper.samples.meeting import COUNCIL, DEPUTY_SIGNS, STANDING_COMMITTEE
from documents.paper.sheet import Sheet

_TEXTS = Path(__file__).parent / "texts"

LEGAL_COMMITTEE = Letterhead(("BAN PHÁP CHẾ",), ("HỘI ĐỒNG NHÂN DÂN", "TỈNH VĨNH GIANG"))
PARTY = Letterhead(("TỈNH ỦY VĨNH GIANG",), form=Form.PARTY)
WARD_PARTY = Letterhead(("ĐẢNG ỦY", "PHƯỜNG TÂN HÒA"), ("TỈNH ỦY VĨNH GIANG",), form=Form.PARTY)
FRONT = Letterhead(("BAN THƯỜNG TRỰC",), ("ỦY BAN MTTQ VIỆT NAM", "TỈNH VĨNH GIANG"), form=Form.FRONT)

CHAIR_SIGNS = SignatureBlock((Signer("Chủ tịch", "Nguyễn Đình Lâm", ("TM. Thường trực HĐND",)),))
SPEAKER_SIGNS = SignatureBlock((Signer("Chủ tịch", "Nguyễn Đình Lâm"),))
ACTING_SIGNS = SignatureBlock((Signer("Q. Trưởng ban", "Phạm Văn Khải", ("TM. Ban Pháp chế",)),))
OFFICE_SIGNS = SignatureBlock((Signer("Chánh Văn phòng", "Mai Thế Anh", ("TL. Thường trực HĐND",)),))
ENTRUSTED_SIGNS = SignatureBlock(
    (
        Signer(
            "Trưởng phòng Tổng hợp",
            "Vi Thị Hoa",
            ("TUQ. Chánh Văn phòng",),
        ),
    )
)
THREE_SIGN = SignatureBlock(
    (
        Signer("Chủ tịch", "Nguyễn Đình Lâm", ("TM. Thường trực HĐND",)),
        Signer("Chủ tịch", "Vũ Hữu Phước", ("TM. Ủy ban nhân dân",)),
        Signer("Chủ tịch", "Ngô Thị Mai Hương", ("TM. Ban Thường trực",)),
    )
)
KEPT = Recipients(
    ("Ban Thường vụ Tỉnh ủy", "Ủy ban nhân dân tỉnh", "Các Ban, Tổ đại biểu HĐND tỉnh"), "VT, P.CTHĐND"
)
AS_ABOVE = Recipients(("Như trên", "Thường trực HĐND tỉnh", "Lãnh đạo Văn phòng"), "VT, P.CTHĐND")


def _sheet(name: str, kind: str, number: int, suffix: str, day: date, subject: str, **more: Any) -> Sheet:
    values: dict[str, Any] = {
        "kind": kind_of(kind),
        "letterhead": STANDING_COMMITTEE,
        "number": number,
        "suffix": suffix,
        "place": "Vĩnh Giang",
        "issued_on": day,
        "subject": subject,
        "body": (_TEXTS / f"{name}.txt").read_text(encoding="utf-8"),
        "signature": CHAIR_SIGNS,
        "recipients": KEPT,
    }
    return Sheet(**{**values, **more})


def _own(kind: str, number: int, suffix: str, day: date, subject: str, **more: Any) -> tuple[str, Sheet]:
    return kind, _sheet(kind, kind, number, suffix, day, subject, **more)


SHEETS: dict[str, Sheet] = dict(
    (
        _own(
            "cong-van",
            45,
            "HĐND-CTHĐND",
            date(2026, 6, 19),
            "giải quyết kiến nghị của cử tri trước Kỳ họp thứ 2",
            signature=DEPUTY_SIGNS,
            recipients=AS_ABOVE,
            urgency=Urgency.URGENT,
            addressees=("Ủy ban nhân dân tỉnh", "Sở Xây dựng", "Sở Nông nghiệp và Môi trường"),
        ),
        _own(
            "thong-bao",
            7,
            "TB-HĐND",
            date(2026, 6, 25),
            "Lịch tiếp công dân quý III năm 2026",
            signature=OFFICE_SIGNS,
        ),
        _own(
            "bao-cao",
            11,
            "BC-BPC",
            date(2026, 7, 6),
            "Kết quả giám sát việc giải quyết kiến nghị của cử tri",
            letterhead=LEGAL_COMMITTEE,
            signature=ACTING_SIGNS,
            recipients=AS_ABOVE,
            addressees=("Thường trực Hội đồng nhân dân tỉnh",),
        ),
        _own(
            "ke-hoach",
            4,
            "KH-HĐND",
            date(2026, 8, 3),
            "Giám sát việc thực hiện chính sách, pháp luật về quản lý, sử dụng trụ sở, "
            "tài sản công dôi dư sau sắp xếp đơn vị hành chính",
            signature=DEPUTY_SIGNS,
        ),
        _own(
            "quyet-dinh",
            18,
            "QĐ-HĐND",
            date(2026, 8, 3),
            "Về việc thành lập Đoàn giám sát việc quản lý, sử dụng trụ sở, tài sản công dôi dư",
        ),
        _own(
            "nghi-quyet",
            61,
            "NQ-HĐND",
            date(2026, 7, 16),
            "Về chương trình giám sát của Hội đồng nhân dân tỉnh năm 2027",
            letterhead=COUNCIL,
            signature=SPEAKER_SIGNS,
        ),
        _own(
            "to-trinh",
            12,
            "TTr-HĐND",
            date(2026, 6, 30),
            "Về dự thảo Nghị quyết về chương trình giám sát năm 2027",
            recipients=AS_ABOVE,
            addressees=("Hội đồng nhân dân tỉnh Vĩnh Giang",),
        ),
        _own(
            "chuong-trinh",
            3,
            "CTr-HĐND",
            date(2026, 6, 30),
            "Công tác quý III năm 2026",
            signature=OFFICE_SIGNS,
        ),
        _own(
            "phieu-chuyen",
            9,
            "PC-HĐND",
            date(2026, 6, 22),
            "Kiến nghị của cử tri xã Thượng Sơn",
            signature=ENTRUSTED_SIGNS,
            recipients=AS_ABOVE,
            addressees=("Đoàn đại biểu Quốc hội tỉnh Vĩnh Giang",),
        ),
        _own(
            "quy-che",
            69,
            "QCPH-HĐND-UBND-MTTQ",
            date(2026, 6, 10),
            "Phối hợp công tác giữa Thường trực Hội đồng nhân dân, Ủy ban nhân dân "
            "và Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh",
            letterhead=COUNCIL,
            signature=THREE_SIGN,
        ),
    )
)
"""Under NĐ 30/2020: kind to what it says."""

_PARTY_KEPT = Recipients(
    (
        "Ban Bí thư Trung ương Đảng (để báo cáo)",
        "Các đảng ủy trực thuộc Tỉnh ủy",
        "Đảng ủy các xã, phường",
        "Các đồng chí Tỉnh ủy viên",
    ),
    "Văn phòng Tỉnh ủy",
)
OTHER_SHEETS: dict[str, Sheet] = {
    "nghi-quyet-tinh-uy": _sheet(
        "nghi-quyet-tinh-uy",
        "nghi-quyet",
        13,
        "NQ/TU",
        date(2026, 6, 22),
        "về tăng cường sự lãnh đạo của Đảng đối với hoạt động của Hội đồng nhân dân",
        letterhead=PARTY,
        recipients=_PARTY_KEPT,
        signature=SignatureBlock((Signer("Bí thư", "Lương Quang Hưng", ("T/M Tỉnh ủy",)),)),
    ),
    "cong-van-dang-uy": _sheet(
        "cong-van-dang-uy",
        "cong-van",
        45,
        "CV/ĐU",
        date(2026, 6, 24),
        "cho ý kiến về nội dung Kỳ họp thứ 2",
        letterhead=WARD_PARTY,
        addressees=("Thường trực Hội đồng nhân dân phường",),
        recipients=Recipients(("Như trên", "Ủy ban nhân dân phường"), "Văn phòng Đảng ủy"),
        signature=SignatureBlock(
            (Signer("Phó Bí thư", "Đinh Thị Kim Oanh", ("T/M Ban Thường vụ", "K/T Bí thư")),)
        ),
    ),
    "ke-hoach-mttq": _sheet(
        "ke-hoach-mttq",
        "ke-hoach",
        12,
        "KH-MTTQ-BTT",
        date(2026, 7, 3),
        "Tổ chức hội nghị tiếp xúc cử tri sau Kỳ họp thứ 2",
        letterhead=FRONT,
        recipients=Recipients(
            ("Thường trực HĐND tỉnh", "Ban Thường trực Ủy ban MTTQ các xã, phường"), "VT, BDC"
        ),
        signature=SignatureBlock((Signer("Chủ tịch", "Ngô Thị Mai Hương", ("TM. Ban Thường trực",)),)),
    ),
}
"""Papers of the Party and the Front: file name to what it says."""
