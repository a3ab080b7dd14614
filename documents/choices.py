"""Types of papers and their abbreviations (NĐ 30/2020/NĐ-CP, Phụ lục III, in force since 5/3/2020)."""

from django.db.models import TextChoices


class DocumentType(TextChoices):
    """The value is the abbreviation used in the symbol."""

    RESOLUTION = "NQ", "Nghị quyết"
    DECISION = "QĐ", "Quyết định"
    REGULATION = "QC", "Quy chế"
    NOTICE = "TB", "Thông báo"
    PROGRAMME = "CTr", "Chương trình"
    PLAN = "KH", "Kế hoạch"
    REPORT = "BC", "Báo cáo"
    MINUTES = "BB", "Biên bản"
    SUBMISSION = "TTr", "Tờ trình"
    INVITATION = "GM", "Giấy mời"
    REFERRAL = "PC", "Phiếu chuyển"
    COORDINATION = "QCPH", "Quy chế phối hợp"
    LETTER = "CV", "Công văn"
    # Not one of the decree's types; offices number it among their papers, for instance 04/PLYK-HĐND.
    OPINION_FORM = "PLYK", "Phiếu lấy ý kiến"


class PaperForm(TextChoices):
    """By whose rules a body's papers are set; see `paper.model.Form`."""

    ND30 = "nd30", "Nghị định 30/2020/NĐ-CP"
    PARTY = "party", "văn bản của Đảng (Hướng dẫn 36-HD/VPTW)"
    FRONT = "front", "văn bản của Mặt trận Tổ quốc"


class SeriesScope(TextChoices):
    """NĐ 30/2020, Điều 15: the head of the agency decides how administrative papers are numbered."""

    TYPE = "type", "mỗi loại văn bản một dãy số"
    ALL = "all", "một dãy số chung"


class DocumentState(TextChoices):
    ISSUED = "issued", "đã phát hành"
    WITHDRAWN = "withdrawn", "đã thu hồi"
    RESERVED = "reserved", "số giữ trước"
    VOIDED = "voided", "số hủy"


NUMBER_ONLY = (DocumentState.RESERVED, DocumentState.VOIDED)
"""Lines of the register without a paper."""


def incoming_types() -> list[tuple[str, str]]:
    """Types of papers that arrive. A function, so that a new type needs no migration of the incoming book."""
    return list(DocumentType.choices)


class UrgencyMark(TextChoices):
    """Urgency of a paper (NĐ 30/2020, Phụ lục I, mục II.10.b); none for most."""

    URGENT = "urgent", "Khẩn"
    VERY_URGENT = "very_urgent", "Thượng khẩn"
    EXPRESS = "express", "Hỏa tốc"


class IncomingState(TextChoices):
    """Where a paper that arrived stands today; derived, never stored (`law.incoming.state`)."""

    WAITING = "waiting", "chờ xử lý"
    HANDLING = "handling", "đang xử lý"
    OVERDUE = "overdue", "quá hạn"
    DONE = "done", "đã xử lý"
    VOIDED = "void", "đã hủy"


class TextGap(TextChoices):
    """Why a stored file has no text to search in, or not all of it; the values are those of `hdnd.lib.extraction`."""

    NO_LAYER = "no_layer", "bản quét, không có lớp chữ"
    UNREADABLE = "unreadable", "không đọc được"
    CUT = "cut", "dài, chỉ đọc phần đầu"
    OTHER_KIND = "other_kind", "loại tệp không có chữ"
    MISSING = "missing", "không còn tệp"


class DraftState(TextChoices):
    """The life of a draft. Who it waits for follows from its open sign-offs."""

    DRAFTING = "drafting", "đang soạn"
    IN_REVIEW = "in_review", "đang trình duyệt"
    RETURNED = "returned", "bị trả lại"
    APPROVED = "approved", "chờ ký"
    ISSUED = "issued", "đã phát hành"
    DROPPED = "dropped", "không ban hành"


EDITABLE = (DraftState.DRAFTING, DraftState.RETURNED)
"""States in which the drafting office writes."""
WAITING = (DraftState.IN_REVIEW, DraftState.APPROVED)
"""States in which somebody else has to decide."""


class Verdict(TextChoices):
    PENDING = "pending", "chưa có ý kiến"
    APPROVED = "approved", "đồng ý"
    RETURNED = "returned", "trả lại"
    # Somebody else returned the version, or it was withdrawn, before this person decided.
    LAPSED = "lapsed", "không còn cần"


class VersionSource(TextChoices):
    BROWSER = "browser", "soạn trên hệ thống"
    WORD = "word", "tệp Word"


class SigningForm(TextChoices):
    """How one signs who does not sign as the head or KT. the head (NĐ 30/2020, Điều 13)."""

    OWN = "", "theo chức vụ (TM., KT.)"
    ORDERED = "TL", "TL. thừa lệnh"
    AUTHORISED = "TUQ", "TUQ. thừa ủy quyền"
    ACTING = "Q", "Q. quyền"


class RelationKind(TextChoices):
    """What a later paper does to an issued one (NĐ 30/2020, Điều 18: by another paper, never in place)."""

    REPLACES = "replaces", "Thay thế"
    AMENDS = "amends", "Sửa đổi, bổ sung"
    CORRECTS = "corrects", "Đính chính"
    WITHDRAWS = "withdraws", "Thu hồi"
