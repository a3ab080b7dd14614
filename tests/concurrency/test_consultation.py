"""Two secretaries close at once; an answer that arrives while it is being closed."""

from datetime import date, datetime

import pytest

from documents.models import Consultation, ConsultationAnswer
from documents.services import consulting, opining
from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from tests.cast import Cast
from tests.concurrency.together import together
from tests.documents import consulting as stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]
AFTER = datetime(2026, 6, 22, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def row(cast: Cast) -> Consultation:
    """Over since Friday, nobody answered."""
    stage.letterhead(cast)
    with clock.at(stage.MONDAY):
        return stage.told(cast, stage.draft(cast, deadline=date(2026, 6, 19)))


def test_it_is_closed_once(cast: Cast, row: Consultation) -> None:
    results = together(
        6, lambda _: consulting.close_consultation(actor=cast.secretary, consultation=row), at=AFTER
    )
    assert sum(isinstance(result, Consultation) for result in results) == 1
    assert sum(isinstance(result, DomainError) for result in results) == 5
    assert Entry.objects.filter(verb="documents.consultation.closed").count() == 1


def test_no_answer_comes_in_behind_the_count(cast: Cast, row: Consultation) -> None:
    voices = [stage.voice(row, f"P0{number}") for number in range(1, 7)]

    def act(number: int) -> object:
        if number == 6:
            return consulting.close_consultation(actor=cast.secretary, consultation=row)
        return opining.answer_by_link(voice=voices[number], data=stage.says(row, "agree"))

    results = together(7, act, at=AFTER)
    taken = sum(isinstance(result, ConsultationAnswer) for result in results)
    assert taken + sum(isinstance(result, DomainError) for result in results) == 6
    assert ConsultationAnswer.objects.count() == taken
    closed = Entry.objects.get(verb="documents.consultation.closed")
    assert Entry.objects.filter(verb="documents.consultation.answered", pk__gt=closed.pk).count() == 0
