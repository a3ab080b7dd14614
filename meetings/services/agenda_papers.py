"""Put papers to agenda items, version by version, and note who opened them."""

from typing import Any

from django.db import transaction

from councils.permissions import ensure
from documents.services.reading import read_later
from hdnd.audit.services import record
from hdnd.lib import clock, files, filetypes
from hdnd.lib.errors import DomainError
from hdnd.lib.text import fold, nfc
from meetings.choices import MeetingState
from meetings.models import AgendaItem, AgendaPaper, Invitation, Meeting, PaperRead
from meetings.permissions import can_prepare


@transaction.atomic
def add_paper(
    *, actor: Any, item: AgendaItem, title: str, file_name: str, content: bytes, note: str = ""
) -> AgendaPaper:
    """Puts a paper to an item; one of the same title becomes the next version and the old is kept.

    Allowed until the minutes are approved.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: the minutes are approved; the file is empty, too large, not what its name says, or the very
            version that holds.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("host").get(pk=item.meeting_id)
    ensure(can_prepare(actor, meeting))
    if meeting.state in {MeetingState.APPROVED, MeetingState.CANCELLED}:
        raise DomainError("Biên bản đã duyệt hoặc cuộc họp đã hủy nên không thêm tài liệu được nữa.")
    kind = filetypes.checked(file_name, content, filetypes.PAPERS)
    before = _holding(item, title)
    paper = AgendaPaper(
        item=item, title=before.title if before else nfc(title), file=files.store(content, kind.suffix),
        file_name=nfc(file_name)[:200], size=len(content), added_at=clock.now(), added_by=actor,
        number=before.number + 1 if before else 1, note=nfc(note)[:300] if before else "", supersedes=before,
    )  # fmt: skip
    if before and before.file == paper.file:
        raise DomainError(f"Tệp này giống hệt bản {before.number} đang dùng. Chọn tệp đã sửa.", field="file")
    paper.full_clean()
    paper.save()
    read_later(paper.file)
    changes = {"item": item.title, "paper": paper.title, "number": paper.number}
    record(
        "meetings.paper.replaced" if before else "meetings.paper.added", meeting, actor=actor, changes=changes
    )
    return paper


def _holding(item: AgendaItem, title: str) -> AgendaPaper | None:
    """The version that holds under the title, accents and case aside."""
    wanted = fold(title)
    return next((paper for paper in item.papers.current() if fold(paper.title) == wanted), None)


@transaction.atomic
def note_read(*, paper: AgendaPaper, user: Any = None, invitation: Invitation | None = None) -> None:
    """A receipt for whoever opened the version: the account, or the body that came by its link.

    The receipt itself is the trail; the audit holds no copy.

    Raises:
        ValueError: neither or both are named.
    """
    if (user is None) == (invitation is None):
        raise ValueError("note_read needs a user or an invitation")
    receipt, created = PaperRead.objects.get_or_create(
        paper=paper,
        user=user,
        invitation=invitation,
        defaults={"first_at": clock.now(), "last_at": clock.now()},
    )
    if not created:
        receipt.last_at = clock.now()
        receipt.save(update_fields=["last_at"])
