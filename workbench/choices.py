"""How the calendar is looked at, and whose it is."""

from django.db.models import TextChoices


class View(TextChoices):
    """The value stands in the address (`xem`)."""

    MONTH = "thang", "Tháng"
    WEEK = "tuan", "Tuần"
    LIST = "danh-sach", "Danh sách"


class Whose(TextChoices):
    """The value stands in the address (`cua`)."""

    MINE = "toi", "Của tôi"
    BODY = "co-quan", "Cơ quan tôi"
    COUNCIL = "hdnd", "Hội đồng"
