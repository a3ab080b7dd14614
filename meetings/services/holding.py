"""Hold the meeting: open, take attendance, vote, close."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from coordination.choices import EvidenceKind, Mode
from coordination.services import settle, withdraw
from councils.models import Membership
from councils.permissions import ensure
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.dates import long_date
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc
from meetings.choices import MeetingState, Presence
from meetings.law.quorum import vote as law_of_vote
from meetings.models import AgendaItem, Attendance, Invitation, Meeting, VoteEvent
from meetings.permissions import can_take_attendance
from meetings.queries.record import attendance_sheet, live_quorum, threshold_on


@dataclass(frozen=True)
class Tally:
    """Counted votes."""

    in_favour: int
    against: int = 0
    other: int = 0
    not_voting: int = 0


@transaction.atomic
def mark_member(
    *, actor: Any, meeting: Meeting, membership: Membership, presence: str, reason: str = ""
) -> None:
    """Marks a member present, excused or absent; an empty presence takes the mark back.

    Raises:
        PermissionDenied: not of the host's secretariat, or the minutes are approved.
        DomainError: before the day, no seat in the host that day, excused without a reason.
    """
    meeting = _locked(actor, meeting)
    if membership.organization_id != meeting.host_id or not membership.holds_on(meeting.day):
        raise DomainError(f"{membership.person} không phải thành viên {meeting.host} vào ngày họp.")
    if presence == Presence.EXCUSED and not nfc(reason):
        raise DomainError(f"Ghi lý do vắng của {membership.person}.", field="reason")
    _mark(
        actor,
        meeting,
        {"membership": membership},
        presence,
        {"reason": nfc(reason) if presence != Presence.PRESENT else ""},
        str(membership.person),
    )


@transaction.atomic
def mark_guest(
    *, actor: Any, meeting: Meeting, invitation: Invitation, presence: str, name: str = "", title: str = ""
) -> None:
    """Marks an invited body as there or not; guests never count to quorum.

    Raises:
        PermissionDenied, DomainError: as `mark_member`.
    """
    meeting = _locked(actor, meeting)
    if invitation.meeting_id != meeting.pk or invitation.is_left_out:
        raise DomainError(f"{invitation.organization} không có trong danh sách mời của cuộc họp này.")
    values = {
        "guest_name": nfc(name) or invitation.attendee_name,
        "guest_title": nfc(title) or invitation.attendee_title,
    }
    _mark(actor, meeting, {"invitation": invitation}, presence, values, str(invitation.organization))
    if presence == Presence.PRESENT:
        settle(
            target=meeting,
            kind=EvidenceKind.ATTENDED,
            on=meeting.day,
            modes=[Mode.ATTEND],
            debtors=[invitation.organization_id],
            proof=invitation,
            note=f"Dự {meeting.title}",
            actor=actor,
        )
    else:
        withdraw(target=meeting, kind=EvidenceKind.ATTENDED, proof=invitation, actor=actor)


@transaction.atomic
def open_meeting(*, actor: Any, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """Opens the meeting once its quorum is there.

    Raises:
        PermissionDenied: not of the host's secretariat.
        DomainError: before its day, at a time to come, not due to open, or short of the quorum.
    """
    meeting = _locked(actor, meeting)
    if not meeting.may_become(MeetingState.HELD):
        raise DomainError("Cuộc họp đã khai mạc hoặc đã kết thúc.")
    quorum = live_quorum(meeting)
    if not quorum.met:
        raise DomainError(
            f"Mới có {quorum.present} trên {quorum.members} thành viên có mặt, cần ít nhất {quorum.required} "
            "để đủ điều kiện họp. Điểm danh thêm rồi khai mạc."
        )
    moment = at or clock.now()
    if moment > clock.now():
        raise DomainError("Giờ khai mạc chưa tới. Ghi giờ khai mạc thực tế.", field="opened_at")
    meeting.state, meeting.opened_at = MeetingState.HELD, moment
    meeting.save(update_fields=["state", "opened_at"])
    changes = {"present": quorum.present, "members": quorum.members, "required": quorum.required}
    record("meetings.meeting.opened", meeting, actor=actor, changes=changes)
    return meeting


@transaction.atomic
def record_vote(
    *, actor: Any, meeting: Meeting, item: AgendaItem, tally: Tally, motion: str = "", rule: str = "majority"
) -> VoteEvent:
    """Records a tally; whether it passed is computed, never typed.

    Raises:
        PermissionDenied: not of the host's secretariat.
        DomainError: before the opening, or ballots that do not add up to those present.
    """
    meeting = _locked(actor, meeting)
    if meeting.state not in {MeetingState.HELD, MeetingState.MINUTED}:
        raise DomainError("Chỉ ghi biểu quyết khi cuộc họp đã khai mạc.")
    if item.meeting_id != meeting.pk:
        raise DomainError("Nội dung này không thuộc chương trình cuộc họp.", field="item")
    quorum = live_quorum(meeting)
    try:
        result = law_of_vote(
            total=quorum.members, present=quorum.present, in_favour=tally.in_favour, against=tally.against,
            other=tally.other, not_voting=tally.not_voting, threshold=threshold_on(rule, meeting.day),
        )  # fmt: skip
    except ValueError as error:
        raise DomainError(str(error), field="in_favour") from error
    event = VoteEvent(
        meeting=meeting, item=item, motion=nfc(motion) or item.title, rule=rule, members=quorum.members,
        present=quorum.present, recorded_at=clock.now(), **vars(tally),
    )  # fmt: skip
    event.full_clean()
    event.save()
    changes = {**vars(tally), "required": result.required, "passed": result.passed}
    record("meetings.vote.recorded", meeting, actor=actor, changes={"motion": event.motion, **changes})
    return event


@transaction.atomic
def remove_vote(*, actor: Any, event: VoteEvent, reason: str) -> None:
    """Takes back a tally entered by mistake; it stays in the audit with the reason.

    Raises:
        DomainError: no reason.
    """
    meeting = _locked(actor, event.meeting)
    if not nfc(reason):
        raise DomainError("Ghi lý do xóa kết quả biểu quyết.", field="reason")
    record(
        "meetings.vote.removed", meeting, actor=actor, changes={"motion": event.motion, "reason": nfc(reason)}
    )
    event.delete()


@transaction.atomic
def close_meeting(*, actor: Any, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """Ends the meeting; members without a mark are absent.

    Raises:
        DomainError: not open, an end before the opening or at a time to come.
    """
    meeting = _locked(actor, meeting)
    if not meeting.may_become(MeetingState.MINUTED):
        raise DomainError("Cuộc họp chưa khai mạc hoặc đã kết thúc.")
    moment = at or clock.now()
    if meeting.opened_at and moment <= meeting.opened_at:
        raise DomainError("Giờ kết thúc phải sau giờ khai mạc.", field="closed_at")
    if moment > clock.now():
        raise DomainError("Giờ kết thúc chưa tới. Ghi giờ kết thúc thực tế.", field="closed_at")
    for row in attendance_sheet(meeting).members:
        if row.attendance is None:
            Attendance.objects.create(
                meeting=meeting, membership=row.membership, presence=Presence.ABSENT, marked_at=clock.now()
            )
    meeting.state, meeting.closed_at = MeetingState.MINUTED, moment
    meeting.save(update_fields=["state", "closed_at"])
    record("meetings.meeting.closed", meeting, actor=actor, changes={"closed_at": moment})
    return meeting


def _locked(actor: Any, meeting: Meeting) -> Meeting:
    locked: Meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("host").get(pk=meeting.pk)
    )
    ensure(
        can_take_attendance(actor, locked),
        "Chỉ thư ký của cơ quan tổ chức mới ghi được, và chỉ khi biên bản chưa duyệt.",
    )
    if clock.today() < locked.day:
        raise DomainError(f"Chưa đến ngày họp ({long_date(locked.day)}). Điểm danh và khai mạc từ ngày đó.")
    return locked


def _mark(
    actor: Any, meeting: Meeting, key: dict[str, Any], presence: str, values: dict[str, str], who: str
) -> None:
    mark = Attendance.objects.filter(meeting=meeting, **key).first()
    before = mark.presence if mark else ""
    if not presence:
        if mark:
            mark.delete()
    elif presence not in Presence.values:
        raise DomainError("Chọn có mặt, vắng có lý do hoặc vắng không lý do.", field="presence")
    else:
        mark = mark or Attendance(meeting=meeting, **key)
        mark.presence, mark.marked_at = presence, clock.now()
        for name, value in values.items():
            setattr(mark, name, value)
        mark.full_clean()
        mark.save()
    changes = {"who": who, "presence": [before, presence]}
    record("meetings.attendance.marked", meeting, actor=actor, changes=changes)
