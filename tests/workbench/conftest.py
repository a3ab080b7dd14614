"""The stage of the weekly calendar's tests."""

import pytest

from documents.paper.model import Paper
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories
from workbench.services import weeks as services


@pytest.fixture
def office(cast: Cast) -> Cast:
    """The cast, with a letterhead and two members who have an address."""
    factories.issuer(cast.world["TTHDND"])
    for code in ("P01", "P02"):
        cast.world.people[code].email = f"{code.lower()}@hdnd.test"
        cast.world.people[code].save()
    return cast


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    """What would have been printed; the files are blank."""
    papers: list[Paper] = []

    def blank(paper: Paper) -> bytes:
        papers.append(paper)
        return BLANK

    monkeypatch.setattr(services, "paper_pdf", blank)
    monkeypatch.setattr(services, "paper_docx", lambda paper: b"PK " + paper.name.encode())
    return papers
