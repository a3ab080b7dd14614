"""Terms that run forward, and the days around Tết, as tables."""

from datetime import date, timedelta

import pytest

from coordination.law.working_days import (
    MOST_REST,
    MOVING,
    WORKING_DAYS,
    day_off_reason,
    due_after,
    due_before,
    rest_around,
)
from coordination.months import months_of
from hdnd.lib.errors import DomainError

DECREED = {date(2026, 1, 2): (False, "nghỉ hoán đổi"), date(2026, 1, 10): (True, "làm bù cho 02/01")}


@pytest.mark.parametrize(
    ("start", "days", "unit", "due", "moved_from"),
    [
        (date(2026, 2, 12), 5, "wd", date(2026, 2, 26), None),  # over Tết 2026
        (date(2026, 2, 13), 1, "wd", date(2026, 2, 23), None),
        (date(2026, 2, 16), 1, "wd", date(2026, 2, 23), None),  # the event itself on a day off
        (date(2027, 2, 3), 1, "wd", date(2027, 2, 11), None),  # over Tết 2027
        (date(2027, 2, 1), 3, "wd", date(2027, 2, 11), None),
        (date(2027, 1, 22), 15, "d", date(2027, 2, 11), date(2027, 2, 6)),
        (date(2026, 1, 31), 15, "d", date(2026, 2, 23), date(2026, 2, 15)),  # ends within Tết
        (date(2026, 4, 11), 15, "d", date(2026, 4, 28), date(2026, 4, 26)),  # Giỗ Tổ, made up for on Monday
        (date(2027, 4, 1), 15, "d", date(2027, 4, 19), date(2027, 4, 16)),  # Giỗ Tổ 2027, a Friday
        (
            date(2026, 8, 1),
            30,
            "d",
            date(2026, 9, 3),
            date(2026, 8, 31),
        ),  # the exchanged Monday and Quốc khánh
        (date(2026, 8, 21), 1, "d", date(2026, 8, 22), None),  # the worked Saturday is no day off
        (date(2026, 8, 21), 1, "wd", date(2026, 8, 22), None),
        (date(2026, 6, 15), 30, "d", date(2026, 7, 15), None),
        (date(2026, 6, 27), 0, "wd", date(2026, 6, 29), date(2026, 6, 27)),  # "at once" on a Saturday
        (date(2026, 6, 26), 0, "d", date(2026, 6, 26), None),
    ],
)
def test_a_term_forward(start: date, days: int, unit: str, due: date, moved_from: date | None) -> None:
    found = due_after(start, days, unit)
    assert (found.on, found.moved_from, found.day_off) == (due, moved_from, "")


@pytest.mark.parametrize(
    ("opening", "days", "due", "off"),
    [
        (date(2026, 7, 14), 20, date(2026, 6, 24), ""),
        (date(2026, 7, 14), 5, date(2026, 7, 9), ""),
        (date(2026, 7, 14), 30, date(2026, 6, 14), "Chủ nhật"),
        (date(2026, 7, 14), 10, date(2026, 7, 4), "thứ Bảy"),
    ],
)
def test_a_term_back_is_flagged_and_stays(opening: date, days: int, due: date, off: str) -> None:
    found = due_before(opening, days, "d")
    assert (found.on, found.day_off, found.moved_from) == (due, off, None)


@pytest.mark.parametrize(
    ("days", "due"), [(15, date(2026, 11, 6)), (7, date(2026, 11, 18)), (3, date(2026, 11, 25))]
)
def test_reminders_of_a_term_that_ends_on_30_november(days: int, due: date) -> None:
    """Over 24/11, a day off since 2026."""
    assert due_before(date(2026, 11, 30), days, "wd").on == due


def test_a_decreed_exchange_overrules_the_table() -> None:
    assert due_after(date(2025, 12, 31), 1, "wd").on == date(2026, 1, 2)
    assert due_after(date(2025, 12, 31), 1, "wd", DECREED).on == date(2026, 1, 5)
    assert due_after(date(2026, 1, 9), 1, "wd").on == date(2026, 1, 12)
    assert due_after(date(2026, 1, 9), 1, "wd", DECREED).on == date(2026, 1, 10)


def test_the_setting_leaves_a_day_off_where_it_is() -> None:
    due = due_after(date(2026, 6, 4), 30, "d", moves=False)
    assert (due.on, due.day_off, due.moved_from) == (date(2026, 7, 4), "thứ Bảy", None)
    assert due.explain() == (
        "30 ngày sau thứ Năm, 04/06/2026; ngày này là ngày nghỉ (thứ Bảy), không chuyển sang ngày khác"
    )


def test_a_term_explains_itself() -> None:
    moved = due_after(date(2026, 8, 1), 30, "d")
    assert moved.explain() == (
        "30 ngày sau thứ Bảy, 01/08/2026; hết vào thứ Hai, 31/08/2026, là ngày nghỉ; không tính T.2 31/08/2026 – "
        "Ngày nghỉ (thay cho ngày 22/08/2026), T.3 01/09/2026 – Quốc khánh, T.4 02/09/2026 – Quốc khánh; chuyển sang "
        f"ngày làm việc tiếp theo là thứ Năm, 03/09/2026 ({MOVING})"
    )
    assert moved.basis.endswith(MOVING)
    counted = due_after(date(2026, 2, 12), 5, "wd")
    assert [day.day for day, _ in counted.skipped] == [14, 15, 16, 17, 18, 19, 20, 21, 22]
    assert counted.basis.endswith(WORKING_DAYS)
    assert due_before(date(2026, 7, 14), 20, "d").basis == ""


def all_off(first: date, days: int) -> dict[date, tuple[bool, str]]:
    return {first + timedelta(days=step): (False, "nghỉ") for step in range(days)}


def test_a_table_without_working_days_is_refused_with_the_way_out() -> None:
    table = all_off(date(2026, 1, 1), 3 * 365)
    for reckon in (
        lambda: due_after(date(2026, 1, 1), 1, "wd", table),
        lambda: due_after(date(2026, 1, 1), 5, "d", table),
        lambda: due_before(date(2028, 12, 1), 1, "wd", table),
    ):
        with pytest.raises(DomainError, match="bảng ngày nghỉ không để lại ngày làm việc nào"):
            reckon()
    assert rest_around(date(2026, 3, 1), table) > MOST_REST


def test_days_outside_the_calendar_are_refused() -> None:
    with pytest.raises(DomainError, match="ra ngoài lịch"):
        due_after(date.max, 1, "d")


@pytest.mark.parametrize(("days", "unit"), [(-1, "wd"), (3_661, "d"), (3, "tuần")])
def test_nonsense_is_refused(days: int, unit: str) -> None:
    with pytest.raises(ValueError, match="due_after"):
        due_after(date(2026, 6, 26), days, unit)


def test_rest_is_counted_on_both_sides() -> None:
    assert rest_around(date(2026, 2, 17)) == 9
    assert rest_around(date(2026, 2, 13)) == 0


def marks(due: object) -> dict[int, str]:
    return {
        day.day.day: day.mark
        for month in months_of(due)  # type: ignore[arg-type]
        for week in month.weeks
        for day in week
        if day and day.mark
    }


def test_months_mark_every_day_of_a_term() -> None:
    found = marks(due_after(date(2026, 2, 12), 5, "wd"))
    off = dict.fromkeys(range(14, 23), "skipped")
    assert found == {
        12: "start",
        13: "counted",
        **off,
        **dict.fromkeys((23, 24, 25), "counted"),
        26: "due",
    }
    moved = marks(due_after(date(2026, 7, 1), 3, "d"))
    assert moved == {1: "start", 2: "counted", 3: "counted", 4: "moved", 5: "skipped", 6: "due"}


def test_a_long_term_shows_its_ends() -> None:
    shown = [month.first for month in months_of(due_after(date(2026, 1, 5), 300, "d"))]
    assert shown == [date(2026, 1, 1), date(2026, 10, 1), date(2026, 11, 1)]
    assert day_off_reason(date(2026, 11, 1)) == "Chủ nhật"
