"""A freely written paper: what a draft holds, made into a paper."""

from dataclasses import dataclass
from datetime import date

from documents.paper import numbers, wording
from documents.paper.bodytext import body_text
from documents.paper.kinds import Kind
from documents.paper.model import (
    DocTitle,
    Letterhead,
    Paper,
    PlaceDate,
    Recipients,
    Salutation,
    SignatureBlock,
    Symbol,
    Urgency,
)


@dataclass(frozen=True)
class Sheet:
    """All that a freely written paper says.

    Attributes:
        number: the register's number, None on a draft.
        suffix: the symbol after the number, `KH-HĐND`.
        place: the place of issue, `Vĩnh Giang`.
        subject: the trích yếu without the type; an official letter prints it behind `V/v`.
        body: the text as typed, see `bodytext`.
        addressees: `Kính gửi`, where the kind has it.
    """

    kind: Kind
    letterhead: Letterhead
    number: int | None
    suffix: str
    place: str
    issued_on: date | None
    subject: str
    body: str
    signature: SignatureBlock
    recipients: Recipients
    addressees: tuple[str, ...] = ()
    urgency: Urgency | None = None


def paper_of(sheet: Sheet) -> Paper:
    """The sheet as a paper; without a number it is the draft."""
    kind = sheet.kind
    written = body_text(sheet.body, reference=_reference(sheet))
    has_salutation = kind.has_salutation and bool(sheet.addressees)
    return Paper(
        name=f"{kind.name} {sheet.subject}",
        letterhead=sheet.letterhead,
        symbol=Symbol(sheet.number, sheet.suffix),
        place_date=PlaceDate(sheet.place, sheet.issued_on),
        urgency=sheet.urgency,
        title=DocTitle(kind.type_name, (sheet.subject,)) if kind.type_name else None,
        about="" if kind.type_name else f"V/v {sheet.subject[:1].lower()}{sheet.subject[1:]}",
        salutation=Salutation(sheet.addressees) if has_salutation else None,
        blocks=written.blocks,
        annexes=written.annexes,
        signature=sheet.signature,
        recipients=sheet.recipients,
    )


def _reference(sheet: Sheet) -> str:
    symbol = wording.symbol_text(Symbol(sheet.number, sheet.suffix), sheet.letterhead.form)
    return f"Kèm theo {sheet.kind.name} số {symbol} {numbers.day_month_year(sheet.issued_on)}"
