"""The kinds of papers an office drafts: what each is called, how it is headed, what its body begins as.

A body is a clerk's text (see `bodytext`) with fields in braces, `{cơ quan ban hành}`; `fields.fill` puts the values in.
"""

from dataclasses import dataclass

from documents.choices import DocumentType


@dataclass(frozen=True)
class Kind:
    """A kind of paper.

    Attributes:
        code: its name in addresses and rows, `cong-van`.
        type_name: the printed name of the type; empty for an official letter, which has a V/v line instead.
        body: what a new draft begins with.
        has_salutation: `Kính gửi` stands before the body.
    """

    code: str
    doc_type: DocumentType
    name: str
    type_name: str
    body: str
    has_salutation: bool = False


_THANKS = "{cơ quan ban hành} đề nghị {nơi gửi} quan tâm, phối hợp./."
_PLAN = (
    "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n{mục đích}\n2. Yêu cầu\n{yêu cầu}\nII. NỘI DUNG\n{nội dung}\n"
    "III. TỔ CHỨC THỰC HIỆN\n{tổ chức thực hiện}./."
)
_DECISION = (
    "{CƠ QUAN BAN HÀNH}\n{căn cứ};\nQUYẾT ĐỊNH:\nĐiều 1. {nội dung}.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\n"
    "Điều 3. {nơi thi hành} chịu trách nhiệm thi hành Quyết định này./."
)
_RESOLUTION = "{CƠ QUAN BAN HÀNH}\n{căn cứ};\nQUYẾT NGHỊ:\nĐiều 1. {nội dung}.\nĐiều 2. Tổ chức thực hiện\n{tổ chức thực hiện}./."
_REFERRAL = "{nội dung}\n{cơ quan ban hành} chuyển {nơi gửi} xem xét, giải quyết theo thẩm quyền và thông báo kết quả./."
_REGULATION = (
    "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\n{phạm vi}.\n"
    "Chương II\nTỔ CHỨC THỰC HIỆN\nĐiều 2. Hiệu lực\n{hiệu lực}./."
)
_NOTICE = "{nội dung}\n{cơ quan ban hành} thông báo để các cơ quan, đơn vị biết, phối hợp thực hiện./."
_REPORT = "{nội dung}\nTrên đây là báo cáo của {cơ quan ban hành}./."
_SUBMISSION = "{nội dung}\n{cơ quan ban hành} kính trình {nơi gửi} xem xét, quyết định./."

KINDS: tuple[Kind, ...] = (
    Kind("cong-van", DocumentType.LETTER, "Công văn", "", "{nội dung}\n" + _THANKS, has_salutation=True),
    Kind("thong-bao", DocumentType.NOTICE, "Thông báo", "Thông báo", _NOTICE),
    Kind("bao-cao", DocumentType.REPORT, "Báo cáo", "Báo cáo", _REPORT, has_salutation=True),
    Kind("ke-hoach", DocumentType.PLAN, "Kế hoạch", "Kế hoạch", _PLAN),
    Kind("quyet-dinh", DocumentType.DECISION, "Quyết định", "Quyết định", _DECISION),
    Kind("nghi-quyet", DocumentType.RESOLUTION, "Nghị quyết", "Nghị quyết", _RESOLUTION),
    Kind("to-trinh", DocumentType.SUBMISSION, "Tờ trình", "Tờ trình", _SUBMISSION, has_salutation=True),
    Kind("chuong-trinh", DocumentType.PROGRAMME, "Chương trình", "Chương trình", "{nội dung}./."),
    Kind(
        "phieu-chuyen", DocumentType.REFERRAL, "Phiếu chuyển", "Phiếu chuyển", _REFERRAL, has_salutation=True
    ),
    Kind("quy-che", DocumentType.REGULATION, "Quy chế", "Quy chế", _REGULATION),
)
"""The kinds written freely; invitations, minutes, notices of conclusions and opinion forms are built from their records."""

_BY_CODE = {kind.code: kind for kind in KINDS}


def kind_of(code: str) -> Kind:
    """The kind of that code.

    Raises:
        KeyError: there is none.
    """
    return _BY_CODE[code]
