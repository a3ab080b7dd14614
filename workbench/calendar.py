"""The calendar's shape: which days a page shows, what stands before and after it, and the days with what is on them."""

from calendar import Calendar, monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from coordination.law.working_days import Exceptions, day_off_reason
from hdnd.lib.dates import long_date, short_date
from workbench.choices import View, Whose

YEARS = range(1990, 2101)
"""Years that can be asked for; anything else is a mistyped address."""
MONTH_CELL = 3
"""Meetings shown in one cell of the month; the rest is one press away, in the week."""
WEEKEND = {"thứ Bảy", "Chủ nhật"}


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the view, whose calendar, the day it turns around, with due days or not."""

    view: View
    whose: Whose
    day: date
    with_due: bool = False

    @classmethod
    def read(cls, given: Mapping[str, str], *, today: date, whose: Whose) -> "Asked":
        """From a query string; what is missing or no such thing becomes the month of today."""
        view, asked = given.get("xem", ""), given.get("cua", "")
        return cls(
            view=View(view) if view in View.values else View.MONTH,
            whose=Whose(asked) if asked in Whose.values else whose,
            day=_day(given.get("ngay", "")) or today,
            with_due=given.get("han") == "1",
        )

    @property
    def first(self) -> date:
        """The first day of the week or of the month."""
        if self.view == View.WEEK:
            return monday_of(self.day)
        return self.day.replace(day=1)

    @property
    def last(self) -> date:
        """The last day of the week or of the month."""
        if self.view == View.WEEK:
            return self.first + timedelta(days=6)
        return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])

    @property
    def shown(self) -> list[date]:
        """All days on the page; a month fills its first and last week."""
        if self.view == View.MONTH:
            return list(Calendar().itermonthdates(self.day.year, self.day.month))
        days = (self.last - self.first).days
        return [self.first + timedelta(days=step) for step in range(days + 1)]

    @property
    def title(self) -> str:
        """`Tháng 6/2026`, `Tuần 22/06 – 28/06/2026`."""
        if self.view == View.WEEK:
            return f"Tuần {self.first:%d/%m} – {short_date(self.last)}"
        return f"Tháng {self.day.month}/{self.day.year}"

    @property
    def before(self) -> "Asked":
        """The week or month before."""
        return replace(self, day=self.first - timedelta(days=1))

    @property
    def after(self) -> "Asked":
        """The week or month after."""
        return replace(self, day=self.last + timedelta(days=1))

    @property
    def query(self) -> str:
        """The query string that asks for this."""
        parts = {"xem": self.view.value, "cua": self.whose.value, "ngay": self.day.isoformat()}
        return urlencode(parts | ({"han": "1"} if self.with_due else {}))


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting on the calendar, or what a body outside the system invited to on paper; `address` is its page."""

    address: str
    title: str
    starts_at: datetime
    state: str
    state_label: str
    place: str
    host: str
    chair: str

    @property
    def time(self) -> str:
        """`07:30`."""
        return f"{self.starts_at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Due:
    """A duty or a task due on a day, as an entry of the whole day."""

    pk: int
    due_on: date
    title: str
    url_name: str
    state: str
    state_label: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the page.

    Attributes:
        note: the holiday's name, that the day off was exchanged, or that a day of rest is worked.
        is_beside: belongs to the month before or after.
    """

    day: date
    is_today: bool
    is_beside: bool
    is_off: bool
    note: str
    entries: list[Entry]
    due: list[Due]

    @property
    def shown(self) -> list[Entry]:
        """What a cell of the month has room for."""
        return _room_for(self.entries)

    @property
    def more(self) -> int:
        """How many meetings the cell has no room for."""
        return len(self.entries) - len(self.shown)

    @property
    def due_shown(self) -> list[Due]:
        """The due days a cell of the month has room for."""
        return _room_for(self.due)

    @property
    def due_more(self) -> int:
        """How many due days the cell has no room for."""
        return len(self.due) - len(self.due_shown)

    @property
    def number(self) -> str:
        """`24`, as text: the template need not localize it."""
        return str(self.day.day)

    @property
    def iso(self) -> str:
        """`2026-06-24`."""
        return self.day.isoformat()

    @property
    def long(self) -> str:
        """`Thứ Tư, 24/06/2026`."""
        written = long_date(self.day)
        return f"{written[0].upper()}{written[1:]}"

    @property
    def classes(self) -> str:
        """What the style sheet knows the day by."""
        marks = (
            ("beside", self.is_beside),
            ("off", self.is_off),
            ("today", self.is_today),
            ("free", not (self.entries or self.due)),
        )
        return " ".join(["cell", *(name for name, holds in marks if holds)])


def _room_for(rows: list[Any]) -> list[Any]:
    """All, or the first few: one more takes no more room than saying that there is one more."""
    return rows if len(rows) <= MONTH_CELL + 1 else rows[:MONTH_CELL]


def days_of(
    asked: Asked, entries: Iterable[Entry], due: Iterable[Due], *, today: date, exceptions: Exceptions
) -> list[Day]:
    """The page's days in order, each with its meetings, due days and what makes it a day off."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    due_by_day: dict[date, list[Due]] = defaultdict(list)
    for entry in entries:
        by_day[entry.starts_at.date()].append(entry)
    for row in due:
        due_by_day[row.due_on].append(row)
    days = []
    for day in asked.shown:
        reason = day_off_reason(day, exceptions)
        days.append(
            Day(
                day=day,
                is_today=day == today,
                is_beside=not asked.first <= day <= asked.last,
                is_off=bool(reason),
                note=day_note(day, reason),
                entries=by_day[day],
                due=due_by_day[day],
            )
        )
    return days


def day_note(day: date, reason: str) -> str:
    """What is unusual about the day; nothing for a plain working day or a plain weekend."""
    if reason:
        return "" if reason in WEEKEND else reason
    return "làm bù" if day.weekday() >= 5 else ""


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
