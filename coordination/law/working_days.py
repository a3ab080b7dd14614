"""Working days and legal terms.

Sources: Bộ luật Lao động 45/2019/QH14, Điều 111 and 112 (weekly rest and public holidays, in force since
1/1/2021); days exchanged by yearly decision, both as data of the `holidays` package; an office's own table of
exceptions comes on top, since an exchange may be decreed late. Bộ luật Dân sự 91/2015/QH13 (in force since
1/1/2017): the day of the event is not counted (Điều 147 khoản 2); a term that runs forward and ends on a day off
ends on the next working day (Điều 148 khoản 5). A term counted back from an event is flagged, not moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from hdnd.lib.dates import long_date, short_date, short_weekday
from hdnd.lib.errors import DomainError

MOST_DAYS = 3_660
"""The longest term, in days: ten years. Terms of the law are shorter; what is longer was mistyped."""

MOST_REST = 60
"""Days off in a row that a table may hold; beyond them it is wrong, and no deadline can be reached."""

COUNTING = "Bộ luật Dân sự 91/2015/QH13, Điều 147 khoản 2"
MOVING = "Bộ luật Dân sự 91/2015/QH13, Điều 148 khoản 5"
WORKING_DAYS = "Bộ luật Lao động 45/2019/QH14, Điều 111 và 112"

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
        skipped: days off passed over with why, the earliest first; of a term in calendar days those it moved past.
        day_off: why `on` itself is not worked; only of terms that are not moved.
        is_after: the term runs forward from the event.
        moved_from: the day off on which the term ended before it moved.
    """

    on: date
    counted_from: date
    days: int
    unit: str
    skipped: tuple[tuple[date, str], ...] = ()
    day_off: str = ""
    is_after: bool = False
    moved_from: date | None = None

    @property
    def basis(self) -> str:
        """The articles that the counting went by."""
        used = [COUNTING] if self.is_after else []
        used += [MOVING] if self.moved_from else []
        return "; ".join([*used, WORKING_DAYS] if self.unit == "wd" else used)

    def explain(self) -> str:
        """One Vietnamese sentence: from which day, how many, what was skipped and why, what it moved past."""
        unit = "ngày làm việc" if self.unit == "wd" else "ngày"
        where = "sau" if self.is_after else "trước"
        text = f"{self.days} {unit} {where} {long_date(self.counted_from)}"
        if self.moved_from:
            text += f"; hết vào {long_date(self.moved_from)}, là ngày nghỉ"
        if self.skipped:
            listed = ", ".join(_named(day, why) for day, why in self.skipped)
            text += f"; không tính {listed}"
        if self.moved_from:
            text += f"; chuyển sang ngày làm việc tiếp theo là {long_date(self.on)} ({MOVING})"
        if self.day_off:
            text += f"; ngày này là ngày nghỉ ({self.day_off})"
            text += ", không chuyển sang ngày khác" if self.is_after else ", nên gửi sớm hơn"
        return text


def due_before(event_on: date, days: int, unit: str, exceptions: Exceptions = NO_EXCEPTIONS) -> DueDate:
    """The last day that is at least `days` before the event.

    Args:
        event_on: the day of the event; not counted.
        days: 0 to `MOST_DAYS`.
        unit: `wd` for working days, `d` for calendar days.

    Raises:
        ValueError: days out of range or an unknown unit.
        DomainError: the day lies outside the calendar, or the table of days off leaves no working day.
    """
    _check("due_before", days, unit)
    on, skipped = _walk(event_on, days, -1, exceptions) if unit == "wd" else (_shifted(event_on, -days), ())
    return DueDate(on, event_on, days, unit, skipped, day_off_reason(on, exceptions))


def due_after(
    start: date, days: int, unit: str, exceptions: Exceptions = NO_EXCEPTIONS, *, moves: bool = True
) -> DueDate:
    """The last day of a term that runs forward from an event.

    Bộ luật Dân sự 91/2015/QH13, Điều 147 khoản 2 (the day of the event is not counted) and Điều 148 khoản 5 (a term
    that ends on a day off ends with the next working day), in force since 1/1/2017.

    Args:
        start: the day of the event; not counted.
        days: 0 to `MOST_DAYS`.
        unit: `wd` for working days, `d` for calendar days.
        moves: whether Điều 148 khoản 5 is applied; else a day off is only flagged.

    Raises:
        ValueError: days out of range or an unknown unit.
        DomainError: the day lies outside the calendar, or the table of days off leaves no working day.
    """
    _check("due_after", days, unit)
    on, skipped = _walk(start, days, 1, exceptions) if unit == "wd" else (_shifted(start, days), ())
    why = day_off_reason(on, exceptions)
    if not (why and moves):
        return DueDate(on, start, days, unit, skipped, why, is_after=True)
    end, passed = _walk(on, 1, 1, exceptions)
    return DueDate(end, start, days, unit, ((on, why), *passed), is_after=True, moved_from=on)


def working_days_between(start: date, end: date, exceptions: Exceptions = NO_EXCEPTIONS) -> int:
    """How many working days lie after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start, exceptions)
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=step), exceptions) for step in range(1, days + 1))


def rest_around(day: date, exceptions: Exceptions = NO_EXCEPTIONS) -> int:
    """How many days off in a row the day lies in, counted up to `MOST_REST` on each side; 0 for a working day."""
    if is_working_day(day, exceptions):
        return 0
    length = 1
    for step in (-1, 1):
        for away in range(1, MOST_REST + 1):
            if is_working_day(day + timedelta(days=step * away), exceptions):
                break
            length += 1
    return length


def _check(name: str, days: int, unit: str) -> None:
    if not 0 <= days <= MOST_DAYS or unit not in {"wd", "d"}:
        raise ValueError(f"{name}: {days} {unit}")


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise DomainError(
            f"Tính từ {short_date(day)}, hạn rơi ra ngoài lịch. Chọn ngày mốc gần hơn hoặc số ngày nhỏ hơn."
        ) from None


def _walk(
    start: date, days: int, step: int, exceptions: Exceptions
) -> tuple[date, tuple[tuple[date, str], ...]]:
    """Steps over as many working days; the day reached, and the days off passed by, the earliest first."""
    on, left, rest = start, days, 0
    skipped: list[tuple[date, str]] = []
    while left:
        on = _shifted(on, step)
        why = day_off_reason(on, exceptions)
        if not why:
            left, rest = left - 1, 0
            continue
        skipped.append((on, why))
        rest += 1
        if rest > MOST_REST:
            raise DomainError(
                f"Không tính được hạn từ {short_date(start)}: bảng ngày nghỉ không để lại ngày làm việc nào trong "
                f"{rest} ngày liền, tới {short_date(on)}. Quản trị hệ thống sửa bảng “Ngày nghỉ, ngày làm bù”."
            )
    return on, tuple(sorted(skipped))


def _named(day: date, why: str) -> str:
    plain = why in {"thứ Bảy", "Chủ nhật"}
    return f"{short_weekday(day)} {short_date(day)}" + ("" if plain else f" – {why}")
