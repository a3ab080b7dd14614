"""Invitations that came in on paper, from bodies that do not invite through this system."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from coordination.choices import EventKind
from councils.models import DatedQuerySet, Organization, Person
from councils.models.dated import Searchable
from hdnd.lib import clock
from hdnd.lib.dates import short_date


class IncomingInvitation(Searchable):
    """One paper that invites one of our bodies; it is the occasion of the duties between host and that body."""

    host = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan mời", related_name="invitations_written"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan được mời", related_name="invitations_received"
    )
    kind = models.CharField("loại sự kiện", max_length=30, choices=EventKind.choices)
    title = models.CharField("nội dung mời", max_length=300)
    place = models.CharField("địa điểm", max_length=300, blank=True)
    starts_at = models.DateTimeField("bắt đầu")
    symbol = models.CharField("số, ký hiệu", max_length=80, blank=True)
    dated_on = models.DateField("ngày trên giấy mời", null=True, blank=True)
    received_on = models.DateField("ngày nhận")
    file = models.CharField(max_length=120, blank=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    note = models.TextField("ghi chú", blank=True)
    people = models.ManyToManyField(
        Person, verbose_name="người được cử dự", blank=True, related_name="invitations_assigned"
    )
    attended_on = models.DateField("đã dự ngày", null=True, blank=True)
    absent_because = models.CharField("lý do không dự", max_length=500, blank=True)
    # Registered by mistake: the row stays, with the reason.
    withdrawn_because = models.CharField("lý do rút", max_length=500, blank=True)
    # Counts changes of time and place, for calendars.
    version = models.PositiveIntegerField(default=1)

    search_fields = ("title", "place", "symbol")
    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "giấy mời đến"
        verbose_name_plural = "giấy mời đến"
        ordering = ("-starts_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(attended_on=None) | Q(absent_because=""), name="incoming_attended_or_absent"
            ),
        )
        indexes = (
            # the list and the calendar of one body
            models.Index(fields=["organization", "-starts_at"], name="incoming_org_start"),
            models.Index(fields=["starts_at"], name="incoming_start"),
        )

    def __str__(self) -> str:
        return f"{self.host.label}: {self.title}"

    def clean(self) -> None:
        super().clean()
        if self.dated_on and self.received_on and self.received_on < self.dated_on:
            raise ValidationError(
                {"received_on": "Ngày nhận sớm hơn ngày trên giấy mời. Sửa một trong hai ngày."}
            )

    @property
    def day(self) -> date:
        """The day in Vietnam."""
        return clock.local(self.starts_at).date()

    @property
    def expected_end(self) -> datetime:
        """Two hours after the start: papers seldom say."""
        return self.starts_at + timedelta(hours=2)

    @property
    def paper_line(self) -> str:
        """`Giấy mời số 12/GM-UBND ngày 10/06/2026, nhận ngày 12/06/2026`."""
        number = f" số {self.symbol}" if self.symbol else ""
        dated = f" ngày {short_date(self.dated_on)}" if self.dated_on else ""
        return f"Giấy mời{number}{dated}, nhận ngày {short_date(self.received_on)}"

    @property
    def outcome(self) -> tuple[str, str]:
        """State and word of where it stands: withdrawn, attended, declined, assigned, or still to be assigned."""
        if self.withdrawn_because:
            return "void", "đã rút"
        if self.attended_on:
            return "present", "đã dự"
        if self.absent_because:
            return "declined", "không dự"
        return ("accepted", "đã cử người") if self.people.all() else ("due", "chưa cử người")
