"""Thông báo that an invited meeting moves, changes its agenda, is postponed or cancelled.

NĐ 30/2020 has no form of its own for it: a thông báo (mẫu 1.4, Phụ lục III) that names the invitation it changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from documents.paper import numbers
from documents.paper.invitation import AgendaLine, agenda_line, time_sentence
from documents.paper.model import (
    Block,
    DocTitle,
    Letterhead,
    NumberedItem,
    Paper,
    PaperError,
    Paragraph,
    PlaceDate,
    Recipients,
    SignatureBlock,
    Symbol,
    text,
)
from documents.paper.sentences import sentence
from documents.paper.wording import inside


@dataclass(frozen=True)
class Changed:
    """One point that changes, as it was and as it is now; `Địa điểm`, `Phòng họp số 2`, `Hội trường UBND`."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeNoticePaper:
    """All a notice of change says.

    Attributes:
        verb: how its subject begins and what it announces: `Thay đổi thời gian`, `Hoãn`, `Hủy`.
        event: what was invited to, `Phiên họp thứ 3 Thường trực HĐND tỉnh`.
        invitation: `Giấy mời số 31/GM-HĐND ngày 18/6/2026`.
        starts_at, venue: as the invitation said.
        changes: none when the meeting does not take place.
        agenda: the new agenda, where it changed.
        closing: what the invited are asked to do or to know, without the end mark.
    """

    letterhead: Letterhead
    number: int | None
    suffix: str
    place: str
    issued_on: date | None
    verb: str
    event: str
    issuer: str
    invitation: str
    starts_at: datetime
    venue: str
    reason: str
    changes: tuple[Changed, ...]
    agenda: tuple[AgendaLine, ...]
    closing: tuple[str, ...]
    signature: SignatureBlock
    recipients: Recipients
    wording: Mapping[str, str] = field(default_factory=dict)


def change_notice(data: ChangeNoticePaper) -> Paper:
    """The notice as a paper.

    Raises:
        PaperError: it says nothing to the invited.
    """
    if not data.closing:
        raise PaperError("a notice of change needs a closing sentence")
    subject = f"{data.verb} {data.event}"
    return Paper(
        name=f"Thông báo {subject}",
        letterhead=data.letterhead,
        symbol=Symbol(data.number, data.suffix),
        place_date=PlaceDate(data.place, data.issued_on),
        title=DocTitle("Thông báo", (subject,)),
        blocks=(*_opening(data), *_points(data), *_closing(data)),
        signature=data.signature,
        recipients=data.recipients,
    )


def _opening(data: ChangeNoticePaper) -> tuple[Block, ...]:
    was = (
        f"{data.issuer} đã có {data.invitation} mời dự {data.event}, "
        f"{time_sentence(data.starts_at)}, tại {data.venue.rstrip('.')}."
    )
    says = _say(data, "lead").rstrip(".")
    end = " như sau:" if data.changes or data.agenda else "."
    return (
        Paragraph(text(was)),
        Paragraph(text(f"{says}{end}"), kept=bool(data.changes)),
    )


def _points(data: ChangeNoticePaper) -> tuple[Block, ...]:
    blocks: list[Block] = [
        NumberedItem(f"{number}.", change.title, text(f"{change.after.rstrip('.')} (thay cho: {change.before.rstrip('.')})."))
        for number, change in enumerate(data.changes, start=1)
    ]  # fmt: skip
    if data.agenda:
        blocks.append(NumberedItem(f"{len(data.changes) + 1}.", "Chương trình sau khi điều chỉnh"))
        ends = [";"] * (len(data.agenda) - 1) + ["."]
        for position, (line, end) in enumerate(zip(data.agenda, ends, strict=True), start=1):
            blocks.append(Paragraph(text(f"({position}) {agenda_line(line)}{end}")))
    return tuple(blocks)


def _closing(data: ChangeNoticePaper) -> tuple[Block, ...]:
    sentences = list(data.closing)
    if data.changes or data.agenda:
        sentences.insert(0, _say(data, "unchanged"))
    sentences[-1] = f"{sentences[-1].rstrip('.')}./."
    return tuple(Paragraph(text(line)) for line in sentences)


def _say(data: ChangeNoticePaper, key: str) -> str:
    reason = data.reason.strip().rstrip(".;")
    values = {
        "lý do": f"{reason[:1].lower()}{reason[1:]}",
        "cơ quan ban hành": data.issuer,
        "việc thay đổi": f"{data.verb[:1].lower()}{data.verb[1:]} {inside(data.event)}",
        "giấy mời": data.invitation,
        "tên cuộc họp": data.event,
    }
    return sentence("thong-bao-thay-doi", key, data.wording, values)


def day_of(symbol: str, issued_on: date) -> str:
    """`Giấy mời số 31/GM-HĐND ngày 18/6/2026`."""
    return f"Giấy mời số {symbol} ngày {numbers.numeric_date(issued_on)}"
