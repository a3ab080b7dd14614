"""Recurring meetings planned as a series."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from coordination.choices import EventKind
from councils.models import DatedQuerySet, Organization, Person
from councils.models.dated import Searchable
from hdnd.lib import clock
from meetings.choices import DayOff, MeetingFormat
from meetings.law import recurrence
from meetings.models.meeting import Meeting


class MeetingSeries(Searchable):
    """Loạt họp định kỳ: what its meetings have in common, and the rule of their days.

    Its days are computed; only what differs is stored: days left out here, changes on the meetings themselves.
    """

    host = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan tổ chức", related_name="series"
    )
    kind = models.CharField("loại cuộc họp", max_length=30, choices=EventKind.choices)
    title = models.CharField("tên cuộc họp", max_length=250)  # with {tháng}, {quý}, {năm}, {lần}
    first_number = models.PositiveSmallIntegerField("số của lần đầu", default=1)
    rule = models.CharField("nhịp", max_length=120)  # RRULE of RFC 5545
    first_on = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày")
    start_time = models.TimeField("giờ bắt đầu")
    minutes = models.PositiveSmallIntegerField(
        "số phút", default=120, validators=[MinValueValidator(15), MaxValueValidator(1440)]
    )
    place = models.CharField("địa điểm", max_length=300)
    format = models.CharField(
        "hình thức", max_length=10, choices=MeetingFormat.choices, default=MeetingFormat.IN_PERSON
    )
    chair = models.ForeignKey(
        Person, models.PROTECT, verbose_name="chủ trì", null=True, blank=True, related_name="+"
    )
    secretary_name = models.CharField("thư ký cuộc họp", max_length=120, blank=True)
    day_off = models.CharField("gặp ngày nghỉ", max_length=8, choices=DayOff.choices, default=DayOff.NEXT)
    excluded = models.JSONField("ngày không họp", default=list, blank=True)  # ISO days of the rule
    template = models.ForeignKey(
        Meeting, models.SET_NULL, verbose_name="chương trình theo cuộc họp", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", related_name="+"
    )
    made_at = models.DateTimeField("lập lúc", default=clock.now)
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    # Set by `queries.series.count_meetings` where a list shows them.
    planned_count: int
    held_count: int
    next_at: datetime | None

    search_fields = ("title",)
    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "loạt họp định kỳ"
        verbose_name_plural = "loạt họp định kỳ"
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=["host", "until"], name="series_host_until"),)

    def __str__(self) -> str:
        return recurrence.name_of(self.title)

    @property
    def rhythm(self) -> str:
        """The rule in words."""
        return recurrence.in_words(self.rule)

    @property
    def days(self) -> list[date]:
        """The days of the rule, those left out included."""
        return recurrence.days_of(self.rule, self.first_on, self.until)

    @property
    def is_over(self) -> bool:
        """Ended, or past its last day."""
        return self.ended_at is not None or self.until < clock.today()

    def values_on(self, on: date) -> dict[str, Any]:
        """What the series would write of a meeting held on that day, as fields of `Meeting`."""
        starts_at = clock.at_time(on, self.start_time.hour, self.start_time.minute)
        return {
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=self.minutes),
            "place": self.place,
            "format": self.format,
            "chair": self.chair,
            "secretary_name": self.secretary_name,
        }

    def title_on(self, slot: recurrence.Slot) -> str:
        """The title of the meeting of that day."""
        return recurrence.title_on(self.title, slot.day, self.first_number + slot.number - 1)
