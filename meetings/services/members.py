"""What the host's own members say in advance: that they come, or that they do not and why."""

from typing import Any

from django.db import transaction

from councils.models import Membership
from councils.permissions import ensure
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc
from meetings.choices import TOLD_CHANNELS, AnswerChannel, MeetingState
from meetings.models import Meeting, MemberReply
from meetings.permissions import can_reply_as_member


@transaction.atomic
def reply_as_member(
    *,
    actor: Any,
    meeting: Meeting,
    membership: Membership,
    comes: bool,
    reason: str = "",
    has_meal: bool = False,
    channel: str = AnswerChannel.SECRETARY,
) -> MemberReply:
    """Notes what a member says in advance: the member in the app, or the secretary for one who telephones.

    A later word replaces the earlier one; the audit keeps both.

    Args:
        channel: how the secretary was told; a member's own word is always in the app.

    Raises:
        PermissionDenied: neither the member nor the host's secretariat.
        DomainError: no seat in the host that day, the meeting has begun or is cancelled, absent without a reason.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("host").get(pk=meeting.pk)
    ensure(
        can_reply_as_member(actor, meeting, membership),
        "Chỉ thành viên hoặc thư ký của cơ quan tổ chức mới báo được.",
    )
    _check(meeting, membership)
    if not comes and not nfc(reason):
        raise DomainError("Ghi lý do vắng để chủ trì biết.", field="reason")
    own = actor.person_id == membership.person_id
    if not own and channel not in TOLD_CHANNELS:
        raise DomainError("Chọn cách báo: điện thoại, Zalo, văn bản, …", field="channel")
    reply = MemberReply.objects.filter(meeting=meeting, membership=membership).first()
    before = _words(reply)
    reply = reply or MemberReply(meeting=meeting, membership=membership)
    reply.comes, reply.has_meal = comes, has_meal and comes
    reply.reason = "" if comes else nfc(reason)[:300]
    reply.channel = AnswerChannel.APP if own else channel
    reply.recorded_at = clock.now()
    reply.full_clean(exclude=["meeting", "membership"])
    reply.save()
    changes = {"who": membership.person, "reply": [before, _words(reply)]}
    record("meetings.member.replied", meeting, actor=actor, changes=changes)
    return reply


def _check(meeting: Meeting, membership: Membership) -> None:
    if (
        membership.organization_id != meeting.host_id
        or not membership.post.is_member
        or not membership.holds_on(meeting.day)
    ):
        raise DomainError(f"{membership.person} không phải thành viên {meeting.host} vào ngày họp.")
    if meeting.state == MeetingState.CANCELLED:
        raise DomainError("Cuộc họp đã hủy, không cần báo nữa.")
    if clock.now() >= meeting.starts_at or meeting.state not in {MeetingState.PLANNED, MeetingState.INVITED}:
        raise DomainError("Cuộc họp đã bắt đầu. Báo trực tiếp thư ký để điểm danh.")


def _words(reply: MemberReply | None) -> str:
    if reply is None:
        return ""
    return "dự" if reply.comes else f"vắng: {reply.reason}"
