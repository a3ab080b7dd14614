"""Two people decide on one draft at the same moment: nothing is decided twice, one number is taken."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from documents.models import Document, Draft, SignOff
from documents.services import draft_issuing, signing_off
from hdnd.audit.models import Entry
from hdnd.lib import clock
from tests.cast import Cast
from tests.concurrency.together import together
from tests.documents.drafting import letterheads, second_leader, submitted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]
NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)


def test_parallel_approvals_end_the_step_once(cast: Cast) -> None:
    letterheads(cast)
    with clock.at(NOW):
        people = [second_leader(cast, f"P0{at}", f"pct{at}") for at in (2, 3)]
        draft = submitted(cast, people)
    together(2, lambda at: signing_off.approve_draft(actor=people[at], draft=draft), at=NOW)
    draft.refresh_from_db()
    assert draft.state == "approved"
    assert SignOff.objects.filter(verdict="approved").count() == 2


def test_one_approves_while_another_returns(cast: Cast) -> None:
    letterheads(cast)
    with clock.at(NOW):
        people = [second_leader(cast, f"P0{at}", f"pct{at}") for at in (2, 3)]
        draft = submitted(cast, people)

    def decide(at: int) -> Draft:
        if at:
            return signing_off.return_draft(actor=people[1], draft=draft, reason="Bổ sung số liệu cả năm")
        return signing_off.approve_draft(actor=people[0], draft=draft)

    first, second = together(2, decide, at=NOW)
    draft.refresh_from_db()
    assert draft.state == "returned"
    assert isinstance(second, Draft)
    # Whoever came second either agreed before the return, or is told that nothing waits any more.
    assert isinstance(first, (Draft, PermissionDenied))
    assert not SignOff.objects.filter(verdict="pending").exists()


def test_signed_twice_at_once_issues_once(cast: Cast) -> None:
    letterheads(cast)
    with clock.at(NOW):
        draft = submitted(cast)
    done = together(2, lambda at: draft_issuing.sign_draft(actor=cast.leader, draft=draft), at=NOW)
    assert sorted(type(one).__name__ for one in done) == ["Draft", "PermissionDenied"]
    assert [document.symbol for document in Document.objects.all()] == ["01/HĐND"]
    assert Entry.objects.filter(verb="documents.draft.issued").count() == 1
