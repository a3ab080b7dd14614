"""Papers made outside the system: numbers reserved for them, voided, or taken when the signed PDF is registered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from councils.models import Organization
from councils.permissions import can_serve_office, ensure
from documents.choices import DocumentState
from documents.models import Document
from documents.services.issuing import file_fields, number_fields
from documents.services.numbering import issuer_of, take_number
from hdnd.audit.services import record
from hdnd.lib import clock, filetypes
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc

MIN_REASON = 10
MOST_AT_ONCE = 20
NOT_YOURS = "Chỉ văn phòng của cơ quan ban hành mới ghi được vào sổ văn bản đi."


@dataclass(frozen=True)
class PaperInput:
    """A signed paper as the office enters it; names as in `Document`. `content` is the PDF."""

    subject: str
    signer_name: str
    signer_title: str
    issued_on: date
    file_name: str
    content: bytes
    recipients: Sequence[str] = ()
    addressees: Sequence[Organization] = ()
    copies: int | None = None
    note: str = ""


@transaction.atomic
def reserve_numbers(
    *,
    actor: Any,
    organization: Organization,
    doc_type: str,
    purpose: str,
    count: int = 1,
    is_legal: bool = False,
    co_issuers: Sequence[Organization] = (),
    is_ensured: bool = False,
) -> list[Document]:
    """Reserves the next numbers of this year's series for papers made elsewhere.

    Args:
        is_ensured: the caller has checked a right of its own, as the signer's to sign.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: no purpose, too many at once, no letterhead, or as `take_number`.
    """
    ensure(is_ensured or can_serve_office(actor, organization), NOT_YOURS)
    purpose = nfc(purpose)
    if len(purpose) < MIN_REASON:
        raise DomainError(f"Ghi giữ số cho văn bản nào, ít nhất {MIN_REASON} ký tự.", field="purpose")
    if not 1 <= count <= MOST_AT_ONCE:
        raise DomainError(f"Mỗi lần giữ từ 1 đến {MOST_AT_ONCE} số. Sửa số lượng.", field="count")
    issuer = issuer_of(organization)
    lines = []
    for _ in range(count):
        taken = take_number(issuer=issuer, doc_type=doc_type, is_legal=is_legal, co_issuers=co_issuers)
        line = Document(
            issuer=issuer, organization=organization, doc_type=doc_type, subject=purpose, issued_on=clock.today(),
            issued_at=clock.now(), state=DocumentState.RESERVED, page_count=0, **number_fields(taken),
        )  # fmt: skip
        line.full_clean(exclude=["content_type", "object_id"])
        line.save()
        line.addressees.set(co_issuers)
        record(
            "documents.number.reserved",
            line,
            actor=actor,
            changes={"symbol": line.symbol, "purpose": purpose},
        )
        lines.append(line)
    return lines


@transaction.atomic
def register_paper(
    *,
    actor: Any,
    organization: Organization,
    doc_type: str,
    paper: PaperInput,
    is_legal: bool = False,
    co_issuers: Sequence[Organization] = (),
) -> Document:
    """Registers a signed paper under the next number of the year it was signed in.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: the day has not come, the file is not a readable PDF, no letterhead, or as `take_number`.
        ValidationError: a field breaks a rule.
    """
    ensure(can_serve_office(actor, organization), NOT_YOURS)
    issuer = issuer_of(organization)
    taken = take_number(
        issuer=issuer, doc_type=doc_type, is_legal=is_legal, co_issuers=co_issuers, year=paper.issued_on.year
    )
    line = Document(
        issuer=issuer, organization=organization, doc_type=doc_type, issued_at=clock.now(), **number_fields(taken)
    )  # fmt: skip
    return _write(line, paper, actor, [*paper.addressees, *co_issuers])


@transaction.atomic
def fill_number(*, actor: Any, line: Document, paper: PaperInput, is_ensured: bool = False) -> Document:
    """Registers a signed paper under a reserved number.

    Args:
        is_ensured: the caller has checked a right of its own, as the signer's to sign.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: the number is not reserved any more, the paper is of another year, or as `register_paper`.
        ValidationError: a field breaks a rule.
    """
    line = _reserved(actor, line, is_ensured=is_ensured)
    if paper.issued_on.year != line.year:
        raise DomainError(
            f"Số {line.symbol} thuộc sổ năm {line.year}, văn bản lại ký năm {paper.issued_on.year}. "
            "Sửa ngày văn bản, hoặc hủy số này và vào sổ theo số của năm ký.",
            field="issued_on",
        )
    return _write(line, paper, actor, [*line.addressees.all(), *paper.addressees])


@transaction.atomic
def void_number(*, actor: Any, line: Document, reason: str) -> Document:
    """Gives a reserved number up; it keeps its place in the book with the reason and is never used again.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: the reason is too short, or the number is not reserved any more.
    """
    line = _reserved(actor, line)
    reason = nfc(reason)[:500]
    if len(reason) < MIN_REASON:
        raise DomainError(f"Ghi rõ lý do hủy số, ít nhất {MIN_REASON} ký tự.", field="reason")
    line.state, line.note = DocumentState.VOIDED, reason
    line.save(update_fields=["state", "note"])
    record("documents.number.voided", line, actor=actor, changes={"symbol": line.symbol, "reason": reason})
    return line


def _reserved(actor: Any, line: Document, *, is_ensured: bool = False) -> Document:
    locked: Document = (
        Document.objects.select_for_update(of=("self",)).select_related("organization").get(pk=line.pk)
    )
    ensure(is_ensured or can_serve_office(actor, locked.organization), NOT_YOURS)
    if not locked.is_reserved:
        raise DomainError(
            f"Số {locked.symbol} không còn là số giữ trước ({locked.get_state_display()}). Mở lại sổ để xem."
        )
    return locked


def _write(line: Document, paper: PaperInput, actor: Any, addressees: Sequence[Organization]) -> Document:
    """Puts the paper on its line of the register."""
    import pikepdf

    if paper.issued_on > clock.today():
        raise DomainError(
            f"Ngày văn bản {short_date(paper.issued_on)} chưa tới. Ghi ngày đã ký trên văn bản.",
            field="issued_on",
        )
    filetypes.checked(paper.file_name, paper.content, [filetypes.PDF])
    try:
        stored = file_fields(paper.content)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise DomainError(
            "Không mở được tệp PDF: tệp hỏng hoặc có mật khẩu. Lưu lại không mật khẩu rồi tải lên.",
            field="file",
        ) from error
    if not nfc(paper.signer_name):
        raise DomainError("Ghi người ký văn bản.", field="signer_name")
    for name in ("subject", "signer_name", "signer_title", "issued_on", "copies", "note"):
        setattr(line, name, getattr(paper, name))
    line.recipients = [nfc(one) for one in paper.recipients if nfc(one)]
    for name, value in stored.items():
        setattr(line, name, value)
    line.state = DocumentState.ISSUED
    line.full_clean(exclude=["content_type", "object_id"])
    line.save()
    line.addressees.set(addressees)
    record(
        "documents.document.registered",
        line,
        actor=actor,
        changes={"symbol": line.symbol, "sha256": line.sha256},
    )
    return line
