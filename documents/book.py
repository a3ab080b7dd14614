"""From the lines of the register to the book."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from documents.choices import DocumentType
from documents.models import Document, Issuer, Series
from documents.paper.model import Letterhead
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
    superior = tuple(line for line in issuer.superior_lines.splitlines() if line.strip())
    head = Letterhead(tuple(issuer.name_lines.splitlines()), superior)
    return RegisterBook(head, year, runs, printed_on)


def _name(series: Series) -> str:
    if not series.doc_type:
        return "Văn bản các loại"
    kind = DocumentType(series.doc_type).label
    return f"{kind} quy phạm pháp luật" if series.is_legal else kind
