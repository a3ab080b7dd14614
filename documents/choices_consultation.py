"""Written consultation: who is asked, what an answer says, what counts."""

from django.db.models import TextChoices


class Audience(TextChoices):
    MEMBERS = "members", "Thành viên của một cơ quan, mỗi người một phiếu"
    BODIES = "bodies", "Cơ quan, tổ chức, chỉ tổng hợp ý kiến"


class TallyRule(TextChoices):
    MAJORITY = "majority", "Quá nửa tổng số thành viên đồng ý"
    TWO_THIRDS = "two_thirds", "Ít nhất hai phần ba tổng số thành viên đồng ý"
    COLLECT = "collect", "Không biểu quyết, chỉ tổng hợp"


class ConsultationState(TextChoices):
    """What has been done; the values are those that pages have colours for."""

    DRAFT = "draft", "đang soạn"
    OPEN = "waiting", "đang lấy ý kiến"
    CLOSED = "done", "đã kết thúc"
    CANCELLED = "cancelled", "đã dừng"


class Opinion(TextChoices):
    AGREE = "agree", "Đồng ý"
    DISAGREE = "disagree", "Không đồng ý"
    OTHER = "other", "Ý kiến khác"


class OpinionChannel(TextChoices):
    """How an answer came."""

    LINK = "link", "qua đường dẫn"
    APP = "app", "trong hệ thống"
    PAPER = "paper", "phiếu giấy, văn bản"
    PHONE = "phone", "qua điện thoại"
    ZALO = "zalo", "qua Zalo"
    EMAIL = "email", "qua thư điện tử"
    IN_PERSON = "in_person", "trực tiếp"


TOLD_CHANNELS = (
    OpinionChannel.PAPER,
    OpinionChannel.PHONE,
    OpinionChannel.ZALO,
    OpinionChannel.EMAIL,
    OpinionChannel.IN_PERSON,
)
"""How an answer can reach the secretary who notes it."""


class DayOff(TextChoices):
    """What becomes of a deadline that falls on a day off."""

    NEXT = "next", "Dời sang ngày làm việc sau"
    KEEP = "keep", "Giữ nguyên ngày"
