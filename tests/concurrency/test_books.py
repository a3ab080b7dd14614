"""Two books under load: 1,000 outgoing numbers with reserves and voids in between, arrivals entered at once."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from documents.models import Document, IncomingDocument, Issuer, Series
from documents.services import issue, reserve_numbers, void_number
from documents.services.incoming import ArrivalInput, DuplicatePaper, register_arrival
from hdnd.audit.models import Entry
from hdnd.lib import clock
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.concurrency.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]
NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)
WRITERS, EACH = 20, 50
REASON = "Văn bản không ban hành nữa"


@pytest.fixture(autouse=True)
def issuer(cast: Cast) -> Issuer:
    return Issuer.objects.create(
        organization=cast.world["TTHDND"], name_lines="THƯỜNG TRỰC", place="Vĩnh Giang", symbol_body="HĐND"
    )


def issued(cast: Cast) -> Document:
    return issue(
        actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="NQ", subject="Thử", signer_name="A",
        signer_title="B", recipients=[], render=lambda issuer, taken: BLANK,
    )  # fmt: skip


def reserved(cast: Cast, count: int) -> list[Document]:
    return reserve_numbers(
        actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="NQ", purpose="Nghị quyết đầu tư công",
        count=count,
    )  # fmt: skip


def test_1000_numbers_of_20_writers_without_gap_or_double(cast: Cast) -> None:
    def fifty(writer: int) -> int:
        """Five rounds of ten: seven papers, then three numbers kept, one of which is given up."""
        for _ in range(EACH // 10):
            for _ in range(7):
                issued(cast)
            kept = reserved(cast, 3)
            void_number(actor=cast.secretary, line=kept[writer % 3], reason=REASON)
        return writer

    assert together(WRITERS, fifty, at=NOW) == list(range(WRITERS))
    lines = list(Document.objects.order_by("number").values_list("number", "state"))
    assert [number for number, _ in lines] == list(range(1, WRITERS * EACH + 1))
    assert Counter(state for _, state in lines) == {"issued": 700, "reserved": 200, "voided": 100}
    assert Series.objects.get().last_number == WRITERS * EACH
    told = Counter(Entry.objects.filter(verb__startswith="documents.").values_list("verb", flat=True))
    assert told == {
        "documents.document.issued": 700, "documents.number.reserved": 300, "documents.number.voided": 100,
    }  # fmt: skip


def test_arrivals_entered_at_once_and_a_duplicate_is_seen_by_the_second(cast: Cast) -> None:
    def enter(writer: int) -> Any:
        """Everyone enters a paper of their own, then all the same."""
        for symbol in (f"{writer}/SNV", "412/UBND"):
            arrival = ArrivalInput(arrived_on=NOW.date(), subject="Thử", author="Sở Nội vụ", symbol=symbol)
            register_arrival(actor=cast.secretary, organization=cast.world["TTHDND"], arrival=arrival)

    results = together(10, enter, at=NOW)
    assert Counter(type(result) for result in results) == {type(None): 1, DuplicatePaper: 9}
    numbers = IncomingDocument.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 12))
