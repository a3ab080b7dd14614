"""Dates as offices write them."""

from datetime import UTC, date, datetime

import pytest

from hdnd.lib import dates

FRIDAY = date(2026, 6, 26)


def test_forms_of_a_day() -> None:
    assert dates.weekday(FRIDAY) == "thứ Sáu"
    assert dates.short_weekday(FRIDAY) == "T.6"
    assert dates.short_date(FRIDAY) == "26/06/2026"
    assert dates.long_date(FRIDAY) == "thứ Sáu, 26/06/2026"


def test_sunday() -> None:
    assert dates.long_date(date(2026, 6, 28)) == "Chủ nhật, 28/06/2026"


def test_a_moment_counts_in_vietnams_time() -> None:
    late = datetime(2026, 6, 25, 17, 30, tzinfo=UTC)  # 00:30 of the 26th in Vietnam
    assert dates.date_time(late) == "thứ Sáu, 26/06/2026, 00:30"
    assert dates.short_date(late) == "26/06/2026"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 6, 26), "hôm nay"),
        (date(2026, 6, 29), "còn 3 ngày"),
        (date(2026, 6, 24), "quá 2 ngày"),
        (datetime(2026, 6, 26, 23, 0, tzinfo=UTC), "còn 1 ngày"),
    ],
)
def test_relative(day: date, expected: str) -> None:
    assert dates.relative(day, FRIDAY) == expected
