"""Who may open which paper."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Document, Issuer
from documents.queries import document_list, visible_documents
from documents.services import issue
from tests.blank_pdf import BLANK
from tests.cast import PARTS, Cast


@pytest.fixture
def paper(cast: Cast) -> Any:
    """`paper(to…)` issues one of TTHDND."""
    Issuer.objects.create(
        organization=cast.world["TTHDND"], name_lines="THƯỜNG TRỰC", place="Vĩnh Giang", symbol_body="HĐND"
    )

    def made(*codes: str) -> Document:
        return issue(
            actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="GM", subject="Thử", signer_name="A",
            signer_title="B", recipients=["C"], addressees=[cast.world[code] for code in codes],
            render=lambda issuer, taken: BLANK,
        )  # fmt: skip

    return made


def who_sees(cast: Cast, document: Document) -> set[str]:
    return {part for part in PARTS if visible_documents(getattr(cast, part)).filter(pk=document.pk).exists()}


def test_the_issuer_s_council_and_the_addressees(cast: Cast, paper: Any) -> None:
    assert who_sees(cast, paper()) == {"secretary", "leader", "delegate"}
    assert who_sees(cast, paper("UBND")) == {"secretary", "leader", "delegate", "partner"}
    assert who_sees(cast, paper("SXD", "X01-TT")) == {"secretary", "leader", "delegate", "agency", "outsider"}


def test_another_council_of_the_addressee_s_area_sees_nothing(cast: Cast, paper: Any) -> None:
    assert who_sees(cast, paper("X03-TT", "T2-TT")) == {"secretary", "leader", "delegate"}


def test_without_signing_in_there_is_nothing(cast: Cast, paper: Any) -> None:
    paper("UBND")
    assert list(visible_documents(AnonymousUser())) == []


def test_a_paper_to_two_of_ours_is_listed_once(cast: Cast, paper: Any) -> None:
    document = paper("X01-TT", "X01-HDND")
    assert list(visible_documents(cast.outsider)) == [document]


def test_the_list_costs_the_same_for_one_and_thirty(cast: Cast, paper: Any) -> None:
    def cost() -> int:
        cast.secretary._access = None
        with CaptureQueriesContext(connection) as captured:
            assert [document.organization.label for document in document_list(cast.secretary)] != []
        return len(captured)

    paper("UBND")
    one = cost()
    for _ in range(29):
        paper("UBND", "SXD")
    assert one == cost() == 2
