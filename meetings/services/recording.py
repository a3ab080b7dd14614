"""Write the minutes, circulate, approve and lock them; correct them by a new version."""

from datetime import date
from typing import Any

from django.db import transaction

from councils.permissions import ensure
from documents.choices import DocumentType
from documents.models import Issuer
from documents.services import Numbered, issue, issuer_of
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.text import nfc
from meetings import papers
from meetings.choices import MeetingState, MinutesState
from meetings.models import Meeting, Minutes, MinutesComment, MinutesEntry
from meetings.permissions import can_approve_minutes, can_comment_minutes, can_prepare, can_write_minutes

STALE = "Phần này vừa được người khác lưu. Bản đang lưu và bản của bạn hiện cạnh nhau: gộp lại rồi lưu, không mất chữ nào."


@transaction.atomic
def start_minutes(*, actor: Any, meeting: Meeting) -> Minutes:
    """The draft of the minutes with an empty entry for each agenda item; an existing draft is returned.

    Raises:
        PermissionDenied: not of the host's secretariat.
        DomainError: the meeting has not been opened.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("host").get(pk=meeting.pk)
    ensure(can_prepare(actor, meeting))
    existing = meeting.minutes_versions.order_by("-number").first()
    if existing:
        _add_missing_entries(existing)
        return existing
    if meeting.state not in {MeetingState.HELD, MeetingState.MINUTED}:
        raise DomainError("Cuộc họp chưa khai mạc nên chưa có biên bản. Điểm danh và khai mạc trước.")
    minutes = Minutes.objects.create(meeting=meeting)
    _add_missing_entries(minutes)
    record("meetings.minutes.started", minutes, actor=actor)
    return minutes


@transaction.atomic
def save_entry(*, actor: Any, entry: MinutesEntry, text: str, version: int) -> MinutesEntry:
    """Saves what was said on one item.

    Raises:
        PermissionDenied: not of the host's secretariat, or the minutes are locked.
        StaleEdit: someone saved the entry since it was read; carries the stored entry.
    """
    entry = (
        MinutesEntry.objects.select_for_update(of=("self",))
        .select_related("minutes__meeting__host")
        .get(pk=entry.pk)
    )
    ensure(can_write_minutes(actor, entry.minutes), "Biên bản đã khóa hoặc bạn không phải thư ký cuộc họp.")
    text = nfc(text)
    if entry.version != version:
        if entry.text == text:
            return entry
        raise StaleEdit(STALE, stored=entry)
    if entry.text == text:
        return entry
    entry.text = text
    entry.version += 1
    entry.save(update_fields=["text", "version"])
    record(
        "meetings.minutes.written",
        entry.minutes,
        actor=actor,
        changes={"item": str(entry.item), "length": len(text)},
    )
    return entry


@transaction.atomic
def set_secretary(*, actor: Any, meeting: Meeting, name: str) -> None:
    """Who signs the minutes on the left.

    Raises:
        DomainError: no name, or the minutes that carry the name are locked.
    """
    ensure(can_prepare(actor, meeting))
    latest = meeting.minutes_versions.order_by("-number").first()
    if latest and latest.is_locked:
        raise DomainError("Biên bản đã khóa nên không đổi thư ký được nữa. Lập bản đính chính rồi sửa.")
    if not nfc(name):
        raise DomainError("Ghi họ tên thư ký cuộc họp.", field="secretary_name")
    before, meeting.secretary_name = meeting.secretary_name, nfc(name)
    meeting.save(update_fields=["secretary_name"])
    record(
        "meetings.meeting.changed",
        meeting,
        actor=actor,
        changes={"secretary_name": [before, meeting.secretary_name]},
    )


@transaction.atomic
def circulate(*, actor: Any, minutes: Minutes, comment_until: date) -> Minutes:
    """Opens the draft to comments of the host's members until a day.

    Raises:
        DomainError: the day has passed.
    """
    minutes = _locked(minutes)
    ensure(can_write_minutes(actor, minutes))
    if comment_until < clock.today():
        raise DomainError("Hạn góp ý đã qua. Chọn ngày từ hôm nay trở đi.", field="comment_until")
    minutes.state, minutes.circulated_at, minutes.comment_until = (
        MinutesState.CIRCULATED,
        clock.now(),
        comment_until,
    )
    minutes.save(update_fields=["state", "circulated_at", "comment_until"])
    record("meetings.minutes.circulated", minutes, actor=actor, changes={"comment_until": comment_until})
    return minutes


@transaction.atomic
def comment(*, actor: Any, minutes: Minutes, text: str, item: Any = None) -> MinutesComment:
    """A remark on circulated minutes.

    Raises:
        PermissionDenied: not of the host side, or not circulated.
        DomainError: empty, or after the last day.
    """
    minutes = _locked(minutes)
    ensure(can_comment_minutes(actor, minutes), "Biên bản hiện không lấy ý kiến.")
    if minutes.comment_until and clock.today() > minutes.comment_until:
        raise DomainError("Đã hết hạn góp ý. Gửi ý kiến trực tiếp cho thư ký.", field="text")
    if not nfc(text):
        raise DomainError("Ghi nội dung góp ý.", field="text")
    if item is not None and item.meeting_id != minutes.meeting_id:
        raise DomainError("Nội dung này không thuộc chương trình cuộc họp.", field="item")
    made = MinutesComment.objects.create(
        minutes=minutes, author=actor, item=item, text=nfc(text), at=clock.now()
    )
    record("meetings.minutes.commented", minutes, actor=actor)
    return made


@transaction.atomic
def approve(*, actor: Any, minutes: Minutes) -> Minutes:
    """The chair approves: the minutes get their number, are printed and locked with the SHA-256 of the file.

    Raises:
        PermissionDenied: neither the chair nor a leader of the host.
        DomainError: the meeting has not ended, or nobody stands as secretary or chair.
    """
    # Meeting before minutes, as every verb that also takes a number does: no two verbs wait for each other.
    Meeting.objects.select_for_update(of=("self",)).get(pk=minutes.meeting_id)
    minutes = _locked(minutes)
    meeting = minutes.meeting
    ensure(
        can_approve_minutes(actor, minutes),
        "Chỉ chủ tọa hoặc lãnh đạo cơ quan tổ chức mới duyệt được biên bản.",
    )
    if meeting.closed_at is None:
        raise DomainError("Cuộc họp chưa kết thúc. Ghi giờ kết thúc rồi duyệt biên bản.")
    if not meeting.secretary_name:
        raise DomainError("Biên bản chưa có thư ký. Ghi họ tên thư ký rồi duyệt.", field="secretary_name")
    if meeting.chair is None:
        raise DomainError("Cuộc họp chưa có chủ trì nên biên bản không ký được. Ghi người chủ trì rồi duyệt.")

    def render(issuer: Issuer, taken: Numbered) -> bytes:
        return papers.minutes_pdf(minutes, issuer, taken)

    document = issue(
        actor=actor,
        organization=meeting.host,
        doc_type=DocumentType.MINUTES,
        subject=f"Biên bản {meeting.title}",
        signer_name=meeting.chair.full_name,
        signer_title="CHỦ TỌA",
        recipients=["Thành viên dự họp"],
        about=meeting,
        is_ensured=True,
        render=render,
    )
    minutes.state, minutes.locked_at = MinutesState.LOCKED, clock.now()
    minutes.document, minutes.sha256 = document, document.sha256
    minutes.save(update_fields=["state", "locked_at", "document", "sha256"])
    if meeting.may_become(MeetingState.APPROVED):
        meeting.state = MeetingState.APPROVED
        meeting.save(update_fields=["state"])
    record(
        "meetings.minutes.approved",
        minutes,
        actor=actor,
        changes={"symbol": document.symbol, "sha256": minutes.sha256},
    )
    return minutes


@transaction.atomic
def correct(*, actor: Any, minutes: Minutes, reason: str) -> Minutes:
    """A new version of locked minutes that names the old; the old stays as it is.

    Raises:
        PermissionDenied: not of the host's secretariat.
        DomainError: not locked yet, already corrected, or no reason.
    """
    minutes = _locked(minutes)
    ensure(can_prepare(actor, minutes.meeting))
    if not minutes.is_locked:
        raise DomainError("Biên bản chưa khóa, sửa trực tiếp được.")
    if Minutes.objects.filter(supersedes=minutes).exists():
        raise DomainError("Biên bản này đã có bản đính chính. Đính chính tiếp trên bản mới nhất.")
    if len(nfc(reason)) < 10:
        raise DomainError(
            "Ghi rõ lý do đính chính, ít nhất 10 ký tự; lý do được in trên biên bản.", field="reason"
        )
    new = Minutes.objects.create(
        meeting=minutes.meeting, number=minutes.number + 1, supersedes=minutes, correction_reason=nfc(reason)
    )
    MinutesEntry.objects.bulk_create(
        MinutesEntry(minutes=new, item_id=entry.item_id, text=entry.text) for entry in minutes.entries.all()
    )
    record(
        "meetings.minutes.corrected", new, actor=actor, changes={"supersedes": minutes, "reason": nfc(reason)}
    )
    return new


def draft_pdf(*, actor: Any, minutes: Minutes) -> bytes:
    """The minutes as they would print now, without a number; nothing is written."""
    ensure(can_prepare(actor, minutes.meeting) or can_approve_minutes(actor, minutes))
    return papers.minutes_pdf(minutes, issuer_of(minutes.meeting.host), None)


def _locked(minutes: Minutes) -> Minutes:
    found: Minutes = (
        Minutes.objects.select_for_update(of=("self",))
        .select_related("meeting__host__area", "meeting__chair", "supersedes__document")
        .get(pk=minutes.pk)
    )
    return found


def _add_missing_entries(minutes: Minutes) -> None:
    if minutes.is_locked:
        return
    have = set(minutes.entries.values_list("item_id", flat=True))
    items = minutes.meeting.agenda.exclude(pk__in=have)
    MinutesEntry.objects.bulk_create(MinutesEntry(minutes=minutes, item=item) for item in items)
