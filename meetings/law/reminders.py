"""When an office reminds, and of what.

No law sets these days: they are the office's own practice, kept as rows (`meetings.ReminderRule`). Working days are
those of `coordination.law.working_days` (Bộ luật Lao động 45/2019/QH14, Điều 111 and 112, in force since 1/1/2021).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from coordination.choices import AgendaKind
from coordination.law.working_days import (
    NO_EXCEPTIONS,
    Exceptions,
    due_before,
    is_working_day,
    working_days_between,
)
from hdnd.lib.text import fold

OPENS, CLOSES = time(7, 30), time(18, 0)
"""Reminders leave within these hours of a working day, Vietnam's time: nobody's telephone rings at night."""

MAKE_UP = 5
"""A reminder that could not leave on its day is made up within so many working days; after them it is stale."""

FARTHEST = 30
"""The most working days a reminder may lie before or after what it reminds of."""

NEEDS_PAPER = frozenset(
    {AgendaKind.REPORT, AgendaKind.EXPLANATION, AgendaKind.DRAFT_RESOLUTION, AgendaKind.PERSONNEL}
)
"""Items that are presented from a paper; a discussion, a question or the closing words need none."""


def reminder_days(
    target: date,
    before: Iterable[int],
    after: Iterable[int] = (),
    *,
    since: date | None = None,
    exceptions: Exceptions = NO_EXCEPTIONS,
) -> tuple[date, ...]:
    """The days on which to remind of something, earliest first; all of them are worked.

    Args:
        target: the day of the meeting, or the last day of a task; it may be a day off.
        before: working days before it; 0 is the day itself, or the working day before when it is a day off.
        after: working days after it, 1 or more.
        since: the day it was first asked for. Reminders that would fall on that day or earlier are left out, since
            the invitation itself has just said the same.

    Raises:
        ValueError: a number of days is negative.
    """
    days = {_back(target, count, exceptions) for count in before}
    days |= {_forward(target, count, exceptions) for count in after}
    return tuple(sorted(day for day in days if since is None or day > since))


def _back(target: date, count: int, exceptions: Exceptions) -> date:
    day = due_before(target, count, "wd", exceptions).on
    while not is_working_day(day, exceptions):  # only with 0: the day itself may be off
        day -= timedelta(days=1)
    return day


def _forward(target: date, count: int, exceptions: Exceptions) -> date:
    if count < 1:
        raise ValueError(f"reminder {count} working days after")
    day = target
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, exceptions)
    return day


def due_on(days: Sequence[date], today: date, exceptions: Exceptions = NO_EXCEPTIONS) -> date | None:
    """The reminder day that counts today: the latest one reached, unless it is stale; None when there is none.

    Whoever was reminded on that day or later has been told. One that was missed is thereby made up by the next run,
    and two missed ones become a single mail.
    """
    reached = [day for day in days if day <= today]
    if not reached or working_days_between(max(reached), today, exceptions) > MAKE_UP:
        return None
    return max(reached)


def next_on(
    days: Sequence[date], now: datetime, last: date | None, exceptions: Exceptions = NO_EXCEPTIONS
) -> date | None:
    """The day on which the next reminder leaves, or None when no more will.

    Args:
        now: the present in Vietnam's time.
        last: the day of the latest reminder sent, if any.
    """
    owed = due_on(days, now.date(), exceptions)
    if owed and (last is None or last < owed):
        day = now.date() if now.time() < CLOSES else now.date() + timedelta(days=1)
        while not is_working_day(day, exceptions):
            day += timedelta(days=1)
        return day
    return min((day for day in days if day > now.date()), default=None)


def may_send(now: datetime, exceptions: Exceptions = NO_EXCEPTIONS) -> bool:
    """Whether reminders may leave at this moment (Vietnam's time): in office hours of a working day."""
    return OPENS <= now.time() < CLOSES and is_working_day(now.date(), exceptions)


def named_in(presenter: str, names: Iterable[str]) -> list[int]:
    """Which of the names stand in the presenter's line, by place: `Giám đốc Sở Xây dựng` names `Sở Xây dựng`.

    Accents and case do not matter; an empty name is never found.
    """
    line = f" {' '.join(_words(presenter))} "
    return [
        place for place, name in enumerate(names) if _words(name) and f" {' '.join(_words(name))} " in line
    ]


def _words(text: str) -> list[str]:
    return "".join(mark if mark.isalnum() else " " for mark in fold(text)).split()
