"""What holds for every term, every calendar and every order of events."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from coordination.law.working_days import (
    Exceptions,
    day_off_reason,
    due_after,
    due_before,
    is_working_day,
    working_days_between,
)
from coordination.models import CalendarException, Duty
from coordination.occasion import Occasion
from coordination.services import raise_duties, recompute
from hdnd.audit.models import Entry
from hdnd.lib import clock
from tests.cast import World
from tests.coordination.test_duties import clause

QUICK = settings(max_examples=60, deadline=None, derandomize=True, database=None)
DAYS = some.dates(date(2016, 1, 1), date(2030, 12, 31))
TERMS = some.integers(0, 60)
UNITS = some.sampled_from(["wd", "d"])
CALENDARS = some.dictionaries(
    some.dates(date(2025, 12, 1), date(2027, 3, 31)), some.tuples(some.booleans(), some.just("theo quyết định")),
    max_size=8,
)  # fmt: skip
NEAR = some.dates(date(2025, 12, 1), date(2027, 3, 31))


@QUICK
@given(DAYS | NEAR, TERMS, UNITS, CALENDARS)
def test_a_term_never_ends_on_a_day_off(start: date, days: int, unit: str, table: Exceptions) -> None:
    assert is_working_day(due_after(start, days, unit, table).on, table)
    back = due_before(start, days + 1, "wd", table)
    assert is_working_day(back.on, table)
    assert back.day_off == ""


@QUICK
@given(DAYS | NEAR, TERMS, CALENDARS)
def test_forward_and_back_undo_each_other(start: date, days: int, table: Exceptions) -> None:
    assert due_before(due_after(start, days, "d", moves=False).on, days, "d").on == start
    if is_working_day(start, table):
        end = due_after(start, days, "wd", table).on
        assert due_before(end, days, "wd", table).on == start
        assert working_days_between(start, end, table) == days


@QUICK
@given(DAYS | NEAR, TERMS, UNITS, CALENDARS)
def test_a_longer_term_never_ends_earlier(start: date, days: int, unit: str, table: Exceptions) -> None:
    assert due_after(start, days, unit, table).on <= due_after(start, days + 1, unit, table).on
    assert due_before(start, days, unit, table).on >= due_before(start, days + 1, unit, table).on


@QUICK
@given(DAYS | NEAR, TERMS, UNITS, CALENDARS)
def test_it_names_each_day_off_it_passed_and_no_other(
    start: date, days: int, unit: str, table: Exceptions
) -> None:
    for due in (due_after(start, days, unit, table), due_before(start, days, unit, table)):
        first, last = sorted((start, due.on))
        begins = due.moved_from or (first + timedelta(days=1) if unit == "wd" else last)
        passed = [begins + timedelta(days=step) for step in range((last - begins).days)]
        named = tuple((day, why) for day in passed if (why := day_off_reason(day, table)))
        assert due.skipped == named


STEPS = ("TTHDND", "BPC", "HDND", "TTHDND", "a day off")
OPENS = {"TTHDND": date(2026, 2, 25), "BPC": date(2026, 2, 27), "HDND": date(2026, 3, 3)}
DAY_OFF = date(2026, 2, 24)


def _play(world: World, steps: list[str]) -> set[tuple[object, ...]]:
    """Raises the duties of each event, and enters the day off, in the order given; what stands at the end."""
    for step in steps:
        if step == "a day off":
            CalendarException.objects.create(day=DAY_OFF, reason="Nghỉ bù")
            recompute(actor=None, days=[DAY_OFF], why="nghỉ bù")
            continue
        starts = clock.at_time(OPENS[step], 8)
        planned = Occasion("standing_meeting", world[step], starts, f"Họp {step}", target=world[step])
        raise_duties(occasion=planned, actor=None)
    names = ("clause__code", "debtor__code", "creditor__code", "event_on", "due_on", "due_why", "void_reason")
    return set(Duty.objects.values_list(*names))


@pytest.mark.django_db
@settings(
    max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # fmt: skip
@given(steps=some.permutations(STEPS))
def test_the_order_of_events_does_not_matter(world: World, steps: list[str]) -> None:
    with clock.at(clock.at_time(date(2026, 1, 5), 8)), transaction.atomic():
        hosts = ["standing_committee", "committee", "council"]
        clause(code="R09", host_kinds=hosts)
        clause(code="R34", host_kinds=hosts, counterpart_kinds=["front_standing"], lead_days=3)
        clause(
            code="R28", host_kinds=["council"], counterpart_kinds=["executive"], lead_days=10, lead_unit="d"
        )
        found = _play(world, list(steps))
        assert len(found) == 7
        assert {row[4] for row in found if row[0] == "R34"} == {
            date(2026, 2, 12), date(2026, 2, 23), date(2026, 2, 26),
        }  # fmt: skip
        entries = Entry.objects.count()
        assert recompute(actor=None, why="xem lại") == 0
        assert Entry.objects.count() == entries
        transaction.set_rollback(True)
