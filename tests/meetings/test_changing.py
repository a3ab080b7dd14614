"""Moving, changing the agenda, postponing, cancelling: a numbered notice to those it concerns, entries that follow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from coordination.models import Clause, Duty
from documents.models import Document
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.outbox.models import Message
from meetings.choices import MeetingState
from meetings.models import Invitation, Meeting, MeetingChange
from meetings.services import answering, changing, inviting, planning
from meetings.services.links import invitation_of, token_for
from tests import factories as make
from tests.cast import Cast
from tests.ledger import everything, refused, verbs
from tests.meetings import factories
from tests.meetings.factories import STARTS_AT

REASON = "Chủ trì đi công tác theo triệu tập của Chính phủ"
NEW_TIME = datetime(2026, 6, 29, 14, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def meeting(office: Cast, clauses: dict[str, Clause], blank_papers: list[Any]) -> Meeting:
    """Issued to UBND, MTTQ (whole meeting), SXD, X01-TT, X03-TT (their items); UBND accepted, X01-TT declined."""
    make.contact(office.world["SXD"], "vanthu@sxd.test")
    made = planning.create_meeting(
        actor=office.secretary, host=office.world["TTHDND"], plan=factories.plan(office.world)
    )
    inviting.issue_invitations(actor=office.secretary, meeting=made)
    made.refresh_from_db()
    given = {"UBND": answering.AnswerInput("accepted", name="Lê Văn Cường"), "X01-TT": answering.AnswerInput("declined", reason="Trùng lịch")}  # fmt: skip
    for code, data in given.items():
        answering.answer_for(actor=office.secretary, invitation=row(made, code), data=data)
    Message.objects.all().delete()
    return made


def row(meeting: Meeting, code: str) -> Invitation:
    return meeting.invitations.get(organization__code=code)


def as_it_is(meeting: Meeting, **values: Any) -> changing.ChangeInput:
    """The meeting as it stands, but for what is named."""
    stored = {name: getattr(meeting, name) for name in changing.MOVED_FIELDS}
    return changing.ChangeInput(**{**stored, "reason": REASON, **values})


def items(meeting: Meeting) -> list[tuple[int | None, planning.ItemInput]]:
    return [
        (
            item.pk,
            planning.ItemInput(
                item.title, item.kind, item.presenter, item.minutes,
                tuple(item.areas.all()), tuple(item.organizations.all()),
            ),
        )
        for item in meeting.agenda.order_by("position")
    ]  # fmt: skip


def change(cast: Cast, meeting: Meeting, **values: Any) -> changing.Changed:
    return changing.change_meeting(
        actor=cast.secretary, meeting=meeting, data=as_it_is(meeting, **values), version=meeting.version
    )


def told() -> list[str]:
    """Every address that was written to."""
    return sorted(Message.objects.values_list("to", flat=True))


def entry_of(message: Message) -> tuple[str, Any]:
    """The method and the event of the calendar file of a mail."""
    (stored,) = [item["file"] for item in message.attachments if item["name"] == "cuoc-hop.ics"]
    calendar = Calendar.from_ical(files.read(stored))
    return str(calendar["method"]), next(iter(calendar.walk("VEVENT")))


EVERYONE = ["p01@hdnd.test", "p02@hdnd.test", "tanhoa@hdnd.test", "thuky@ubnd.test", "vanthu@sxd.test", "vanthu@ubnd.test"]  # fmt: skip


class TestMoved:
    def test_a_numbered_notice_names_the_invitation_and_both_times(
        self, office: Cast, meeting: Meeting, blank_papers: list[Any]
    ) -> None:
        changed = change(office, meeting, starts_at=NEW_TIME, place="Hội trường UBND tỉnh")
        document = changed.change.document
        assert (document.symbol, document.subject) == (
            "01/TB-HĐND", "Thay đổi thời gian, địa điểm Phiên họp thứ 3 Thường trực HĐND tỉnh",
        )  # fmt: skip
        text = " ".join(run.text for block in blank_papers[-1].blocks for run in getattr(block, "runs", ()))
        for part in (
            "Giấy mời số 31/GM-HĐND ngày 15/6/2026", "chủ trì đi công tác", "14 giờ 00 phút, thứ Hai, ngày 29 tháng 6 năm 2026",
            "thay cho: 07 giờ 30 phút, thứ Sáu, ngày 26 tháng 6 năm 2026", "Hội trường UBND tỉnh (thay cho: Phòng họp số 2)",
        ):  # fmt: skip
            assert part in text

    def test_everyone_hears_once_with_the_same_entry_moved(self, office: Cast, meeting: Meeting) -> None:
        before = meeting.version
        changed = change(office, meeting, starts_at=NEW_TIME)
        assert told() == EVERYONE
        assert [body.code for body in changed.unreachable] == ["MTTQ", "X03-TT"]
        for message in Message.objects.all():
            method, event = entry_of(message)
            assert (method, event["sequence"], clock.local(event.decoded("dtstart"))) == (
                "REQUEST",
                before,
                NEW_TIME,
            )
            assert event["uid"] == f"cuoc-hop-{meeting.pk}@hdnd.test"

    def test_answers_for_the_old_time_are_asked_again(self, office: Cast, meeting: Meeting) -> None:
        old = {code: token_for(row(meeting, code)) for code in ("UBND", "X01-TT")}
        change(office, meeting, starts_at=NEW_TIME)
        assert set(meeting.invitations.values_list("answer", "attendee_name", "declined_because")) == {
            ("", "", "")
        }
        assert [invitation_of(token) for token in old.values()] == [None, None]
        (mail,) = Message.objects.filter(to="tanhoa@hdnd.test")
        link = next(line for line in mail.text.splitlines() if "/tra-loi/" in line)
        assert "không còn hiệu lực" in mail.text
        again = invitation_of(link.rstrip("/").rpartition("/")[2])
        assert again == row(meeting, "X01-TT")
        answering.answer_by_link(invitation=again, data=answering.AnswerInput("accepted", name="Đỗ Hòa"))
        assert row(meeting, "X01-TT").answer == "accepted"

    def test_another_room_keeps_the_answers(self, office: Cast, meeting: Meeting) -> None:
        changed = change(office, meeting, place="Hội trường")
        assert not changed.audience.asks_again
        assert (row(meeting, "UBND").answer, row(meeting, "X01-TT").answer) == ("accepted", "declined")
        linked = {mail.to for mail in Message.objects.all() if "/tra-loi/" in mail.text}
        assert linked == {"vanthu@sxd.test"}  # only who has not answered is asked
        assert told() == EVERYONE

    def test_open_duties_move_and_settled_ones_stay_met(self, office: Cast, meeting: Meeting) -> None:
        change(office, meeting, starts_at=NEW_TIME)
        days = dict(Duty.objects.of(meeting).values_list("clause__code", "event_on"))
        assert days["D01"] == date(2026, 6, 29)  # UBND still has to attend
        notice = Duty.objects.of(meeting).get(clause__code="R09")
        assert notice.state_on(date(2026, 6, 29)) == "met"

    def test_the_change_and_the_audit_say_what_and_why(self, office: Cast, meeting: Meeting) -> None:
        change(office, meeting, starts_at=NEW_TIME)
        (stored,) = MeetingChange.objects.filter(meeting=meeting)
        assert (stored.kind, stored.reason, stored.asks_again, stored.made_by) == ("moved", REASON, True, office.secretary)  # fmt: skip
        assert stored.differences == {"starts_at": [STARTS_AT.isoformat(), NEW_TIME.isoformat()]}
        assert "meetings.meeting.moved" in verbs(meeting)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"starts_at": factories.PLANNED_ON - timedelta(days=1)}, "starts_at"),
            ({"starts_at": NEW_TIME, "reason": "vì"}, "reason"),
            ({}, None),  # nothing differs
        ],
    )
    def test_refused_and_nothing_left(
        self, office: Cast, meeting: Meeting, values: dict[str, Any], field: str | None
    ) -> None:
        with refused(DomainError, field=field):
            change(office, meeting, **values)

    def test_the_second_of_two_secretaries_is_told(self, office: Cast, meeting: Meeting) -> None:
        data, version = as_it_is(meeting, starts_at=NEW_TIME), meeting.version
        change(office, meeting, place="Hội trường")
        with refused(StaleEdit):
            changing.change_meeting(actor=office.secretary, meeting=meeting, data=data, version=version)

    def test_others_may_not(self, office: Cast, meeting: Meeting) -> None:
        for who in (office.leader, office.partner, office.outsider):
            with refused(PermissionDenied):
                changing.change_meeting(
                    actor=who,
                    meeting=meeting,
                    data=as_it_is(meeting, starts_at=NEW_TIME),
                    version=meeting.version,
                )

    def test_not_once_it_has_begun(
        self, office: Cast, meeting: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(STARTS_AT)
        with refused(DomainError):
            change(office, meeting, starts_at=NEW_TIME)

    def test_a_rehearsal_tells_all_and_leaves_nothing(self, office: Cast, meeting: Meeting) -> None:
        before = everything()
        rehearsed = changing.rehearse(
            changing.change_meeting, actor=office.secretary, meeting=meeting,
            data=as_it_is(meeting, starts_at=NEW_TIME), version=meeting.version,
        )  # fmt: skip
        assert (len(rehearsed.messages), rehearsed.change.document.symbol) == (6, "01/TB-HĐND")
        assert everything() == before
        assert change(office, meeting, starts_at=NEW_TIME).change.document.symbol == "01/TB-HĐND"


class TestAgenda:
    def test_only_those_whose_items_change_and_those_of_the_whole_meeting_hear(
        self, office: Cast, meeting: Meeting
    ) -> None:
        agenda = items(meeting)
        agenda[0] = (agenda[0][0], replace(agenda[0][1], minutes=45))  # the Sở's report
        changed = change(office, meeting, agenda=tuple(agenda))
        assert sorted(one.organization.code for one in changed.audience.told) == ["MTTQ", "SXD", "UBND"]
        assert told() == [
            "p01@hdnd.test",
            "p02@hdnd.test",
            "thuky@ubnd.test",
            "vanthu@sxd.test",
            "vanthu@ubnd.test",
        ]
        assert (changed.change.kind, row(meeting, "UBND").answer) == ("agenda", "accepted")

    def test_a_body_that_is_no_longer_concerned_need_not_come(self, office: Cast, meeting: Meeting) -> None:
        agenda = [pair for pair in items(meeting) if pair[1].kind != "explanation"]
        changed = change(office, meeting, agenda=tuple(agenda))
        assert [one.organization.code for one in changed.audience.gone] == ["X01-TT", "X03-TT"]
        assert row(meeting, "X01-TT").is_left_out
        (mail,) = Message.objects.filter(to="tanhoa@hdnd.test")
        method, event = entry_of(mail)
        assert (method, str(event["status"]), "không cần dự" in mail.text) == ("CANCEL", "CANCELLED", True)
        assert [item.position for item in meeting.agenda.order_by("position")] == [1, 2, 3]

    def test_a_body_that_a_new_item_names_is_invited_and_its_duty_settled(
        self, office: Cast, meeting: Meeting
    ) -> None:
        gone = [pair for pair in items(meeting) if pair[1].kind != "explanation"]
        change(office, meeting, agenda=tuple(gone))
        meeting.refresh_from_db()
        Message.objects.all().delete()
        explanation = planning.ItemInput(
            "Giải trình bổ sung", "explanation", "Giám đốc Sở", 30, (office.world.areas["X01"],)
        )
        changed = change(office, meeting, agenda=(*items(meeting), (None, explanation)))
        assert [one.organization.code for one in changed.audience.added] == ["X01-TT"]
        again = row(meeting, "X01-TT")
        assert (again.is_left_out, again.document, again.answer) == (False, changed.change.document, "")
        (mail,) = Message.objects.filter(to="tanhoa@hdnd.test")
        assert "trân trọng kính mời" in mail.text
        assert "/tra-loi/" in mail.text
        duty = Duty.objects.of(meeting).get(clause__code="R22", creditor=office.world["X01-TT"])
        assert duty.settled_on == date(2026, 6, 15)

    def test_an_empty_agenda_is_refused(self, office: Cast, meeting: Meeting) -> None:
        with refused(DomainError):
            change(office, meeting, agenda=())

    def test_an_item_that_somebody_removed_meanwhile_is_refused(self, office: Cast, meeting: Meeting) -> None:
        with refused(DomainError):
            change(office, meeting, agenda=((999_999, items(meeting)[0][1]),))


class TestCalledOff:
    def test_cancelled_for_good(self, office: Cast, meeting: Meeting) -> None:
        changed = changing.cancel_meeting(actor=office.secretary, meeting=meeting, reason=REASON)
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.CANCELLED
        assert changed.change.document.subject == "Hủy Phiên họp thứ 3 Thường trực HĐND tỉnh"
        assert told() == EVERYONE
        for message in Message.objects.all():
            method, event = entry_of(message)
            assert (method, str(event["status"]), "/tra-loi/" in message.text) == (
                "CANCEL",
                "CANCELLED",
                False,
            )
        states = {duty.clause.code: duty.state_on(date(2026, 6, 15)) for duty in Duty.objects.of(meeting)}
        assert (states["R09"], states["D01"]) == ("met", "void")
        with refused(DomainError):
            change(office, meeting, starts_at=NEW_TIME)

    def test_postponed_then_given_a_new_day(self, office: Cast, meeting: Meeting) -> None:
        changing.postpone_meeting(actor=office.secretary, meeting=meeting, reason=REASON)
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.POSTPONED
        assert Duty.objects.of(meeting).get(clause__code="D01").void_reason == f"Hoãn cuộc họp: {REASON}"
        with refused(DomainError):
            answering.answer_for(
                actor=office.secretary,
                invitation=row(meeting, "MTTQ"),
                data=answering.AnswerInput("accepted", name="A"),
            )
        Message.objects.all().delete()
        change(office, meeting, starts_at=NEW_TIME)
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.INVITED
        assert told() == EVERYONE
        attend = Duty.objects.of(meeting).get(clause__code="D01")
        assert (attend.void_reason, attend.event_on) == ("", date(2026, 6, 29))
        assert row(meeting, "UBND").answer == ""
        sequences = [entry_of(message)[1]["sequence"] for message in Message.objects.all()]
        assert set(sequences) == {meeting.version - 1}
        assert Document.objects.of(meeting).filter(doc_type="TB").count() == 2

    def test_a_plan_is_dropped_without_a_paper(self, office: Cast, clauses: dict[str, Clause]) -> None:
        plan = planning.create_meeting(
            actor=office.secretary, host=office.world["TTHDND"], plan=factories.plan(office.world)
        )
        with refused(DomainError):
            changing.cancel_meeting(actor=office.secretary, meeting=plan, reason=REASON)
        changing.drop_plan(actor=office.secretary, meeting=plan, reason=REASON)
        plan.refresh_from_db()
        assert plan.state == MeetingState.DROPPED
        assert (Message.objects.count(), Document.objects.count()) == (0, 0)
        assert not Duty.objects.of(plan).open().exists()
        with refused(DomainError):
            inviting.issue_invitations(actor=office.secretary, meeting=plan)

    @pytest.mark.parametrize("verb", [changing.postpone_meeting, changing.cancel_meeting])
    def test_needs_a_reason_and_the_right(
        self, office: Cast, meeting: Meeting, verb: Callable[..., Any]
    ) -> None:
        with refused(DomainError, field="reason"):
            verb(actor=office.secretary, meeting=meeting, reason="  ")
        with refused(PermissionDenied):
            verb(actor=office.partner, meeting=meeting, reason=REASON)
