"""Sessions, meetings and their agenda."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models

from coordination.choices import AgendaKind, EventKind
from councils.models import Area, Dated, DatedQuerySet, LegislativeTerm, Organization, Person
from councils.models.dated import Searchable
from hdnd.lib import clock
from meetings.choices import CALLED_OFF, TRANSITIONS, MeetingFormat, MeetingState, VoteRule


class Session(Searchable):
    """Kỳ họp: groups the meetings of a council from opening to closing."""

    council = models.ForeignKey(Organization, models.PROTECT, verbose_name="HĐND", related_name="sessions")
    term = models.ForeignKey(LegislativeTerm, models.PROTECT, verbose_name="nhiệm kỳ", null=True, blank=True)
    code = models.CharField("mã", max_length=30, blank=True)
    kind = models.CharField("loại", max_length=30, choices=EventKind.choices)
    title = models.CharField("tên", max_length=300)
    opens_on = models.DateField("khai mạc")
    closes_on = models.DateField("bế mạc")

    search_fields = ("code", "title")
    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "kỳ họp"
        verbose_name_plural = "kỳ họp"
        ordering = ("-opens_on",)

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": "Ngày bế mạc sớm hơn ngày khai mạc. Sửa một trong hai ngày."})


class MeetingQuerySet(DatedQuerySet):
    """Meetings in domain words."""

    def between(self, first: date, last: date) -> Self:
        """Meetings starting from the first to the last day, both included, in Vietnam's time."""
        return self.filter(
            starts_at__gte=clock.at_time(first, 0), starts_at__lt=clock.at_time(last + timedelta(days=1), 0)
        )


class Meeting(Searchable):
    """A meeting, conference or visit of a host body."""

    code = models.CharField("mã", max_length=30, blank=True)
    kind = models.CharField("loại cuộc họp", max_length=30, choices=EventKind.choices)
    title = models.CharField("tên cuộc họp", max_length=300)
    host = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan tổ chức", related_name="meetings"
    )
    session = models.ForeignKey(
        Session, models.PROTECT, verbose_name="kỳ họp", null=True, blank=True, related_name="meetings"
    )
    starts_at = models.DateTimeField("bắt đầu")
    ends_at = models.DateTimeField("kết thúc dự kiến", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=300)
    format = models.CharField(
        "hình thức", max_length=10, choices=MeetingFormat.choices, default=MeetingFormat.IN_PERSON
    )
    chair = models.ForeignKey(
        Person, models.PROTECT, verbose_name="chủ trì", null=True, blank=True, related_name="meetings_chaired"
    )
    secretary = models.ForeignKey(
        Person, models.PROTECT, verbose_name="thư ký", null=True, blank=True, related_name="+"
    )
    secretary_name = models.CharField("thư ký cuộc họp", max_length=120, blank=True)
    areas = models.ManyToManyField(
        Area, verbose_name="địa bàn liên quan", blank=True, related_name="meetings"
    )
    note = models.TextField("ghi chú trên giấy mời", blank=True)
    answer_by = models.DateTimeField("đề nghị trả lời trước", null=True, blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    opened_at = models.DateTimeField("khai mạc thực tế", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc thực tế", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    series = models.ForeignKey(
        "meetings.MeetingSeries", models.SET_NULL, verbose_name="loạt họp định kỳ", null=True, blank=True,
        related_name="meetings",
    )  # fmt: skip
    # The day of the series' rule that this meeting fills; it may be held on another.
    series_day = models.DateField("ngày theo nhịp", null=True, blank=True)

    # Set by `queries.count_answers` where a list shows them.
    invited_count: int
    answered_count: int

    search_fields = ("code", "title", "place")
    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "cuộc họp"
        verbose_name_plural = "cuộc họp"
        ordering = ("-starts_at", "-pk")
        indexes = (
            # the list and the calendar of one host
            models.Index(fields=["host", "-starts_at"], name="meeting_host_start"),
            # the calendar and clashes
            models.Index(fields=["starts_at"], name="meeting_start"),
            models.Index(fields=["state", "starts_at"], name="meeting_state_start"),
        )
        # Two workers that fill one series plan each day once.
        constraints = (
            models.UniqueConstraint(fields=["series", "series_day"], name="meeting_series_day_once"),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError(
                {
                    "ends_at": "Giờ kết thúc không sau giờ bắt đầu. Sửa giờ kết thúc, hoặc bỏ trống để tính theo chương trình."
                }
            )
        if self.answer_by and self.starts_at and self.answer_by >= self.starts_at:
            raise ValidationError({"answer_by": "Hạn trả lời phải trước giờ họp. Chọn ngày sớm hơn."})

    @property
    def day(self) -> date:
        """The day in Vietnam."""
        return clock.local(self.starts_at).date()

    @property
    def expected_end(self) -> datetime:
        """The planned end, else the start plus the agenda's minutes, else two hours."""
        return self.ends_with(0 if self.ends_at else sum(item.minutes or 0 for item in self.agenda.all()))

    def ends_with(self, minutes: int) -> datetime:
        """The expected end when the length of the agenda is known, in minutes."""
        return self.ends_at or self.starts_at + timedelta(minutes=minutes or 120)

    @property
    def is_called_off(self) -> bool:
        """Whether nobody is expected: postponed, cancelled, or a plan that was dropped."""
        return self.state in CALLED_OFF

    def may_become(self, state: str) -> bool:
        """Whether the life of a meeting allows the step."""
        return state in TRANSITIONS[self.state]


class AgendaItem(models.Model):
    """One item of the agenda, in order."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="cuộc họp", related_name="agenda")
    position = models.PositiveSmallIntegerField("thứ tự")
    title = models.CharField("nội dung", max_length=500)
    kind = models.CharField("loại", max_length=20, choices=AgendaKind.choices, default=AgendaKind.REPORT)
    presenter = models.CharField("trình bày", max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField("số phút", null=True, blank=True)
    areas = models.ManyToManyField(Area, verbose_name="địa phương liên quan", blank=True, related_name="+")
    organizations = models.ManyToManyField(
        Organization, verbose_name="cơ quan liên quan", blank=True, related_name="agenda_items"
    )

    class Meta:
        verbose_name = "nội dung"
        verbose_name_plural = "chương trình"
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_once"),)

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class VotingThreshold(Dated):
    """The share of all members a vote or a quorum needs, as a dated row with its article."""

    use = models.CharField(
        "dùng cho", max_length=12, choices=[("quorum", "đủ điều kiện họp"), *VoteRule.choices]
    )
    numerator = models.PositiveSmallIntegerField("tử số")
    denominator = models.PositiveSmallIntegerField("mẫu số")
    is_strict = models.BooleanField(
        "phải nhiều hơn", default=False, help_text="Bỏ chọn: từ tỷ lệ này trở lên."
    )
    article = models.CharField("căn cứ", max_length=200)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tỷ lệ biểu quyết"
        verbose_name_plural = "tỷ lệ biểu quyết"
        ordering = ("use", "-valid_from")

    def __str__(self) -> str:
        return f"{self.get_use_display()}: {self.numerator}/{self.denominator}"

    def clean(self) -> None:
        super().clean()
        if (
            self.numerator is not None
            and self.denominator is not None
            and not 0 < self.numerator < self.denominator
        ):
            raise ValidationError({"denominator": "Tỷ lệ phải lớn hơn 0 và nhỏ hơn 1."})
