"""Dates as Vietnamese offices write them."""

from datetime import date, datetime

from hdnd.lib import clock

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


def _day(value: date) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value
