"""When a body may pass into another: the boundary days, itself, and circles."""

from datetime import date
from typing import Any

import pytest

from councils.law.succession import last_day_before, refusal

DAY = date(2026, 7, 1)
A, B, C = 1, 2, 3


def ask(**changes: Any) -> str | None:
    values: dict[str, Any] = {
        "sources": {A: ("A", date(2000, 1, 1), None)}, "successor": (C, "C", None, None), "later": {}, "day": DAY
    }  # fmt: skip
    refused = refusal(**{**values, **changes})
    return refused[0] if refused else None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"sources": {}}, "sources"),
        ({"sources": {A: ("A", None, None), C: ("C", None, None)}}, "successor"),  # its own successor
        ({"successor": (None, "mới", DAY, None)}, None),
        ({"successor": (C, "C", DAY, None)}, None),
        ({"successor": (C, "C", date(2026, 7, 2), None)}, "successor"),  # begins a day late
        ({"successor": (C, "C", None, DAY)}, None),
        ({"successor": (C, "C", None, date(2026, 6, 30))}, "successor"),  # ended the day before
        ({"sources": {A: ("A", date(2026, 6, 30), None)}}, None),
        ({"sources": {A: ("A", DAY, None)}}, "day"),  # would end before it began
        ({"sources": {A: ("A", None, date(2026, 6, 30))}}, None),  # its end is entered already
        ({"sources": {A: ("A", None, date(2026, 6, 29))}}, "day"),  # gone a day before
        ({"later": {C: [A]}}, "successor"),
        ({"later": {C: [B], B: [A]}}, "successor"),  # a circle of three
        ({"later": {C: [B], B: [C]}}, None),  # an old mistake elsewhere does not hang
        ({"later": {A: [C]}}, None),
    ],
)
def test_what_may_pass_into_what(changes: dict[str, Any], field: str | None) -> None:
    assert ask(**changes) == field


def test_what_ends_ends_the_day_before() -> None:
    assert last_day_before(date(2026, 3, 1)) == date(2026, 2, 28)
