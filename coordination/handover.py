"""What is still open between bodies when one of them ends, and how it passes to the successor."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from coordination.models import Duty
from councils.handover import OpenItem
from councils.models import Organization
from hdnd.audit.services import record
from hdnd.lib.dates import short_date


def open_duties(bodies: Collection[int], day: date) -> list[OpenItem]:
    """Open duties of events from that day on, once for each of the bodies they bind; earlier ones are history."""
    return [
        OpenItem(side, f"{duty}, hạn {short_date(duty.due_on)}")
        for duty in _open(bodies, day)
        for side in (duty.debtor_id, duty.creditor_id)
        if side is not None and side in bodies
    ]


def pass_duties(actor: Any, successors: Mapping[int, Organization], day: date) -> None:
    """Puts the successors in place of bodies that end. What the successor owes or is owed already, or would owe to
    itself, becomes void instead.
    """
    for duty in _open(successors, day).select_for_update(of=("self",)):
        debtor = successors.get(duty.debtor_id or 0, duty.debtor)
        creditor = successors.get(duty.creditor_id or 0, duty.creditor)
        before = [str(duty.debtor), str(duty.creditor)]
        same = Duty.objects.filter(
            clause=duty.clause,
            content_type=duty.content_type,
            object_id=duty.object_id,
            debtor=debtor,
            creditor=creditor,
        )
        if debtor == creditor or same.exclude(pk=duty.pk).exists():
            duty.void_reason = (
                "Hai bên đã thành một cơ quan."
                if debtor == creditor
                else "Cơ quan kế thừa đã có nghĩa vụ này."
            )
            duty.save(update_fields=["void_reason"])
            record(
                "coordination.duty.voided", duty, actor=actor, changes={"void_reason": ["", duty.void_reason]}
            )
            continue
        duty.debtor, duty.creditor = debtor, creditor
        duty.save(update_fields=["debtor", "creditor"])
        after = [str(debtor), str(creditor)]
        changes = {
            name: [old, new]
            for name, old, new in zip(("debtor", "creditor"), before, after, strict=True)
            if old != new
        }
        record("coordination.duty.passed", duty, actor=actor, changes=changes)


def _open(bodies: Collection[int], day: date) -> QuerySet[Duty]:
    found: QuerySet[Duty] = Duty.objects.open().filter(
        Q(debtor__in=list(bodies)) | Q(creditor__in=list(bodies)), event_on__gte=day
    )
    return found.select_related("clause", "debtor", "creditor").order_by("due_on", "pk")
