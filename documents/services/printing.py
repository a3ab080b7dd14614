"""Print a book: a short one at once, a long one as a job."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from councils.models import User
from documents.book import arrivals_of, book_of
from documents.models import Issuer
from documents.paper.html import paper_pdf
from documents.paper.incoming_book import ArrivalBook
from documents.paper.model import Paper
from documents.paper.register_book import register_book
from documents.queries.book import book_lines, books_of
from documents.queries.incoming import arrival_lines
from hdnd.jobs import Progress, Result
from hdnd.jobs.models import Job
from hdnd.jobs.services import start
from hdnd.lib import clock
from hdnd.lib.errors import DomainError

JOB = "documents.book"
AT_ONCE = 40
"""Lines that are set while the person waits: some four pages, half a second."""
MOST = 10_000
"""Lines of one PDF: some 600 pages, a minute."""


class Book(StrEnum):
    """The three books; the value names the file."""

    OUTGOING = "so-van-ban-di"
    INCOMING = "so-van-ban-den"
    FOLLOWUP = "so-theo-doi-van-ban-den"

    @property
    def heading(self) -> str:
        """What the person reads."""
        return {
            Book.OUTGOING: "Sổ đăng ký văn bản đi",
            Book.INCOMING: ArrivalBook.INCOMING.title,
            Book.FOLLOWUP: ArrivalBook.FOLLOWUP.title,
        }[self]


@dataclass(frozen=True)
class Asked:
    """Which book: whose (key of the keeper's `Issuer`), which year, of the outgoing one perhaps a single type."""

    book: Book
    keeper: int
    year: int
    doc_type: str = ""


def print_book(*, actor: Any, asked: Asked, back: str = "") -> Result | Job:
    """The book as PDF, or the job that makes it when it is long.

    Args:
        back: where the job's page leads back to.

    Raises:
        DomainError: too long for one file.
    """
    count = _lines(actor, asked)[: MOST + 1].count()
    if count > MOST:
        raise DomainError(
            f"{asked.book.heading} năm {asked.year} có hơn {MOST:,} dòng. ".replace(",", ".")
            + "Lọc theo loại văn bản rồi in từng loại, hoặc xuất Excel."
        )
    if count <= AT_ONCE:
        return _printed(actor, asked)
    title = f"{asked.book.heading} năm {asked.year}"
    return start(actor=actor, kind=JOB, args={**asdict(asked), "actor": actor.pk}, title=title, back=back)


def run_print(args: dict[str, Any], progress: Progress) -> Result:
    """Runner of the job: the book as it stands when the worker comes to it, with the rights of that moment.

    Raises:
        DomainError: the person may no longer look into the book.
    """
    asked = Asked(Book(args["book"]), args["keeper"], args["year"], args["doc_type"])
    actor = User.objects.get(pk=args["actor"])
    progress(0, 1)
    made = _printed(actor, asked)
    progress(1, 1)
    return made


def _lines(actor: Any, asked: Asked) -> Any:
    keeper = _keeper(actor, asked)
    if asked.book is Book.OUTGOING:
        return book_lines(actor, keeper, asked.year, asked.doc_type)
    return arrival_lines(actor, keeper, asked.year)


def _keeper(actor: Any, asked: Asked) -> Issuer:
    keeper = books_of(actor).filter(pk=asked.keeper).first()
    if keeper is None:
        raise DomainError("Tài khoản không còn quyền xem sổ này. Nhờ văn phòng giữ sổ in.")
    return keeper


def _printed(actor: Any, asked: Asked) -> Result:
    keeper, lines, today = _keeper(actor, asked), _lines(actor, asked), clock.today()
    paper: Paper
    match asked.book:
        case Book.OUTGOING:
            paper = register_book(book_of(keeper, asked.year, lines, today))
        case Book.INCOMING:
            paper = arrivals_of(keeper, asked.year, ArrivalBook.INCOMING, lines, today)
        case Book.FOLLOWUP:
            paper = arrivals_of(keeper, asked.year, ArrivalBook.FOLLOWUP, lines, today)
    return Result(paper_pdf(paper), f"{asked.book}-{asked.year}.pdf", "application/pdf")
