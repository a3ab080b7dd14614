"""A week of TTHDND, from Monday 22/6/2026, as its office prepares it on the Friday before."""

from datetime import date, datetime
from typing import Any

from documents.paper.model import Paper, Table
from hdnd.audit.models import Entry
from hdnd.lib import clock
from tests.cast import Cast
from workbench.models import WorkWeek
from workbench.services.weeks import LineInput

NOW = datetime(2026, 6, 19, 15, 0, tzinfo=clock.VIETNAM)  # a Friday
MONDAY = date(2026, 6, 22)


def week(cast: Cast) -> WorkWeek:
    return WorkWeek.objects.create(organization=cast.world["TTHDND"], monday=MONDAY)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=clock.VIETNAM)


def line(**changes: Any) -> LineInput:
    values = {"day": MONDAY, "session": "sang", "content": "Trực cơ quan", **changes}
    return LineInput(**values)


def rows(paper: Paper) -> list[tuple[str, ...]]:
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    return [row for row in table.rows if row[2]]


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))
