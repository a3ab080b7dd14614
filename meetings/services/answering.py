"""Answer an invitation: attend, decline with a reason, send a named substitute. Every answer is kept, the last stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from councils.models import Person
from councils.permissions import ensure
from councils.queries import members_on
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.dates import date_time
from hdnd.lib.errors import DomainError
from hdnd.lib.text import fold, nfc
from meetings.choices import TOLD_CHANNELS, Answer, AnswerChannel, MeetingState
from meetings.models import Invitation, InvitationReply, InvitationReplyPerson, Meeting
from meetings.permissions import can_answer, can_prepare
from meetings.services.assigning import tell_assigned, tell_released

MAX_PEOPLE = 20


@dataclass(frozen=True)
class Attendee:
    """One person who comes; `person` when it is someone on record."""

    name: str
    title: str = ""
    phone: str = ""
    has_meal: bool = False
    person: Person | None = None


@dataclass(frozen=True)
class AnswerInput:
    """An answer as given.

    `name`, `title` and the like say who comes; for a substitute name and title are needed. `others` come along.

    Attributes:
        given_at: when it was told, aware; None means now.
        channel: how it reached the secretary; by link and in the app it is known.
    """

    answer: str
    name: str = ""
    title: str = ""
    reason: str = ""
    person: Person | None = None
    answered_by: str = ""
    phone: str = ""
    has_meal: bool = False
    others: tuple[Attendee, ...] = ()
    channel: str = AnswerChannel.SECRETARY
    given_at: datetime | None = None
    note: str = ""

    @property
    def people(self) -> list[Attendee]:
        """All who come, the first named first; none who declines or names nobody."""
        if self.answer == Answer.DECLINED:
            return []
        first = Attendee(
            self.name or (str(self.person) if self.person else ""),
            self.title,
            self.phone,
            self.has_meal,
            self.person,
        )
        return [one for one in (first, *self.others) if nfc(one.name)]


@transaction.atomic
def answer_by_link(*, invitation: Invitation, data: AnswerInput) -> Invitation:
    """Answers over the signed link, once.

    Raises:
        DomainError: already answered, after the meeting has begun, or an incomplete answer.
    """
    invitation = _locked(invitation)
    if invitation.answer:
        raise DomainError(
            "Giấy mời này đã được trả lời. Muốn đổi, liên hệ thư ký theo số điện thoại trên giấy mời."
        )
    _write(invitation, data, channel=AnswerChannel.LINK, given_at=clock.now(), actor=None)
    return invitation


@transaction.atomic
def answer_in_app(*, actor: Any, invitation: Invitation, data: AnswerInput) -> Invitation:
    """Answers as the invited body and tells those it sends, or no longer sends; may be changed until it begins.

    Raises:
        PermissionDenied: the actor does not act for the invited body.
        DomainError: as `answer_by_link`, but for the repetition.
    """
    ensure(can_answer(actor, invitation), "Chỉ cơ quan được mời mới trả lời được giấy mời này.")
    invitation = _locked(invitation)
    before = invitation.standing
    reply = _write(invitation, data, channel=AnswerChannel.APP, given_at=clock.now(), actor=actor)
    tell_assigned(reply=reply)
    tell_released(reply=reply, before=before)
    return invitation


@transaction.atomic
def answer_for(*, actor: Any, invitation: Invitation, data: AnswerInput) -> Invitation:
    """The host's secretary writes down an answer given by telephone, Zalo, on paper and the like.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: as `answer_in_app`; or it was told in the future, before the invitation, or nobody knows how.
    """
    ensure(can_prepare(actor, invitation.meeting))
    invitation = _locked(invitation)
    given_at = data.given_at or clock.now()
    if data.channel not in TOLD_CHANNELS:
        raise DomainError("Chọn cách trả lời: điện thoại, Zalo, văn bản, …", field="channel")
    if given_at > clock.now():
        raise DomainError("Thời điểm trả lời chưa tới. Ghi lúc đã nhận trả lời.", field="given_at")
    if invitation.issued_at and given_at < invitation.issued_at.replace(second=0, microsecond=0):
        raise DomainError(
            f"Giấy mời phát hành {date_time(invitation.issued_at)}, không thể trả lời trước đó. "
            "Sửa thời điểm trả lời.",
            field="given_at",
        )
    _write(invitation, data, channel=data.channel, given_at=given_at, actor=actor)
    return invitation


def _locked(invitation: Invitation) -> Invitation:
    """The invitation as stored, behind the lock of its meeting: nobody may come for two bodies at once.

    The meeting's lock comes first, as in planning and issuing, or the two could wait for each other.
    """
    Meeting.objects.select_for_update().get(pk=invitation.meeting_id)
    locked: Invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("meeting__host", "organization")
        .get(pk=invitation.pk)
    )
    return locked


def _write(
    invitation: Invitation, data: AnswerInput, *, channel: str, given_at: datetime, actor: Any
) -> InvitationReply:
    _check(invitation, data)
    reply = InvitationReply(
        invitation=invitation,
        answer=data.answer,
        channel=channel,
        answered_by=nfc(data.answered_by or (str(actor) if actor else ""))[:200],
        given_at=given_at,
        recorded_at=clock.now(),
        recorded_by=actor,
        reason=nfc(data.reason) if data.answer == Answer.DECLINED else "",
        note=nfc(data.note)[:500],
    )
    reply.full_clean(exclude=["invitation"])
    reply.save()
    people = [_person(reply, position, one) for position, one in enumerate(data.people, start=1)]
    InvitationReplyPerson.objects.bulk_create(people)
    before = {name: getattr(invitation, name) for name in _FIELDS}
    _stand(invitation, reply, people)
    changes = {
        name: [before[name], getattr(invitation, name)]
        for name in _FIELDS
        if before[name] != getattr(invitation, name)
    }
    if len(people) > 1:
        changes["people"] = people
    record(
        "meetings.invitation.answered",
        invitation,
        actor=actor,
        actor_name=reply.answered_by or f"{invitation.organization.label} (qua đường dẫn)",
        changes=changes,
    )
    return reply


_FIELDS = ("answer", "attendee_name", "attendee_title", "declined_because")


def _person(reply: InvitationReply, position: int, given: Attendee) -> InvitationReplyPerson:
    row = InvitationReplyPerson(
        reply=reply,
        position=position,
        person=given.person,
        name=nfc(given.name)[:200],
        title=nfc(given.title)[:200],
        phone=nfc(given.phone)[:30],
        has_meal=given.has_meal,
    )
    row.full_clean(exclude=["reply"])
    return row


def _stand(invitation: Invitation, reply: InvitationReply, people: list[InvitationReplyPerson]) -> None:
    """Copies the answer that stands to the invitation: the only place that writes these fields."""
    first = people[0] if people else None
    invitation.answer = reply.answer
    invitation.answered_at = reply.given_at
    invitation.answered_by = reply.answered_by
    invitation.channel = reply.channel
    invitation.person = first.person if first and reply.answer == Answer.ACCEPTED else None
    invitation.attendee_name = first.name if first else ""
    invitation.attendee_title = first.title if first else ""
    invitation.declined_because = reply.reason
    invitation.full_clean(exclude=["meeting", "organization", "document", "clauses"])
    invitation.save()


def _check(invitation: Invitation, data: AnswerInput) -> None:
    meeting = invitation.meeting
    if not invitation.is_issued:
        raise DomainError("Giấy mời chưa phát hành.")
    if meeting.state == MeetingState.CANCELLED:
        raise DomainError("Cuộc họp đã hủy, không cần trả lời nữa.")
    if meeting.state == MeetingState.POSTPONED:
        raise DomainError(
            "Cuộc họp đã hoãn, chưa có thời gian họp lại. Khi có, cơ quan tổ chức mời trả lời lại."
        )
    if clock.now() >= meeting.starts_at or meeting.state not in {MeetingState.PLANNED, MeetingState.INVITED}:
        raise DomainError(
            f"Cuộc họp đã bắt đầu lúc {date_time(meeting.starts_at)} nên không nhận trả lời nữa. "
            "Liên hệ trực tiếp thư ký cuộc họp."
        )
    if data.answer not in Answer.values:
        raise DomainError("Chọn một trong ba: dự, không dự, cử người dự thay.", field="answer")
    if data.answer == Answer.DECLINED and not nfc(data.reason):
        raise DomainError("Ghi lý do không dự để chủ trì biết.", field="reason")
    _check_people(data)
    if data.answer == Answer.SUBSTITUTED:
        _check_substitutes(invitation, data)


def _check_people(data: AnswerInput) -> None:
    """Nobody twice in one answer, and not a crowd."""
    people = data.people
    if len(people) > MAX_PEOPLE:
        raise DomainError(f"Một giấy mời ghi được tối đa {MAX_PEOPLE} người dự.", field="name")
    seen: set[tuple[str, str]] = set()
    for one in people:
        key = fold(one.name), fold(one.title)
        if key in seen:
            raise DomainError(f"{nfc(one.name)} được ghi hai lần. Bỏ bớt một dòng.", field="name")
        seen.add(key)


def _check_substitutes(invitation: Invitation, data: AnswerInput) -> None:
    if not data.people:
        raise DomainError("Ghi họ tên người dự thay.", field="name")
    if not nfc(data.people[0].title):
        raise DomainError("Ghi chức vụ người dự thay.", field="title")
    for one in data.people:
        _check_free(invitation, one)


def _check_free(invitation: Invitation, one: Attendee) -> None:
    """Neither another body's representative at this meeting nor a member of the host."""
    wanted = fold(one.name)
    others = InvitationReplyPerson.objects.filter(
        reply__in=InvitationReply.objects.filter(invitation__meeting=invitation.meeting_id)
        .exclude(invitation=invitation)
        .standing()
    )
    for name, title in others.values_list("name", "title"):
        if fold(name) == wanted and (fold(title) == fold(one.title) or not title):
            raise DomainError(
                f"{nfc(one.name)} đã dự cuộc họp này với tư cách đại diện cơ quan khác. Cử người khác.",
                field="name",
            )
    for seat in members_on(invitation.meeting.host, invitation.meeting.day):
        if fold(seat.person.full_name) == wanted:
            raise DomainError(
                f"{nfc(one.name)} là thành viên {invitation.meeting.host.label}, đã được triệu tập. Cử người khác.",
                field="name",
            )
