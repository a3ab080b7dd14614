"""Whom to remind of what is open, in one mail for each address, and who was reminded before."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from coordination.queries.parties import calendar_exceptions
from meetings.choices import ReminderKind
from meetings.law import reminders as law
from meetings.models import Meeting, ReminderSent
from meetings.queries.reminder_matters import OPEN, Matter, matters
from meetings.queries.reminder_readers import Reader, Readers

FIELDS = {
    ReminderKind.UNANSWERED: "invitation",
    ReminderKind.PAPERS: "item",
    ReminderKind.TASK: "conclusion",
}
"""Which column of `ReminderSent` names the thing."""


@dataclass(frozen=True)
class Line:
    """A matter in a mail; `stands_in` marks one that comes to the secretariat since nobody else can be reached."""

    matter: Matter
    stands_in: bool = False


@dataclass(frozen=True)
class Digest:
    """All that one address is reminded of in one mail."""

    reader: Reader
    lines: tuple[Line, ...]


LastSent = dict[tuple[ReminderKind, int], dict[str, list[date]]]


def reminded(rows: Iterable[Matter]) -> LastSent:
    """Per thing and address the days on which it was reminded of, earliest first."""
    found: LastSent = {}
    keys: dict[ReminderKind, list[int]] = {}
    for row in rows:
        keys.setdefault(row.kind, []).append(row.thing.pk)
    for kind, pks in keys.items():
        name = FIELDS[kind]
        sent = ReminderSent.objects.filter(**{f"{name}__in": pks}).order_by("sent_on", "pk")
        for pk, to, day in sent.values_list(name, "to", "sent_on"):
            found.setdefault((kind, pk), {}).setdefault(to, []).append(day)
    return found


def due_digests(now: datetime) -> list[Digest]:
    """The mails that should leave now, by address; none outside office hours or on a day off."""
    exceptions = calendar_exceptions()
    if not law.may_send(now, exceptions):
        return []
    owed = {
        row.key: (row, day)
        for row in matters(now, exceptions)
        if (day := law.due_on(row.days, now.date(), exceptions))
    }
    rows = [row for row, _ in owed.values()]
    return _digests(rows, now.date(), lambda row, last: last < owed[row.key][1])


def meeting_digests(meeting: Meeting, now: datetime) -> list[Digest]:
    """The mails that remind of everything open in one meeting, but for whom it reached today already."""
    rows = [row for row in matters(now, {}, meeting) if row.kind != ReminderKind.TASK]
    return _digests(rows, now.date(), lambda row, last: last < now.date())


def _digests(rows: list[Matter], day: date, is_wanted: Callable[[Matter, date], bool]) -> list[Digest]:
    """One mail for each address.

    Args:
        is_wanted: whether the matter should go to an address that was last reminded of it on the day given
            (`date.min` for never).
    """
    readers, told = Readers.of(rows, day), reminded(rows)
    lines: dict[str, list[Line]] = {}
    people: dict[str, Reader] = {}
    for row in rows:
        for reader in readers.for_(row):
            last = told.get(row.key, {}).get(reader.key, [date.min])[-1]
            if is_wanted(row, last):
                people.setdefault(reader.key, reader)
                lines.setdefault(reader.key, []).append(Line(row, reader.stands_in))
    return [Digest(people[key], tuple(lines[key])) for key in sorted(lines)]


def still_open(digest: Digest, now: datetime) -> Digest:
    """The digest without what was answered, delivered or done since it was put together."""
    keys: set[tuple[ReminderKind, int]] = set()
    for kind, find in OPEN.items():
        pks = [line.matter.thing.pk for line in digest.lines if line.matter.kind == kind]
        if pks:
            keys |= {(kind, pk) for pk in find(now).filter(pk__in=pks).values_list("pk", flat=True)}
    return Digest(digest.reader, tuple(line for line in digest.lines if line.matter.key in keys))
