"""Phiếu biểu quyết, phiếu bầu, phiếu lấy phiếu tín nhiệm: what delegates mark in secret. Not papers of NĐ 30/2020.

They carry no name, number or date of the voter; the seal on top makes them valid (Nghị quyết 96/2023/QH15 for votes of
confidence; the rules of each election for the others).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.paper.model import (
    Align,
    Block,
    Cell,
    Column,
    DocTitle,
    Letterhead,
    Paper,
    PaperError,
    Paragraph,
    Table,
    Tick,
    text,
)

_NUMBER_MM, _CHOICE_MM = 12.0, 23.0
_TEXT_WIDTH_MM = 160.0


@dataclass(frozen=True)
class BallotPaper:
    """All a ballot says.

    Attributes:
        name: what it is called, `Phiếu biểu quyết`.
        subject: what is voted on.
        rows: a line each: one cell, or more where `heads` has more columns of text.
        heads: the heads of the text columns, `Họ và tên`, `Chức vụ`.
        choices: the heads of the boxes, `Tán thành`.
        guide: how to mark it, a sentence each.
    """

    letterhead: Letterhead
    name: str
    subject: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    choices: tuple[str, ...]
    guide: tuple[str, ...]


def ballot(data: BallotPaper) -> Paper:
    """The ballot as a paper: the guide, then a table with a drawn box for every choice.

    Raises:
        PaperError: there is nothing to vote on, or nothing to choose.
    """
    if not data.rows or not data.choices:
        raise PaperError("a ballot needs something to vote on and choices")
    blocks: list[Block] = [Paragraph(text(sentence, italic=True)) for sentence in data.guide]
    blocks.append(_table(data))
    return Paper(
        name=f"{data.name} {data.subject}",
        letterhead=data.letterhead,
        title=DocTitle(data.name, (data.subject,)),
        blocks=tuple(blocks),
    )


def _table(data: BallotPaper) -> Table:
    rest = _TEXT_WIDTH_MM - _NUMBER_MM - _CHOICE_MM * len(data.choices)
    columns = (
        Column("TT", _NUMBER_MM, Align.CENTER),
        *(Column(head, rest / len(data.heads)) for head in data.heads),
        *(Column(choice, _CHOICE_MM, Align.CENTER) for choice in data.choices),
    )
    boxes: tuple[Cell, ...] = (Tick(),) * len(data.choices)
    return Table(columns, tuple((str(at), *row, *boxes) for at, row in enumerate(data.rows, start=1)))
