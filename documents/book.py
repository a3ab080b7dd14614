"""From the lines of the registers to their books."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from documents.choices import DocumentType
from documents.heading import letterhead
from documents.models import Document, IncomingDocument, Issuer, Series
from documents.paper.incoming_book import ArrivalBook, ArrivalLine, incoming_book
from documents.paper.model import Paper
from documents.paper.register_book import BookLine, BookRun, RegisterBook


def book_line(line: Document) -> BookLine:
    """One line of the register as the book writes it; a number without a paper says so in the note."""
    kind, subject = line.get_doc_type_display(), line.subject
    if not subject.lower().startswith(kind.lower()):
        subject = f"{kind}: {subject}"
    if not line.has_paper:
        note = f"{line.get_state_display().capitalize()}. {line.note}".strip()
        return BookLine(line.symbol, None, subject, note=note)
    unit = line.issuer.drafting_unit
    return BookLine(
        symbol=line.symbol,
        day=line.issued_on,
        subject=subject,
        signer=line.signer_name,
        recipients="; ".join(line.recipients),
        kept_by=f"VT, {unit}" if unit else "VT",
        copies=line.copies,
        note=line.note,
    )


def book_of(issuer: Issuer, year: int, lines: Iterable[Document], printed_on: date) -> RegisterBook:
    """The book of lines that stand series by series."""
    runs = tuple(
        BookRun(_name(series), tuple(book_line(line) for line in found))
        for series, found in groupby(lines, lambda line: line.series)
    )
    return RegisterBook(letterhead(issuer), year, runs, printed_on)


def arrival_line(line: IncomingDocument, today: date) -> ArrivalLine:
    """One line of what arrived as its two books write it; one struck out says so in the note."""
    void = f"Đã hủy: {line.voided_because}" if line.voided_because else ""
    return ArrivalLine(
        number=line.number_text,
        arrived_on=line.arrived_on,
        author=line.author,
        symbol=line.symbol,
        dated_on=line.dated_on,
        kind=line.get_doc_type_display(),
        subject=line.subject,
        receiver=line.receiver,
        handed_on=line.handed_on,
        due_on=line.due_on,
        progress="" if void else line.progress_on(today),
        answer=line.answer.symbol if line.answer else "",
        result="" if void else line.result,
        note=void or line.note,
    )


def arrivals_of(
    issuer: Issuer, year: int, kind: ArrivalBook, lines: Iterable[IncomingDocument], today: date
) -> Paper:
    """One of the books of what arrived, as it stands today."""
    return incoming_book(
        kind, letterhead(issuer), year, tuple(arrival_line(line, today) for line in lines), today
    )


def _name(series: Series) -> str:
    if not series.doc_type:
        return "Văn bản các loại"
    kind = DocumentType(series.doc_type).label
    return f"{kind} quy phạm pháp luật" if series.is_legal else kind
