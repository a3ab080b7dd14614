"""Lịch công tác tuần: what an office does in a week. Not a numbered paper of NĐ 30/2020; it borrows head and closing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import groupby

from documents.paper import numbers
from documents.paper.model import (
    Align,
    Block,
    Column,
    DocTitle,
    Letterhead,
    Paper,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    SignatureBlock,
    Table,
    text,
)
from hdnd.lib.dates import weekday

_COLUMNS = (
    Column("Thứ, ngày", 28, Align.CENTER),
    Column("Buổi, giờ", 24, Align.CENTER),
    Column("Nội dung", 83),
    Column("Thành phần", 52),
    Column("Địa điểm", 31),
    Column("Chủ trì", 29),
)
MORNING, AFTERNOON = "Sáng", "Chiều"


@dataclass(frozen=True)
class WeekRow:
    """One thing to be done; without a time it takes the session (`Sáng`, `Chiều`)."""

    day: date
    session: str
    content: str
    at: time | None = None
    attendees: str = ""
    place: str = ""
    chair: str = ""

    @property
    def key(self) -> tuple[date, bool, time]:
        """Sorts by day and session; what takes the whole session stands before its hours."""
        return self.day, self.session == AFTERNOON, self.at or time.min


@dataclass(frozen=True)
class WorkWeekPaper:
    """All a weekly calendar says.

    Attributes:
        body: whose calendar, `Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang`.
        days_off: public holidays and the like of this week, with their names; not Saturdays and Sundays.
        update: how often it was published before.
    """

    letterhead: Letterhead
    body: str
    place: str
    issued_on: date | None
    monday: date
    rows: tuple[WeekRow, ...]
    signature: SignatureBlock
    recipients: Recipients
    days_off: Mapping[date, str] = field(default_factory=dict)
    note: str = ""
    update: int = 0


def work_week(data: WorkWeekPaper) -> Paper:
    """The calendar as a paper: a table over the width of a landscape page, a morning and an afternoon for each day."""
    sunday = data.monday + timedelta(days=6)
    span = f"Từ ngày {numbers.numeric_date(data.monday)} đến ngày {numbers.numeric_date(sunday)}"
    blocks: list[Block] = []
    if data.update:
        update = text(f"(Bản cập nhật lần {data.update}, thay cho bản đã công bố trước)", italic=True)
        blocks.append(Paragraph(update, Align.CENTER, kept=True))
    blocks.append(Table(_COLUMNS, tuple(_rows(data)), merged=1))
    if data.note:
        blocks.append(Paragraph((Run("Ghi chú: ", bold=True), Run(data.note))))
    return Paper(
        name=f"Lịch công tác tuần, {span[0].lower()}{span[1:]}",
        letterhead=data.letterhead,
        title=DocTitle("Lịch công tác tuần", (f"Của {data.body}", span)),
        place_date=PlaceDate(data.place, data.issued_on),
        blocks=tuple(blocks),
        signature=data.signature,
        recipients=data.recipients,
        landscape=True,
    )


def _rows(data: WorkWeekPaper) -> list[tuple[str, ...]]:
    by_session = {
        key: list(rows)
        for key, rows in groupby(
            sorted(data.rows, key=lambda row: row.key), lambda row: (row.day, row.session)
        )
    }
    written: list[tuple[str, ...]] = []
    for step in range(7):
        day = data.monday + timedelta(days=step)
        busy = [(day, session) for session in (MORNING, AFTERNOON) if (day, session) in by_session]
        rest = data.days_off.get(day, "")
        if not busy and rest:
            rest = rest if "nghỉ" in rest.lower() else f"Nghỉ: {rest}"
            written.append((_day(day), "Cả ngày", f"{rest[0].upper()}{rest[1:]}", "", "", ""))
            continue
        for session in (MORNING, AFTERNOON):
            written += [_row(row) for row in by_session.get((day, session), [])]
            if (day, session) not in busy and step < 5:  # a free Saturday or Sunday is not written
                written.append((_day(day), session, "", "", "", ""))
    return written


def _row(row: WeekRow) -> tuple[str, ...]:
    hour = f"\n{row.at:%H} giờ {row.at:%M}" if row.at else ""
    return _day(row.day), f"{row.session}{hour}", row.content, row.attendees, row.place, row.chair


def _day(day: date) -> str:
    name = weekday(day)
    return f"{name[0].upper()}{name[1:]}\n{numbers.numeric_date(day)}"
