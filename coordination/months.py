"""The months of a term, day by day, for the calculator's page: what was counted, skipped, moved."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from coordination.law.working_days import DueDate

MOST_MONTHS = 4
"""More months than this show only the first and the last two: those between tell nothing new."""

_WORDS = {
    "start": "ngày mốc, không tính",
    "counted": "tính",
    "skipped": "không tính",
    "moved": "hết hạn vào ngày nghỉ, chuyển",
    "due": "hạn",
}


@dataclass(frozen=True)
class MarkedDay:
    """One day; `mark` is a key of the legend or empty."""

    day: date
    mark: str = ""
    why: str = ""

    @property
    def words(self) -> str:
        """What the mark says, for those who do not see it."""
        return ": ".join(part for part in (_WORDS.get(self.mark, ""), self.why) if part)


@dataclass(frozen=True)
class Month:
    """One month in weeks from Monday; None where a week reaches into another month."""

    first: date
    weeks: tuple[tuple[MarkedDay | None, ...], ...]


def months_of(due: DueDate) -> list[Month]:
    """The months from the event to the due day, the earliest first."""
    first, last = sorted((due.counted_from, due.on))
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    shown = list(numbers) if len(numbers) <= MOST_MONTHS else [numbers[0], *numbers[-2:]]
    return [_month(due, number // 12, number % 12 + 1) for number in shown]


def _month(due: DueDate, year: int, month: int) -> Month:
    skipped = dict(due.skipped)
    weeks = Calendar().monthdatescalendar(year, month)
    return Month(
        date(year, month, 1),
        tuple(
            tuple(_marked(due, day, skipped) if day.month == month else None for day in week)
            for week in weeks
        ),
    )


def _marked(due: DueDate, day: date, skipped: dict[date, str]) -> MarkedDay:
    if day == due.on:
        return MarkedDay(day, "due", due.day_off)
    if day == due.moved_from:
        return MarkedDay(day, "moved", skipped.get(day, ""))
    if day == due.counted_from:
        return MarkedDay(day, "start")
    if day in skipped:
        return MarkedDay(day, "skipped", skipped[day])
    earliest, latest = sorted((due.counted_from, due.on))
    return MarkedDay(day, "counted" if earliest < day < latest else "")
