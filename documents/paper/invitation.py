"""Giấy mời, mẫu 1.7 of NĐ 30/2020/NĐ-CP, Phụ lục III."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from documents.paper import numbers
from documents.paper.model import (
    Align,
    Annex,
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
    Symbol,
    Table,
    Urgency,
    text,
)
from documents.paper.sentences import sentence
from hdnd.lib import clock
from hdnd.lib.dates import weekday

# More than these and the list goes to an annex, so that the first page still says when and where.
_LISTED_ON_FIRST_PAGE = 10

_ADDRESSEE_COLUMNS = (
    Column("TT", 12, Align.CENTER),
    Column("Đại biểu, cơ quan được mời", 98),
    Column("Ghi chú", 50),
)


@dataclass(frozen=True)
class Addressee:
    """Who is invited, `Lãnh đạo Ủy ban nhân dân tỉnh`; the note says in what for (`nội dung 3, 4`)."""

    name: str
    note: str = ""


@dataclass(frozen=True)
class AgendaLine:
    """An agenda item; presenter and minutes where they are set."""

    title: str
    presenter: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class InvitationPaper:
    """All an invitation says.

    Attributes:
        number: the register's number, None on a draft.
        suffix: the symbol after the number, `GM-HĐND`.
        place: the place of issue, `Vĩnh Giang`.
        subject: what to, `Phiên họp thứ 3 Thường trực HĐND tỉnh`.
        inviter: who invites, `Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang`.
        answer_contact: whom to answer, with telephone or address.
        remarks: further sentences (papers, dress, online link), a paragraph each.
        wording: the office's own sentences, see `sentences.SENTENCES`.
    """

    letterhead: Letterhead
    number: int | None
    suffix: str
    place: str
    issued_on: date | None
    subject: str
    inviter: str
    addressees: tuple[Addressee, ...]
    agenda: tuple[AgendaLine, ...]
    chair: str
    starts_at: datetime
    venue: str
    signature: SignatureBlock
    recipients: Recipients
    ends_at: datetime | None = None
    answer_by: date | None = None
    answer_contact: str = ""
    remarks: tuple[str, ...] = ()
    urgency: Urgency | None = None
    wording: Mapping[str, str] = field(default_factory=dict)


def invitation(data: InvitationPaper) -> Paper:
    """One paper for all the invited.

    Raises:
        PaperError: nobody is invited.
    """
    return Paper(
        name=f"Giấy mời dự {data.subject}",
        letterhead=data.letterhead,
        symbol=Symbol(data.number, data.suffix),
        place_date=PlaceDate(data.place, data.issued_on),
        urgency=data.urgency,
        title=DocTitle("Giấy mời", (f"Dự {data.subject}",)),
        blocks=(*_opening(data), *_particulars(data), *_request(data)),
        signature=data.signature,
        recipients=data.recipients,
        annexes=_annexes(data),
    )


def _opening(data: InvitationPaper) -> tuple[Block, ...]:
    if not data.addressees:
        raise PaperError("an invitation needs someone invited")
    opening, lead = _say(data, "opening"), _say(data, "lead")
    if len(data.addressees) == 1:
        only = data.addressees[0]
        runs = (
            Run(f"{opening} "),
            Run(_with_note(only), bold=True),
            Run(f" {lead}"),
        )
        return (Paragraph(runs, kept=True),)
    if len(data.addressees) > _LISTED_ON_FIRST_PAGE:
        many = (
            f"{opening} các đại biểu, cơ quan có tên trong danh sách kèm theo "
            f"({numbers.count(len(data.addressees))} đại biểu, cơ quan) {lead}"
        )
        return (Paragraph(text(many)),)
    listed = [f"- {_with_note(addressee)};" for addressee in data.addressees]
    listed[-1] = f"{listed[-1][:-1]}."
    return (
        Paragraph(text(f"{opening}:"), kept=True),
        *(Paragraph(text(line)) for line in listed),
        Paragraph(text(f"Đến {lead}"), kept=True),
    )


def _with_note(addressee: Addressee) -> str:
    return f"{addressee.name} ({addressee.note})" if addressee.note else addressee.name


def _particulars(data: InvitationPaper) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if len(data.agenda) == 1:
        blocks.append(NumberedItem("1.", "Nội dung", text(f"{agenda_line(data.agenda[0])}.")))
    elif data.agenda:
        # Numbers, not letters: the notes beside the invited say "nội dung 3, 4".
        blocks.append(NumberedItem("1.", "Nội dung"))
        ends = [";"] * (len(data.agenda) - 1) + ["."]
        for position, (line, end) in enumerate(zip(data.agenda, ends, strict=True), start=1):
            blocks.append(Paragraph(text(f"({position}) {agenda_line(line)}{end}")))
    first = 2 if data.agenda else 1
    rows = (
        ("Chủ trì", data.chair),
        ("Thời gian", time_sentence(data.starts_at, data.ends_at)),
        ("Địa điểm", data.venue),
    )
    for number, (title, value) in enumerate(rows, start=first):
        blocks.append(NumberedItem(f"{number}.", title, text(f"{value.rstrip('.')}.")))
    return tuple(blocks)


def agenda_line(line: AgendaLine) -> str:
    """An item as papers list it, with who presents it and how long."""
    details = [f"trình bày: {line.presenter}"] if line.presenter else []
    if line.minutes is not None:
        details.append(f"{line.minutes} phút")
    title = line.title.rstrip(".;")
    return f"{title} ({'; '.join(details)})" if details else title


def _request(data: InvitationPaper) -> tuple[Block, ...]:
    request = _say(data, "request").rstrip(".")
    if data.answer_by is not None:
        request += f" {_say(data, 'confirm').rstrip('.')}"
        if data.answer_contact:
            request += f" qua {data.answer_contact.rstrip('.')}"
    return tuple(Paragraph(text(line)) for line in (*data.remarks, f"{request}./."))


def _say(data: InvitationPaper, key: str) -> str:
    values = {
        "cơ quan mời": data.inviter,
        "tên cuộc họp": data.subject,
        "thời gian": time_sentence(data.starts_at, data.ends_at),
        "địa điểm": data.venue,
        "chủ trì": data.chair,
        "hạn trả lời": numbers.numeric_date(data.answer_by) if data.answer_by else "",
    }
    return sentence("giay-moi", key, data.wording, values)


def _annexes(data: InvitationPaper) -> tuple[Annex, ...]:
    if len(data.addressees) <= _LISTED_ON_FIRST_PAGE:
        return ()
    written = numbers.symbol_line(data.number, data.suffix).removeprefix("Số: ")
    rows = tuple(
        (str(position), addressee.name, addressee.note)
        for position, addressee in enumerate(data.addressees, start=1)
    )
    reference = f"Kèm theo Giấy mời số {written} {numbers.day_month_year(data.issued_on)}"
    return (Annex("Danh sách mời dự", (Table(_ADDRESSEE_COLUMNS, rows),), reference=reference),)


def time_sentence(starts_at: datetime, ends_at: datetime | None = None) -> str:
    """`07 giờ 30 phút, thứ Sáu, ngày 26 tháng 6 năm 2026`, in Vietnam's time, with the end if it is known."""
    if ends_at is None:
        return _moment(starts_at)
    if clock.local(ends_at).date() == clock.local(starts_at).date():
        return f"từ {numbers.hour_minute(starts_at)} đến {_moment(ends_at)}"
    return f"từ {_moment(starts_at)} đến {_moment(ends_at)}"


def _moment(moment: datetime) -> str:
    day = clock.local(moment).date()
    return f"{numbers.hour_minute(moment)}, {weekday(day)}, {numbers.day_month_year(day)}"
