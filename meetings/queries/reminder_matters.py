"""What is open: invitations without answer, items without paper, tasks not done, each with its reminder days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from coordination.law.working_days import Exceptions
from documents.choices import DocumentType
from documents.models import Document
from hdnd.lib import clock
from meetings.choices import MeetingState, ReminderKind
from meetings.law import reminders as law
from meetings.models import AgendaItem, Conclusion, Invitation, Meeting, ReminderRule

_HORIZON = timedelta(days=90)
"""Farther than any reminder day: `law.FARTHEST` and `law.MAKE_UP` working days with Tết between."""


@dataclass(frozen=True)
class Matter:
    """One open thing.

    Attributes:
        days: when to remind of it, earliest first; empty when the rules say never.
        target: the day of the meeting, or the last day of the task.
        phone: of the office that issued the invitation or the notice, if known.
    """

    kind: ReminderKind
    thing: Any
    meeting: Meeting
    target: date
    days: tuple[date, ...]
    phone: str = ""

    @property
    def key(self) -> tuple[ReminderKind, int]:
        """Tells the thing apart from all others."""
        return self.kind, self.thing.pk


def unanswered(now: datetime) -> QuerySet[Invitation]:
    """Issued invitations to meetings still to come that nobody answered."""
    return Invitation.objects.filter(
        **_coming("meeting__", now), issued_at__isnull=False, is_left_out=False, answer=""
    ).select_related("organization", "meeting__host__area", "document__issuer")


def unpapered(now: datetime) -> QuerySet[AgendaItem]:
    """Items of meetings still to come that are presented from a paper and have none."""
    return (
        AgendaItem.objects.filter(**_coming("meeting__", now), papers=None, kind__in=law.NEEDS_PAPER)
        .select_related("meeting__host__area")
        .prefetch_related("organizations", "meeting__invitations__organization")
    )


def undone(now: datetime) -> QuerySet[Conclusion]:
    """Announced tasks with a last day that is near or just past, not reported done."""
    day = now.date()
    return Conclusion.objects.filter(
        meeting__reminder_pause=None, notice__isnull=False, done_on=None,
        due_on__range=(day - _HORIZON, day + _HORIZON),
    ).select_related("assignee", "meeting__host__area", "notice__issuer")  # fmt: skip


OPEN: dict[ReminderKind, Callable[[datetime], QuerySet[Any]]] = {
    ReminderKind.UNANSWERED: unanswered,
    ReminderKind.PAPERS: unpapered,
    ReminderKind.TASK: undone,
}


def _coming(prefix: str, now: datetime) -> dict[str, Any]:
    """Invited to, not begun, not called off, reminders not switched off."""
    return {
        f"{prefix}state": MeetingState.INVITED,
        f"{prefix}starts_at__gt": now,
        f"{prefix}reminder_pause": None,
    }


def matters(now: datetime, exceptions: Exceptions, meeting: Meeting | None = None) -> list[Matter]:
    """Everything open now, of one meeting or of all, with its reminder days; a fixed number of queries."""
    only = Q() if meeting is None else Q(meeting=meeting)
    things = {kind: list(find(now).filter(only)) for kind, find in OPEN.items()}
    if not any(things.values()):
        return []
    rules = list(ReminderRule.objects.all())
    issued = _issued([row.meeting_id for row in things[ReminderKind.PAPERS]])
    found = []
    for kind, rows in things.items():
        for row in rows:
            target, since, phone = _dates(kind, row, issued)
            rule = _rule_of(rules, kind, row.meeting)
            days = (
                law.reminder_days(
                    target, rule.days_before, rule.days_after, since=since, exceptions=exceptions
                )
                if rule
                else ()
            )
            found.append(Matter(kind, row, row.meeting, target, days, phone))
    order = list(OPEN)
    return sorted(found, key=lambda row: (order.index(row.kind), row.target, row.meeting.pk, row.thing.pk))


def _dates(
    kind: ReminderKind, row: Any, issued: dict[int, tuple[date, str]]
) -> tuple[date, date | None, str]:
    """Target day, the day it was first asked for, and the telephone of the asking office."""
    if kind == ReminderKind.UNANSWERED:
        phone = row.document.issuer.phone if row.document else ""
        return row.meeting.day, clock.local(row.issued_at).date(), phone
    if kind == ReminderKind.PAPERS:
        return row.meeting.day, *issued.get(row.meeting_id, (None, ""))
    return row.due_on, row.notice.issued_on, row.notice.issuer.phone


def _issued(meetings: Iterable[int]) -> dict[int, tuple[date, str]]:
    """Per meeting the day of its latest invitation and the telephone on it."""
    papers = Document.objects.filter(
        content_type=ContentType.objects.get_for_model(Meeting), object_id__in=set(meetings),
        doc_type=DocumentType.INVITATION,
    )  # fmt: skip
    rows = papers.order_by("issued_on", "pk").values_list("object_id", "issued_on", "issuer__phone")
    return {meeting: (day, phone) for meeting, day, phone in rows if meeting is not None}


def _rule_of(rules: list[ReminderRule], kind: ReminderKind, meeting: Meeting) -> ReminderRule | None:
    """The closest rule for the meeting; none when there is none or it says not to remind."""
    fitting = [rule for rule in rules if rule.what == kind and rule.specificity(meeting)]
    rule = max(fitting, key=lambda rule: rule.specificity(meeting), default=None)
    return rule if rule and rule.is_active else None
