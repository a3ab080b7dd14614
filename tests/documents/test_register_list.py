"""The register's pages are put together from what the own bodies issued and what others sent to them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Document, Issuer
from documents.queries import register_list
from documents.queries.papers import register_parts
from documents.services import issue
from hdnd.lib import clock
from tests.blank_pdf import BLANK
from tests.cast import Cast

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)
PAGE = 4


@pytest.fixture
def office(cast: Cast, client: Client, set_clock: Callable[[datetime], None], monkeypatch: Any) -> Client:
    """Own and received papers by turns, one of each day; some between others, one of our own to ourselves."""
    monkeypatch.setattr("hdnd.lib.lists.PAGE_SIZE", PAGE)
    for code in ("TTHDND", "UBND"):
        Issuer.objects.create(
            organization=cast.world[code], name_lines=code, place="Vĩnh Giang", symbol_body=code
        )
    for day, (actor, body, to) in enumerate(
        [(cast.secretary, "TTHDND", "HDND"), (cast.partner, "UBND", "HDND"), (cast.partner, "UBND", "SXD")]
        * 4
    ):
        set_clock(NOW + timedelta(days=day))
        issue(
            actor=actor, organization=cast.world[body], doc_type="GM" if day % 2 else "TB", subject=f"Số {day * 7 % 12:02d}",
            signer_name="A", signer_title="B", recipients=[], addressees=[cast.world[to]],
            render=lambda issuer, taken: BLANK,
        )  # fmt: skip
    client.force_login(cast.secretary)
    return client


def pages(office: Client, **query: Any) -> list[str]:
    """The symbols of all pages in their order, and the count that the list says."""
    address, found = reverse("documents:document_list"), []
    page = office.get(address, query).context["page"]
    for number in range(1, page.paginator.num_pages + 1):
        page = office.get(address, {**query, "trang": number}).context["page"]
        found += [row.symbol for row in page]
        assert len(page.object_list) <= PAGE
    assert page.paginator.count == len(found)
    return found


def test_the_parts_are_the_whole_and_have_no_row_in_common(cast: Cast, office: Client) -> None:
    own, received = (set(part) for part in register_parts(cast.secretary))
    assert (len(own), len(received), own & received) == (4, 4, set())
    assert own | received == set(register_list(cast.secretary))
    for way, part in (("di", own), ("den", received)):
        assert [set(found) for found in register_parts(cast.secretary, way)] == [part]


@pytest.mark.parametrize("sort", ["-ngay", "ngay", "trich-yeu", "-so"])
def test_pages_in_parts_are_those_of_the_whole(cast: Cast, office: Client, sort: str) -> None:
    order = {
        "ngay": ("issued_on", "pk"),
        "-ngay": ("-issued_on", "-pk"),
        "trich-yeu": ("subject", "pk"),
        "-so": ("-year", "-doc_type", "-number", "-pk"),
    }[sort]
    whole = register_list(cast.secretary).order_by(*order)
    assert pages(office, sap=sort) == [row.symbol for row in whole]


def test_filters_hold_for_both_parts(cast: Cast, office: Client) -> None:
    whole = register_list(cast.secretary).filter(doc_type="GM").order_by("-issued_on")
    assert pages(office, loai="GM") == [row.symbol for row in whole]
    assert pages(office, chieu="den") == [
        row.symbol for row in whole.model.objects.filter(addressees__code="HDND", issuer__symbol_body="UBND")
    ]
    assert pages(office, nam="2025") == []


def test_what_is_exported_is_what_is_listed(cast: Cast, office: Client) -> None:
    lines = office.get(reverse("documents:document_list"), {"xuat": "csv"}).content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in lines.splitlines()[1:]] == pages(office)


def test_nothing_is_listed_to_one_without_a_body(cast: Cast, office: Client) -> None:
    office.force_login(cast.admin)
    assert (pages(office), Document.objects.count()) == ([], 12)
