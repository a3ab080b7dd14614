"""Change what was invited to: move, change the agenda, postpone, cancel. A numbered notice tells whom it concerns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from coordination.services import void_duties
from councils.permissions import ensure
from hdnd.audit.services import plain, record
from hdnd.lib import clock
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.text import nfc
from meetings.choices import ChangeKind, MeetingState
from meetings.models import AgendaItem, Meeting
from meetings.permissions import can_prepare
from meetings.services.announcing import Changed, announce
from meetings.services.change_audience import Audience, agenda_lines, audience_of, involved
from meetings.services.invitees import sync_invitations
from meetings.services.planning import ItemInput, check_time, renumber, write_item

MIN_REASON = 5
MOVED_FIELDS = ("starts_at", "ends_at", "place", "format")


@dataclass(frozen=True)
class ChangeInput:
    """A change as the secretary enters it; the fields as in `Meeting`.

    Attributes:
        reason: why, as the notice says it.
        agenda: all items that stay or come, in order, each with the key of the stored one; None leaves it alone.
    """

    starts_at: datetime
    place: str
    format: str
    reason: str
    ends_at: datetime | None = None
    answer_by: datetime | None = None
    agenda: tuple[tuple[int | None, ItemInput], ...] | None = None


@transaction.atomic
def change_meeting(*, actor: Any, meeting: Meeting, data: ChangeInput, version: int) -> Changed:
    """Moves an invited meeting, changes its agenda, or gives a postponed one its new time.

    A new time makes answers given for the old one void: they are asked for again. Bodies invited to certain items
    hear of an agenda change only when it touches those items; those invited to the whole meeting always do.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: nothing issued yet, already begun, nothing differs, no reason, or the new time has passed.
        StaleEdit: someone changed the meeting since it was read.
        ValidationError: a field breaks a rule.
    """
    meeting = _locked(actor, meeting, {MeetingState.INVITED, MeetingState.POSTPONED})
    if meeting.version != version:
        raise StaleEdit(
            "Cuộc họp vừa được người khác sửa. Xem bản đang lưu rồi nhập lại thay đổi.", stored=meeting
        )
    reason = stated_reason(data.reason)
    resumed = meeting.state == MeetingState.POSTPONED
    before = {name: getattr(meeting, name) for name in (*MOVED_FIELDS, "answer_by")}
    items_before, titles_before = involved(meeting), agenda_lines(meeting)
    if data.starts_at != meeting.starts_at or resumed:
        check_time(meeting.host, data.starts_at)
    for name in (*MOVED_FIELDS, "answer_by"):
        setattr(meeting, name, getattr(data, name))
    meeting.state = MeetingState.INVITED
    meeting.version += 1
    meeting.full_clean()
    meeting.save()
    if data.agenda is not None:
        _write_agenda(meeting, data.agenda)
    differences = {
        name: [_kept(before[name]), _kept(getattr(meeting, name))]
        for name in MOVED_FIELDS
        if before[name] != getattr(meeting, name)
    }
    if agenda_lines(meeting) != titles_before:
        differences["agenda"] = [titles_before, agenda_lines(meeting)]
    if not differences and not resumed:
        raise DomainError(
            "Chưa có gì khác với giấy mời đã phát hành. Sửa ít nhất một mục rồi phát hành thay đổi."
        )
    sync_invitations(actor=actor, meeting=meeting)
    is_moved = resumed or bool(differences.keys() - {"agenda"})
    audience = audience_of(
        meeting, items_before, everyone=is_moved, asks_again=resumed or "starts_at" in differences
    )
    return announce(
        actor=actor,
        meeting=meeting,
        kind=ChangeKind.MOVED if is_moved else ChangeKind.AGENDA,
        reason=reason,
        differences=differences,
        before=before,
        audience=audience,
    )


@transaction.atomic
def postpone_meeting(*, actor: Any, meeting: Meeting, reason: str) -> Changed:
    """Takes an invited meeting off its day without a new one; its open duties wait for the new day.

    Raises:
        PermissionDenied, DomainError: as `change_meeting`.
    """
    meeting = _locked(actor, meeting, {MeetingState.INVITED})
    return _call_off(actor, meeting, ChangeKind.POSTPONED, MeetingState.POSTPONED, reason)


@transaction.atomic
def cancel_meeting(*, actor: Any, meeting: Meeting, reason: str) -> Changed:
    """Cancels an invited or postponed meeting for good; its open duties become void.

    Raises:
        PermissionDenied, DomainError: as `change_meeting`.
    """
    meeting = _locked(actor, meeting, {MeetingState.INVITED, MeetingState.POSTPONED})
    return _call_off(actor, meeting, ChangeKind.CANCELLED, MeetingState.CANCELLED, reason)


@transaction.atomic
def drop_plan(*, actor: Any, meeting: Meeting, reason: str) -> Meeting:
    """Gives up a plan of which nobody outside the office knows: no paper, no mail.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: the invitation is out, so the meeting must be cancelled by a notice; or no reason.
    """
    meeting = _locked(actor, meeting, {MeetingState.PLANNED})
    reason = stated_reason(reason)
    meeting.state = MeetingState.DROPPED
    meeting.version += 1
    meeting.save(update_fields=["state", "version"])
    void_duties(actor=actor, target=meeting, reason=f"Bỏ kế hoạch họp: {reason}")
    record("meetings.meeting.dropped", meeting, actor=actor, changes={"reason": reason})
    return meeting


def _kept(value: Any) -> Any:
    """A value as the change keeps it; times in Vietnam's, whatever the database returned."""
    return plain(clock.local(value) if isinstance(value, datetime) else value)


def rehearse(verb: Callable[..., Changed], **given: Any) -> Changed:
    """What a verb of this module would do: it is done and taken back, number, mails and all."""
    with transaction.atomic():
        changed = verb(**given)
        transaction.set_rollback(True)
    return changed


def _locked(actor: Any, meeting: Meeting, states: set[MeetingState]) -> Meeting:
    locked: Meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("host__area", "chair")
        .get(pk=meeting.pk)
    )
    ensure(can_prepare(actor, locked), "Chỉ thư ký của cơ quan tổ chức mới thay đổi được cuộc họp.")
    if locked.state not in states:
        raise DomainError(
            f"Cuộc họp đang ở trạng thái “{locked.get_state_display()}” nên không làm được việc này. Tải lại trang."
        )
    if locked.state == MeetingState.INVITED and locked.starts_at <= clock.now():
        raise DomainError("Giờ họp đã tới, không thay đổi được nữa. Ghi điều đã xảy ra vào biên bản.")
    return locked


def stated_reason(given: str) -> str:
    """The reason as it is kept.

    Raises:
        DomainError: none, or one too short to say anything.
    """
    reason = nfc(given)
    if len(reason) < MIN_REASON:
        raise DomainError(
            f"Ghi lý do thay đổi, ít nhất {MIN_REASON} ký tự: lý do in trong thông báo.", field="reason"
        )
    return reason


def _write_agenda(meeting: Meeting, agenda: tuple[tuple[int | None, ItemInput], ...]) -> None:
    """Brings the agenda to what is given; an item that is left out goes, with its papers.

    Raises:
        DomainError: nothing is left, or an item is gone since the page was read.
    """
    if not agenda:
        raise DomainError(
            "Chương trình phải còn ít nhất một nội dung. Muốn bỏ cả cuộc họp thì hủy hoặc hoãn."
        )
    stored = {item.pk: item for item in meeting.agenda.all()}
    kept = [pk for pk, _ in agenda if pk is not None]
    if not set(kept) <= stored.keys():
        raise DomainError("Chương trình vừa được người khác sửa. Tải lại trang rồi sửa lại.")
    meeting.agenda.exclude(pk__in=kept).delete()
    items = [
        stored[pk] if pk is not None else AgendaItem(meeting=meeting, position=len(stored) + number)
        for number, (pk, _) in enumerate(agenda, start=1)
    ]
    for item, (_, data) in zip(items, agenda, strict=True):
        write_item(item, data)
    renumber(items)


def _call_off(actor: Any, meeting: Meeting, kind: ChangeKind, state: MeetingState, reason: str) -> Changed:
    reason = stated_reason(reason)
    before = {"starts_at": meeting.starts_at, "place": meeting.place}
    meeting.state = state
    meeting.version += 1
    meeting.save(update_fields=["state", "version"])
    told = [row for row in meeting.invitations.in_protocol_order() if row.is_issued]
    audience = Audience(told, [], [], asks_again=False)
    changed = announce(
        actor=actor,
        meeting=meeting,
        kind=kind,
        reason=reason,
        differences={},
        before=before,
        audience=audience,
    )
    void_duties(actor=actor, target=meeting, reason=f"{changed.change.get_kind_display()} cuộc họp: {reason}")
    return changed
