"""Duties and the evidence that settles them."""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, F, Q, Value, When

from coordination.choices import DutyState, EventKind, EvidenceKind, Mode
from coordination.law import duty as law
from coordination.models.regulation import Clause
from councils.models import Organization
from hdnd.lib import clock


class DutyQuerySet(models.QuerySet[Any]):
    """Duties in domain words."""

    def of(self, target: models.Model) -> Self:
        """Duties raised by one occasion."""
        return self.filter(content_type=ContentType.objects.get_for_model(target), object_id=target.pk)

    def with_state(self, today: date) -> Self:
        """Lets filters and orders name `current`: the state on the day, computed as `law.duty.state` does."""
        settled = Q(settled_on__isnull=False, settled_on__lte=F("event_on"))
        return self.alias(
            current=Case(
                When(~Q(void_reason=""), then=Value(DutyState.VOID.value)),
                When(~Q(waived_reason=""), then=Value(DutyState.WAIVED.value)),
                When(settled & Q(settled_on__lte=F("due_on")), then=Value(DutyState.MET.value)),
                When(settled, then=Value(DutyState.LATE.value)),
                When(event_on__lt=today, then=Value(DutyState.MISSED.value)),
                When(due_on__gt=today, then=Value(DutyState.UPCOMING.value)),
                default=Value(DutyState.DUE.value),
                output_field=models.CharField(max_length=10),
            )
        )

    def open(self) -> Self:
        """Neither settled nor waived nor void."""
        return self.filter(settled_on=None, waived_reason="", void_reason="")

    def counting_over(self, days: Collection[date]) -> Self:
        """Duties whose term is counted over one of the days: from the due day to the event, both included."""
        over = Q(pk=None)
        for day in days:
            over |= Q(due_on__lte=day, event_on__gte=day)
        return self.filter(over)


class Duty(models.Model):
    """A clause applied to one occasion: who owes it to whom, by when, and how it was settled."""

    clause = models.ForeignKey(Clause, models.PROTECT, verbose_name="điều khoản", related_name="duties")
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    occasion = GenericForeignKey("content_type", "object_id")
    event_kind = models.CharField("loại sự kiện", max_length=30, choices=EventKind.choices)
    occasion_title = models.CharField("sự kiện", max_length=300)
    # Folded title, for search without accents.
    search = models.CharField(max_length=300, editable=False, default="")
    event_on = models.DateField("ngày diễn ra")
    mode = models.CharField("việc", max_length=10, choices=Mode.choices)
    debtor = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="bên phải làm", null=True, related_name="duties_owed"
    )
    creditor = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="bên được hưởng", null=True, related_name="duties_claimed"
    )
    due_on = models.DateField("hạn")
    due_why = models.TextField("cách tính hạn", blank=True)
    # The earliest day of its evidence, kept so that lists filter by state in the database.
    settled_on = models.DateField("hoàn thành ngày", null=True, blank=True)
    waived_reason = models.TextField("lý do miễn", blank=True)
    void_reason = models.TextField("lý do không phát sinh", blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[DutyQuerySet] = DutyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "nghĩa vụ"
        verbose_name_plural = "nghĩa vụ"
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["clause", "content_type", "object_id", "debtor", "creditor"], name="duty_once"
            ),
        )
        indexes = (
            models.Index(fields=["content_type", "object_id"], name="duty_occasion"),
            # the desk and the list of one side, by due day
            models.Index(fields=["debtor", "due_on"], name="duty_debtor_due"),
            models.Index(fields=["creditor", "due_on"], name="duty_creditor_due"),
            models.Index(fields=["due_on"], name="duty_due"),
        )

    def __str__(self) -> str:
        return f"{self.clause.code}: {self.debtor or '?'} {self.get_mode_display()} {self.creditor or '?'}"

    def state_on(self, today: date) -> DutyState:
        """The state on the day, by the law."""
        return law.state(
            today=today,
            due_on=self.due_on,
            event_on=self.event_on,
            settled_on=self.settled_on,
            is_waived=bool(self.waived_reason),
            is_void=bool(self.void_reason),
        )


class Evidence(models.Model):
    """What settles a duty: an invitation issued, a document sent, a seat taken."""

    duty = models.ForeignKey(Duty, models.CASCADE, verbose_name="nghĩa vụ", related_name="evidence")
    kind = models.CharField("loại", max_length=20, choices=EvidenceKind.choices)
    on = models.DateField("ngày")
    note = models.CharField("nội dung", max_length=300, blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    object = GenericForeignKey("content_type", "object_id")
    recorded_at = models.DateTimeField(default=clock.now)
    # A wrong one stays to be seen, and settles nothing.
    withdrawn_reason = models.TextField("lý do rút", blank=True, default="")

    class Meta:
        verbose_name = "bằng chứng"
        verbose_name_plural = "bằng chứng"
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["duty", "kind", "content_type", "object_id"], name="evidence_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"
