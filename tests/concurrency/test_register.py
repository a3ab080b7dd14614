"""Numbers under load: neither gaps nor doubles, whatever fails in between."""

from datetime import datetime

import pytest
from django.db import transaction

from documents.models import Document, Issuer, Series
from documents.services import Numbered, issue
from hdnd.audit.models import Entry
from hdnd.lib import clock
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.concurrency.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]
NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)
THREADS = 20


@pytest.fixture
def issuer(cast: Cast) -> Issuer:
    return Issuer.objects.create(
        organization=cast.world["TTHDND"], name_lines="THƯỜNG TRỰC", place="Vĩnh Giang", symbol_body="HĐND"
    )


def issued(cast: Cast, *, broken: bool = False) -> Document:
    def render(of: Issuer, taken: Numbered) -> bytes:
        if broken:
            raise RuntimeError("no font")
        return BLANK

    return issue(
        actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="GM", subject="Thử", signer_name="A",
        signer_title="B", recipients=["C"], about=cast.world["TTHDND"], render=render,
    )  # fmt: skip


def test_200_documents_in_parallel(cast: Cast, issuer: Issuer) -> None:
    def ten(_: int) -> list[int]:
        return [issued(cast).number for _ in range(10)]

    results = together(THREADS, ten, at=NOW)
    assert sorted(number for numbers in results for number in numbers) == list(range(1, 201))
    assert list(Document.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 201))
    assert Series.objects.get().last_number == 200
    assert Entry.objects.filter(verb="documents.document.issued").count() == 200
    # Each thread had its turns in between the others', or nothing was parallel at all.
    assert any(numbers != list(range(numbers[0], numbers[0] + 10)) for numbers in results)


def test_papers_that_fail_leave_no_gap(cast: Cast, issuer: Issuer) -> None:
    def mixed(thread: int) -> list[int]:
        numbers = []
        for turn in range(6):
            if (thread + turn) % 3:
                numbers.append(issued(cast).number)
                continue
            with pytest.raises(RuntimeError, match="no font"):
                issued(cast, broken=True)
        return numbers

    results = together(12, mixed, at=NOW)
    assert sorted(number for numbers in results for number in numbers) == list(range(1, 49))
    assert Series.objects.get().last_number == 48


def test_a_transaction_that_breaks_after_the_paper_leaves_no_gap(cast: Cast, issuer: Issuer) -> None:
    def maybe(thread: int) -> int | None:
        try:
            with transaction.atomic():
                document = issued(cast)
                if thread % 2:
                    raise ZeroDivisionError
                return document.number
        except ZeroDivisionError:
            return None

    results = together(10, maybe, at=NOW)
    assert sorted(number for number in results if number) == [1, 2, 3, 4, 5]
    assert list(Document.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
