"""What the host's office sees of a meeting's reminders: who is reminded next, and who was."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from coordination.queries.parties import calendar_exceptions
from hdnd.lib import clock
from hdnd.outbox.models import Message, State
from meetings.choices import MeetingState, ReminderKind
from meetings.law import reminders as law
from meetings.models import Meeting, ReminderPause, ReminderSent
from meetings.queries.reminder_matters import Matter, matters
from meetings.queries.reminder_readers import Readers
from meetings.queries.reminders import reminded


@dataclass(frozen=True)
class Row:
    """One open thing.

    Attributes:
        who: the body or person asked.
        what: the item or task; empty for an invitation.
        addresses: to which the mail goes; those of the secretariat when `stands_in`.
        times: on how many days somebody was reminded of it; `last` is the latest.
    """

    who: str
    what: str
    addresses: tuple[str, ...]
    stands_in: bool
    times: int
    last: date | None
    next: date | None


@dataclass(frozen=True)
class Group:
    """Open things of one kind, with the day of the next mail."""

    kind: ReminderKind
    rows: tuple[Row, ...]
    next: date | None


@dataclass(frozen=True)
class Card:
    """The card on the meeting's page.

    Attributes:
        can_remind: whether the secretary may mail by hand now.
        failed: mails of this meeting's reminders that did not arrive.
    """

    is_paused: bool
    can_remind: bool
    groups: tuple[Group, ...]
    times: int
    last: date | None
    failed: tuple[Message, ...]


def reminder_card(meeting: Meeting) -> Card | None:
    """The card; None where there is nothing to say: before the invitation, or when all is settled and nobody was reminded."""
    if meeting.state == MeetingState.PLANNED or meeting.is_called_off:
        return None
    now = clock.now()
    is_paused = ReminderPause.objects.filter(meeting=meeting).exists()
    groups = _groups(meeting)
    sent = ReminderSent.objects.filter(
        Q(invitation__meeting=meeting) | Q(item__meeting=meeting) | Q(conclusion__meeting=meeting)
    )
    days = sorted(set(sent.values_list("sent_on", flat=True)))
    failed = Message.objects.filter(state=State.FAILED, pk__in=sent.values("message")).order_by("pk")
    if not (groups or days or is_paused):
        return None
    return Card(
        is_paused=is_paused,
        can_remind=not is_paused
        and any(row.kind != ReminderKind.TASK for row in groups)
        and meeting.starts_at > now,
        groups=groups,
        times=len(days),
        last=days[-1] if days else None,
        failed=tuple(failed),
    )


def _groups(meeting: Meeting) -> tuple[Group, ...]:
    exceptions = calendar_exceptions()
    rows = matters(clock.now(), exceptions, meeting)
    readers, told = Readers.of(rows, clock.today()), reminded(rows)
    found = []
    for kind in ReminderKind:
        asked = []
        for row in rows:
            if row.kind == kind:
                days = sorted({day for sent in told.get(row.key, {}).values() for day in sent})
                next_day = law.next_on(row.days, clock.now(), days[-1] if days else None, exceptions)
                asked.append(_row(row, readers, days, next_day))
        if asked:
            next_day = min((row.next for row in asked if row.next), default=None)
            found.append(Group(kind, tuple(asked), next_day))
    return tuple(found)


def _row(row: Matter, readers: Readers, days: list[date], next_day: date | None) -> Row:
    people = readers.for_(row)
    if next_day and row.kind != ReminderKind.TASK and next_day > row.target:
        next_day = None  # it would have to be made up after the meeting has begun
    return Row(
        who=readers.asked(row),
        what="" if row.kind == ReminderKind.UNANSWERED else str(row.thing),
        addresses=tuple(person.email for person in people),
        stands_in=any(person.stands_in for person in people),
        times=len(days),
        last=days[-1] if days else None,
        next=next_day,
    )
