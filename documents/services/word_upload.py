"""Take a draft that was edited in Word: read it, show what differs, make it the next version."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from councils.permissions import ensure
from documents.choices import SigningForm, UrgencyMark, VersionSource
from documents.draft_paper import content_of, draft_paper, expected_symbol, joined, signers_of
from documents.heading import suffix
from documents.models import Draft, DraftVersion
from documents.paper.bodytext import is_annex
from documents.paper.word_reading import WordText, read_docx
from documents.permissions.drafts import can_draft, can_edit_draft
from documents.queries.drafts import signer_seats
from documents.services.drafting import CLOSED, NOT_YOURS, STALE, SignerInput, freeze, locked, set_signers
from documents.services.numbering import issuer_of
from documents.word_compare import (
    FieldChange,
    compared,
    kind_named,
    may_stay_legal,
    recipients_in,
    seat_named,
)
from hdnd.audit.services import record
from hdnd.lib import clock, files, filetypes
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.text import fold, nfc

UNREADABLE = (
    "Không đọc được tệp Word này. Mở tệp bằng Word hoặc LibreOffice, chọn “Lưu thành” .docx rồi tải lên lại."
)
BESIDE = "beside"
"""The choice to append what stands in text boxes, notes and margins."""


@dataclass(frozen=True)
class Upload:
    """A stored Word file and what it says."""

    file: str
    file_name: str
    read: WordText


def keep_upload(*, actor: Any, draft: Draft, file_name: str, content: bytes) -> Upload:
    """Checks and stores the file; the draft is not touched yet.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: for `file`: not a readable DOCX; or the draft is not open.
    """
    _ensure_open(actor, draft)
    filetypes.checked(file_name, content, [filetypes.DOCX])
    read = _read(content)
    return Upload(files.store(content, ".docx"), file_name[:200], read)


def stored_upload(*, actor: Any, draft: Draft, file: str, file_name: str) -> Upload:
    """The same for a file that was stored before.

    Raises:
        PermissionDenied, DomainError: as `keep_upload`.
    """
    _ensure_open(actor, draft)
    return Upload(file, file_name, _read(files.read(file)))


def _ensure_open(actor: Any, draft: Draft) -> None:
    ensure(can_draft(actor, draft.organization), NOT_YOURS)
    if not can_edit_draft(actor, draft):
        raise DomainError(CLOSED.format(state=draft.get_state_display()))


def _read(content: bytes) -> WordText:
    try:
        return read_docx(content)
    except ValueError as error:
        raise DomainError(UNREADABLE, field="file") from error


def changes_in(draft: Draft, read: WordText) -> list[FieldChange]:
    """The fields in which the file differs from the working copy."""
    content = content_of(draft, clock.today())
    head = draft_paper(draft, content).letterhead
    issuers = [issuer_of(draft.organization), *(issuer_of(row.organization) for row in signers_of(draft)[1:])]
    return compared(
        draft,
        content,
        read,
        list(signer_seats([draft.organization])),
        suffix(expected_symbol(issuers, content, clock.today())),
        (*head.superior_lines, *head.name_lines),
    )


def _with_beside(read: WordText) -> str:
    """The text, and before its annexes each word that stood beside it, named by where."""
    lines = read.body.splitlines()
    at = next((at for at, line in enumerate(lines) if is_annex(line)), len(lines))
    named = [f"[{where} trong tệp Word] {' '.join(words.split())}" for where, words in read.beside]
    return "\n".join([*lines[:at], *named, *lines[at:]])


@transaction.atomic
def take_word_file(
    *, actor: Any, draft: Draft, upload: Upload, taken: Collection[str], version: int, note: str = ""
) -> DraftVersion:
    """Makes the file's text the working copy and the next version.

    Args:
        taken: keys of the fields that the file decides; the others stay as the system has them. `BESIDE` appends what
            stood beside the text.
        version: the count of saves against which the differences were shown.

    Raises:
        PermissionDenied, DomainError: as `keep_upload`.
        StaleEdit: somebody saved in between; carries the stored draft.
        ValidationError: a field breaks a rule.
    """
    draft = locked(draft)
    _ensure_open(actor, draft)
    if draft.version != version:
        raise StaleEdit(STALE, stored=draft)
    read, open_keys = upload.read, {one.key for one in changes_in(draft, upload.read) if not one.why}
    wanted = set(taken) & open_keys
    draft.body = nfc(_with_beside(read) if BESIDE in taken else read.body)
    if "subject" in wanted:
        draft.subject = read.subject[:1].upper() + read.subject[1:]
    if "recipients" in wanted:
        draft.recipients = joined(recipients_in(read))
    if "salutation" in wanted:
        draft.salutation = joined(read.salutation)
    if "urgency" in wanted:
        marks = {fold(str(label)): value for value, label in UrgencyMark.choices}
        draft.urgency = marks.get(fold(read.urgency), "")
    if "kind" in wanted:
        draft.kind_code = kind_named(read.type_name) or draft.kind_code
        draft.is_legal = draft.is_legal and may_stay_legal(draft.kind_code)
    seat = seat_named(read, list(signer_seats([draft.organization]))) if "signer" in wanted else None
    if seat is not None:
        form = SigningForm.OWN if seat.organization_id == draft.organization_id else SigningForm.ORDERED
        set_signers(draft, [SignerInput(draft.organization, seat, form)])
    draft.version, draft.changed_at = draft.version + 1, clock.now()
    draft.full_clean()
    draft.save()
    made = freeze(
        draft=draft,
        actor=actor,
        source=VersionSource.WORD,
        note=note,
        file=upload.file,
        file_name=upload.file_name,
    )
    record(
        "documents.draft.word_taken", draft, actor=actor,
        changes={"version": made.number, "file_name": upload.file_name, "taken": sorted(wanted)},
    )  # fmt: skip
    return made
