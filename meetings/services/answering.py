"""Answer an invitation: attend, decline with a reason, send a named substitute."""

from dataclasses import dataclass
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
from meetings.choices import Answer, AnswerChannel, MeetingState
from meetings.models import Invitation, Meeting
from meetings.permissions import can_answer, can_prepare


@dataclass(frozen=True)
class AnswerInput:
    """An answer as given. `name` and `title` say who comes; for a substitute both are needed."""

    answer: str
    name: str = ""
    title: str = ""
    reason: str = ""
    person: Person | None = None
    answered_by: str = ""


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
    return _write(invitation, data, channel=AnswerChannel.LINK, actor=None)


@transaction.atomic
def answer_in_app(*, actor: Any, invitation: Invitation, data: AnswerInput) -> Invitation:
    """Answers as the invited body; may be changed until the meeting begins.

    Raises:
        PermissionDenied: the actor does not act for the invited body.
        DomainError: as `answer_by_link`, but for the repetition.
    """
    ensure(can_answer(actor, invitation), "Chỉ cơ quan được mời mới trả lời được giấy mời này.")
    return _write(_locked(invitation), data, channel=AnswerChannel.APP, actor=actor)


@transaction.atomic
def answer_for(*, actor: Any, invitation: Invitation, data: AnswerInput) -> Invitation:
    """The host's secretary writes down an answer given by telephone or on paper.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: as `answer_in_app`.
    """
    ensure(can_prepare(actor, invitation.meeting))
    return _write(_locked(invitation), data, channel=AnswerChannel.SECRETARY, actor=actor)


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


def _write(invitation: Invitation, data: AnswerInput, *, channel: str, actor: Any) -> Invitation:
    _check(invitation, data)
    before = {name: getattr(invitation, name) for name in _FIELDS}
    invitation.answer = data.answer
    invitation.answered_at = clock.now()
    invitation.answered_by = nfc(data.answered_by or (str(actor) if actor else ""))[:200]
    invitation.channel = channel
    comes = data.answer != Answer.DECLINED
    invitation.person = data.person if comes and data.answer == Answer.ACCEPTED else None
    invitation.attendee_name = (
        nfc(data.name or (str(data.person) if data.person else ""))[:200] if comes else ""
    )
    invitation.attendee_title = nfc(data.title)[:200] if comes else ""
    invitation.declined_because = "" if comes else nfc(data.reason)
    invitation.full_clean(exclude=["meeting", "organization", "document", "clauses"])
    invitation.save()
    changes = {
        name: [before[name], getattr(invitation, name)]
        for name in _FIELDS
        if before[name] != getattr(invitation, name)
    }
    record(
        "meetings.invitation.answered",
        invitation,
        actor=actor,
        actor_name=invitation.answered_by or f"{invitation.organization.label} (qua đường dẫn)",
        changes=changes,
    )
    return invitation


_FIELDS = ("answer", "attendee_name", "attendee_title", "declined_because")


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
    if data.answer == Answer.SUBSTITUTED:
        _check_substitute(invitation, data)


def _check_substitute(invitation: Invitation, data: AnswerInput) -> None:
    if not nfc(data.name):
        raise DomainError("Ghi họ tên người dự thay.", field="name")
    if not nfc(data.title):
        raise DomainError("Ghi chức vụ người dự thay.", field="title")
    wanted = fold(data.name)
    for other in invitation.meeting.invitations.exclude(pk=invitation.pk).exclude(attendee_name=""):
        same_title = fold(other.attendee_title) == fold(data.title) or not other.attendee_title
        if fold(other.attendee_name) == wanted and same_title:
            raise DomainError(
                f"{nfc(data.name)} đã dự cuộc họp này với tư cách đại diện cơ quan khác. Cử người khác.",
                field="name",
            )
    for seat in members_on(invitation.meeting.host, invitation.meeting.day):
        if fold(seat.person.full_name) == wanted:
            raise DomainError(
                f"{nfc(data.name)} là thành viên {invitation.meeting.host.label}, đã được triệu tập. Cử người khác.",
                field="name",
            )
