"""Two people at once on one meeting: one wins, the other is told, nothing is lost."""

from typing import Any

import pytest

from documents.models import Document
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.outbox.models import Message
from meetings import papers
from meetings.choices import MeetingState
from meetings.models import Attendance, Meeting, Minutes, MinutesEntry
from meetings.services import answering, holding, inviting, planning, recording
from meetings.services.answering import AnswerInput
from meetings.services.planning import ItemInput
from tests import factories as make
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.concurrency.together import together
from tests.ledger import verbs
from tests.meetings import factories
from tests.meetings.factories import PLANNED_ON, STARTS_AT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]


def kinds(results: list[Any]) -> list[str]:
    """The class names of what came back, sorted."""
    return sorted(type(result).__name__ for result in results)


def test_one_meeting_is_issued_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "paper_pdf", lambda paper: BLANK)
    factories.issuer(cast.world["TTHDND"])
    make.contact(cast.world["UBND"], "vanthu@ubnd.test")
    meeting = factories.meeting(cast.world, state=MeetingState.PLANNED)
    factories.invitation(meeting, cast.world["UBND"], issued_at=None, nonce="")

    results = together(
        2, lambda _: inviting.issue_invitations(actor=cast.secretary, meeting=meeting), at=PLANNED_ON
    )
    assert kinds(results) == ["DomainError", "Issued"]
    assert list(Document.objects.values_list("symbol", flat=True)) == ["31/GM-HĐND"]
    assert list(Message.objects.values_list("to", flat=True)) == ["vanthu@ubnd.test"]
    assert verbs(meeting).count("meetings.invitation.issued") == 1


def test_a_link_clicked_twice_answers_once(cast: Cast) -> None:
    row = factories.invitation(factories.meeting(cast.world), cast.world["UBND"])
    data = AnswerInput("accepted", "Đặng Hữu Phước", "Chủ tịch")
    results = together(4, lambda _: answering.answer_by_link(invitation=row, data=data), at=PLANNED_ON)
    assert kinds(results) == ["DomainError", "DomainError", "DomainError", "Invitation"]
    assert verbs(row) == ["meetings.invitation.answered"]


def test_two_secretaries_save_the_same_entry(cast: Cast) -> None:
    meeting = factories.closed(cast.world)
    minutes = Minutes.objects.create(meeting=meeting)
    entry = MinutesEntry.objects.create(minutes=minutes, item=meeting.agenda.get(position=1))
    texts = ["Bản của người thứ nhất", "Bản của người thứ hai"]

    results = together(
        2,
        lambda who: recording.save_entry(actor=cast.secretary, entry=entry, text=texts[who], version=1),
        at=STARTS_AT,
    )
    assert kinds(results) == ["MinutesEntry", "StaleEdit"]
    (loser,) = [result for result in results if isinstance(result, StaleEdit)]
    entry.refresh_from_db()
    assert (entry.version, entry.text in texts) == (2, True)
    assert loser.stored.text == entry.text  # type: ignore[attr-defined]


def test_one_member_marked_on_two_phones_has_one_mark(cast: Cast) -> None:
    meeting, seat = factories.meeting(cast.world), factories.seat(cast.world, "P01")
    results = together(
        4,
        lambda _: holding.mark_member(
            actor=cast.secretary, meeting=meeting, membership=seat, presence="present"
        ),
        at=STARTS_AT,
    )
    assert results == [None, None, None, None]
    assert Attendance.objects.count() == 1


def test_items_added_at_once_all_get_a_place(cast: Cast) -> None:
    meeting = factories.meeting(cast.world, state=MeetingState.PLANNED, items=0)
    results = together(
        6,
        lambda who: planning.add_item(
            actor=cast.secretary, meeting=meeting, item=ItemInput(f"Nội dung {who}", "report")
        ),
        at=PLANNED_ON,
    )
    assert kinds(results) == ["AgendaItem"] * 6
    assert list(meeting.agenda.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_a_substitute_cannot_come_for_two_bodies_at_once(cast: Cast) -> None:
    meeting = factories.meeting(cast.world)
    rows = [factories.invitation(meeting, cast.world[code]) for code in ("UBND", "MTTQ")]
    data = AnswerInput("substituted", "Lý Văn Sơn", "Phó Chủ tịch")
    results = together(
        2, lambda who: answering.answer_by_link(invitation=rows[who], data=data), at=PLANNED_ON
    )
    assert kinds(results) == ["DomainError", "Invitation"]


def test_a_plan_saved_by_two_is_saved_once(cast: Cast) -> None:
    factories.clause_set(cast.world)
    meeting = factories.meeting(cast.world, state=MeetingState.PLANNED)
    results = together(
        2,
        lambda who: planning.update_meeting(
            actor=cast.secretary,
            meeting=meeting,
            plan=factories.plan(cast.world, place=f"Phòng {who}"),
            version=1,
        ),
        at=PLANNED_ON,
    )
    assert kinds(results) == ["Meeting", "StaleEdit"]
    assert Meeting.objects.get().version == 2
    assert all(not isinstance(result, DomainError) or isinstance(result, StaleEdit) for result in results)
