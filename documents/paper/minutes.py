"""Biên bản, mẫu 1.9 of NĐ 30/2020/NĐ-CP, Phụ lục III."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from documents.paper import numbers
from documents.paper.invitation import time_sentence
from documents.paper.model import (
    Align,
    Block,
    Column,
    DocTitle,
    Letterhead,
    NumberedItem,
    Paper,
    PaperError,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    SignatureBlock,
    Signer,
    Symbol,
    Table,
    paragraphs,
    text,
)
from documents.paper.sentences import sentence
from documents.paper.votes import VoteLine, vote_paragraph
from hdnd.lib import clock

_MEMBER_COLUMNS = (
    Column("TT", 12, Align.CENTER),
    Column("Họ và tên", 55),
    Column("Chức vụ", 61),
    Column("Có mặt/vắng", 32, Align.CENTER),
)
_GUEST_COLUMNS = (
    Column("TT", 12, Align.CENTER),
    Column("Họ và tên", 55),
    Column("Chức vụ, cơ quan", 93),
)


@dataclass(frozen=True)
class MinutesMember:
    """A member summoned. `absence` is None when present, else the reason; `excused` tells its kind."""

    name: str
    title: str
    absence: str | None = None
    excused: bool = True

    @property
    def present(self) -> bool:
        """Whether the member was there."""
        return self.absence is None


@dataclass(frozen=True)
class MinutesGuest:
    """A guest present; guests never count to the quorum."""

    name: str
    title: str


@dataclass(frozen=True)
class MinutesItem:
    """An agenda item: what was said (lines are paragraphs), voted and concluded."""

    title: str
    presenter: str = ""
    discussion: str = ""
    votes: tuple[VoteLine, ...] = ()
    conclusion: str = ""


@dataclass(frozen=True)
class MinutesPaper:
    """All that minutes say.

    Attributes:
        number: the register's number, None on a draft; suffix `BB-HĐND`.
        subject: `Phiên họp thứ 3 Thường trực HĐND tỉnh`.
        event: what ends, `Phiên họp`, `Hội nghị`, `Cuộc họp`.
        quorum_required: how many members must be present, None when no quorum is asked.
        version_note: what a later version says of the one it corrects; may be empty.
        issued_on: only a body that dates its minutes in the head sets it (mẫu 1.9 has no date there).
    """

    letterhead: Letterhead
    number: int | None
    suffix: str
    subject: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    members: tuple[MinutesMember, ...]
    guests: tuple[MinutesGuest, ...]
    chair: MinutesGuest
    secretary: MinutesGuest
    items: tuple[MinutesItem, ...]
    conclusions: tuple[str, ...]
    recipients: Recipients
    event: str = "Phiên họp"
    quorum_required: int | None = None
    version_note: str = ""
    place: str = ""
    issued_on: date | None = None
    wording: Mapping[str, str] = field(default_factory=dict)


def minutes(data: MinutesPaper) -> Paper:
    """The minutes as a paper, signed by the secretary on the left and the chair on the right.

    Raises:
        PaperError: they end before they start.
    """
    if data.ends_at < data.starts_at:
        raise PaperError("minutes end before they start")
    return Paper(
        name=f"Biên bản {data.subject}",
        letterhead=data.letterhead,
        symbol=Symbol(data.number, data.suffix),
        place_date=PlaceDate(data.place, data.issued_on) if data.place else None,
        title=DocTitle("Biên bản", (data.subject,)),
        blocks=(*_frame(data), *_course(data), *_conclusions(data), _end(data)),
        signature=SignatureBlock(
            (Signer("Thư ký", data.secretary.name), Signer("Chủ tọa", data.chair.name)),
        ),
        recipients=data.recipients,
    )


def _labelled(label: str, value: str) -> Paragraph:
    return Paragraph((Run(f"{label}: ", bold=True), Run(value)))


def _frame(data: MinutesPaper) -> tuple[Block, ...]:
    note = (Paragraph(text(data.version_note, italic=True)),) if data.version_note else ()
    return (
        *note,
        _labelled("Thời gian bắt đầu", f"{time_sentence(data.starts_at)}."),
        _labelled("Địa điểm", f"{data.venue.rstrip('.')}."),
        *_attendance(data),
        _labelled("Chủ trì (chủ tọa)", _named(data.chair)),
        _labelled("Thư ký (người ghi biên bản)", _named(data.secretary)),
    )


def _named(person: MinutesGuest) -> str:
    return f"{person.name}, {person.title}." if person.title else f"{person.name}."


def _attendance(data: MinutesPaper) -> tuple[Block, ...]:
    present = [member for member in data.members if member.present]
    excused = [member for member in data.members if not member.present and member.excused]
    unexcused = [member for member in data.members if not member.present and not member.excused]
    blocks: list[Block] = [
        Paragraph(text("Thành phần tham dự:", bold=True), kept=True),
        Paragraph(
            text(
                f"Tổng số thành viên được triệu tập: {numbers.count(len(data.members))}; "
                f"có mặt: {numbers.count(len(present))}; "
                f"vắng mặt có lý do: {numbers.count(len(excused))}; "
                f"vắng mặt không có lý do: {numbers.count(len(unexcused))}."
            )
        ),
    ]
    blocks += [_absent(member) for member in (*excused, *unexcused)]
    if data.quorum_required is not None:
        blocks.append(_quorum(len(present), data.quorum_required, data.event))
    if data.members:
        blocks += [_caption("Thành viên"), _members_table(data.members)]
    if data.guests:
        blocks += [
            _caption(f"Đại biểu được mời dự ({numbers.count(len(data.guests))} đại biểu)"),
            _guests_table(data.guests),
        ]
    return tuple(blocks)


def _caption(caption: str) -> Paragraph:
    return Paragraph(text(f"{caption}:"), kept=True)


def _absent(member: MinutesMember) -> Paragraph:
    reason = member.absence if member.excused and member.absence else "không có lý do"
    return Paragraph(text(f"- Vắng mặt: {member.name}, {member.title} ({reason})."))


def _quorum(present: int, required: int, event: str) -> Paragraph:
    verdict = "đủ" if present >= required else "không đủ"
    return Paragraph(
        text(
            f"Số thành viên cần có mặt để tiến hành {_lowered(event)}: {numbers.count(required)}; "
            f"số có mặt {verdict} theo quy định."
        )
    )


def _lowered(value: str) -> str:
    return value[:1].lower() + value[1:]


def _members_table(members: tuple[MinutesMember, ...]) -> Table:
    return Table(
        _MEMBER_COLUMNS,
        tuple(
            (str(position), member.name, member.title, _state(member))
            for position, member in enumerate(members, start=1)
        ),
    )


def _state(member: MinutesMember) -> str:
    if member.present:
        return "Có mặt"
    return "Vắng có lý do" if member.excused else "Vắng không\ncó lý do"


def _guests_table(guests: tuple[MinutesGuest, ...]) -> Table:
    return Table(
        _GUEST_COLUMNS,
        tuple((str(position), guest.name, guest.title) for position, guest in enumerate(guests, start=1)),
    )


def _course(data: MinutesPaper) -> tuple[Block, ...]:
    blocks: list[Block] = [
        Paragraph(text(_say(data, "course", event=_lowered(data.event)), bold=True), kept=True)
    ]
    for position, item in enumerate(data.items, start=1):
        blocks.append(NumberedItem(f"{position}.", item.title))
        if item.presenter:
            blocks.append(Paragraph(text(f"Trình bày: {item.presenter.rstrip('.')}."), kept=True))
        blocks += paragraphs(item.discussion)
        blocks += [vote_paragraph(vote) for vote in item.votes]
        if item.conclusion:
            first, *others = paragraphs(item.conclusion)
            blocks.append(Paragraph((Run("Kết luận nội dung: ", bold=True), *first.runs)))
            blocks += others
    return tuple(blocks)


def _conclusions(data: MinutesPaper) -> tuple[Block, ...]:
    if not data.conclusions:
        return ()
    lead = Paragraph(text(_say(data, "conclusions", event=_lowered(data.event)), bold=True), kept=True)
    listed = (
        NumberedItem(f"{position}.", runs=text(conclusion))
        for position, conclusion in enumerate(data.conclusions, start=1)
    )
    return (lead, *listed)


def _end(data: MinutesPaper) -> Paragraph:
    return Paragraph(text(f"{_say(data, 'end', event=data.event).rstrip('.')}./."))


def _say(data: MinutesPaper, key: str, *, event: str) -> str:
    ended_on = numbers.day_month_year(clock.local(data.ends_at).date())
    values = {
        "loại cuộc họp": event,
        "tên cuộc họp": data.subject,
        "kết thúc": f"{numbers.hour_minute(data.ends_at)}, {ended_on}",
    }
    return sentence("bien-ban", key, data.wording, values)
