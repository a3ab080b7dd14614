"""The incoming book: enter a paper that arrived, hand it on, note what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from councils.models import Organization, Person
from councils.permissions import can_serve_office, ensure
from documents.models import Document, IncomingBook, IncomingDocument
from documents.queries.incoming import handlers, twin_of
from documents.services.numbering import issuer_of
from hdnd.audit.services import changed, record
from hdnd.lib import clock, files, filetypes
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc

MIN_REASON = 10
NOT_YOURS = "Chỉ văn phòng của cơ quan giữ sổ mới ghi được vào sổ văn bản đến."
PAPER_FIELDS = (
    "arrived_on", "author", "author_body", "symbol", "dated_on", "doc_type", "subject", "urgency", "note",
)  # fmt: skip
HANDLING_FIELDS = ("unit", "handler", "handed_on", "due_on")


class DuplicatePaper(DomainError):
    """The same paper is in the book already; carries its line, so that the page can lead there."""

    def __init__(self, twin: IncomingDocument) -> None:
        super().__init__(
            f"{twin.paper_line} đã vào sổ với số đến {twin.number_text} ngày {short_date(twin.arrived_on)}. "
            "Mở văn bản đó, hoặc chọn “Đây là văn bản khác” rồi vào sổ.",
            field="symbol",
        )
        self.twin = twin


@dataclass(frozen=True)
class Handling:
    """Who gets a paper, when it was handed to them, by when they settle it; names as in `IncomingDocument`."""

    unit: str = ""
    handler: Person | None = None
    handed_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class ArrivalInput:
    """A paper as the office enters it; names as in `IncomingDocument`. `content` is the scan, if there is one."""

    arrived_on: date
    subject: str
    author: str = ""
    author_body: Organization | None = None
    symbol: str = ""
    dated_on: date | None = None
    doc_type: str = ""
    urgency: str = ""
    note: str = ""
    file_name: str = ""
    content: bytes | None = None


@transaction.atomic
def register_arrival(
    *,
    actor: Any,
    organization: Organization,
    arrival: ArrivalInput,
    handling: Handling | None = None,
    is_another: bool = False,
) -> IncomingDocument:
    """Enters a paper under the next number of the book of the year it arrived in.

    Args:
        organization: who received it; the office that keeps its books enters it.
        is_another: the office has seen the paper that looks the same, and says that this is another.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DuplicatePaper: author, symbol and day are those of a paper in the book.
        DomainError: a day that can't be, no author, a handler of another body, the scan is not what its name says,
            or the body has no letterhead.
        ValidationError: a field breaks a rule.
    """
    ensure(can_serve_office(actor, organization), NOT_YOURS)
    line = IncomingDocument(book=_book(organization, arrival.arrived_on.year))
    _fill(line, arrival)
    _store_scan(line, arrival)
    _hand(line, handling or Handling())
    if not is_another:
        _ensure_single(line)
    return _enter(line, actor)


@transaction.atomic
def take_in(*, actor: Any, organization: Organization, document: Document) -> IncomingDocument:
    """Enters a paper that another body of this system sent to the body, with all that the system knows of it.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: it was not sent to the body, is in the book already, or the body has no letterhead.
    """
    ensure(can_serve_office(actor, organization), NOT_YOURS)
    if not document.has_paper or not document.addressees.filter(pk=organization.pk).exists():
        raise DomainError(f"{document} không gửi đến {organization.label} nên không vào sổ đến được.")
    line = IncomingDocument(book=_book(organization, clock.today().year), source=document)
    known = IncomingDocument.objects.standing().filter(
        source=document, book__organization=line.book.organization
    )
    for twin in known.select_related("book"):
        raise DuplicatePaper(twin)
    _fill(
        line,
        ArrivalInput(
            arrived_on=clock.today(),
            subject=document.subject,
            author_body=document.organization,
            symbol=document.symbol,
            dated_on=document.issued_on,
            doc_type=document.doc_type,
        ),
    )
    line.file, line.file_name = document.file, f"{document.symbol.replace('/', '-')}.pdf"
    _ensure_single(line)
    return _enter(line, actor)


@transaction.atomic
def change_arrival(*, actor: Any, line: IncomingDocument, arrival: ArrivalInput) -> IncomingDocument:
    """Corrects what was entered of the paper. A scan left empty stays; the number stays in any case.

    Raises:
        PermissionDenied, DomainError, ValidationError: as `register_arrival`; a day of another year; voided.
    """
    line = _locked(actor, line)
    if arrival.arrived_on.year != line.book.year:
        raise DomainError(
            f"Số đến {line.number_text} thuộc sổ năm {line.book.year}. Sửa ngày đến, hoặc hủy số này và vào sổ năm "
            f"{arrival.arrived_on.year}.",
            field="arrived_on",
        )
    _fill(line, arrival)
    _store_scan(line, arrival)
    line.full_clean(exclude=["book"])
    changes = changed(line, [*PAPER_FIELDS, "file_name"])
    line.save()
    if changes:
        record("documents.incoming.changed", line, actor=actor, changes=changes)
    return line


@transaction.atomic
def hand_on(*, actor: Any, line: IncomingDocument, handling: Handling) -> IncomingDocument:
    """Says who handles the paper and by when (NĐ 30/2020, Điều 23); said again, the last word stands.

    Raises:
        PermissionDenied: the actor does not serve the office.
        DomainError: nobody named, a handler of another body, a day that can't be; settled or voided.
    """
    line = _open(actor, line)
    if not nfc(handling.unit) and not handling.handler:
        raise DomainError("Ghi đơn vị hoặc chọn người nhận.", field="unit")
    _hand(line, handling)
    line.full_clean(exclude=["book"])
    changes = changed(line, list(HANDLING_FIELDS))
    line.save()
    if changes:
        record("documents.incoming.handed_on", line, actor=actor, changes=changes)
    return line


@transaction.atomic
def settle_arrival(
    *, actor: Any, line: IncomingDocument, done_on: date, result: str = "", answer: Document | None = None
) -> IncomingDocument:
    """Notes that the paper is dealt with, by an answering paper or by what was done.

    Raises:
        PermissionDenied: the actor does not serve the office.
        DomainError: neither answer nor result, an answer of another body, a day before it arrived or to come; settled
            or voided.
    """
    line = _open(actor, line)
    result = nfc(result)
    if answer is None and not result:
        raise DomainError("Ghi kết quả xử lý, hoặc số văn bản trả lời.", field="result")
    if answer and not _is_own(answer, line.book.organization):
        raise DomainError(f"{answer} không phải văn bản đã phát hành của cơ quan.", field="answer")
    if not line.arrived_on <= done_on <= clock.today():
        raise DomainError(
            f"Ngày xử lý xong từ ngày đến {short_date(line.arrived_on)} tới hôm nay. Sửa ngày.",
            field="done_on",
        )
    line.done_on, line.result, line.answer = done_on, result, answer
    line.full_clean(exclude=["book"])
    line.save()
    changes = {"done_on": done_on, "result": result, "answer": answer.symbol if answer else ""}
    record("documents.incoming.settled", line, actor=actor, changes=changes)
    return line


@transaction.atomic
def reopen_arrival(*, actor: Any, line: IncomingDocument) -> IncomingDocument:
    """Takes the note back that the paper is dealt with; the audit keeps what it said.

    Raises:
        PermissionDenied: the actor does not serve the office.
        DomainError: it is not settled, or voided.
    """
    line = _locked(actor, line)
    if line.done_on is None:
        raise DomainError(f"Văn bản đến số {line.number_text} chưa ghi kết quả xử lý.")
    was = {"done_on": [line.done_on, None], "result": [line.result, ""]}
    line.done_on, line.result, line.answer = None, "", None
    line.save()
    record("documents.incoming.reopened", line, actor=actor, changes=was)
    return line


@transaction.atomic
def void_arrival(*, actor: Any, line: IncomingDocument, reason: str) -> IncomingDocument:
    """Strikes out what was entered by mistake; the number keeps its place in the book with the reason.

    Raises:
        PermissionDenied: the actor does not serve the office.
        DomainError: the reason is too short, or it is voided already.
    """
    line = _locked(actor, line)
    reason = nfc(reason)[:500]
    if len(reason) < MIN_REASON:
        raise DomainError(f"Ghi rõ lý do hủy, ít nhất {MIN_REASON} ký tự.", field="reason")
    line.voided_because = reason
    line.save()
    record("documents.incoming.voided", line, actor=actor, changes={"reason": reason})
    return line


def _book(organization: Organization, year: int) -> IncomingBook:
    """The book of the year, locked until the transaction ends; bodies that share a register share it too."""
    keeper = issuer_of(organization).book.organization
    IncomingBook.objects.get_or_create(organization=keeper, year=year)
    return (
        IncomingBook.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(organization=keeper, year=year)
    )


def _enter(line: IncomingDocument, actor: Any) -> IncomingDocument:
    """Gives the line its number and writes it."""
    line.book.last_number += 1
    line.number = line.book.last_number
    line.full_clean(exclude=["book"])
    line.book.save(update_fields=["last_number"])
    line.save()
    record("documents.incoming.registered", line, actor=actor, changes={"number": line.number})
    return line


def _locked(actor: Any, line: IncomingDocument) -> IncomingDocument:
    locked: IncomingDocument = (
        IncomingDocument.objects.select_for_update(of=("self",))
        .select_related("book__organization")
        .get(pk=line.pk)
    )
    ensure(can_serve_office(actor, locked.book.organization), NOT_YOURS)
    if locked.voided_because:
        raise DomainError(f"Văn bản đến số {locked.number_text} đã hủy nên không sửa được nữa.")
    return locked


def _open(actor: Any, line: IncomingDocument) -> IncomingDocument:
    locked = _locked(actor, line)
    if locked.done_on:
        raise DomainError(
            f"Văn bản đến số {locked.number_text} đã xử lý ngày {short_date(locked.done_on)}. "
            "Mở lại xử lý trước rồi ghi tiếp."
        )
    return locked


def _fill(line: IncomingDocument, arrival: ArrivalInput) -> None:
    """Takes over what was entered of the paper, if the rules allow it."""
    for name in PAPER_FIELDS:
        setattr(line, name, getattr(arrival, name))
    if not nfc(line.author) and line.author_body:
        line.author = line.author_body.name
    if not nfc(line.author):
        raise DomainError("Chọn cơ quan gửi, hoặc ghi tên tác giả.", field="author")
    if line.arrived_on > clock.today():
        raise DomainError("Ngày đến chưa tới. Ghi ngày đã nhận văn bản.", field="arrived_on")
    if line.dated_on and line.dated_on > line.arrived_on:
        raise DomainError(
            f"Ngày văn bản {short_date(line.dated_on)} sau ngày đến {short_date(line.arrived_on)}. "
            "Sửa một trong hai ngày.",
            field="dated_on",
        )


def _store_scan(line: IncomingDocument, arrival: ArrivalInput) -> None:
    if arrival.content is not None:
        kind = filetypes.checked(arrival.file_name, arrival.content, filetypes.SCANS)
        line.file, line.file_name = files.store(arrival.content, kind.suffix), nfc(arrival.file_name)[:200]


def _hand(line: IncomingDocument, handling: Handling) -> None:
    """Takes over who gets the paper; with nobody named it waits."""
    for name in HANDLING_FIELDS:
        setattr(line, name, getattr(handling, name))
    if line.due_on and line.due_on < line.arrived_on:
        raise DomainError(
            f"Hạn xử lý trước ngày đến {short_date(line.arrived_on)}. Sửa hạn hoặc bỏ trống.", field="due_on"
        )
    if not nfc(line.unit) and not line.handler:
        line.handed_on = None
        return
    line.handed_on = line.handed_on or clock.today()
    if not line.arrived_on <= line.handed_on <= clock.today():
        raise DomainError(
            f"Ngày chuyển từ ngày đến {short_date(line.arrived_on)} tới hôm nay. Sửa ngày chuyển.",
            field="handed_on",
        )
    own = handlers(line.book.organization, line.handed_on)
    if line.handler and not own.filter(pk=line.handler.pk).exists():
        raise DomainError(
            f"{line.handler} không thuộc {line.book.organization.label} vào ngày {short_date(line.handed_on)}. "
            "Chọn người khác, hoặc ghi tên ở ô đơn vị.",
            field="handler",
        )


def _ensure_single(line: IncomingDocument) -> None:
    twin = twin_of(line)
    if twin:
        raise DuplicatePaper(twin)


def _is_own(answer: Document, keeper: Organization) -> bool:
    return answer.has_paper and answer.organization.family_root_id == keeper.family_root_id
