"""Answers: by signed link once, in the app until the meeting, by the secretary for those who telephone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied

from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from meetings.choices import MeetingState
from meetings.models import Invitation, Meeting
from meetings.services import answering
from meetings.services.answering import AnswerInput
from meetings.services.links import invitation_of, token_for
from tests import factories as make
from tests.cast import Cast
from tests.ledger import entries, refused
from tests.meetings import factories

COMES = AnswerInput("accepted", "Đặng Hữu Phước", "Chủ tịch")
DECLINES = AnswerInput("declined", reason="Trùng lịch họp Chính phủ")
SUBSTITUTE = AnswerInput("substituted", "Lý Văn Sơn", "Phó Chủ tịch")


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return factories.meeting(cast.world)


@pytest.fixture
def invitation(cast: Cast, meeting: Meeting) -> Invitation:
    """The invitation of UBND."""
    return factories.invitation(meeting, cast.world["UBND"])


def answer_of(invitation: Invitation) -> dict[str, Any]:
    """What is stored of the answer."""
    names = ("answer", "channel", "attendee_name", "attendee_title", "declined_because", "answered_at")
    found: dict[str, Any] = Invitation.objects.values(*names).get(pk=invitation.pk)
    return found


class TestLinks:
    def test_a_link_names_its_invitation(self, invitation: Invitation) -> None:
        assert invitation_of(token_for(invitation)) == invitation

    def test_forged_and_broken_links_name_none(self, invitation: Invitation) -> None:
        token = token_for(invitation)
        content, _, signature = token.rpartition(":")
        swapped = "A" if signature[-1] != "A" else "B"
        for broken in (
            "", "x", token[:-1], token[: len(token) // 2], f"{token}x", f"{content}:{signature[:-1]}{swapped}",
            signing.dumps({"i": invitation.pk, "n": invitation.nonce}, salt="other"),
            signing.dumps({"i": invitation.pk, "n": invitation.nonce}, key="stolen", salt="meetings.invitation"),
            signing.dumps([invitation.pk], salt="meetings.invitation"),
        ):  # fmt: skip
            assert invitation_of(broken) is None

    def test_a_new_nonce_ends_the_old_link(self, invitation: Invitation) -> None:
        token = token_for(invitation)
        invitation.nonce = "another"
        invitation.save()
        assert invitation_of(token) is None

    def test_neither_a_plan_nor_one_left_out_has_a_link(self, invitation: Invitation) -> None:
        token = token_for(invitation)
        Invitation.objects.filter(pk=invitation.pk).update(is_left_out=True)
        assert invitation_of(token) is None
        Invitation.objects.filter(pk=invitation.pk).update(is_left_out=False, issued_at=None)
        assert invitation_of(token) is None


class TestByLink:
    def test_comes(self, invitation: Invitation) -> None:
        answering.answer_by_link(invitation=invitation, data=COMES)
        assert answer_of(invitation) == {
            "answer": "accepted", "channel": "link", "attendee_name": "Đặng Hữu Phước", "attendee_title": "Chủ tịch",
            "declined_because": "", "answered_at": factories.PLANNED_ON,
        }  # fmt: skip
        (entry,) = entries(invitation)
        assert (entry.verb, entry.actor, entry.actor_name) == (
            "meetings.invitation.answered", None, "Ủy ban nhân dân tỉnh Vĩnh Giang (qua đường dẫn)",
        )  # fmt: skip
        assert entry.changes == {
            "answer": ["", "accepted"], "attendee_name": ["", "Đặng Hữu Phước"], "attendee_title": ["", "Chủ tịch"],
        }  # fmt: skip

    def test_declines_with_a_reason(self, invitation: Invitation) -> None:
        answering.answer_by_link(invitation=invitation, data=DECLINES)
        stored = answer_of(invitation)
        assert (stored["answer"], stored["attendee_name"], stored["declined_because"]) == (
            "declined", "", "Trùng lịch họp Chính phủ",
        )  # fmt: skip

    def test_sends_a_substitute(self, invitation: Invitation) -> None:
        answering.answer_by_link(invitation=invitation, data=SUBSTITUTE)
        stored = answer_of(invitation)
        assert (stored["answer"], stored["attendee_name"], stored["attendee_title"]) == (
            "substituted", "Lý Văn Sơn", "Phó Chủ tịch",
        )  # fmt: skip

    def test_once_only(self, invitation: Invitation) -> None:
        answering.answer_by_link(invitation=invitation, data=COMES)
        with refused(DomainError) as caught:
            answering.answer_by_link(invitation=invitation, data=DECLINES)
        assert caught.value.message == (
            "Giấy mời này đã được trả lời. Muốn đổi, liên hệ thư ký theo số điện thoại trên giấy mời."
        )

    @pytest.mark.parametrize(
        ("minutes", "state"),
        [
            (-1, MeetingState.HELD),
            (0, MeetingState.INVITED),
            (60, MeetingState.INVITED),
            (900, MeetingState.MINUTED),
        ],
    )
    def test_not_once_it_has_begun(
        self,
        meeting: Meeting,
        invitation: Invitation,
        set_clock: Callable[[datetime], None],
        minutes: int,
        state: str,
    ) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(state=state)
        set_clock(factories.STARTS_AT + timedelta(minutes=minutes))
        with refused(DomainError) as caught:
            answering.answer_by_link(invitation=invitation, data=COMES)
        assert "đã bắt đầu lúc thứ Sáu, 26/06/2026, 07:30" in caught.value.message

    def test_until_a_minute_before(
        self, invitation: Invitation, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(factories.STARTS_AT - timedelta(minutes=1))
        answering.answer_by_link(invitation=invitation, data=COMES)
        assert answer_of(invitation)["answered_at"] == clock.now()

    def test_not_to_a_cancelled_meeting(self, meeting: Meeting, invitation: Invitation) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
        with refused(DomainError):
            answering.answer_by_link(invitation=invitation, data=COMES)

    def test_not_before_it_is_issued(self, invitation: Invitation) -> None:
        Invitation.objects.filter(pk=invitation.pk).update(issued_at=None)
        with refused(DomainError):
            answering.answer_by_link(invitation=invitation, data=COMES)

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            (AnswerInput(""), "answer"),
            (AnswerInput("maybe"), "answer"),
            (AnswerInput("declined"), "reason"),
            (AnswerInput("declined", reason=" \n\u200b"), "reason"),
            (AnswerInput("substituted", title="Phó Chủ tịch"), "name"),
            (AnswerInput("substituted", name="Lý Văn Sơn"), "title"),
        ],
    )
    def test_incomplete(self, invitation: Invitation, data: AnswerInput, field: str) -> None:
        with refused(DomainError, field=field):
            answering.answer_by_link(invitation=invitation, data=data)

    def test_text_is_composed_and_script_stays_text(self, invitation: Invitation) -> None:
        script = "<script>alert(1)</script>"
        decomposed = "L\u0079\u0301 Va\u0306n So\u031bn"
        answering.answer_by_link(invitation=invitation, data=AnswerInput("substituted", decomposed, script))
        stored = answer_of(invitation)
        assert (stored["attendee_name"], stored["attendee_title"]) == ("Lý Văn Sơn", script)

    def test_script_as_a_reason_stays_text(self, invitation: Invitation) -> None:
        script = "<script>alert(1)</script>"
        answering.answer_by_link(invitation=invitation, data=AnswerInput("declined", reason=script))
        assert answer_of(invitation)["declined_because"] == script

    def test_an_answer_longer_than_its_column_is_cut(self, invitation: Invitation) -> None:
        answering.answer_by_link(invitation=invitation, data=AnswerInput("substituted", "a" * 500, "b" * 500))
        stored = answer_of(invitation)
        assert (len(stored["attendee_name"]), len(stored["attendee_title"])) == (200, 200)


class TestSubstitutes:
    def test_who_already_comes_for_another_body(
        self, cast: Cast, meeting: Meeting, invitation: Invitation
    ) -> None:
        other = factories.invitation(meeting, cast.world["MTTQ"])
        answering.answer_by_link(invitation=other, data=SUBSTITUTE)
        with refused(DomainError, field="name") as caught:
            answering.answer_by_link(
                invitation=invitation, data=AnswerInput("substituted", "lý  văn SƠN", "Phó Chủ tịch")
            )
        assert "đã dự cuộc họp này với tư cách đại diện cơ quan khác" in caught.value.message

    def test_a_namesake_with_another_post_may_come(
        self, cast: Cast, meeting: Meeting, invitation: Invitation
    ) -> None:
        other = factories.invitation(meeting, cast.world["MTTQ"])
        answering.answer_by_link(invitation=other, data=SUBSTITUTE)
        answering.answer_by_link(
            invitation=invitation, data=AnswerInput("substituted", "Lý Văn Sơn", "Chánh Văn phòng")
        )
        assert answer_of(invitation)["answer"] == "substituted"

    def test_a_member_of_the_host(self, invitation: Invitation) -> None:
        with refused(DomainError, field="name") as caught:
            answering.answer_by_link(
                invitation=invitation, data=AnswerInput("substituted", "Trần Thị Hải Yến", "Phó Chủ tịch")
            )
        assert "đã được triệu tập" in caught.value.message

    def test_a_former_member_of_the_host(self, cast: Cast, invitation: Invitation) -> None:
        seat = factories.seat(cast.world, "P07")
        seat.valid_to = factories.STARTS_AT.date() - timedelta(days=1)
        seat.save()
        answering.answer_by_link(
            invitation=invitation, data=AnswerInput("substituted", "Bùi Đức Đại", "Trợ lý")
        )
        assert answer_of(invitation)["attendee_name"] == "Bùi Đức Đại"


class TestInTheApp:
    @pytest.mark.parametrize("person", ["secretary", "leader", "delegate", "agency", "outsider", "admin"])
    def test_others_may_not(self, cast: Cast, invitation: Invitation, person: str) -> None:
        with refused(PermissionDenied):
            answering.answer_in_app(actor=getattr(cast, person), invitation=invitation, data=COMES)

    def test_it_may_be_changed_until_the_meeting(
        self, cast: Cast, invitation: Invitation, set_clock: Callable[[datetime], None]
    ) -> None:
        answering.answer_in_app(actor=cast.partner, invitation=invitation, data=SUBSTITUTE)
        answering.answer_in_app(actor=cast.partner, invitation=invitation, data=DECLINES)
        stored = answer_of(invitation)
        assert (stored["answer"], stored["channel"], stored["attendee_name"], stored["attendee_title"]) == (
            "declined", "app", "", "",
        )  # fmt: skip
        assert [entry.actor for entry in entries(invitation)] == [cast.partner, cast.partner]
        assert entries(invitation)[-1].changes["answer"] == ["substituted", "declined"]
        set_clock(factories.STARTS_AT)
        with refused(DomainError):
            answering.answer_in_app(actor=cast.partner, invitation=invitation, data=COMES)

    def test_an_answer_by_link_may_be_changed_in_the_app(self, cast: Cast, invitation: Invitation) -> None:
        answering.answer_by_link(invitation=invitation, data=COMES)
        answering.answer_in_app(actor=cast.partner, invitation=invitation, data=DECLINES)
        assert (answer_of(invitation)["channel"], answer_of(invitation)["answer"]) == ("app", "declined")

    def test_another_commune_answers_for_itself(self, cast: Cast, meeting: Meeting) -> None:
        mine = factories.invitation(meeting, cast.world["X01-TT"])
        answering.answer_in_app(actor=cast.outsider, invitation=mine, data=AnswerInput("accepted"))
        assert answer_of(mine)["answer"] == "accepted"

    def test_the_person_who_comes_gives_the_name(self, cast: Cast, invitation: Invitation) -> None:
        data = AnswerInput("accepted", person=cast.world.people["P21"])
        answering.answer_in_app(actor=cast.partner, invitation=invitation, data=data)
        invitation.refresh_from_db()
        assert (invitation.attendee_name, invitation.person) == ("Đặng Hữu Phước", cast.world.people["P21"])


class TestByTheSecretary:
    def test_it_says_who_wrote_it_down(self, cast: Cast, invitation: Invitation) -> None:
        data = AnswerInput("accepted", "Đặng Hữu Phước", "Chủ tịch", answered_by="Văn thư, qua điện thoại")
        answering.answer_for(actor=cast.secretary, invitation=invitation, data=data)
        invitation.refresh_from_db()
        assert (invitation.channel, invitation.answered_by) == ("secretary", "Văn thư, qua điện thoại")
        assert entries(invitation)[0].actor == cast.secretary

    @pytest.mark.parametrize("person", ["leader", "delegate", "partner", "outsider"])
    def test_only_the_host_s(self, cast: Cast, invitation: Invitation, person: str) -> None:
        with refused(PermissionDenied):
            answering.answer_for(actor=getattr(cast, person), invitation=invitation, data=COMES)

    def test_a_secretary_of_another_council_too_has_no_part(self, cast: Cast, invitation: Invitation) -> None:
        stranger = make.user("binhkhe")
        make.role(stranger, "secretary", cast.world["T2-TT"])  # type: ignore[arg-type]
        with refused(PermissionDenied):
            answering.answer_for(actor=stranger, invitation=invitation, data=COMES)
