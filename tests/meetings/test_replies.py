"""Every answer is kept, the last stands; a body sends several people; members say in advance whether they come."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from meetings import papers
from meetings.choices import MeetingState
from meetings.law import quorum as law
from meetings.models import Invitation, InvitationReply, Meeting, MemberReply
from meetings.queries import invitation_list, visible_meetings
from meetings.queries.replies import outlook_of, seat_list
from meetings.services import answering
from meetings.services.answering import AnswerInput, Attendee
from meetings.services.members import reply_as_member
from tests import factories as make
from tests.cast import Cast
from tests.ledger import entries, refused, verbs
from tests.meetings import factories

TWO = AnswerInput(
    "accepted", "Đặng Hữu Phước", "Chủ tịch", phone="0912 000 111", has_meal=True,
    others=(Attendee("Lý Văn Sơn", "Chánh Văn phòng", "0912 000 222", True), Attendee("Cao Thị Nga", "Chuyên viên")),
    answered_by="Cao Thị Nga, văn thư", channel="zalo", given_at=factories.PLANNED_ON + timedelta(hours=1),
    note="Nhắn nhóm Zalo của văn phòng",
)  # fmt: skip


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return factories.meeting(cast.world)


@pytest.fixture
def invitation(cast: Cast, meeting: Meeting) -> Invitation:
    """The invitation of UBND, issued on the planning day."""
    return factories.invitation(meeting, cast.world["UBND"])


@pytest.fixture
def later(set_clock: Callable[[datetime], None]) -> datetime:
    """Three hours after the invitation went out."""
    moment = factories.PLANNED_ON + timedelta(hours=3)
    set_clock(moment)
    return moment


def kept(invitation: Invitation) -> list[tuple[Any, ...]]:
    """Answer, way, who said it and who comes, of each answer."""
    return [
        (row.answer, row.channel, row.answered_by, [str(one) for one in row.people.all()])
        for row in invitation.replies.all()
    ]


class TestRecordedByTheSecretary:
    def test_who_how_when_and_with_whom(self, cast: Cast, invitation: Invitation, later: datetime) -> None:
        answering.answer_for(actor=cast.secretary, invitation=invitation, data=TWO)
        reply = InvitationReply.objects.get()
        assert (reply.channel, reply.answered_by, reply.given_at, reply.recorded_at, reply.recorded_by, reply.note) == (
            "zalo", "Cao Thị Nga, văn thư", TWO.given_at, later, cast.secretary, "Nhắn nhóm Zalo của văn phòng",
        )  # fmt: skip
        assert [
            (one.position, one.name, one.title, one.phone, one.has_meal) for one in reply.people.all()
        ] == [
            (1, "Đặng Hữu Phước", "Chủ tịch", "0912 000 111", True),
            (2, "Lý Văn Sơn", "Chánh Văn phòng", "0912 000 222", True),
            (3, "Cao Thị Nga", "Chuyên viên", "", False),
        ]
        invitation.refresh_from_db()
        assert (invitation.answer, invitation.channel, invitation.answered_at, invitation.attendee_name) == (
            "accepted", "zalo", TWO.given_at, "Đặng Hữu Phước",
        )  # fmt: skip
        (entry,) = entries(invitation)
        assert (entry.actor, entry.verb) == (cast.secretary, "meetings.invitation.answered")
        assert entry.changes["people"] == [
            "Đặng Hữu Phước, Chủ tịch", "Lý Văn Sơn, Chánh Văn phòng", "Cao Thị Nga, Chuyên viên",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"channel": "app"}, "channel"),
            ({"channel": "link"}, "channel"),
            ({"channel": "fax"}, "channel"),
            ({"given_at": factories.PLANNED_ON + timedelta(hours=3, minutes=1)}, "given_at"),
            ({"given_at": factories.PLANNED_ON - timedelta(minutes=1)}, "given_at"),
            ({"others": (Attendee("ĐẶNG hữu phước", "Chủ tịch"),)}, "name"),
            ({"others": tuple(Attendee(f"Người {n}") for n in range(20))}, "name"),
        ],
    )
    def test_refused(
        self, cast: Cast, invitation: Invitation, later: datetime, changes: dict[str, Any], field: str
    ) -> None:
        data = AnswerInput(**{**vars(TWO), **changes})
        with refused(DomainError, field=field):
            answering.answer_for(actor=cast.secretary, invitation=invitation, data=data)

    def test_told_in_the_minute_it_was_issued(
        self, cast: Cast, invitation: Invitation, later: datetime
    ) -> None:
        Invitation.objects.update(issued_at=factories.PLANNED_ON.replace(second=40))
        data = AnswerInput("accepted", channel="phone", given_at=factories.PLANNED_ON)
        answering.answer_for(actor=cast.secretary, invitation=invitation, data=data)
        assert InvitationReply.objects.get().given_at == factories.PLANNED_ON


class TestTwoAnswers:
    def test_both_are_kept_and_the_later_recorded_stands(
        self, cast: Cast, invitation: Invitation, later: datetime
    ) -> None:
        answering.answer_by_link(
            invitation=invitation, data=AnswerInput("accepted", "Đặng Hữu Phước", answered_by="Văn thư")
        )
        told = AnswerInput(
            "declined", reason="Đi công tác", answered_by="Chánh Văn phòng", channel="phone",
            given_at=factories.PLANNED_ON + timedelta(hours=1),
        )  # fmt: skip
        answering.answer_for(actor=cast.secretary, invitation=invitation, data=told)
        assert kept(invitation) == [
            ("accepted", "link", "Văn thư", ["Đặng Hữu Phước"]), ("declined", "phone", "Chánh Văn phòng", []),
        ]  # fmt: skip
        invitation.refresh_from_db()
        assert (invitation.answer, invitation.attendee_name, invitation.declined_because) == (
            "declined", "", "Đi công tác",
        )  # fmt: skip
        assert invitation.standing.channel == "phone"

    def test_a_used_link_stays_used(self, cast: Cast, invitation: Invitation) -> None:
        data = AnswerInput("accepted", channel="phone")
        answering.answer_for(actor=cast.secretary, invitation=invitation, data=data)
        with refused(DomainError):
            answering.answer_by_link(invitation=invitation, data=AnswerInput("accepted"))

    def test_an_answer_asked_for_again_no_longer_stands(self, cast: Cast, invitation: Invitation) -> None:
        answering.answer_in_app(actor=cast.partner, invitation=invitation, data=AnswerInput("accepted", "Ai"))
        Invitation.objects.update(answer="")
        invitation.refresh_from_db()
        assert (invitation.standing, list(InvitationReply.objects.standing())) == (None, [])

    def test_a_companion_may_not_come_for_two_bodies(
        self, cast: Cast, meeting: Meeting, invitation: Invitation
    ) -> None:
        answering.answer_by_link(
            invitation=invitation,
            data=AnswerInput("accepted", "Đặng Hữu Phước", others=(Attendee("Lý Văn Sơn", "Trưởng phòng"),)),
        )
        other = factories.invitation(meeting, cast.world["MTTQ"])
        with refused(DomainError, field="name"):
            answering.answer_by_link(
                invitation=other, data=AnswerInput("substituted", "Lý Văn Sơn", "Trưởng phòng")
            )


class TestAssigned:
    @pytest.fixture
    def person(self, cast: Cast) -> Any:
        """The chair of UBND with an address and an account of his own, without a role."""
        person = cast.world.people["P21"]
        person.email = "phuoc@ubnd.test"
        person.save()
        return make.user("phuoc", person=person)

    def data(self, cast: Cast) -> AnswerInput:
        return AnswerInput("accepted", title="Chủ tịch", person=cast.world.people["P21"])

    def test_gets_a_mail_with_the_calendar_once(
        self, cast: Cast, invitation: Invitation, person: Any
    ) -> None:
        answering.answer_in_app(actor=cast.partner, invitation=invitation, data=self.data(cast))
        answering.answer_in_app(actor=cast.partner, invitation=invitation, data=self.data(cast))
        message = Message.objects.get()
        assert (message.to, message.subject, message.from_name) == (
            "phuoc@ubnd.test", f"Cử dự: {factories.TITLE}", "Ủy ban nhân dân tỉnh Vĩnh Giang",
        )  # fmt: skip
        assert [one["type"] for one in message.attachments] == ["text/calendar; method=REQUEST"]
        assert f"/cuoc-hop/{invitation.meeting_id}/" in message.text

    def test_is_told_when_no_longer_sent_and_again_when_sent_again(
        self, cast: Cast, invitation: Invitation, person: Any
    ) -> None:
        for data in (self.data(cast), AnswerInput("accepted", "Lý Văn Sơn"), self.data(cast)):
            answering.answer_in_app(actor=cast.partner, invitation=invitation, data=data)
        assert [message.subject for message in Message.objects.order_by("pk")] == [
            f"Cử dự: {factories.TITLE}", f"Không cử dự nữa: {factories.TITLE}", f"Cử dự: {factories.TITLE}",
        ]  # fmt: skip

    def test_the_secretary_who_notes_a_call_sends_nobody_mail(
        self, cast: Cast, invitation: Invitation, person: Any
    ) -> None:
        answering.answer_for(actor=cast.secretary, invitation=invitation, data=self.data(cast))
        assert Message.objects.count() == 0

    def test_sees_the_meeting_while_assigned(
        self, cast: Cast, meeting: Meeting, invitation: Invitation, person: Any
    ) -> None:
        assert list(visible_meetings(person)) == []
        answering.answer_in_app(actor=cast.partner, invitation=invitation, data=self.data(cast))
        assert (list(visible_meetings(person)), list(invitation_list(person))) == ([meeting], [invitation])
        answering.answer_in_app(
            actor=cast.partner, invitation=invitation, data=AnswerInput("declined", reason="Bận")
        )
        assert (list(visible_meetings(person)), list(invitation_list(person))) == ([], [])


class TestMembers:
    def reply(self, cast: Cast, meeting: Meeting, code: str, **values: Any) -> MemberReply:
        values = {"actor": cast.secretary, "comes": True, "channel": "phone", **values}
        return reply_as_member(meeting=meeting, membership=factories.seat(cast.world, code), **values)

    def test_the_member_says_so_in_the_app(self, cast: Cast, meeting: Meeting) -> None:
        self.reply(cast, meeting, "P01", actor=cast.leader, has_meal=True)
        self.reply(cast, meeting, "P01", actor=cast.leader, comes=False, reason="Đi Hà Nội", has_meal=True)
        row = MemberReply.objects.get()
        assert (row.comes, row.reason, row.has_meal, row.channel) == (False, "Đi Hà Nội", False, "app")
        assert [entry.changes["reply"] for entry in entries(meeting)] == [
            ["", "dự"], ["dự", "vắng: Đi Hà Nội"],
        ]  # fmt: skip
        assert verbs(meeting) == ["meetings.member.replied"] * 2

    @pytest.mark.parametrize("person", ["delegate", "partner", "outsider", "admin"])
    def test_others_may_not(self, cast: Cast, meeting: Meeting, person: str) -> None:
        with refused(PermissionDenied):
            self.reply(cast, meeting, "P02", actor=getattr(cast, person))

    def test_absent_needs_a_reason(self, cast: Cast, meeting: Meeting) -> None:
        with refused(DomainError, field="reason"):
            self.reply(cast, meeting, "P02", comes=False, reason=" ")

    def test_of_the_host_only(self, cast: Cast, meeting: Meeting) -> None:
        with refused(DomainError):
            reply_as_member(
                actor=cast.secretary, meeting=meeting, membership=factories.seat(cast.world, "P08", "HDND"),
                comes=True, channel="phone",
            )  # fmt: skip

    @pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.HELD])
    def test_before_the_meeting_only(self, cast: Cast, meeting: Meeting, state: str) -> None:
        Meeting.objects.update(state=state)
        with refused(DomainError):
            self.reply(cast, meeting, "P02")

    def test_the_outlook_counts_yes_no_and_silence(self, cast: Cast, meeting: Meeting) -> None:
        for code in ("P01", "P02", "P03"):
            self.reply(cast, meeting, code)
        self.reply(cast, meeting, "P04", comes=False, reason="Ốm")
        cast_ = outlook_of(meeting).forecast
        assert (cast_.members, cast_.coming, cast_.absent, cast_.silent, cast_.required) == (7, 3, 1, 3, 5)


@pytest.mark.parametrize(
    ("members", "coming", "absent", "met", "lost"),
    [
        (7, 5, 2, True, False),
        (7, 4, 2, False, False),
        (7, 4, 3, False, True),
        (6, 4, 2, True, False),
        (0, 0, 0, False, True),
        (62, 41, 0, False, False),
        (62, 42, 20, True, False),
        (62, 41, 21, False, True),
    ],
)
def test_the_law_of_the_forecast(members: int, coming: int, absent: int, met: bool, lost: bool) -> None:
    found = law.forecast(members, coming, absent)
    assert (found.met, found.lost) == (met, lost)


def test_no_more_answers_than_members() -> None:
    with pytest.raises(ValueError, match="4 answers of 3 members"):
        law.forecast(3, 2, 2)


class TestSeats:
    @pytest.fixture
    def answered(self, cast: Cast, meeting: Meeting, invitation: Invitation, later: datetime) -> Meeting:
        """UBND sends three, MTTQ declines, SXD says yes without a name, X01-TT is silent; P07 is away."""
        answering.answer_for(actor=cast.secretary, invitation=invitation, data=TWO)
        for code, data in (
            ("MTTQ", AnswerInput("declined", reason="Bận")),
            ("SXD", AnswerInput("accepted")),
            ("X01-TT", None),
        ):
            row = factories.invitation(meeting, cast.world[code])
            if data:
                answering.answer_for(actor=cast.secretary, invitation=row, data=data)
        for code, comes in (("P01", True), ("P07", False)):
            reply_as_member(
                actor=cast.secretary, meeting=meeting, membership=factories.seat(cast.world, code), comes=comes,
                reason="Ốm", has_meal=True, channel="phone",
            )  # fmt: skip
        return meeting

    def test_by_protocol_with_meals(self, answered: Meeting) -> None:
        found = seat_list(answered)
        assert [(seat.name, seat.said) for seat in found.members] == [
            ("Nguyễn Đình Lâm", True), ("Lê Quang Vịnh", False), ("Trần Thị Hải Yến", False),
            ("Đỗ Thị Thu Hiền", False), ("Phạm Văn Khải", False), ("Hoàng Minh Tuấn", False),
        ]  # fmt: skip
        assert [(seat.name, seat.body) for seat in found.guests] == [
            ("Đặng Hữu Phước", "Ủy ban nhân dân tỉnh Vĩnh Giang"),
            ("Lý Văn Sơn", "Ủy ban nhân dân tỉnh Vĩnh Giang"),
            ("Cao Thị Nga", "Ủy ban nhân dân tỉnh Vĩnh Giang"),
            ("", "Sở Xây dựng"),
        ]
        assert (found.seats, found.meals) == (10, 3)
        assert [row.organization.code for row in found.silent] == ["X01-TT"]

    def test_on_paper(self, office: Cast, answered: Meeting, blank_papers: list[Any]) -> None:
        papers.seats_pdf(answered, office.world["TTHDND"].issuer)
        (paper,) = blank_papers
        tables = [block for block in paper.blocks if hasattr(block, "rows")]
        assert [len(table.rows) for table in tables] == [6, 4]
        assert tables[1].rows[1] == (
            "8", "Lý Văn Sơn", "Chánh Văn phòng, Ủy ban nhân dân tỉnh Vĩnh Giang", "0912 000 222", "x",
        )  # fmt: skip

    def test_everyone_sent_has_a_line_on_the_sheet_to_sign(
        self, office: Cast, answered: Meeting, blank_papers: list[Any]
    ) -> None:
        papers.signin_pdf(answered, office.world["TTHDND"].issuer)
        names = [row[1] for block in blank_papers[0].blocks if hasattr(block, "rows") for row in block.rows]
        assert [name for name in names if name in {"Lý Văn Sơn", "Cao Thị Nga"}] == [
            "Lý Văn Sơn",
            "Cao Thị Nga",
        ]


def test_answers_given_before_become_the_first_reply(cast: Cast, invitation: Invitation) -> None:
    """What the migration does with the answers it finds."""
    from importlib import import_module

    from django.apps import apps

    Invitation.objects.update(
        answer="accepted", channel="secretary", answered_by="Văn thư", answered_at=factories.PLANNED_ON,
        attendee_name="Đặng Hữu Phước", attendee_title="Chủ tịch",
    )  # fmt: skip
    import_module("meetings.migrations.0003_answers").keep_given_answers(apps, None)
    assert kept(invitation) == [("accepted", "secretary", "Văn thư", ["Đặng Hữu Phước, Chủ tịch"])]
    invitation.refresh_from_db()
    assert invitation.standing.given_at == factories.PLANNED_ON
