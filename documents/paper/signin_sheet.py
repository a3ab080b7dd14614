"""Danh sách ký tên: the sheet at the door. Not a numbered paper of NĐ 30/2020; it borrows the head."""

from dataclasses import dataclass
from datetime import datetime

from documents.paper.invitation import time_sentence
from documents.paper.model import (
    Align,
    Block,
    Column,
    DocTitle,
    Letterhead,
    Paper,
    Paragraph,
    Run,
    Table,
    text,
)

_COLUMNS = (
    Column("TT", 12, Align.CENTER),
    Column("Họ và tên", 52),
    Column("Chức vụ/cơ quan", 58),
    Column("Ký tên", 38),
)


@dataclass(frozen=True)
class SigninRow:
    """Someone expected; the name is empty when a body has not named its person yet."""

    name: str
    title: str


@dataclass(frozen=True)
class SigninSheetPaper:
    """All a sign-in sheet says; `blank_rows` are for those who come unannounced."""

    letterhead: Letterhead
    event: str
    starts_at: datetime
    venue: str
    members: tuple[SigninRow, ...]
    guests: tuple[SigninRow, ...]
    blank_rows: int = 3


def signin_sheet(data: SigninSheetPaper) -> Paper:
    """The sheet as a paper: members first, guests in a table of their own."""
    blocks: list[Block] = [
        Paragraph((Run("Thời gian: ", bold=True), Run(f"{time_sentence(data.starts_at)}."))),
        Paragraph((Run("Địa điểm: ", bold=True), Run(f"{data.venue.rstrip('.')}."))),
    ]
    if data.members:
        blocks += [_caption("I. Thành viên"), _table(data.members, 0)]
    if data.guests or data.blank_rows:
        number = "II" if data.members else "I"
        blocks += [_caption(f"{number}. Đại biểu được mời dự"), _table(data.guests, data.blank_rows)]
    return Paper(
        name=f"Danh sách ký tên {data.event}",
        letterhead=data.letterhead,
        title=DocTitle("Danh sách ký tên", (f"Dự {data.event}",)),
        blocks=tuple(blocks),
    )


def _caption(caption: str) -> Paragraph:
    return Paragraph(text(caption, bold=True), kept=True, indented=False)


def _table(people: tuple[SigninRow, ...], blank_rows: int) -> Table:
    rows = [(str(at), person.name, person.title, "") for at, person in enumerate(people, start=1)]
    rows += [(str(len(people) + extra), "", "", "") for extra in range(1, blank_rows + 1)]
    return Table(_COLUMNS, tuple(rows), tall_rows=True)
