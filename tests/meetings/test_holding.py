"""In the room: opening with a quorum, votes, the end."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from meetings.choices import MeetingState
from meetings.models import Meeting, VoteEvent, VotingThreshold
from meetings.queries import live_quorum, vote_results
from meetings.services import holding
from meetings.services.holding import Tally
from tests import factories as make
from tests.cast import Cast
from tests.ledger import entries, refused, verbs
from tests.meetings import factories
from tests.meetings.reading import marks

SIX = ("P01", "P02", "P03", "P04", "P05", "P06")


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return factories.meeting(cast.world)


def mark(cast: Cast, meeting: Meeting, code: str, presence: str = "present", reason: str = "") -> None:
    holding.mark_member(
        actor=cast.secretary, meeting=meeting, membership=factories.seat(cast.world, code), presence=presence,
        reason=reason,
    )  # fmt: skip


@pytest.mark.usefixtures("at_the_meeting")
class TestOpening:
    def test_short_of_the_quorum(self, cast: Cast, meeting: Meeting) -> None:
        factories.present(meeting, cast.world, *SIX[:4])
        with refused(DomainError) as caught:
            holding.open_meeting(actor=cast.secretary, meeting=meeting)
        assert caught.value.message == (
            "Mới có 4 trên 7 thành viên có mặt, cần ít nhất 5 để đủ điều kiện họp. Điểm danh thêm rồi khai mạc."
        )

    def test_with_the_quorum(self, cast: Cast, meeting: Meeting) -> None:
        factories.present(meeting, cast.world, *SIX[:5])
        opened = holding.open_meeting(actor=cast.secretary, meeting=meeting)
        assert (opened.state, opened.opened_at) == (MeetingState.HELD, factories.STARTS_AT)
        assert entries(meeting)[-1].changes == {"present": 5, "members": 7, "required": 5}

    def test_the_excused_do_not_count_as_present(self, cast: Cast, meeting: Meeting) -> None:
        factories.present(meeting, cast.world, *SIX[:4])
        mark(cast, meeting, "P05", "excused", "ốm")
        with refused(DomainError):
            holding.open_meeting(actor=cast.secretary, meeting=meeting)

    def test_the_quorum_follows_the_memberships_of_the_day(self, cast: Cast, meeting: Meeting) -> None:
        factories.present(meeting, cast.world, *SIX[:4])
        for code in ("P06", "P07"):
            seat = factories.seat(cast.world, code)
            seat.valid_to = date(2026, 5, 31)
            seat.save()
        quorum = live_quorum(meeting)
        assert (quorum.members, quorum.required, quorum.met) == (5, 4, True)

    def test_a_dated_row_overrules_the_share(self, cast: Cast, meeting: Meeting) -> None:
        VotingThreshold.objects.create(
            use="quorum",
            numerator=1,
            denominator=2,
            is_strict=True,
            article="Quy chế",
            valid_from=date(2026, 1, 1),
        )
        assert live_quorum(meeting).required == 4

    def test_a_host_without_members_never_opens(self, cast: Cast, meeting: Meeting) -> None:
        cast.world["TTHDND"].memberships.all().delete()
        with refused(DomainError):
            holding.open_meeting(actor=cast.secretary, meeting=meeting)

    def test_twice(self, cast: Cast, meeting: Meeting) -> None:
        factories.present(meeting, cast.world, *SIX)
        holding.open_meeting(actor=cast.secretary, meeting=meeting)
        with refused(DomainError):
            holding.open_meeting(actor=cast.secretary, meeting=meeting)

    @pytest.mark.parametrize("person", ["leader", "delegate", "outsider"])
    def test_by_others(self, cast: Cast, meeting: Meeting, person: str) -> None:
        with refused(PermissionDenied):
            holding.open_meeting(actor=getattr(cast, person), meeting=meeting)


@pytest.mark.usefixtures("at_the_meeting")
class TestVotes:
    def test_the_result_is_computed(self, cast: Cast) -> None:
        meeting = factories.held(cast.world)
        item = meeting.agenda.get(position=2)
        holding.record_vote(actor=cast.secretary, meeting=meeting, item=item, tally=Tally(4, 1, 0, 1))
        holding.record_vote(
            actor=cast.secretary,
            meeting=meeting,
            item=item,
            tally=Tally(4, 2),
            motion="Miễn nhiệm",
            rule="two_thirds",
        )
        assert [
            (event.motion, event.members, event.present, result.required, result.passed)
            for event, result in vote_results(meeting)
        ] == [("Nội dung thứ 2", 7, 6, 4, True), ("Miễn nhiệm", 7, 6, 5, False)]
        assert entries(meeting)[0].changes == {
            "motion": "Nội dung thứ 2", "in_favour": 4, "against": 1, "other": 0, "not_voting": 1, "required": 4,
            "passed": True,
        }  # fmt: skip

    def test_a_later_change_of_members_does_not_rewrite_a_vote(self, cast: Cast) -> None:
        meeting = factories.held(cast.world)
        item = meeting.agenda.get(position=1)
        holding.record_vote(actor=cast.secretary, meeting=meeting, item=item, tally=Tally(4, 2))
        make.membership(make.person(), cast.world["TTHDND"])
        assert [(result.total, result.passed) for _, result in vote_results(meeting)] == [(7, True)]

    @pytest.mark.parametrize("tally", [Tally(5), Tally(7), Tally(6, 1), Tally(7, -1), Tally(0)])
    def test_ballots_must_add_up_to_those_present(self, cast: Cast, tally: Tally) -> None:
        meeting = factories.held(cast.world)
        with refused(DomainError, field="in_favour"):
            holding.record_vote(
                actor=cast.secretary, meeting=meeting, item=meeting.agenda.get(position=1), tally=tally
            )

    def test_before_the_opening(self, cast: Cast, meeting: Meeting) -> None:
        factories.present(meeting, cast.world, *SIX)
        with refused(DomainError):
            holding.record_vote(
                actor=cast.secretary, meeting=meeting, item=meeting.agenda.get(position=1), tally=Tally(6)
            )

    def test_an_item_of_another_meeting(self, cast: Cast, meeting: Meeting) -> None:
        running = factories.held(cast.world)
        with refused(DomainError, field="item"):
            holding.record_vote(
                actor=cast.secretary, meeting=running, item=meeting.agenda.get(position=1), tally=Tally(6)
            )

    def test_an_unknown_rule(self, cast: Cast) -> None:
        meeting = factories.held(cast.world)
        with refused(ValidationError):
            holding.record_vote(
                actor=cast.secretary,
                meeting=meeting,
                item=meeting.agenda.get(position=1),
                tally=Tally(6),
                rule="all",
            )

    def test_a_mistake_is_taken_back_with_its_reason(self, cast: Cast) -> None:
        meeting = factories.held(cast.world)
        event = holding.record_vote(
            actor=cast.secretary, meeting=meeting, item=meeting.agenda.get(position=1), tally=Tally(6)
        )
        with refused(DomainError, field="reason"):
            holding.remove_vote(actor=cast.secretary, event=event, reason=" ")
        holding.remove_vote(actor=cast.secretary, event=event, reason="Đếm nhầm")
        assert VoteEvent.objects.count() == 0
        assert entries(meeting)[-1].changes == {"motion": "Nội dung thứ 1", "reason": "Đếm nhầm"}


@pytest.mark.usefixtures("at_the_meeting")
class TestClosing:
    def test_who_has_no_mark_was_absent(self, cast: Cast, set_clock: Callable[[datetime], None]) -> None:
        meeting = factories.held(cast.world)
        set_clock(factories.STARTS_AT + timedelta(hours=3))
        closed = holding.close_meeting(actor=cast.secretary, meeting=meeting)
        assert (closed.state, closed.closed_at) == (MeetingState.MINUTED, clock.now())
        assert marks(meeting) == {**dict.fromkeys(SIX, ("present", "")), "P07": ("absent", "")}
        assert verbs(meeting) == ["meetings.meeting.closed"]

    def test_marks_given_stay(self, cast: Cast, set_clock: Callable[[datetime], None]) -> None:
        meeting = factories.held(cast.world)
        mark(cast, meeting, "P07", "excused", "ốm")
        set_clock(factories.STARTS_AT + timedelta(hours=3))
        holding.close_meeting(actor=cast.secretary, meeting=meeting)
        assert marks(meeting)["P07"] == ("excused", "ốm")

    def test_not_before_it_opened(self, cast: Cast) -> None:
        meeting = factories.held(cast.world)
        with refused(DomainError, field="closed_at"):
            holding.close_meeting(actor=cast.secretary, meeting=meeting, at=meeting.opened_at)

    def test_not_at_a_time_to_come(self, cast: Cast, meeting: Meeting) -> None:
        later = factories.STARTS_AT + timedelta(hours=1)
        factories.present(meeting, cast.world, *SIX)
        with refused(DomainError, field="opened_at"):
            holding.open_meeting(actor=cast.secretary, meeting=meeting, at=later)
        running = factories.held(cast.world)
        with refused(DomainError, field="closed_at"):
            holding.close_meeting(actor=cast.secretary, meeting=running, at=later)

    @pytest.mark.parametrize("state", [MeetingState.PLANNED, MeetingState.INVITED, MeetingState.MINUTED])
    def test_only_one_that_is_running(self, cast: Cast, meeting: Meeting, state: str) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(state=state)
        with refused(DomainError):
            holding.close_meeting(actor=cast.secretary, meeting=meeting)
