"""Sổ đăng ký văn bản đi: the register as it is printed and bound. Columns of NĐ 30/2020/NĐ-CP, Phụ lục IV."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from documents.paper.model import Align, Block, Column, DocTitle, Letterhead, Paper, Paragraph, Table, text
from hdnd.lib.dates import short_date


@dataclass(frozen=True)
class BookLine:
    """A line of the book.

    Attributes:
        kept_by: who holds the copy that is filed (đơn vị, người nhận bản lưu).
    """

    symbol: str
    day: date | None
    subject: str
    signer: str = ""
    recipients: str = ""
    kept_by: str = ""
    copies: int | None = None
    note: str = ""


HEADS: tuple[tuple[str, float, Align, Callable[[BookLine], str]], ...] = (
    ("Số, ký hiệu văn bản", 34, Align.LEFT, lambda line: line.symbol),
    ("Ngày tháng văn bản", 25, Align.CENTER, lambda line: short_date(line.day) if line.day else ""),
    ("Tên loại và trích yếu nội dung văn bản", 44, Align.LEFT, lambda line: line.subject),
    ("Người ký", 23, Align.LEFT, lambda line: line.signer),
    ("Nơi nhận văn bản", 28, Align.LEFT, lambda line: line.recipients),
    ("Đơn vị, người nhận bản lưu", 25, Align.LEFT, lambda line: line.kept_by),
    ("Số lượng bản", 17, Align.CENTER, lambda line: "" if line.copies is None else str(line.copies)),
    ("Ngày chuyển", 19, Align.CENTER, lambda line: ""),
    ("Ký nhận", 14, Align.LEFT, lambda line: ""),
    ("Ghi chú", 18, Align.LEFT, lambda line: line.note),
)
"""The ten columns: head, width in mm, how set, what a line writes there; the day and signature of handing over are ink."""


@dataclass(frozen=True)
class BookRun:
    """One series of the year: its name and its lines in the order of their numbers."""

    name: str
    lines: tuple[BookLine, ...]


@dataclass(frozen=True)
class RegisterBook:
    """All that a book says; `printed_on` stands on its first page."""

    letterhead: Letterhead
    year: int
    runs: tuple[BookRun, ...]
    printed_on: date


def register_book(data: RegisterBook) -> Paper:
    """The book as a paper across the page; a table for each series, whose head repeats on every page."""
    blocks: list[Block] = []
    for run in data.runs:
        first, last = run.lines[0], run.lines[-1]
        numbers = f"từ số {_number(first)} đến số {_number(last)}, {len(run.lines)} số"
        blocks.append(
            Paragraph(text(f"{run.name}: {numbers}", bold=True), Align.LEFT, indented=False, kept=True)
        )
        columns = tuple(Column(head, width, align) for head, width, align, _ in HEADS)
        rows = tuple(tuple(write(line) for *_, write in HEADS) for line in run.lines)
        blocks.append(Table(columns, rows, small=True))
    if not data.runs:
        blocks.append(Paragraph(text("Chưa có văn bản nào.", italic=True), Align.CENTER))
    return book_paper("Sổ đăng ký văn bản đi", data.letterhead, data.year, tuple(blocks), data.printed_on)


def book_paper(
    title: str, letterhead: Letterhead, year: int, blocks: tuple[Block, ...], printed_on: date
) -> Paper:
    """A book of one year as a paper across the page, with the day it was printed on."""
    return Paper(
        name=f"{title} năm {year}",
        letterhead=letterhead,
        title=DocTitle(title, (f"Năm {year}", f"In ngày {short_date(printed_on)}")),
        blocks=blocks,
        landscape=True,
    )


def _number(line: BookLine) -> str:
    """The digits before the symbol: `31` of `31/GM-HĐND`, `13` of `13-NQ/TU`."""
    return line.symbol[: len(line.symbol) - len(line.symbol.lstrip("0123456789"))]
