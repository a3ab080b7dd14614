"""Working days in Vietnam's sense, as tables."""

from datetime import date

import pytest

from coordination.law.working_days import day_off_reason, due_before, is_working_day, working_days_between


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 6, 26), True),  # a Friday
        (date(2026, 6, 27), False),  # Saturday
        (date(2026, 6, 28), False),  # Sunday
        (date(2026, 8, 31), False),  # Monday off in exchange …
        (date(2026, 8, 22), True),  # … for this worked Saturday
        (date(2026, 9, 2), False),  # Quốc khánh
        (date(2026, 2, 13), True),  # the Friday before Tết
        (date(2026, 2, 16), False),  # Tết
        (date(2026, 2, 17), False),
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),  # the Monday after
        (date(2026, 4, 26), False),  # Giỗ Tổ, a Sunday …
        (date(2026, 4, 27), False),  # … made up for on Monday
        (date(2026, 4, 30), False),
        (date(2026, 11, 24), False),  # a day off since 2026
        (date(2025, 11, 24), True),
        (date(2021, 10, 29), True),
    ],
)
def test_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_an_administrators_exception_overrules_both_ways() -> None:
    exceptions = {date(2026, 1, 2): (False, "nghỉ hoán đổi"), date(2026, 1, 10): (True, "làm bù")}
    assert [is_working_day(day, exceptions) for day in exceptions] == [False, True]
    assert [is_working_day(day) for day in exceptions] == [True, False]
    assert day_off_reason(date(2026, 1, 2), exceptions) == "nghỉ hoán đổi"


@pytest.mark.parametrize(
    ("event", "days", "unit", "due"),
    [
        (date(2026, 6, 26), 5, "wd", date(2026, 6, 19)),
        (date(2021, 10, 29), 5, "wd", date(2021, 10, 22)),
        (date(2026, 7, 30), 5, "wd", date(2026, 7, 23)),
        (date(2026, 9, 7), 5, "wd", date(2026, 8, 26)),  # over Quốc khánh and the exchanged Monday
        (date(2026, 8, 24), 1, "wd", date(2026, 8, 22)),  # the worked Saturday counts
        (date(2026, 2, 25), 3, "wd", date(2026, 2, 13)),  # over Tết
        (date(2026, 6, 26), 0, "wd", date(2026, 6, 26)),
        (date(2026, 7, 14), 20, "d", date(2026, 6, 24)),
        (date(2026, 7, 14), 30, "d", date(2026, 6, 14)),
    ],
)
def test_due_before(event: date, days: int, unit: str, due: date) -> None:
    assert due_before(event, days, unit).on == due


def test_a_calendar_day_off_is_flagged_not_moved() -> None:
    due = due_before(date(2026, 7, 14), 10, "d")
    assert (due.on, due.day_off) == (date(2026, 7, 4), "thứ Bảy")
    assert "ngày nghỉ (thứ Bảy)" in due.explain()


def test_it_explains_itself() -> None:
    assert due_before(date(2026, 6, 26), 5, "wd").explain() == (
        "5 ngày làm việc trước thứ Sáu, 26/06/2026; không tính T.7 20/06/2026, CN 21/06/2026"
    )
    assert "T.4 02/09/2026 – Quốc khánh" in due_before(date(2026, 9, 7), 5, "wd").explain()


@pytest.mark.parametrize(("days", "unit"), [(-1, "wd"), (3, "tuần")])
def test_nonsense_is_refused(days: int, unit: str) -> None:
    with pytest.raises(ValueError, match="due_before"):
        due_before(date(2026, 6, 26), days, unit)


def test_days_between() -> None:
    assert working_days_between(date(2026, 6, 18), date(2026, 6, 26)) == 6
    assert working_days_between(date(2026, 6, 26), date(2026, 6, 18)) == -6
    assert working_days_between(date(2026, 6, 26), date(2026, 6, 26)) == 0
