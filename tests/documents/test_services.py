"""The register: numbers per issuer, type and year; a refusal takes none."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from documents.models import Document, Issuer, Series
from documents.services import Numbered, issue, take_number
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from tests.blank_pdf import BLANK
from tests.cast import Cast, World
from tests.ledger import entries, refused

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture(autouse=True)
def _now(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


@pytest.fixture
def issuer(cast: Cast) -> Issuer:
    return Issuer.objects.create(
        organization=cast.world["TTHDND"], name_lines="THƯỜNG TRỰC", place="Vĩnh Giang", symbol_body="HĐND"
    )


def issued(cast: Cast, doc_type: str = "GM", **values: Any) -> Document:
    values = {
        "actor": cast.secretary, "organization": cast.world["TTHDND"], "subject": "Thử", "signer_name": "Nguyễn Đình Lâm",
        "signer_title": "CHỦ TỊCH", "recipients": ["Như trên"], "render": lambda issuer, taken: BLANK, **values,
    }  # fmt: skip
    return issue(doc_type=doc_type, **values)


def test_numbers_follow_each_other_and_the_row_tells_all(cast: Cast, issuer: Issuer) -> None:
    seen: list[Numbered] = []

    def render(of: Issuer, taken: Numbered) -> bytes:
        assert of == issuer
        seen.append(taken)
        return BLANK

    document = issued(cast, render=render, addressees=[cast.world["UBND"]], about=cast.world["SXD"])
    assert [(taken.number, taken.symbol, taken.year) for taken in seen] == [(1, "01/GM-HĐND", 2026)]
    assert (document.symbol, document.issued_on, document.issued_at, document.page_count) == (
        "01/GM-HĐND", NOW.date(), NOW, 1,
    )  # fmt: skip
    assert (document.sha256, files.read(document.file)) == (files.digest(BLANK), BLANK)
    assert (list(document.addressees.all()), document.about) == ([cast.world["UBND"]], cast.world["SXD"])
    (entry,) = entries(document)
    assert (entry.verb, entry.actor, entry.changes) == (
        "documents.document.issued", cast.secretary, {"symbol": "01/GM-HĐND", "sha256": document.sha256},
    )  # fmt: skip
    assert [issued(cast).number for _ in range(3)] == [2, 3, 4]


def test_after_an_opening_number(cast: Cast, issuer: Issuer) -> None:
    Series.objects.create(issuer=issuer, doc_type="GM", year=2026, last_number=30)
    assert issued(cast).symbol == "31/GM-HĐND"


def test_a_series_for_each_type(cast: Cast, issuer: Issuer) -> None:
    assert [issued(cast, kind).symbol for kind in ("GM", "TB", "GM", "CV", "BB")] == [
        "01/GM-HĐND", "01/TB-HĐND", "02/GM-HĐND", "01/HĐND", "01/BB-HĐND",
    ]  # fmt: skip


def test_one_series_for_all(cast: Cast, issuer: Issuer) -> None:
    issuer.series_scope = "all"
    issuer.save()
    assert [issued(cast, kind).symbol for kind in ("GM", "TB", "GM", "CV")] == [
        "01/GM-HĐND", "02/TB-HĐND", "03/GM-HĐND", "04/HĐND",
    ]  # fmt: skip
    assert list(Series.objects.values_list("doc_type", "last_number")) == [("", 4)]


def test_each_body_counts_for_itself(cast: Cast, issuer: Issuer) -> None:
    Issuer.objects.create(
        organization=cast.world["X01-TT"], name_lines="THƯỜNG TRỰC", place="Tân Hòa", symbol_body="HĐND"
    )
    issued(cast)
    theirs = issued(cast, actor=cast.outsider, organization=cast.world["X01-TT"])
    assert theirs.symbol == "01/GM-HĐND"


def test_the_year_starts_anew_on_1_january_in_vietnam(
    cast: Cast, issuer: Issuer, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(datetime(2026, 12, 31, 23, 59, tzinfo=clock.VIETNAM))
    before = [issued(cast).symbol for _ in range(2)]
    set_clock(datetime(2027, 1, 1, 0, 1, tzinfo=clock.VIETNAM))  # in UTC still the old year
    after = issued(cast)
    assert before == ["01/GM-HĐND", "02/GM-HĐND"]
    assert (after.symbol, after.year, after.issued_on.isoformat()) == ("01/GM-HĐND", 2027, "2027-01-01")


@pytest.mark.parametrize("person", ["leader", "delegate", "partner", "agency", "outsider", "admin"])
def test_only_the_body_s_own_secretary_issues(cast: Cast, issuer: Issuer, person: str) -> None:
    with refused(PermissionDenied):
        issued(cast, actor=getattr(cast, person))


def test_without_a_letterhead(cast: Cast) -> None:
    with refused(DomainError):
        issued(cast)


def test_a_paper_that_cannot_be_rendered_takes_no_number(cast: Cast, issuer: Issuer) -> None:
    def broken(of: Issuer, taken: Numbered) -> bytes:
        raise RuntimeError("no font")

    issued(cast)
    with refused(RuntimeError):
        issued(cast, render=broken)
    assert issued(cast).number == 2


def test_a_row_that_breaks_a_rule_takes_no_number(cast: Cast, issuer: Issuer) -> None:
    with refused(ValidationError):
        issued(cast, subject="")
    assert issued(cast).number == 1


@pytest.mark.django_db
def test_bodies_that_share_a_book_never_share_a_number(world: World) -> None:
    """HĐND and Thường trực HĐND sign with the same symbol: one run of numbers for both."""
    keeper = Issuer.objects.create(
        organization=world["TTHDND"], name_lines="THƯỜNG TRỰC", place="Vĩnh Giang", symbol_body="HĐND"
    )
    sharer = Issuer.objects.create(
        organization=world["HDND"],
        name_lines="HĐND",
        place="Vĩnh Giang",
        symbol_body="HĐND",
        register_of=keeper,
    )
    taken = [take_number(issuer=issuer, doc_type="GM").symbol for issuer in (keeper, sharer, keeper, sharer)]
    assert taken == ["01/GM-HĐND", "02/GM-HĐND", "03/GM-HĐND", "04/GM-HĐND"]
