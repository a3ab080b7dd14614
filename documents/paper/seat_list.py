"""Danh sách chỗ ngồi, suất ăn: whom the reception expects. Not a numbered paper of NĐ 30/2020; it borrows the head."""

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
    Column("Họ và tên", 48),
    Column("Chức vụ/cơ quan", 51),
    Column("Điện thoại", 33),
    Column("Ăn trưa", 16, Align.CENTER),
)


@dataclass(frozen=True)
class SeatRow:
    """Someone expected; the name is empty when a body has not named its person yet."""

    name: str
    title: str
    phone: str
    has_meal: bool


@dataclass(frozen=True)
class SeatListPaper:
    """All the list says; `silent` are bodies that have not answered and have no seat yet."""

    letterhead: Letterhead
    event: str
    starts_at: datetime
    venue: str
    members: tuple[SeatRow, ...]
    guests: tuple[SeatRow, ...]
    silent: tuple[str, ...] = ()


def seat_list(data: SeatListPaper) -> Paper:
    """The list as a paper: members first, then guests, numbered through; bodies without answer below."""
    rows = (*data.members, *data.guests)
    meals = sum(row.has_meal for row in rows)
    blocks: list[Block] = [
        Paragraph((Run("Thời gian: ", bold=True), Run(f"{time_sentence(data.starts_at)}."))),
        Paragraph((Run("Địa điểm: ", bold=True), Run(f"{data.venue.rstrip('.')}."))),
        Paragraph((Run("Tổng số: ", bold=True), Run(f"{len(rows)} chỗ ngồi, {meals} suất ăn trưa."))),
    ]
    if data.members:
        blocks += [_caption("I. Thành viên"), _table(data.members, 0)]
    if data.guests:
        number = "II" if data.members else "I"
        blocks += [_caption(f"{number}. Đại biểu được mời dự"), _table(data.guests, len(data.members))]
    if data.silent:
        blocks.append(
            Paragraph((Run("Chưa trả lời: ", bold=True), Run(f"{'; '.join(data.silent)}.")), kept=True)
        )
    return Paper(
        name=f"Danh sách chỗ ngồi {data.event}",
        letterhead=data.letterhead,
        title=DocTitle("Danh sách chỗ ngồi, suất ăn", (f"Dự {data.event}",)),
        blocks=tuple(blocks),
    )


def _caption(caption: str) -> Paragraph:
    return Paragraph(text(caption, bold=True), kept=True, indented=False)


def _table(people: tuple[SeatRow, ...], before: int) -> Table:
    return Table(
        _COLUMNS,
        tuple(
            (str(at), person.name, person.title, person.phone, "x" if person.has_meal else "")
            for at, person in enumerate(people, start=before + 1)
        ),
    )
