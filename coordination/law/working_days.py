"""Working days and due dates.

Sources: Bộ luật Lao động 45/2019/QH14, Điều 111 and 112 (weekly rest and public holidays, in force since
1/1/2021); days exchanged by yearly decision, both as data of the `holidays` package; an office's own table of
exceptions comes on top, since an exchange may be decreed late. A term counted back from an event is flagged
when it falls on a day off, not moved (Bộ luật Dân sự 91/2015/QH13, Điều 148 khoản 5 moves only terms that run
forward; in force since 1/1/2017).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from hdnd.lib.dates import long_date, short_date, short_weekday

Exceptions = Mapping[date, tuple[bool, str]]
"""A day to (is it worked, why): what an administrator entered; it overrules everything else."""

NO_EXCEPTIONS: Exceptions = {}


@lru_cache(maxsize=1)
def _vietnam() -> "holidays.HolidayBase":
    return holidays.country_holidays("VN", language="vi")


def day_off_reason(day: date, exceptions: Exceptions = NO_EXCEPTIONS) -> str:
    """Why the day is not worked, in Vietnamese; an empty string for a working day.

    A worked Saturday given in exchange for a day off is a working day.
    """
    if day in exceptions:
        worked, why = exceptions[day]
        return "" if worked else why
    calendar = _vietnam()
    if calendar.is_working_day(day):
        return ""
    name = calendar.get(day)
    if name:
        return str(name)
    return "Chủ nhật" if day.weekday() == 6 else "thứ Bảy" if day.weekday() == 5 else "ngày nghỉ hoán đổi"


def is_working_day(day: date, exceptions: Exceptions = NO_EXCEPTIONS) -> bool:
    """Whether offices work on the day."""
    return not day_off_reason(day, exceptions)


@dataclass(frozen=True)
class DueDate:
    """A due date that explains itself.

    Attributes:
        on: the last day in time.
        counted_from: the day of the event, itself not counted.
        skipped: days off passed over, with why, latest first; empty for calendar days.
        day_off: why `on` itself is not worked; only possible with calendar days.
    """

    on: date
    counted_from: date
    days: int
    unit: str
    skipped: tuple[tuple[date, str], ...] = ()
    day_off: str = ""

    def explain(self) -> str:
        """One Vietnamese sentence: from which day, how many, what was skipped and why."""
        unit = "ngày làm việc" if self.unit == "wd" else "ngày"
        text = f"{self.days} {unit} trước {long_date(self.counted_from)}"
        if self.skipped:
            listed = ", ".join(
                f"{short_weekday(day)} {short_date(day)}"
                + ("" if why in {"thứ Bảy", "Chủ nhật"} else f" – {why}")
                for day, why in reversed(self.skipped)
            )
            text += f"; không tính {listed}"
        if self.day_off:
            text += f"; ngày này là ngày nghỉ ({self.day_off}), nên gửi sớm hơn"
        return text


def due_before(event_on: date, days: int, unit: str, exceptions: Exceptions = NO_EXCEPTIONS) -> DueDate:
    """The last day that is at least `days` before the event.

    Args:
        event_on: the day of the event; not counted.
        days: 0 or more.
        unit: `wd` for working days, `d` for calendar days.

    Raises:
        ValueError: negative days or an unknown unit.
    """
    if days < 0 or unit not in {"wd", "d"}:
        raise ValueError(f"due_before: {days} {unit}")
    if unit == "d":
        on = event_on - timedelta(days=days)
        return DueDate(on, event_on, days, unit, day_off=day_off_reason(on, exceptions))
    on, left = event_on, days
    skipped: list[tuple[date, str]] = []
    while left:
        on -= timedelta(days=1)
        why = day_off_reason(on, exceptions)
        if why:
            skipped.append((on, why))
        else:
            left -= 1
    return DueDate(on, event_on, days, unit, tuple(skipped))


def working_days_between(start: date, end: date, exceptions: Exceptions = NO_EXCEPTIONS) -> int:
    """How many working days lie after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start, exceptions)
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=step), exceptions) for step in range(1, days + 1))
