"""On which days to remind: tables around Tết 2026 (Monday 16 to Friday 20 February off, with the weekends nine days)."""

from datetime import date, datetime, time, timedelta

import pytest

from coordination.law.working_days import Exceptions, is_working_day
from hdnd.lib import clock
from meetings.law.reminders import due_on, may_send, named_in, next_on, reminder_days


def feb(day: int) -> date:
    return date(2026, 2, day)


# Friday 27 is given off, Saturday 28 worked instead.
EXCHANGED: Exceptions = {feb(27): (False, "nghỉ hoán đổi"), feb(28): (True, "làm bù")}


@pytest.mark.parametrize(
    ("target", "before", "after", "days"),
    [
        (feb(12), [2, 1], [], [10, 11]),  # Thursday: Tuesday, Wednesday
        (feb(9), [2, 1], [], [5, 6]),  # Monday: over the weekend
        (feb(24), [2, 1], [], [13, 23]),  # Tuesday after Tết: the last day before it, and Monday
        (feb(23), [2, 1], [], [12, 13]),  # the first day after Tết
        (feb(18), [1], [1], [13, 23]),  # a task due in the middle of Tết
        (feb(18), [0], [], [13]),  # on the day itself, which is off: the working day before
        (feb(12), [0], [], [12]),
        (feb(26), [], [1, 2], [28]),  # 27 is off, 28 is worked, 1 March is a Sunday
        (feb(26), [1, 1], [1], [25, 28]),  # said twice is once
        (feb(12), [], [], []),
    ],
)
def test_days(target: date, before: list[int], after: list[int], days: list[int]) -> None:
    found = reminder_days(target, before, after, exceptions=EXCHANGED)
    assert [day for day in found if day.month == 2] == [feb(day) for day in days]
    assert all(is_working_day(day, EXCHANGED) for day in found)


def test_never_on_the_day_it_was_asked_for() -> None:
    days = [reminder_days(feb(12), [2, 1], since=since) for since in (feb(9), feb(10), feb(11), None)]
    assert days == [(feb(10), feb(11)), (feb(11),), (), (feb(10), feb(11))]


@pytest.mark.parametrize(("before", "after"), [([-1], []), ([], [0]), ([], [-2])])
def test_a_negative_number_of_days_is_refused(before: list[int], after: list[int]) -> None:
    with pytest.raises(ValueError, match=r"reminder|due_before"):
        reminder_days(feb(12), before, after)


@pytest.mark.parametrize(
    ("today", "counts"),
    [
        (9, None),  # not yet
        (10, 10),
        (11, 11),  # the later one stands for both
        (12, 11),  # missed, made up
        (23, 11),  # three working days later, though twelve by the calendar
        (25, 11),  # five
        (26, None),  # six: stale
    ],
)
def test_the_latest_day_reached_counts_until_it_is_stale(today: int, counts: int | None) -> None:
    assert due_on((feb(10), feb(11)), feb(today)) == (feb(counts) if counts else None)


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        ((9, 8), None, 10),
        ((10, 8), None, 10),  # owed now
        ((10, 8), 10, 11),  # told today
        ((10, 19), None, 11),  # too late today: made up tomorrow
        ((11, 8), 11, None),
        ((11, 8), 10, 11),
        ((13, 19), None, 23),  # the evening before Tết
    ],
)
def test_the_next_day(now: tuple[int, int], last: int | None, expected: int | None) -> None:
    moment = clock.at_time(feb(now[0]), now[1])
    found = next_on((feb(10), feb(11)), moment, feb(last) if last else None)
    assert found == (feb(expected) if expected else None)


@pytest.mark.parametrize(
    ("day", "at", "allowed"),
    [
        (10, time(7, 29), False), (10, time(7, 30), True), (10, time(17, 59), True), (10, time(18, 0), False),
        (14, time(9), False), (16, time(9), False), (20, time(9), False), (23, time(9), True),
        (27, time(9), False), (28, time(9), True),
    ],
)  # fmt: skip
def test_office_hours_of_working_days(day: int, at: time, allowed: bool) -> None:
    assert may_send(datetime.combine(feb(day), at, clock.VIETNAM), EXCHANGED) is allowed


@pytest.mark.parametrize(
    ("presenter", "places"),
    [
        ("Giám đốc Sở Xây dựng", [0]),
        ("giám đốc sở xây dựng, Ban Pháp chế", [0, 1]),
        ("GIÁM ĐỐC SỞ XÂY DỰNG", [0]),
        ("Giám đốc Sở Xây dựngs", []),  # part of a word is none
        ("", []),
    ],
)
def test_who_is_named(presenter: str, places: list[int]) -> None:
    assert named_in(presenter, ["Sở Xây dựng", "Ban Pháp chế", ""]) == places


def test_no_reminder_day_of_a_year_is_off() -> None:
    """Every target of 2026, every distance in use."""
    start = date(2026, 1, 1)
    days = {
        day for step in range(365) for day in reminder_days(start + timedelta(step), [0, 1, 2, 3, 5], [1, 5])
    }
    assert [day for day in days if not is_working_day(day)] == []
