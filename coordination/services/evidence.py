"""What settles a duty, and how evidence is taken back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from coordination.models import Duty, Evidence
from coordination.permissions import can_withdraw
from coordination.services.duties import full_reason
from coordination.services.recomputing import recompute
from councils.permissions import ensure
from hdnd.audit.services import record


@transaction.atomic
def settle(
    *,
    target: models.Model,
    kind: str,
    on: date,
    modes: Iterable[str],
    creditors: Iterable[int] | None = None,
    debtors: Iterable[int] | None = None,
    proof: models.Model | None = None,
    note: str = "",
    actor: Any = None,
    actor_name: str = "",
) -> int:
    """Settles the duties of an occasion that a piece of evidence speaks for.

    Args:
        kind: an `EvidenceKind`.
        on: the day of the evidence.
        modes: which duties it can settle.
        creditors, debtors: primary keys of the bodies concerned; None means all.
        proof: the object that proves it.

    Returns:
        How many duties got the evidence. A duty keeps the earliest day; waived ones stay waived. What a person has
        taken back with a reason does not come again by itself.
    """
    duties = Duty.objects.of(target).filter(mode__in=list(modes), void_reason="")
    if creditors is not None:
        duties = duties.filter(creditor__in=list(creditors))
    if debtors is not None:
        duties = duties.filter(debtor__in=list(debtors))
    proof_type = ContentType.objects.get_for_model(proof) if proof else None
    settled = []
    for duty in duties.select_for_update():
        evidence, _ = Evidence.objects.get_or_create(
            duty=duty, kind=kind, content_type=proof_type, object_id=proof.pk if proof else None,
            defaults={"on": on, "note": note[:300]},
        )  # fmt: skip
        if evidence.withdrawn_reason:
            continue
        settled.append(duty.pk)
        if duty.settled_on is None or on < duty.settled_on:
            duty.settled_on = on
            duty.save(update_fields=["settled_on"])
    if settled:
        changes = {"kind": kind, "on": on, "duties": settled}
        record("coordination.duties.settled", target, actor=actor, actor_name=actor_name, changes=changes)
    return len(settled)


@transaction.atomic
def withdraw(*, target: models.Model, kind: str, proof: models.Model, actor: Any) -> int:
    """Takes back the evidence that an object gave by mistake; returns how many duties lost it.

    A duty falls back on the earliest day of the evidence it still has, or is open again. What a person took back with
    a reason stays as it is.
    """
    proof_type = ContentType.objects.get_for_model(proof)
    found = list(
        Evidence.objects.filter(
            duty__in=Duty.objects.of(target),
            kind=kind,
            content_type=proof_type,
            object_id=proof.pk,
            withdrawn_reason="",
        )
    )
    for evidence in found:
        duty = Duty.objects.select_for_update().get(pk=evidence.duty_id)
        evidence.delete()
        _fall_back(duty)
    if found:
        changes = {"kind": kind, "duties": [evidence.duty_id for evidence in found]}
        record("coordination.duties.withdrawn", target, actor=actor, changes=changes)
    return len(found)


@transaction.atomic
def withdraw_evidence(*, actor: Any, evidence: Evidence, reason: str) -> None:
    """Takes back one wrong piece of evidence with a reason; an empty reason puts it back.

    The row stays with its reason. The duty falls back on the earliest day of what still counts, or is open again with
    its day counted by the calendar of now.

    Raises:
        PermissionDenied: the actor does not serve the side that gave the evidence.
        DomainError: the reason is too short to mean anything.
    """
    duty = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("clause__regulation", "debtor", "creditor")
        .get(pk=evidence.duty_id)
    )
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    ensure(can_withdraw(actor, duty, evidence), "Chỉ văn phòng của bên đã đưa ra bằng chứng mới được rút.")
    reason = full_reason(reason, "Lý do rút bằng chứng")
    before = evidence.withdrawn_reason
    if reason == before:
        return
    evidence.withdrawn_reason = reason
    evidence.save(update_fields=["withdrawn_reason"])
    _fall_back(duty)
    told = f"{evidence.get_kind_display().capitalize()}: {reason}" if reason else str(evidence)
    verb = "withdrawn" if reason else "restored"
    changes = {"evidence": str(evidence), "withdrawn_reason": [before, reason], "told": told}
    record(f"coordination.duty.evidence_{verb}", duty, actor=actor, changes=changes)
    if duty.settled_on is None:
        recompute(actor=actor, duties=[duty.pk], why="điều khoản hoặc bảng ngày nghỉ đã thay đổi")


def _fall_back(duty: Duty) -> None:
    """The earliest day of the evidence that counts."""
    counting = duty.evidence.filter(withdrawn_reason="")
    duty.settled_on = counting.aggregate(first=models.Min("on"))["first"]
    duty.save(update_fields=["settled_on"])
