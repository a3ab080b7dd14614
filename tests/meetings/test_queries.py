"""Who sees which meetings, invitations and tasks; lists cost the same for one row and for thirty."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Document
from hdnd.lib import clock
from meetings import queries
from meetings.choices import MeetingState
from meetings.models import Conclusion, Invitation, Meeting
from meetings.queries.detail import answers_of, meeting_page
from meetings.queries.papers import agenda_of
from tests import factories as make
from tests.cast import PARTS, Cast
from tests.meetings import factories


def titles(found: Any) -> set[str]:
    return set(found.values_list("title", flat=True))


def who_sees(cast: Cast, meeting: Meeting) -> set[str]:
    """The parts whose list holds the meeting."""
    return {
        part for part in PARTS if queries.visible_meetings(getattr(cast, part)).filter(pk=meeting.pk).exists()
    }


class TestVisibleMeetings:
    def test_a_plan_is_the_office_s_own(self, cast: Cast) -> None:
        meeting = factories.meeting(cast.world, state=MeetingState.PLANNED)
        factories.invitation(meeting, cast.world["UBND"], issued_at=None)
        factories.invitation(meeting, cast.world["X01-TT"], issued_at=None)
        assert who_sees(cast, meeting) == {"secretary", "leader"}

    def test_once_issued_members_and_invited_see_it(self, cast: Cast) -> None:
        meeting = factories.meeting(cast.world)
        factories.invitation(meeting, cast.world["UBND"])
        factories.invitation(meeting, cast.world["X01-TT"])
        assert who_sees(cast, meeting) == {"secretary", "leader", "delegate", "partner", "outsider"}

    def test_a_body_left_out_does_not_see_it(self, cast: Cast) -> None:
        meeting = factories.meeting(cast.world)
        factories.invitation(meeting, cast.world["UBND"], is_left_out=True)
        assert who_sees(cast, meeting) == {"secretary", "leader", "delegate"}

    def test_a_department_is_not_its_committee(self, cast: Cast) -> None:
        meeting = factories.meeting(cast.world)
        factories.invitation(meeting, cast.world["SXD"])
        assert who_sees(cast, meeting) == {"secretary", "leader", "delegate", "agency"}

    def test_another_council_s_meeting_is_never_seen(self, cast: Cast) -> None:
        assert who_sees(cast, factories.meeting(cast.world, host="T2-TT")) == set()
        assert who_sees(cast, factories.meeting(cast.world, host="X01-TT")) == {"outsider"}

    def test_a_role_that_ended_shows_nothing(self, cast: Cast) -> None:
        cast.delegate.roles.update(valid_to=clock.today().replace(day=1))
        meeting = factories.meeting(cast.world)
        assert who_sees(cast, meeting) == {"secretary", "leader"}

    def test_without_signing_in_there_is_nothing(self, cast: Cast) -> None:
        factories.meeting(cast.world)
        nobody = AnonymousUser()
        assert list(queries.visible_meetings(nobody)) == []
        assert list(queries.visible_invitations(nobody)) == []
        assert list(queries.visible_tasks(nobody)) == []


class TestVisibleInvitations:
    def test_received_once_issued_and_sent_by_the_office(self, cast: Cast) -> None:
        meeting = factories.meeting(cast.world)
        issued = factories.invitation(meeting, cast.world["UBND"])
        planned = factories.invitation(meeting, cast.world["MTTQ"], issued_at=None)
        left_out = factories.invitation(meeting, cast.world["SXD"], is_left_out=True)
        assert {part: set(queries.visible_invitations(getattr(cast, part))) for part in PARTS} == {
            "secretary": {issued, planned}, "leader": {issued, planned}, "delegate": set(), "partner": {issued},
            "agency": set(), "outsider": set(), "admin": set(),
        }  # fmt: skip
        assert left_out.is_left_out


class TestVisibleTasks:
    def test_announced_to_the_assignee_and_always_to_the_host(self, cast: Cast) -> None:
        meeting = factories.closed(cast.world)
        issuer = factories.issuer(cast.world["TTHDND"])
        notice = Document.objects.create(
            issuer=issuer, organization=cast.world["TTHDND"], doc_type="TB", year=2026, number=1, symbol="01/TB-HĐND",
            series=issuer.series.get(),
            issued_on=clock.today(), subject="x", signer_name="x", signer_title="x", file="x", sha256="x",
        )  # fmt: skip
        told = Conclusion.objects.create(
            meeting=meeting, position=1, assignee=cast.world["UBND"], text="a", notice=notice
        )
        untold = Conclusion.objects.create(meeting=meeting, position=2, assignee=cast.world["SXD"], text="b")
        assert {part: set(queries.visible_tasks(getattr(cast, part))) for part in PARTS} == {
            "secretary": {told, untold}, "leader": {told, untold}, "delegate": {told, untold}, "partner": {told},
            "agency": set(), "outsider": set(), "admin": set(),
        }  # fmt: skip


class TestCost:
    @pytest.fixture
    def thirty(self, cast: Cast) -> Meeting:
        """Thirty meetings of which the first has thirty of everything."""
        rich = factories.meeting(cast.world, items=30, title="Nhiều")
        bodies = [cast.world["UBND"], *(make.organization() for _ in range(29))]
        for position, body in enumerate(bodies, start=1):
            factories.invitation(rich, body, answer="accepted" if position % 2 else "")
            Conclusion.objects.create(meeting=rich, position=position, assignee=body, text=f"Việc {position}")
        for item in rich.agenda.all():
            item.organizations.set(bodies[:3])
            item.areas.set(cast.world.areas.values())
        for _ in range(29):
            factories.meeting(cast.world)
        return rich

    def queries_of(self, found: Any, user: Any) -> int:
        user._access = None
        with CaptureQueriesContext(connection) as captured:
            for meeting in found(user):
                assert (meeting.host.name, meeting.host.family_root_id) != ("", 0)
        return len(captured)

    def test_the_list(self, cast: Cast, thirty: Meeting) -> None:
        thirty_cost = self.queries_of(queries.meeting_list, cast.secretary)
        Meeting.objects.exclude(pk=thirty.pk).delete()
        assert self.queries_of(queries.meeting_list, cast.secretary) == thirty_cost == 2

    def test_the_list_counts_answers(self, cast: Cast, thirty: Meeting) -> None:
        rows = [queries.meeting_list(who).get(pk=thirty.pk) for who in (cast.secretary, cast.partner)]
        bare = factories.meeting(cast.world)
        queries.count_answers([*rows[:1], bare])
        queries.count_answers(rows[1:])
        assert [(row.invited_count, row.answered_count) for row in (*rows, bare)] == [
            (30, 15),
            (30, 15),
            (0, 0),
        ]
        assert queries.meeting_list(cast.secretary).count() == 31

    def page_cost(self, user: Any, pk: int) -> int:
        user._access = None
        with CaptureQueriesContext(connection) as captured:
            meeting = meeting_page(user).get(pk=pk)
            agenda = agenda_of(user, meeting, counts=True)
            assert {len(line.item.areas) for line in agenda.lines} in ({0}, {4})
            answers = answers_of(user, meeting)
            assert (answers.invited, answers.answered) in {(30, 15), (1, 0)}
            assert (meeting.host.code, meeting.chair.code) == ("TTHDND", "P01")
        return len(captured)

    def test_the_page(self, cast: Cast, thirty: Meeting) -> None:
        poor = factories.meeting(cast.world, items=1)
        factories.invitation(poor, cast.world["UBND"])
        assert self.page_cost(cast.secretary, thirty.pk) == self.page_cost(cast.secretary, poor.pk) == 5

    def test_attendance_and_quorum(self, cast: Cast, thirty: Meeting) -> None:
        def cost(pk: int) -> int:
            meeting = Meeting.objects.select_related("host").get(pk=pk)
            with CaptureQueriesContext(connection) as captured:
                sheet = queries.attendance_sheet(meeting)
                assert [row.membership.person.full_name for row in sheet.members] != []
                assert all(row.invitation.organization.label for row in sheet.guests)
                assert queries.live_quorum(meeting, sheet).members == 7
            return len(captured)

        poor = factories.held(cast.world)
        assert cost(thirty.pk) == cost(poor.pk) == 5


def test_invitations_of_other_councils_stay_unseen(cast: Cast) -> None:
    theirs = factories.meeting(cast.world, host="T2-TT")
    factories.invitation(theirs, cast.world["X03-TT"])
    for part in PARTS:
        assert Invitation.objects.count() == 1
        assert list(queries.visible_invitations(getattr(cast, part))) == []
