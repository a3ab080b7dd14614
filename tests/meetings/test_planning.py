"""Planning: whom the clauses and the agenda bring in, and what a plan refuses."""

import unicodedata
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from coordination.models import Clause, Duty
from hdnd.lib import clock
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.outbox.models import Message
from meetings.choices import Basis, MeetingState
from meetings.models import Meeting
from meetings.services import planning
from meetings.services.planning import ItemInput
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


class TestPlan:
    def test_clauses_first_then_agenda_then_by_hand(self, cast: Cast, meeting: Meeting) -> None:
        planning.invite_by_hand(
            actor=cast.secretary, meeting=meeting, organization=cast.world["X01-UBND"], reason="Theo đề nghị"
        )
        assert invited(meeting) == [*PLANNED, ("X01-UBND", Basis.HAND, [])]

    def test_it_is_stored_and_audited_and_mails_nobody(self, cast: Cast, meeting: Meeting) -> None:
        assert meeting.state == MeetingState.PLANNED
        assert list(meeting.agenda.values_list("position", "title")) == [
            (1, "Báo cáo giải ngân vốn đầu tư công"), (2, "Giải trình về tiến độ giải ngân"),
            (3, "Dự thảo nghị quyết"), (4, "Kết luận"),
        ]  # fmt: skip
        assert verbs(meeting) == ["meetings.meeting.planned", "coordination.duties.raised"]
        assert {entry.actor for entry in entries(meeting)} == {cast.secretary}
        assert Message.objects.count() == 0

    def test_each_duty_has_its_day(self, meeting: Meeting) -> None:
        assert duties(meeting) == [
            ("D01", "TTHDND", "upcoming"), ("R09", "UBND", "upcoming"), ("R22", "X01-TT", "upcoming"),
            ("R22", "X03-TT", "upcoming"), ("R34", "MTTQ", "upcoming"),
        ]  # fmt: skip
        assert set(Duty.objects.of(meeting).filter(mode="invite").values_list("due_on", flat=True)) == {
            factories.DUE_ON
        }

    def test_reasons_say_why(self, meeting: Meeting) -> None:
        assert row_of(meeting, "UBND").reason == "Quy chế phối hợp 01/QC-HĐND-UBND, Điều 7: Nội dung R09."
        assert row_of(meeting, "UBND").role == "lãnh đạo"
        assert row_of(meeting, "SXD").reason == "Nội dung 1, 2 của chương trình"

    def test_the_host_s_own_organs_are_not_invited(self, meeting: Meeting) -> None:
        assert not meeting.invitations.filter(organization__code__in=["BPC", "HDND", "TTHDND"]).exists()

    def test_what_a_partner_owes_the_host_does_not_invite_the_host(
        self, cast: Cast, clauses: dict[str, Clause]
    ) -> None:
        factories.clause(clauses["R09"].regulation, "D02", mode="cooperate", owed_by="counterpart")
        meeting = planning.create_meeting(
            actor=cast.secretary, host=cast.world["TTHDND"], plan=factories.plan(cast.world)
        )
        assert invited(meeting) == PLANNED

    def test_a_body_that_ended_before_the_day_is_not_invited(
        self, cast: Cast, clauses: dict[str, Clause]
    ) -> None:
        cast.world["SXD"].valid_to = factories.STARTS_AT.date() - timedelta(days=1)
        cast.world["SXD"].save()
        meeting = planning.create_meeting(
            actor=cast.secretary, host=cast.world["TTHDND"], plan=factories.plan(cast.world)
        )
        assert [code for code, _, _ in invited(meeting)] == ["UBND", "X01-TT", "X03-TT", "MTTQ"]

    def test_a_clause_whose_party_does_not_exist_that_day_says_so(
        self, cast: Cast, clauses: dict[str, Clause]
    ) -> None:
        factories.clause(clauses["R09"].regulation, "R50", counterpart_kinds=["na_delegation"])
        meeting = planning.create_meeting(
            actor=cast.secretary, host=cast.world["TTHDND"], plan=factories.plan(cast.world)
        )
        duty = Duty.objects.of(meeting).get(clause__code="R50")
        assert (duty.creditor, str(duty.state_on(clock.today()))) == (None, "void")
        assert duty.void_reason == (
            "Quy chế phối hợp 01/QC-HĐND-UBND, Điều 7: không có Đoàn đại biểu Quốc hội nào thuộc diện này vào ngày "
            "26/06/2026."
        )
        assert invited(meeting) == PLANNED

    def test_decomposed_text_is_stored_composed(self, cast: Cast, clauses: dict[str, Clause]) -> None:
        def apart(text: str) -> str:
            return unicodedata.normalize("NFD", text)

        plan = factories.plan(
            cast.world, title=apart("Phiên họp thứ ba"), place=apart("Phòng họp"), secretary_name=apart("Mai Thế Anh"),
            agenda=(ItemInput(apart("Giải trình"), "report", apart("Giám đốc Sở")),),
        )  # fmt: skip
        meeting = planning.create_meeting(actor=cast.secretary, host=cast.world["TTHDND"], plan=plan)
        planning.invite_by_hand(
            actor=cast.secretary, meeting=meeting, organization=cast.world["SXD"], reason=apart("Đề nghị")
        )
        stored = Meeting.objects.get(pk=meeting.pk)
        item = stored.agenda.get()
        assert [stored.title, stored.place, stored.secretary_name, item.title, item.presenter] == [
            "Phiên họp thứ ba", "Phòng họp", "Mai Thế Anh", "Giải trình", "Giám đốc Sở",
        ]  # fmt: skip
        assert row_of(stored, "SXD").reason == "Đề nghị"

    def test_script_is_text(self, cast: Cast, clauses: dict[str, Clause]) -> None:
        script = "<script>alert(1)</script>"
        plan = factories.plan(cast.world, title=script, agenda=(ItemInput(script, "report"),))
        meeting = planning.create_meeting(actor=cast.secretary, host=cast.world["TTHDND"], plan=plan)
        assert (meeting.title, meeting.agenda.get().title) == (script, script)


class TestRefusedPlans:
    @pytest.mark.parametrize("person", ["leader", "delegate", "partner", "agency", "outsider", "admin"])
    def test_only_the_host_s_secretary_plans(self, cast: Cast, person: str) -> None:
        with refused(PermissionDenied):
            planning.create_meeting(
                actor=getattr(cast, person), host=cast.world["TTHDND"], plan=factories.plan(cast.world)
            )

    def test_a_meeting_in_the_past(self, cast: Cast) -> None:
        plan = factories.plan(cast.world, starts_at=factories.PLANNED_ON)
        with refused(DomainError, field="starts_at") as caught:
            planning.create_meeting(actor=cast.secretary, host=cast.world["TTHDND"], plan=plan)
        assert caught.value.message == (
            "Thời gian họp thứ Hai, 15/06/2026, 09:00 đã qua. Chọn thời gian sau hiện tại."
        )

    @pytest.mark.parametrize("minutes", [0, -30])
    def test_an_end_not_after_the_start(self, cast: Cast, minutes: int) -> None:
        plan = factories.plan(cast.world, ends_at=factories.STARTS_AT + timedelta(minutes=minutes))
        with refused(ValidationError) as caught:
            planning.create_meeting(actor=cast.secretary, host=cast.world["TTHDND"], plan=plan)
        assert list(caught.value.message_dict) == ["ends_at"]

    def test_answers_asked_for_after_the_start(self, cast: Cast) -> None:
        plan = factories.plan(cast.world, answer_by=factories.STARTS_AT)
        with refused(ValidationError) as caught:
            planning.create_meeting(actor=cast.secretary, host=cast.world["TTHDND"], plan=plan)
        assert list(caught.value.message_dict) == ["answer_by"]

    def test_a_host_that_does_not_exist_that_day(self, cast: Cast) -> None:
        host = cast.world["TTHDND"]
        host.valid_to = factories.STARTS_AT.date() - timedelta(days=1)
        host.save()
        with refused(DomainError, field="host") as caught:
            planning.create_meeting(actor=cast.secretary, host=host, plan=factories.plan(cast.world))
        assert caught.value.message == (
            "Thường trực HĐND tỉnh Vĩnh Giang không tồn tại vào ngày 26/06/2026. Chọn cơ quan khác hoặc ngày khác."
        )

    def test_no_title(self, cast: Cast) -> None:
        with refused(ValidationError) as caught:
            planning.create_meeting(
                actor=cast.secretary, host=cast.world["TTHDND"], plan=factories.plan(cast.world, title=" ")
            )
        assert list(caught.value.message_dict) == ["title"]

    def test_an_agenda_item_without_title_takes_the_whole_plan_back(self, cast: Cast) -> None:
        plan = factories.plan(cast.world, agenda=(ItemInput("Báo cáo", "report"), ItemInput("", "report")))
        with refused(ValidationError):
            planning.create_meeting(actor=cast.secretary, host=cast.world["TTHDND"], plan=plan)


class TestChanges:
    def test_another_day_moves_the_duties(self, cast: Cast, meeting: Meeting) -> None:
        later = datetime(2026, 7, 3, 7, 30, tzinfo=clock.VIETNAM)
        changed = planning.update_meeting(
            actor=cast.secretary, meeting=meeting, plan=factories.plan(cast.world, starts_at=later), version=1
        )
        assert (changed.version, changed.starts_at) == (2, later)
        assert entries(meeting)[-1].changes == {
            "starts_at": ["2026-06-26T00:30:00+00:00", "2026-07-03T07:30:00+07:00"]
        }
        due = set(Duty.objects.of(meeting).filter(mode="invite").values_list("due_on", "event_on"))
        assert due == {(datetime(2026, 6, 26).date(), later.date())}  # noqa: DTZ001

    def test_areas_of_the_whole_meeting_are_audited(self, cast: Cast, meeting: Meeting) -> None:
        planning.update_meeting(
            actor=cast.secretary, meeting=meeting, plan=factories.plan(cast.world, areas=(cast.world.areas["X01"],)),
            version=1,
        )  # fmt: skip
        assert entries(meeting)[-1].changes == {"areas": [[], ["phường Tân Hòa"]]}

    def test_nothing_changed_is_not_audited(self, cast: Cast, meeting: Meeting) -> None:
        before = verbs(meeting)
        apart = factories.plan(cast.world, title=unicodedata.normalize("NFD", factories.TITLE))
        planning.update_meeting(actor=cast.secretary, meeting=meeting, plan=apart, version=1)
        assert verbs(meeting) == before

    def test_a_stale_version_carries_the_stored_meeting(self, cast: Cast, meeting: Meeting) -> None:
        planning.update_meeting(
            actor=cast.secretary, meeting=meeting, plan=factories.plan(cast.world, place="Phòng 5"), version=1
        )
        with refused(StaleEdit) as caught:
            planning.update_meeting(
                actor=cast.secretary,
                meeting=meeting,
                plan=factories.plan(cast.world, place="Phòng 7"),
                version=1,
            )
        assert caught.value.stored.place == "Phòng 5"

    def test_a_new_day_in_the_past(self, cast: Cast, meeting: Meeting) -> None:
        plan = factories.plan(cast.world, starts_at=factories.PLANNED_ON - timedelta(days=1))
        with refused(DomainError, field="starts_at"):
            planning.update_meeting(actor=cast.secretary, meeting=meeting, plan=plan, version=1)

    def test_an_issued_plan_stands(self, cast: Cast, meeting: Meeting) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.INVITED)
        row = row_of(meeting, "SXD")
        item = meeting.agenda.first()
        assert item is not None
        data = ItemInput("Khác", "report")
        host, actor = cast.world["X01-UBND"], cast.secretary
        for change in (
            lambda: planning.update_meeting(
                actor=actor, meeting=meeting, plan=factories.plan(cast.world), version=1
            ),
            lambda: planning.add_item(actor=actor, meeting=meeting, item=data),
            lambda: planning.change_item(actor=actor, item=item, data=data),
            lambda: planning.remove_item(actor=actor, item=item),
            lambda: planning.order_items(actor=actor, meeting=meeting, order=[]),
            lambda: planning.invite_by_hand(actor=actor, meeting=meeting, organization=host),
            lambda: planning.leave_out(actor=actor, invitation=row, reason=REASON),
            lambda: planning.restore(actor=actor, invitation=row),
        ):
            with refused(DomainError) as caught:
                change()
            assert caught.value.message == "Giấy mời đã phát hành nên kế hoạch không sửa được nữa."
