"""Links to the calendar, and the weekly calendar of an office."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from councils.models import Organization
from hdnd.lib import clock
from hdnd.lib.dates import short_date
from hdnd.lib.text import nfc
from meetings.models import Meeting


class CalendarFeed(models.Model):
    """A link by which a calendar program reads one person's calendar; the secret in it is signed, not stored."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="tài khoản", related_name="calendar_feeds"
    )
    # None: the person's own calendar.
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan", null=True, blank=True, related_name="+"
    )
    # Part of the signed link: a new link has a new one.
    nonce = models.CharField(max_length=32)
    created_at = models.DateTimeField("tạo lúc", default=clock.now)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    # Written at most every few hours: a phone asks every 15 minutes.
    last_read_at = models.DateTimeField("đọc gần nhất", null=True, blank=True)

    class Meta:
        verbose_name = "đường dẫn lịch"
        verbose_name_plural = "đường dẫn lịch"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None, organization=None), name="feed_own_once"
            ),
            models.UniqueConstraint(
                fields=["user", "organization"], condition=Q(revoked_at=None), name="feed_body_once"
            ),
        )

    def __str__(self) -> str:
        return f"Lịch {self.label}"

    @property
    def label(self) -> str:
        """`của tôi`, or the body's name."""
        return self.organization.label if self.organization else "của tôi"


class DaySession(models.TextChoices):
    """Buổi."""

    MORNING = "sang", "Sáng"
    AFTERNOON = "chieu", "Chiều"


class WorkWeek(models.Model):
    """Lịch công tác tuần: one office, one week. Its meetings are looked up, only what is added is stored."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan", related_name="work_weeks"
    )
    monday = models.DateField("tuần từ thứ Hai")
    note = models.CharField("ghi chú dưới bảng", max_length=500, blank=True)
    hidden = models.ManyToManyField(
        Meeting, verbose_name="cuộc họp không đưa vào lịch", blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "lịch công tác tuần"
        verbose_name_plural = "lịch công tác tuần"
        ordering = ("-monday", "organization")
        constraints = (models.UniqueConstraint(fields=["organization", "monday"], name="work_week_once"),)

    def __str__(self) -> str:
        return f"Lịch công tác tuần {self.span}, {self.organization.label}"

    def clean_fields(self, exclude: Any = None) -> None:
        self.note = nfc(self.note)
        super().clean_fields(exclude=exclude)

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)

    @property
    def span(self) -> str:
        """`22/06/2026 – 28/06/2026`."""
        return f"{short_date(self.monday)} – {short_date(self.sunday)}"


class WorkWeekLine(models.Model):
    """A line that is no meeting: on duty, a visit to a commune."""

    week = models.ForeignKey(WorkWeek, models.CASCADE, verbose_name="tuần", related_name="lines")
    day = models.DateField("ngày")
    session = models.CharField("buổi", max_length=5, choices=DaySession.choices)
    at = models.TimeField("giờ", null=True, blank=True)
    content = models.CharField("nội dung", max_length=500)
    attendees = models.CharField("thành phần", max_length=500, blank=True)
    place = models.CharField("địa điểm", max_length=300, blank=True)
    chair = models.CharField("chủ trì", max_length=200, blank=True)

    TEXTS: ClassVar = ("content", "attendees", "place", "chair")

    class Meta:
        verbose_name = "việc trong tuần"
        verbose_name_plural = "việc trong tuần"
        ordering = ("day", "at", "pk")

    def __str__(self) -> str:
        return self.content

    def clean_fields(self, exclude: Any = None) -> None:
        for name in self.TEXTS:
            setattr(self, name, nfc(getattr(self, name)))
        super().clean_fields(exclude=exclude)


class WorkWeekEdition(models.Model):
    """A published weekly calendar as it was printed; the second one is the first update."""

    week = models.ForeignKey(WorkWeek, models.PROTECT, verbose_name="tuần", related_name="editions")
    number = models.PositiveSmallIntegerField("lần")
    published_at = models.DateTimeField("công bố lúc", default=clock.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người công bố", null=True, related_name="+"
    )
    pdf = models.CharField("tệp PDF", max_length=120)
    docx = models.CharField("tệp Word", max_length=120)
    sha256 = models.CharField("SHA-256 của PDF", max_length=64)
    # What it says, so that one can tell whether the week has changed since.
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "bản lịch công tác tuần đã công bố"
        verbose_name_plural = "bản lịch công tác tuần đã công bố"
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["week", "number"], name="work_week_edition_once"),)

    def __str__(self) -> str:
        return f"{self.week}{f', {self.label}' if self.number > 1 else ''}"

    @property
    def label(self) -> str:
        """`bản đầu`, `cập nhật lần 1`."""
        return f"cập nhật lần {self.number - 1}" if self.number > 1 else "bản đầu"
