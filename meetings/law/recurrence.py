"""Recurring meetings: their rhythm as a rule of RFC 5545, their days, and where days off send them.

How often bodies meet is law or regulation: UBND and the standing committee of HĐND once a month (Luật Tổ chức chính quyền
địa phương 77/2015/QH13, Điều 113 and 106), conferences of standing committees as regulations of coordination say. On
which day is the body's own choice; nothing here obliges anyone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from hdnd.lib import dates
from meetings.choices import DayOff, Rhythm

MAX_DAYS = 60
"""Most days of one series: five years of months, a year of weeks."""
COUNTED = 5_000
"""How far a series that is too long is counted, to say how long it is."""
PLACEHOLDERS = ("tháng", "quý", "năm", "lần")
LONGEST_BREAK = 31
"""Days within which a working day is looked for; Tết takes nine."""
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_HOLE = re.compile(r"\{([^{}]*)\}")
# A hole with the word that announces it and what separates it from the words before: ", tháng {tháng}", "/{năm}".
_ANNOUNCED = re.compile(r"[\s,/.–-]*(?:(?<!\w)(?:tháng|quý|năm|thứ|lần|kỳ|số))?\s*\{[^{}]*\}", re.IGNORECASE)
_ROMAN = ("I", "II", "III", "IV")


def rule_of(rhythm: str, first: date) -> str:
    """The rhythm as RRULE text (RFC 5545, 3.3.10), its day taken from the first day.

    A day that a month lacks becomes its last day; a fifth weekday, which most months lack, means the last one.
    """
    weekday, nth = _CODES[first.weekday()], (first.day - 1) // 7 + 1
    match Rhythm(rhythm):
        case Rhythm.WEEKLY:
            return f"FREQ=WEEKLY;BYDAY={weekday}"
        case Rhythm.MONTHLY_DAY:
            return f"FREQ=MONTHLY;{_month_day(first.day)}"
        case Rhythm.MONTHLY_LAST_DAY:
            return "FREQ=MONTHLY;BYMONTHDAY=-1"
        case Rhythm.MONTHLY_WEEKDAY:
            return f"FREQ=MONTHLY;BYDAY={nth if nth < 5 else -1}{weekday}"
        case Rhythm.MONTHLY_LAST_WEEKDAY:
            return f"FREQ=MONTHLY;BYDAY=-1{weekday}"
        case Rhythm.HALF_YEARLY:
            return f"FREQ=MONTHLY;INTERVAL=6;{_month_day(first.day)}"
        case Rhythm.YEARLY:
            return f"FREQ=YEARLY;BYMONTH={first.month};{_month_day(first.day)}"


def _month_day(day: int) -> str:
    if day <= 28:
        return f"BYMONTHDAY={day}"
    return f"BYMONTHDAY={','.join(str(number) for number in range(28, day + 1))};BYSETPOS=-1"


def in_words(rule: str) -> str:
    """The rule as offices say it: `ngày 25 hằng tháng`, `thứ Sáu cuối cùng của tháng`."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    if "BYDAY" in parts:
        nth, code = parts["BYDAY"][:-2], parts["BYDAY"][-2:]
        name = dates.weekday(date(2024, 1, 1 + _CODES.index(code)))  # 1/1/2024 was a Monday
        if not nth:
            return f"{name} hằng tuần"
        return f"{name} cuối cùng của tháng" if nth == "-1" else f"{name} tuần thứ {nth} của tháng"
    if parts["BYMONTHDAY"] == "-1":
        return "ngày cuối mỗi tháng"
    day = parts["BYMONTHDAY"].rsplit(",", 1)[-1]
    if parts["FREQ"] == "YEARLY":
        return f"ngày {day}/{parts['BYMONTH']} hằng năm"
    return f"ngày {day}, sáu tháng một lần" if "INTERVAL" in parts else f"ngày {day} hằng tháng"


def days_of(rule: str, first: date, until: date, limit: int = COUNTED) -> list[date]:
    """The days of the rule from the first day until the last, both included; no more than `limit` of them."""
    if until < first:
        return []
    found = rrulestr(rule, dtstart=datetime.combine(first, time()))
    days: list[date] = []
    for moment in islice(found, limit):
        if moment.date() > until:
            break
        days.append(moment.date())
    return days


def moved(day: date, policy: str, is_working_day: Callable[[date], bool]) -> date:
    """Where the day goes when it is a day off; where no working day is near, it stays."""
    if policy == DayOff.KEEP or is_working_day(day):
        return day
    step = timedelta(days=1 if policy == DayOff.NEXT else -1)
    near = (day + step * number for number in range(1, LONGEST_BREAK + 1))
    return next((other for other in near if is_working_day(other)), day)


@dataclass(frozen=True)
class Slot:
    """One day of a series.

    Attributes:
        day: the day of the rule, by which the series knows it.
        number: which of the rule's days it is, from 1.
        on: the day on which it is held.
        gives_way_to: the day of the rule whose meeting is held that day already, so that this one is not planned.
    """

    day: date
    number: int
    on: date
    gives_way_to: date | None = None


def slots_of(days: Sequence[date], policy: str, is_working_day: Callable[[date], bool]) -> list[Slot]:
    """Every day of the rule with where it is held.

    Two never fall on one day: what need not move keeps its day; what would move onto a day that is taken says whose.
    """
    goes = {day: moved(day, policy, is_working_day) for day in days}
    taken = {on: day for day, on in goes.items() if day == on}
    for day, on in goes.items():
        taken.setdefault(on, day)
    return [
        Slot(day, number, on, taken[on] if taken[on] != day else None)
        for number, (day, on) in enumerate(goes.items(), start=1)
    ]


def wrong_placeholders(template: str) -> list[str]:
    """What stands in braces and means nothing, and braces that do not close."""
    wrong = [f"{{{name}}}" for name in _HOLE.findall(template) if name not in PLACEHOLDERS]
    return wrong + re.findall(r"[{}]", _HOLE.sub("", template))


def title_on(template: str, day: date, number: int) -> str:
    """The title of the meeting of that day of the rule: `Phiên họp tháng {tháng}/{năm}`.

    Args:
        day: the day of the rule, so that January's meeting held on 2 February is still January's.
        number: what `{lần}` becomes.
    """
    values = {
        "tháng": str(day.month), "quý": _ROMAN[(day.month - 1) // 3], "năm": str(day.year), "lần": str(number),
    }  # fmt: skip
    return _HOLE.sub(lambda hole: values[hole[1]], template)


def name_of(template: str) -> str:
    """What all the meetings are called: `Phiên họp` of `Phiên họp thứ {lần}, tháng {tháng}/{năm}`."""
    return _ANNOUNCED.sub("", template).strip(" ,/.–-") or _HOLE.sub("…", template)
