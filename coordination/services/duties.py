"""Raise, waive, void: the life of duties. Called by higher apps inside their own transaction."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from coordination.law.duty import moved_in_words
from coordination.models import Duty
from coordination.occasion import Occasion
from coordination.permissions import can_waive
from coordination.queries import Claim, claims_of
from councils.permissions import ensure
from hdnd.audit.services import record
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.text import fold, nfc

MIN_REASON = 10


@transaction.atomic
def raise_duties(*, occasion: Occasion, actor: Any) -> list[Duty]:
    """Brings the stored duties of an occasion in step with what clauses ask of it now.

    New claims become duties; open duties get their new day; duties no longer asked for become void, waived ones
    too, since there is nothing left to be excused from. What is settled stays. A duty that only said which body is
    missing goes once nothing means that body. Running it twice changes nothing.

    Raises:
        ValueError: the occasion has no stored object.
    """
    if occasion.target is None or occasion.target.pk is None:
        raise ValueError("raise_duties needs a stored occasion")
    claims = claims_of(occasion)
    stored = {_key(duty): duty for duty in Duty.objects.of(occasion.target).select_related("clause")}
    wanted = {(claim.clause.pk, _pk(claim.debtor), _pk(claim.creditor)): claim for claim in claims}
    created = [_new(occasion, claim) for key, claim in wanted.items() if key not in stored]
    Duty.objects.bulk_create(created)
    for key, claim in wanted.items():
        if key in stored:
            _refresh(stored[key], occasion, claim, actor)
    for key, duty in stored.items():
        if key in wanted:
            continue
        if None in key:
            _drop(duty, occasion.target, actor)
        elif not (duty.settled_on or duty.void_reason):
            _void(duty, "Sự kiện đã thay đổi, điều khoản không còn áp dụng.", actor)
    if created:
        codes = sorted({duty.clause.code for duty in created})
        record(
            "coordination.duties.raised",
            occasion.target,
            actor=actor,
            changes={"clauses": codes, "count": len(created)},
        )
    return list(Duty.objects.of(occasion.target).select_related("clause__regulation", "debtor", "creditor"))


@transaction.atomic
def waive(*, actor: Any, duty: Duty, reason: str) -> Duty:
    """Marks a duty as deliberately not done, with its reason; an empty reason takes the waiver back.

    Raises:
        PermissionDenied: the actor does not serve the debtor's office.
        DomainError: the reason is too short to mean anything, or the duty is already settled or void.
    """
    duty = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("clause", "debtor", "creditor")
        .get(pk=duty.pk)
    )
    ensure(can_waive(actor, duty), "Chỉ văn phòng của bên phải thực hiện mới được ghi lý do miễn.")
    reason = full_reason(reason, "Lý do không mời")
    if reason and duty.void_reason:
        raise DomainError("Nghĩa vụ này không phát sinh nên không có gì để miễn.", field="reason")
    if reason and duty.settled_on:
        raise DomainError("Nghĩa vụ này đã có bằng chứng thực hiện nên không thể miễn.", field="reason")
    before = duty.waived_reason
    if reason == before:
        return duty
    duty.waived_reason = reason
    duty.save(update_fields=["waived_reason"])
    record("coordination.duty.waived", duty, actor=actor, changes={"waived_reason": [before, reason]})
    return duty


@transaction.atomic
def void_duties(*, actor: Any, target: models.Model, reason: str) -> int:
    """Voids what is still open when the occasion is cancelled; returns how many."""
    duties = list(Duty.objects.of(target).open())
    for duty in duties:
        _void(duty, reason, actor)
    return len(duties)


def full_reason(reason: str, name: str) -> str:
    """The reason in NFC; an empty one passes, where it takes something back.

    Raises:
        DomainError: too short to mean anything; `name` begins the sentence.
    """
    reason = nfc(reason)
    if reason and len(reason) < MIN_REASON:
        raise DomainError(
            f"{name} quá ngắn. Viết rõ lý do, ít nhất {MIN_REASON} ký tự, vì lý do này được lưu và báo cáo.",
            field="reason",
        )
    return reason


def _pk(body: Any) -> int | None:
    return body.pk if body else None


def _key(duty: Duty) -> tuple[int, int | None, int | None]:
    return duty.clause_id, duty.debtor_id, duty.creditor_id


def _new(occasion: Occasion, claim: Claim) -> Duty:
    assert occasion.target is not None
    return Duty(
        clause=claim.clause,
        content_type=ContentType.objects.get_for_model(occasion.target),
        object_id=occasion.target.pk,
        event_kind=occasion.kind,
        occasion_title=occasion.title[:300],
        search=fold(occasion.title)[:300],
        event_on=occasion.on,
        mode=claim.clause.mode,
        debtor=claim.debtor,
        creditor=claim.creditor,
        due_on=claim.due.on,
        due_why=claim.due.explain(),
        void_reason=claim.problem,
    )


def _refresh(duty: Duty, occasion: Occasion, claim: Claim, actor: Any) -> None:
    """A moved event or changed clause moves what is still open, with the change in its history."""
    if duty.settled_on or duty.waived_reason:
        return
    wanted = {
        "due_on": claim.due.on,
        "due_why": claim.due.explain(),
        "event_on": occasion.on,
        "occasion_title": occasion.title[:300],
        "search": fold(occasion.title)[:300],
        "void_reason": claim.problem,
    }
    changes: dict[str, Any] = {
        name: [getattr(duty, name), value] for name, value in wanted.items() if getattr(duty, name) != value
    }
    if not changes:
        return
    why = "điều khoản hoặc bảng ngày nghỉ thay đổi"
    if duty.event_on != occasion.on:
        why = f"sự kiện chuyển từ {short_date(duty.event_on)} sang {short_date(occasion.on)}"
    changes["told"] = moved_in_words(duty.due_on, claim.due.on, why)
    for name, value in wanted.items():
        setattr(duty, name, value)
    duty.save(update_fields=list(wanted))
    record("coordination.duty.moved", duty, actor=actor, changes=changes)


def _void(duty: Duty, reason: str, actor: Any) -> None:
    changes = {"void_reason": ["", reason]}
    if duty.waived_reason:
        changes["waived_reason"] = [duty.waived_reason, ""]
    duty.void_reason, duty.waived_reason = reason, ""
    duty.save(update_fields=["void_reason", "waived_reason"])
    record("coordination.duty.voided", duty, actor=actor, changes=changes)


def _drop(duty: Duty, target: models.Model, actor: Any) -> None:
    """Removes what a plan said about a missing body once the plan no longer names it; the occasion keeps the note."""
    record("coordination.duty.voided", target, actor=actor, changes={"void_reason": [duty.void_reason, ""]})
    duty.delete()
