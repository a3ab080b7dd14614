"""Dates as offices write them."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from hdnd.lib import clock, dates

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


@pytest.mark.parametrize(
    "typed",
    ["01/02/2026", "1-2-2026", "1.2.2026", " 1 / 2 / 2026", "2026-02-01", "2026-02-01 00:00:00", "ngày 1 tháng 2 năm 2026",
     "Ngày 01 tháng 02 năm 2026", "1 tháng 2 năm 2026", 46054, "46054", 46054.0, date(2026, 2, 1), datetime(2026, 2, 1, tzinfo=clock.VIETNAM)],
)  # fmt: skip
def test_spellings_of_a_day(typed: Any) -> None:
    assert dates.read_date(typed) == date(2026, 2, 1)


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_nothing_is_no_day(blank: Any) -> None:
    assert dates.read_date(blank) is None


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1/2/26", "Năm chỉ có hai chữ số, không rõ thế kỷ."),
        ("2/28/2026", "Không có tháng 28: ngày đứng trước tháng."),
        ("29/02/2025", "Không có ngày 29 tháng 2 năm 2025."),
        ("01/02/0206", "Năm 206 không hợp lý."),
        ("02/2026", "Không đọc được ngày."),
        ("sau Tết", "Không đọc được ngày."),
        (3, "Không đọc được ngày."),
    ],
)
def test_what_is_no_day_or_two_is_refused(typed: Any, why: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(why)) as caught:
        dates.read_date(typed)
    assert str(caught.value).endswith("Ghi ngày/tháng/năm đủ bốn chữ số của năm, ví dụ 27/03/2026.")
