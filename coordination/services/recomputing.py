"""Open duties follow the calendar and their clauses; what is settled stays. No signals: admin calls `follow`."""

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from coordination.law.duty import moved_in_words
from coordination.law.working_days import DueDate, due_before
from coordination.models import Duty, DutyQuerySet
from coordination.queries import calendar_exceptions
from councils.permissions import can_administer, ensure
from hdnd.audit.services import record_many
from hdnd.lib import clock
from hdnd.lib.background import enqueue

CHUNK = 500
"""Duties written in one transaction: their rows are locked no longer than that takes."""

AT_ONCE = 200
"""More duties than this are left to a worker, so that whoever saved a day off need not wait."""

ENDED = "Điều khoản không còn hiệu lực vào ngày diễn ra."
"""Why a clause that was ended voids a duty; the same words tell which duties come back with it."""


def follow(*, actor: Any, days: Collection[date] = (), clauses: Collection[int] = (), why: str) -> None:
    """Brings open duties in step with changed days of the calendar, or with changed clauses: now, or by a worker.

    Args:
        days: days whose being worked or off changed.
        clauses: keys of clauses whose term or validity changed.
        why: the reason in their histories, after "vì": `24/06/2026 là ngày nghỉ`.

    Raises:
        PermissionDenied: the actor is not an administrator; None is the system.
    """
    from coordination.tasks import recompute_touched

    ensure(actor is None or can_administer(actor))
    if not (days or clauses):
        return
    if _touched(days, clauses)[: AT_ONCE + 1].count() > AT_ONCE:
        enqueue(
            recompute_touched, actor.pk if actor else 0, why, *(day.isoformat() for day in days), *clauses
        )
        return
    recompute(actor=actor, days=days, clauses=clauses, why=why)


def recompute(
    *,
    actor: Any,
    days: Collection[date] = (),
    clauses: Collection[int] = (),
    duties: Collection[int] = (),
    why: str,
) -> int:
    """Counts the due days of open duties of events to come anew; with nothing named, of all of them.

    A duty whose clause no longer holds on the day of its event becomes void, and comes back when it holds again.
    Running it twice changes nothing. The number of queries goes by chunks of `CHUNK` duties.

    Returns:
        How many duties changed.

    Raises:
        DomainError: the table of days off leaves no working day; the chunks before it are done.
    """
    waiting = _touched(days, clauses)
    if duties:
        waiting = waiting.filter(pk__in=list(duties))
    due_of = _counted(calendar_exceptions())
    changed, last = 0, 0
    while True:
        with transaction.atomic():
            rows = list(
                waiting.filter(pk__gt=last)
                .select_for_update(of=("self",))
                .select_related("clause__regulation", "debtor", "creditor")
                .order_by("pk")[:CHUNK]
            )
            changed += _write(rows, due_of, actor, why)
        if len(rows) < CHUNK:
            return changed
        last = rows[-1].pk


def _touched(days: Collection[date], clauses: Collection[int]) -> DutyQuerySet:
    """Open duties of events to come, and those that an ended clause voided."""
    coming = Duty.objects.filter(settled_on=None, waived_reason="", event_on__gte=clock.today()).filter(
        Q(void_reason="") | Q(void_reason=ENDED)
    )
    if days:
        coming = coming.counting_over(days)
    if clauses:
        coming = coming.filter(clause__in=list(clauses))
    return coming


def _counted(exceptions: Any) -> Any:
    """Due days by event and term: of thousands of duties few are counted differently."""
    known: dict[tuple[date, int, str], DueDate] = {}

    def due_of(duty: Duty) -> DueDate:
        key = duty.event_on, duty.clause.lead_days, duty.clause.lead_unit
        if key not in known:
            known[key] = due_before(*key, exceptions)
        return known[key]

    return due_of


def _write(rows: list[Duty], due_of: Any, actor: Any, why: str) -> int:
    told = [entry for entry in map(partial(_renewed, due_of=due_of, why=why), rows) if entry]
    Duty.objects.bulk_update([duty for _, duty, _ in told], ["due_on", "due_why", "void_reason"])
    record_many(told, actor=actor)
    return len(told)


def _renewed(duty: Duty, *, due_of: Any, why: str) -> tuple[str, Duty, dict[str, Any]] | None:
    """Changes the duty in memory; its audit entry, or None when it stands as it is."""
    clause = duty.clause
    if not (clause.holds_on(duty.event_on) and clause.regulation.holds_on(duty.event_on)):
        if duty.void_reason:
            return None
        duty.void_reason = ENDED
        return "coordination.duty.voided", duty, {"void_reason": ["", ENDED], "told": f"{ENDED} Vì {why}."}
    due = due_of(duty)
    wanted = {"due_on": due.on, "due_why": due.explain(), "void_reason": ""}
    changes: dict[str, Any] = {
        name: [getattr(duty, name), value] for name, value in wanted.items() if getattr(duty, name) != value
    }
    if not changes:
        return None
    verb = "coordination.duty.reopened" if duty.void_reason else "coordination.duty.moved"
    changes["told"] = (
        f"Điều khoản lại có hiệu lực vào ngày diễn ra vì {why}."
        if duty.void_reason
        else moved_in_words(duty.due_on, due.on, why)
    )
    for name, value in wanted.items():
        setattr(duty, name, value)
    return verb, duty, changes
