"""Dates as Vietnamese offices write them."""

import re
from datetime import date, datetime, timedelta

from hdnd.lib import clock
from hdnd.lib.text import fold

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SHORT_WEEKDAYS = ("T.2", "T.3", "T.4", "T.5", "T.6", "T.7", "CN")


def weekday(day: date) -> str:
    """`thứ Sáu`."""
    return _WEEKDAYS[day.weekday()]


def short_weekday(day: date) -> str:
    """`T.6`."""
    return _SHORT_WEEKDAYS[day.weekday()]


def short_date(day: date) -> str:
    """`26/06/2026`; a datetime counts in Vietnam's time."""
    return f"{_day(day):%d/%m/%Y}"


def long_date(day: date) -> str:
    """`thứ Sáu, 26/06/2026`."""
    return f"{weekday(_day(day))}, {short_date(day)}"


def date_time(moment: datetime) -> str:
    """`thứ Sáu, 26/06/2026, 07:30` in Vietnam's time."""
    local = clock.local(moment)
    return f"{long_date(local)}, {local:%H:%M}"


def relative(day: date, today: date) -> str:
    """`hôm nay`, `còn 3 ngày`, `quá 2 ngày`; in calendar days."""
    days = (_day(day) - today).days
    if days == 0:
        return "hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá {-days} ngày"


# Day before month, as offices write; the year first as machines do; and in words.
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:[ t]00:00(:00)?)?")
_IN_WORDS = re.compile(r"(?:ngay\s+)?(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}")
# Day 0 of Excel's count, and the counts of the years 1920 and 2100: other numbers are hardly meant as days.
_EXCEL_ZERO, _SERIALS = date(1899, 12, 30), range(7306, 73416)
_SPELLINGS = "Ghi ngày/tháng/năm đủ bốn chữ số của năm, ví dụ 27/03/2026"


def read_date(value: str | int | float | date | None) -> date | None:
    """A day in the spellings people use: `01/02/2026`, `1-2-2026`, `1.2.2026`, `2026-02-01`, `ngày 1 tháng 2
    năm 2026`, a date cell or Excel's day number. The day always stands before the month.

    Returns:
        None for nothing or blanks.

    Raises:
        ValueError: not a day, or one that may be read in two ways; the message is Vietnamese.
    """
    if value is None or isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = fold(str(value))
    if not text:
        return None
    if re.fullmatch(r"\d{4,6}(\.0)?", text) and int(float(text)) in _SERIALS:
        return _EXCEL_ZERO + timedelta(days=int(float(text)))
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups()[:3])
    elif found := (_DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(text)):
        day, month, year = (int(part) for part in found.groups())
    elif _SHORT_YEAR.fullmatch(text):
        raise ValueError(f"Năm chỉ có hai chữ số, không rõ thế kỷ. {_SPELLINGS}.")
    else:
        raise ValueError(f"Không đọc được ngày. {_SPELLINGS}.")
    if not 1900 <= year <= 2100:
        raise ValueError(f"Năm {year} không hợp lý. {_SPELLINGS}.")
    if not 1 <= month <= 12:
        raise ValueError(f"Không có tháng {month}: ngày đứng trước tháng. {_SPELLINGS}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"Không có ngày {day} tháng {month} năm {year}. {_SPELLINGS}.") from None


def _day(value: date) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value
