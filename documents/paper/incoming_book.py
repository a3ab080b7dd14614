"""Sổ đăng ký văn bản đến and sổ theo dõi giải quyết văn bản đến. Columns of NĐ 30/2020/NĐ-CP, Phụ lục IV."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from documents.paper.model import Align, Block, Column, Letterhead, Paper, Paragraph, Table, text
from documents.paper.register_book import book_paper
from hdnd.lib.dates import short_date


@dataclass(frozen=True)
class ArrivalLine:
    """A line of the books of what arrived.

    Attributes:
        kind: type of the paper in words; empty when it is none of the named ones.
        answer: number and symbol of the answering paper.
        result: what was done, for the follow-up book alone.
    """

    number: str
    arrived_on: date
    author: str
    symbol: str
    dated_on: date | None
    kind: str
    subject: str
    receiver: str = ""
    handed_on: date | None = None
    due_on: date | None = None
    progress: str = ""
    answer: str = ""
    result: str = ""
    note: str = ""

    @property
    def about(self) -> str:
        """Type and subject; the type once."""
        if not self.kind or self.subject.lower().startswith(self.kind.lower()):
            return self.subject
        return f"{self.kind}: {self.subject}"

    @property
    def named(self) -> str:
        """`Công văn số 412/UBND-VP ngày 10/06/2026 của UBND tỉnh`."""
        number = f" số {self.symbol}" if self.symbol else ""
        dated = f" ngày {short_date(self.dated_on)}" if self.dated_on else ""
        return f"{self.kind or 'Văn bản'}{number}{dated} của {self.author}"


def _day(day: date | None) -> str:
    return short_date(day) if day else ""


Heads = tuple[tuple[str, float, Align, Callable[[ArrivalLine], str]], ...]
INCOMING_HEADS: Heads = (
    ("Ngày đến", 20.5, Align.CENTER, lambda line: _day(line.arrived_on)),
    ("Số đến", 12, Align.CENTER, lambda line: line.number),
    ("Tác giả", 34, Align.LEFT, lambda line: line.author),
    ("Số, ký hiệu", 30, Align.LEFT, lambda line: line.symbol),
    ("Ngày tháng", 20.5, Align.CENTER, lambda line: _day(line.dated_on)),
    ("Tên loại và trích yếu nội dung", 46, Align.LEFT, lambda line: line.about),
    ("Đơn vị hoặc người nhận", 26, Align.LEFT, lambda line: line.receiver),
    ("Ngày chuyển", 20.5, Align.CENTER, lambda line: _day(line.handed_on)),
    ("Ký nhận", 14, Align.LEFT, lambda line: ""),
    ("Ghi chú", 23.5, Align.LEFT, lambda line: line.note),
)
"""The ten columns: head, width in mm, how set, what a line writes there; the signature of receipt is ink."""

FOLLOWUP_HEADS: Heads = (
    ("Số đến", 16, Align.CENTER, lambda line: line.number),
    ("Tên loại, số, ký hiệu, ngày tháng, tác giả văn bản", 68, Align.LEFT, lambda line: line.named),
    ("Đơn vị hoặc người nhận", 42, Align.LEFT, lambda line: line.receiver),
    ("Thời hạn giải quyết", 25, Align.CENTER, lambda line: _day(line.due_on)),
    ("Tiến độ giải quyết", 36, Align.LEFT, lambda line: line.progress),
    ("Số, ký hiệu văn bản trả lời", 32, Align.LEFT, lambda line: line.answer),
    ("Ghi chú", 28, Align.LEFT, lambda line: "; ".join(part for part in (line.result, line.note) if part)),
)
"""The seven columns of the follow-up book."""


class ArrivalBook(Enum):
    """The two books over the same lines: title and columns."""

    INCOMING = ("Sổ đăng ký văn bản đến", INCOMING_HEADS)
    FOLLOWUP = ("Sổ theo dõi giải quyết văn bản đến", FOLLOWUP_HEADS)

    @property
    def title(self) -> str:
        """Its name, as it stands on the first page."""
        return self.value[0]


def incoming_book(
    kind: ArrivalBook, letterhead: Letterhead, year: int, lines: tuple[ArrivalLine, ...], printed_on: date
) -> Paper:
    """One of the books as a paper across the page."""
    title, heads = kind.value
    columns = tuple(Column(head, width, align) for head, width, align, _ in heads)
    rows = tuple(tuple(write(line) for *_, write in heads) for line in lines)
    empty = Paragraph(text("Chưa có văn bản nào.", italic=True), Align.CENTER)
    blocks: tuple[Block, ...] = (Table(columns, rows, small=True) if rows else empty,)
    return book_paper(title, letterhead, year, blocks, printed_on)
