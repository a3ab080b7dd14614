"""The stage of the meeting tests: the cast, its regulation, letterhead and contacts, on 15 June 2026."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from coordination.models import Clause
from hdnd.lib import clock
from meetings import papers
from tests import factories as make
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories


@pytest.fixture(autouse=True)
def _on_planning_day(set_clock: Callable[[datetime], None]) -> None:
    set_clock(factories.PLANNED_ON)


@pytest.fixture
def clauses(cast: Cast) -> dict[str, Clause]:
    """The clauses of the small world, by code."""
    return factories.clause_set(cast.world)


@pytest.fixture
def office(cast: Cast) -> Cast:
    """The cast, its host able to issue papers and its partners reachable by mail."""
    factories.issuer(cast.world["TTHDND"])
    make.contact(cast.world["UBND"], "vanthu@ubnd.test", name="Văn thư UBND tỉnh")
    make.contact(cast.world["UBND"], "thuky@ubnd.test", name="Thư ký lãnh đạo")
    make.contact(cast.world["X01-TT"], "tanhoa@hdnd.test")
    for code in ("P01", "P02"):
        cast.world.people[code].email = f"{code.lower()}@hdnd.test"
        cast.world.people[code].save()
    return cast


@pytest.fixture
def blank_papers(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Papers come out as one blank page, at once; the list holds what would have been printed."""
    printed: list[Any] = []

    def blank(paper: Any) -> bytes:
        printed.append(paper)
        return BLANK

    monkeypatch.setattr(papers, "paper_pdf", blank)
    return printed


@pytest.fixture
def at_the_meeting(set_clock: Callable[[datetime], None]) -> datetime:
    """The clock stands at the start of the meeting."""
    set_clock(factories.STARTS_AT)
    return clock.now()
