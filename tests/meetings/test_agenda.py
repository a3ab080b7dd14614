"""Agenda and invited of a plan: what an item brings in, whom the secretary strikes out or adds."""

from datetime import datetime

import pytest

from coordination.models import Clause, Duty
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from meetings.models import AgendaItem, Meeting
from meetings.services import planning
from meetings.services.planning import ItemInput
from tests import factories as make
from tests.cast import Cast
from tests.ledger import entries, refused, verbs
from tests.meetings import factories
from tests.meetings.factories import REASON
from tests.meetings.reading import PLANNED, duties, invited, row_of


@pytest.fixture
def meeting(cast: Cast, clauses: dict[str, Clause]) -> Meeting:
    """The planned monthly meeting."""
    return planning.create_meeting(
        actor=cast.secretary, host=cast.world["TTHDND"], plan=factories.plan(cast.world)
    )


class TestAgenda:
    def test_an_item_comes_before_the_closing_conclusion(self, cast: Cast, meeting: Meeting) -> None:
        planning.add_item(actor=cast.secretary, meeting=meeting, item=ItemInput("Nhân sự", "personnel"))
        assert list(meeting.agenda.values_list("position", "title"))[3:] == [(4, "Nhân sự"), (5, "Kết luận")]
        assert verbs(meeting)[-1] == "meetings.agenda.added"

    def test_removing_the_explanation_voids_r22_and_removes_its_invitees(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        planning.remove_item(actor=cast.secretary, item=meeting.agenda.get(kind="explanation"))
        assert [code for code, _, _ in invited(meeting)] == ["UBND", "MTTQ", "SXD"]
        assert [row for row in duties(meeting) if row[0] == "R22"] == [
            ("R22", "X01-TT", "void"),
            ("R22", "X03-TT", "void"),
        ]
        assert row_of(meeting, "SXD").reason == "Nội dung 1 của chương trình"
        assert list(meeting.agenda.values_list("position", flat=True)) == [1, 2, 3]

    def test_putting_it_back_revives_them(self, cast: Cast, meeting: Meeting) -> None:
        planning.remove_item(actor=cast.secretary, item=meeting.agenda.get(kind="explanation"))
        planning.add_item(actor=cast.secretary, meeting=meeting, item=factories.agenda(cast.world)[1])
        assert [row for row in duties(meeting) if row[0] == "R22"] == [
            ("R22", "X01-TT", "upcoming"), ("R22", "X03-TT", "upcoming"),
        ]  # fmt: skip

    def test_a_body_left_out_is_asked_anew_when_its_item_returns(self, cast: Cast, meeting: Meeting) -> None:
        planning.leave_out(actor=cast.secretary, invitation=row_of(meeting, "X01-TT"), reason=REASON)
        planning.remove_item(actor=cast.secretary, item=meeting.agenda.get(kind="explanation"))
        assert [row for row in duties(meeting) if row[0] == "R22"] == [
            ("R22", "X01-TT", "void"),
            ("R22", "X03-TT", "void"),
        ]
        assert not meeting.invitations.filter(organization__code="X01-TT").exists()
        planning.add_item(actor=cast.secretary, meeting=meeting, item=factories.agenda(cast.world)[1])
        assert row_of(meeting, "X01-TT").is_left_out is False
        assert ("R22", "X01-TT", "upcoming") in duties(meeting)

    def test_changing_an_item_changes_who_is_concerned(self, cast: Cast, meeting: Meeting) -> None:
        item = meeting.agenda.get(kind="explanation")
        data = ItemInput("Giải trình", "explanation", areas=(cast.world.areas["X03"],))
        planning.change_item(actor=cast.secretary, item=item, data=data)
        assert [code for code, _, _ in invited(meeting)] == ["UBND", "X03-TT", "MTTQ", "SXD"]
        assert entries(meeting)[-1].changes == {"item": ["Giải trình về tiến độ giải ngân", "Giải trình"]}

    def test_a_new_order_renumbers_the_reasons_too(self, cast: Cast, meeting: Meeting) -> None:
        first, second, third, fourth = meeting.agenda.values_list("pk", flat=True)
        planning.order_items(actor=cast.secretary, meeting=meeting, order=[third, first, fourth, second])
        assert list(meeting.agenda.values_list("pk", "position")) == [
            (third, 1), (first, 2), (fourth, 3), (second, 4),
        ]  # fmt: skip
        assert row_of(meeting, "SXD").reason == "Nội dung 2, 4 của chương trình"

    def test_an_order_that_is_not_the_agenda(self, cast: Cast, meeting: Meeting) -> None:
        first, second, third, fourth = meeting.agenda.values_list("pk", flat=True)
        for order in (
            [first, second, third],
            [first, second, third, third],
            [first, second, third, fourth, 0],
        ):
            with refused(DomainError):
                planning.order_items(actor=cast.secretary, meeting=meeting, order=order)

    def test_an_item_read_before_it_moved_is_changed_where_it_stands(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        read_before = meeting.agenda.get(position=1)
        first, second, third, fourth = meeting.agenda.values_list("pk", flat=True)
        planning.order_items(actor=cast.secretary, meeting=meeting, order=[second, first, third, fourth])
        planning.change_item(actor=cast.secretary, item=read_before, data=ItemInput("Báo cáo khác", "report"))
        assert list(meeting.agenda.values_list("position", "title"))[1] == (2, "Báo cáo khác")

    def test_an_item_someone_removed_does_not_come_back(self, cast: Cast, meeting: Meeting) -> None:
        gone = meeting.agenda.get(position=1)
        planning.remove_item(actor=cast.secretary, item=AgendaItem.objects.get(pk=gone.pk))
        with refused(DomainError):
            planning.change_item(actor=cast.secretary, item=gone, data=ItemInput("Báo cáo", "report"))


class TestLeavingOut:
    @pytest.mark.parametrize("reason", ["", "  \n", "bận"])
    def test_a_body_named_by_a_clause_needs_a_reason(self, cast: Cast, meeting: Meeting, reason: str) -> None:
        with refused(DomainError, field="reason"):
            planning.leave_out(actor=cast.secretary, invitation=row_of(meeting, "MTTQ"), reason=reason)

    def test_with_a_reason_the_duty_is_waived_not_met(self, cast: Cast, meeting: Meeting) -> None:
        planning.leave_out(actor=cast.secretary, invitation=row_of(meeting, "MTTQ"), reason=REASON)
        assert ("R34", "MTTQ", "waived") in duties(meeting)
        assert row_of(meeting, "MTTQ").is_left_out is True
        duty = Duty.objects.of(meeting).get(clause__code="R34")
        assert (duty.waived_reason, duty.settled_on, verbs(duty)) == (
            REASON,
            None,
            ["coordination.duty.waived"],
        )
        assert entries(meeting)[-1].changes == {
            "organization": "Ban Thường trực Ủy ban MTTQ tỉnh",
            "reason": REASON,
        }

    def test_it_can_be_taken_back(self, cast: Cast, meeting: Meeting) -> None:
        planning.leave_out(actor=cast.secretary, invitation=row_of(meeting, "MTTQ"), reason=REASON)
        planning.restore(actor=cast.secretary, invitation=row_of(meeting, "MTTQ"))
        assert ("R34", "MTTQ", "upcoming") in duties(meeting)
        assert invited(meeting) == PLANNED

    def test_a_duty_restored_after_the_meeting_moved_has_the_new_day(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        planning.leave_out(actor=cast.secretary, invitation=row_of(meeting, "MTTQ"), reason=REASON)
        later = datetime(2026, 7, 3, 7, 30, tzinfo=clock.VIETNAM)
        planning.update_meeting(
            actor=cast.secretary, meeting=meeting, plan=factories.plan(cast.world, starts_at=later), version=1
        )
        planning.restore(actor=cast.secretary, invitation=row_of(meeting, "MTTQ"))
        assert Duty.objects.of(meeting).get(clause__code="R34").event_on == later.date()

    def test_a_body_the_agenda_concerns_needs_no_reason(self, cast: Cast, meeting: Meeting) -> None:
        planning.leave_out(actor=cast.secretary, invitation=row_of(meeting, "SXD"))
        assert [code for code, _, _ in invited(meeting)] == ["UBND", "X01-TT", "X03-TT", "MTTQ"]
        assert verbs(meeting)[-1] == "meetings.invitee.left_out"

    def test_it_stays_left_out_when_the_plan_changes(self, cast: Cast, meeting: Meeting) -> None:
        planning.leave_out(actor=cast.secretary, invitation=row_of(meeting, "MTTQ"), reason=REASON)
        planning.add_item(actor=cast.secretary, meeting=meeting, item=ItemInput("Nhân sự", "personnel"))
        assert row_of(meeting, "MTTQ").is_left_out is True
        assert ("R34", "MTTQ", "waived") in duties(meeting)

    def test_one_added_by_hand_just_goes(self, cast: Cast, meeting: Meeting) -> None:
        added = planning.invite_by_hand(
            actor=cast.secretary, meeting=meeting, organization=cast.world["X01-UBND"]
        )
        planning.leave_out(actor=cast.secretary, invitation=added)
        assert invited(meeting) == PLANNED
        assert verbs(meeting)[-2:] == ["meetings.invitee.added", "meetings.invitee.removed"]


class TestByHand:
    def test_a_body_already_invited(self, cast: Cast, meeting: Meeting) -> None:
        with refused(DomainError, field="organization"):
            planning.invite_by_hand(actor=cast.secretary, meeting=meeting, organization=cast.world["UBND"])

    def test_the_host_itself(self, cast: Cast, meeting: Meeting) -> None:
        with refused(DomainError, field="organization"):
            planning.invite_by_hand(actor=cast.secretary, meeting=meeting, organization=cast.world["TTHDND"])

    def test_a_body_that_does_not_exist_that_day(self, cast: Cast, meeting: Meeting) -> None:
        ended = make.organization("CU", valid_to=factories.PLANNED_ON.date())
        with refused(DomainError, field="organization"):
            planning.invite_by_hand(actor=cast.secretary, meeting=meeting, organization=ended)

    def test_one_left_out_comes_back(self, cast: Cast, meeting: Meeting) -> None:
        planning.leave_out(actor=cast.secretary, invitation=row_of(meeting, "MTTQ"), reason=REASON)
        planning.invite_by_hand(actor=cast.secretary, meeting=meeting, organization=cast.world["MTTQ"])
        assert invited(meeting) == PLANNED

    def test_it_stays_when_the_agenda_changes(self, cast: Cast, meeting: Meeting) -> None:
        planning.invite_by_hand(actor=cast.secretary, meeting=meeting, organization=cast.world["X01-UBND"])
        planning.remove_item(actor=cast.secretary, item=meeting.agenda.get(kind="explanation"))
        assert [code for code, _, _ in invited(meeting)] == ["UBND", "MTTQ", "SXD", "X01-UBND"]
