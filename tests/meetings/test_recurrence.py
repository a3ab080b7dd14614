"""The days of recurring meetings, against a calendar on paper."""

from datetime import date

import pytest

from coordination.law.working_days import is_working_day
from meetings.choices import DayOff, Rhythm
from meetings.law.recurrence import (
    MAX_DAYS,
    Slot,
    days_of,
    in_words,
    moved,
    name_of,
    rule_of,
    slots_of,
    title_on,
    wrong_placeholders,
)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("rhythm", "first", "until", "rule", "words", "expected"),
    [
        (Rhythm.WEEKLY, "2026-06-29", "2026-07-20", "FREQ=WEEKLY;BYDAY=MO", "thứ Hai hằng tuần",
         ["2026-06-29", "2026-07-06", "2026-07-13", "2026-07-20"]),
        (Rhythm.MONTHLY_DAY, "2026-01-25", "2026-04-24", "FREQ=MONTHLY;BYMONTHDAY=25", "ngày 25 hằng tháng",
         ["2026-01-25", "2026-02-25", "2026-03-25"]),
        # the 31st: the last day of shorter months, of a common and of a leap year
        (Rhythm.MONTHLY_DAY, "2026-01-31", "2026-05-31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
         "ngày 31 hằng tháng", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        (Rhythm.MONTHLY_DAY, "2028-01-30", "2028-03-31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
         "ngày 30 hằng tháng", ["2028-01-30", "2028-02-29", "2028-03-30"]),
        (Rhythm.MONTHLY_LAST_DAY, "2026-06-10", "2026-09-30", "FREQ=MONTHLY;BYMONTHDAY=-1", "ngày cuối mỗi tháng",
         ["2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30"]),
        (Rhythm.MONTHLY_WEEKDAY, "2026-06-12", "2026-08-31", "FREQ=MONTHLY;BYDAY=2FR", "thứ Sáu tuần thứ 2 của tháng",
         ["2026-06-12", "2026-07-10", "2026-08-14"]),
        # a fifth Monday, which July and September lack, is the last
        (Rhythm.MONTHLY_WEEKDAY, "2026-06-29", "2026-08-31", "FREQ=MONTHLY;BYDAY=-1MO", "thứ Hai cuối cùng của tháng",
         ["2026-06-29", "2026-07-27", "2026-08-31"]),
        # the last Friday, from a Friday that is not the last
        (Rhythm.MONTHLY_LAST_WEEKDAY, "2026-06-05", "2026-08-28", "FREQ=MONTHLY;BYDAY=-1FR",
         "thứ Sáu cuối cùng của tháng", ["2026-06-26", "2026-07-31", "2026-08-28"]),
        (Rhythm.HALF_YEARLY, "2026-08-31", "2027-08-31",
         "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "ngày 31, sáu tháng một lần",
         ["2026-08-31", "2027-02-28", "2027-08-31"]),
        # the leap day
        (Rhythm.YEARLY, "2028-02-29", "2032-12-31", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
         "ngày 29/2 hằng năm", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
    ],
)  # fmt: skip
def test_days_of_a_rhythm(
    rhythm: str, first: str, until: str, rule: str, words: str, expected: list[str]
) -> None:
    assert rule_of(rhythm, date.fromisoformat(first)) == rule
    assert in_words(rule) == words
    assert days_of(rule, date.fromisoformat(first), date.fromisoformat(until)) == days(*expected)


def test_no_days_when_the_last_lies_before_the_first() -> None:
    assert days_of("FREQ=WEEKLY;BYDAY=MO", date(2026, 6, 29), date(2026, 6, 28)) == []


def test_counting_stops_at_the_limit() -> None:
    assert len(days_of("FREQ=WEEKLY;BYDAY=MO", date(2026, 6, 29), date(9999, 12, 31), MAX_DAYS + 1)) == 61


@pytest.mark.parametrize(
    ("day", "policy", "expected"),
    [
        ("2026-02-13", DayOff.NEXT, "2026-02-13"),  # the last working day before Tết
        ("2026-02-17", DayOff.NEXT, "2026-02-23"),  # mồng một Tết: off from 14 to 22 February
        ("2026-02-17", DayOff.PREVIOUS, "2026-02-13"),
        ("2026-02-17", DayOff.KEEP, "2026-02-17"),
        ("2026-08-22", DayOff.NEXT, "2026-08-22"),  # a Saturday worked in exchange for 31/8
        ("2026-08-31", DayOff.NEXT, "2026-09-03"),  # exchanged and National Day
        ("2026-08-31", DayOff.PREVIOUS, "2026-08-28"),
    ],
)
def test_where_a_day_off_sends_a_meeting(day: str, policy: str, expected: str) -> None:
    assert moved(date.fromisoformat(day), policy, is_working_day) == date.fromisoformat(expected)


def test_without_a_working_day_near_it_stays() -> None:
    assert moved(date(2026, 6, 26), DayOff.NEXT, lambda day: False) == date(2026, 6, 26)


def test_two_weeks_of_tet_never_fall_on_one_day_in_silence() -> None:
    """Monday 16/2 would move onto Monday 23/2, which keeps its day; the page says so."""
    mondays = days("2026-02-09", "2026-02-16", "2026-02-23")
    assert slots_of(mondays, DayOff.NEXT, is_working_day) == [
        Slot(mondays[0], 1, mondays[0]),
        Slot(mondays[1], 2, mondays[2], gives_way_to=mondays[2]),
        Slot(mondays[2], 3, mondays[2]),
    ]


def test_of_two_that_move_the_first_takes_the_day() -> None:
    saturday, sunday, monday = days("2026-06-27", "2026-06-28", "2026-06-29")
    assert slots_of([saturday, sunday], DayOff.NEXT, is_working_day) == [
        Slot(saturday, 1, monday),
        Slot(sunday, 2, monday, gives_way_to=saturday),
    ]


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        ("Phiên họp thứ {lần}, tháng {tháng}, quý {quý} năm {năm}", []),
        ("Giao ban {tuần}", ["{tuần}"]),
        ("Giao ban {tháng.__class__} {}", ["{tháng.__class__}", "{}"]),
        ("Giao ban {tháng", ["{"]),
        ("Giao ban tháng}", ["}"]),
    ],
)
def test_what_stands_in_braces(template: str, wrong: list[str]) -> None:
    assert wrong_placeholders(template) == wrong


@pytest.mark.parametrize(
    ("day", "quarter"), [("2026-03-31", "I"), ("2026-04-01", "II"), ("2026-12-31", "IV")]
)
def test_the_title_of_a_day(day: str, quarter: str) -> None:
    given = date.fromisoformat(day)
    title = title_on("Phiên thứ {lần}, tháng {tháng}, quý {quý}/{năm}", given, 12)
    assert title == f"Phiên thứ 12, tháng {given.month}, quý {quarter}/2026"


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("Phiên họp Thường trực HĐND tháng {tháng}/{năm}", "Phiên họp Thường trực HĐND"),
        ("Phiên họp thứ {lần} Thường trực HĐND, quý {quý} năm {năm}", "Phiên họp Thường trực HĐND"),
        ("Hội nghị giao ban {quý}-{năm}", "Hội nghị giao ban"),
        ("Giao ban tuần", "Giao ban tuần"),
        ("Tháng {tháng}", "Tháng …"),
    ],
)
def test_the_name_of_all(template: str, name: str) -> None:
    assert name_of(template) == name
