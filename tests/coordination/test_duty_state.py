"""A duty's state: the law's table, and that the database computes the same."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from coordination.choices import DutyState
from coordination.law.duty import state
from coordination.models import Clause, Duty, Regulation
from tests.cast import World

DUE, EVENT = date(2026, 6, 19), date(2026, 6, 26)


@pytest.mark.parametrize(
    ("today", "settled", "expected"),
    [
        (date(2026, 6, 18), None, DutyState.UPCOMING),
        (date(2026, 6, 19), None, DutyState.DUE),
        (date(2026, 6, 26), None, DutyState.DUE),
        (date(2026, 6, 27), None, DutyState.MISSED),
        (date(2026, 7, 1), date(2026, 6, 19), DutyState.MET),
        (date(2026, 7, 1), date(2026, 6, 20), DutyState.LATE),
        (date(2026, 7, 1), date(2026, 6, 26), DutyState.LATE),
        (date(2026, 7, 1), date(2026, 6, 27), DutyState.MISSED),
    ],
)
def test_table(today: date, settled: date | None, expected: DutyState) -> None:
    assert state(today=today, due_on=DUE, event_on=EVENT, settled_on=settled) == expected


def test_void_beats_waived_beats_settled() -> None:
    common = {"today": EVENT, "due_on": DUE, "event_on": EVENT, "settled_on": DUE}
    assert state(**common, is_waived=True, is_void=True) == DutyState.VOID
    assert state(**common, is_waived=True) == DutyState.WAIVED
    assert state(**common) == DutyState.MET


@pytest.mark.django_db
def test_the_database_computes_what_the_law_says(world: World) -> None:
    regulation = Regulation.objects.create(code="Q", title="Quy chế", valid_from=date(2020, 1, 1))
    kind = ContentType.objects.get_for_model(Regulation)
    today = date(2026, 6, 22)
    days = [None, *(today + timedelta(days=shift) for shift in (-9, -1, 0, 1, 9))]
    duties = []
    for index, (settled, due, event, waived, void) in enumerate(
        product(days, days[1:], days[1:], ("", "vì"), ("", "vì"))
    ):
        clause = Clause.objects.create(
            regulation=regulation, code=f"C{index}", article="Điều 1", sentence="Mời."
        )
        duties.append(
            Duty(
                clause=clause, content_type=kind, object_id=1, event_kind="other", occasion_title="Họp", mode="invite",
                debtor=world["TTHDND"], creditor=world["UBND"], due_on=due, event_on=event, settled_on=settled,
                waived_reason=waived, void_reason=void,
            )
        )  # fmt: skip
    Duty.objects.bulk_create(duties)
    found = dict(Duty.objects.with_state(today).values_list("pk", F("current")))
    assert found == {duty.pk: str(duty.state_on(today)) for duty in Duty.objects.all()}
    assert set(found.values()) == set(DutyState.values)
