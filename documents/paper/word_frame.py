"""What stands around the body in Word: the head of page 1 and the signatures (NĐ 30/2020, Phụ lục I, mục II)."""

from documents.paper import numbers
from documents.paper.balance import balanced_mm, names_pt
from documents.paper.layout import LAYOUT
from documents.paper.markup import kept_phrase
from documents.paper.model import (
    Align,
    DocTitle,
    Form,
    Letterhead,
    Paper,
    Recipients,
    Salutation,
    SignatureBlock,
    Signer,
    Urgency,
)
from documents.paper.word_parts import Place, Style
from documents.paper.wording import (
    MOTTO,
    NATION,
    PARTY,
    PARTY_DASHES,
    PARTY_STAR,
    RECIPIENTS_WORD,
    recipient_lines,
    salutation_lines,
    symbol_line,
)
from hdnd.lib.pdf.fonts import text_width_mm

CENTRED = Style(align=Align.CENTER)
SIGNATURE = Style(size=LAYOUT.signature_pt, align=Align.CENTER, bold=True, kept=True)
SPACE_MM = 72 / 25.4  # a millimetre in points


def write_head(place: Place, paper: Paper, width_mm: float) -> None:
    """Bodies and nation, number and date, marks, type name and subject, addressees.

    Args:
        width_mm: between the side margins; what the page has beyond an upright one lies between the two columns.
    """
    left_mm = LAYOUT.head_left_mm
    right_mm = LAYOUT.head_right_mm
    gap = width_mm - left_mm - right_mm
    widths = [left_mm, gap, right_mm] if gap > 1 else [left_mm, right_mm]
    row = place.columns(widths)
    _bodies(row[0], paper.letterhead)
    _nation(row[-1], paper.form)
    if paper.symbol or paper.about or paper.urgency or paper.place_date:
        row = place.columns(_room_for_symbol(paper, widths))
        _symbol(row[0], paper)
        if paper.place_date is not None:
            line = numbers.place_and_date(paper.place_date.place, paper.place_date.day)
            row[-1].write(
                line, CENTRED.but(size=_name_pt(paper.form, LAYOUT.place_date_pt), italic=True, before=7)
            )
    if paper.title is not None:
        _title(place, paper.title, width_mm, paper.form)
    if paper.salutation is not None:
        _salutation(place, paper.salutation)


def _bodies(place: Place, letterhead: Letterhead) -> None:
    size = _name_pt(letterhead.form, names_pt(letterhead))
    style = CENTRED.but(size=size)
    for line in letterhead.superior_lines:
        place.write(kept_phrase(line), style)
    for line in letterhead.name_lines:
        place.write(kept_phrase(line), style.but(bold=True))
    if letterhead.form is Form.PARTY:
        place.write(PARTY_STAR, style)
        return
    _short_rule(place, letterhead.name_lines[-1].upper(), size, LAYOUT.head_left_mm)


def _room_for_symbol(paper: Paper, widths_mm: list[float]) -> list[float]:
    """A joint symbol longer than its column takes what it lacks from the column of the date."""
    if paper.symbol is None:
        return widths_mm
    line = symbol_line(paper.symbol, paper.form)
    size = _name_pt(paper.form, LAYOUT.symbol_pt)
    lacking = max(0.0, text_width_mm(line, size) + 1 - widths_mm[0])
    return [widths_mm[0] + lacking, *widths_mm[1:-1], widths_mm[-1] - lacking]


def _name_pt(form: Form, decreed: float) -> float:
    return LAYOUT.party_name_pt if form is Form.PARTY else decreed


def _nation(place: Place, form: Form) -> None:
    if form is Form.PARTY:
        place.write(PARTY, CENTRED.but(size=LAYOUT.party_pt, bold=True))
        beside = (LAYOUT.head_right_mm - text_width_mm(PARTY, LAYOUT.party_pt, bold=True)) / 2
        place.rule(beside, beside)
        return
    place.write(NATION, CENTRED.but(size=LAYOUT.national_name_pt, bold=True))
    place.write(MOTTO, CENTRED.but(size=LAYOUT.motto_pt, bold=True))
    beside = (LAYOUT.head_right_mm - text_width_mm(MOTTO, LAYOUT.motto_pt, bold=True)) / 2
    place.rule(beside, beside)


def _symbol(place: Place, paper: Paper) -> None:
    if paper.symbol is not None:
        line = symbol_line(paper.symbol, paper.form)
        place.write(line, CENTRED.but(size=_name_pt(paper.form, LAYOUT.symbol_pt), before=7))
    if paper.about:
        of_party = paper.form is Form.PARTY
        size = LAYOUT.party_about_pt if of_party else LAYOUT.about_pt
        place.write(paper.about, CENTRED.but(size=size, italic=of_party, before=3))
    if paper.urgency is not None:
        _urgency(place, paper.urgency)


def _urgency(place: Place, urgency: Urgency) -> None:
    mark, width = urgency.value
    beside = (LAYOUT.head_left_mm - width) / 2
    style = CENTRED.but(size=LAYOUT.urgency_pt, before=6, left_mm=beside, right_mm=beside)
    place.framed(mark, style, colour="D00000", width_pt=1.25)


def _title(place: Place, title: DocTitle, width_mm: float, form: Form) -> None:
    size = LAYOUT.party_type_pt if form is Form.PARTY else LAYOUT.type_name_pt
    name = CENTRED.but(size=size, bold=True, before=16, kept=True)
    if not title.subject_lines:
        place.write(title.type_name.upper(), name.but(after=14))
        return
    place.write(title.type_name.upper(), name)
    for line in title.subject_lines:
        beside = (width_mm - balanced_mm(line, LAYOUT.subject_pt, LAYOUT.subject_width_mm)) / 2
        style = CENTRED.but(size=LAYOUT.subject_pt, bold=True, left_mm=beside, right_mm=beside, kept=True)
        place.write(line, style)
    if form is Form.PARTY:
        place.write(PARTY_DASHES, CENTRED.but(kept=True))
        place.gap(14, kept=True)
        return
    _short_rule(place, title.subject_lines[-1], LAYOUT.subject_pt, width_mm, kept=True, beside_mm=beside)
    place.gap(14, kept=True)


def _salutation(place: Place, salutation: Salutation) -> None:
    word, *addressees = salutation_lines(salutation)
    if not addressees:
        place.write(word, CENTRED.but(before=16, after=12))
        return
    place.write(word, Style(before=16, left_mm=28, kept=True))
    for at, line in enumerate(addressees, start=1):
        last = at == len(addressees)
        place.write(line, Style(left_mm=40, first_mm=-4, after=12 if last else 0))


def write_closing(place: Place, paper: Paper, width_mm: float) -> None:
    """One signer beside Nơi nhận; several side by side with Nơi nhận below them."""
    if paper.signature is None and paper.recipients is None:
        return
    # The signature is never alone on a page: it stays with the end of the text.
    if place.last is not None:
        place.last.paragraph_format.keep_with_next = True
    place.gap(14, kept=True)
    if paper.signature is not None and len(paper.signature.signers) > 1:
        _several(place, paper.signature, width_mm, paper.form)
        if paper.recipients is not None:
            _recipients(place, paper.recipients, paper.form, before=10)
        return
    left, right = place.columns([width_mm - LAYOUT.closing_right_mm, LAYOUT.closing_right_mm])
    if paper.recipients is not None:
        _recipients(left, paper.recipients, paper.form)
    if paper.signature is not None:
        _signer(right, paper.signature.signers[0], paper.form)
    place.gap(1)  # a body must not end with a table


def _several(place: Place, signature: SignatureBlock, width_mm: float, form: Form) -> None:
    signers = signature.signers
    for column, signer in zip(place.columns([width_mm / len(signers)] * len(signers)), signers, strict=True):
        _signer(column, signer, form)


def _signer(place: Place, signer: Signer, form: Form) -> None:
    for line in signer.authority:
        place.write(kept_phrase(line), SIGNATURE)
    place.write(kept_phrase(signer.title), SIGNATURE.but(bold=form is not Form.PARTY))
    if signer.note:
        place.write(signer.note, SIGNATURE.but(bold=False, italic=True))
    space_mm = 22 if signer.note else LAYOUT.signature_space_mm
    place.write(signer.name, SIGNATURE.but(before=space_mm * SPACE_MM, kept=False))


def _recipients(place: Place, recipients: Recipients, form: Form, *, before: float = 0) -> None:
    size = LAYOUT.recipients_pt
    word = Style(size=LAYOUT.recipients_word_pt, bold=True, italic=True, before=before, kept=True)
    if form is Form.PARTY:
        size = LAYOUT.party_recipients_pt
        word = word.but(size=LAYOUT.party_recipients_word_pt, bold=False, italic=False, underlined=True)
    place.write(RECIPIENTS_WORD, word)
    for line in recipient_lines(recipients, form):
        place.write(line, Style(size=size))


def _short_rule(
    place: Place, text: str, size: float, width_mm: float, *, kept: bool = False, beside_mm: float = 0
) -> None:
    """Centred below the text, a third to a half of its length."""
    length = (
        min(text_width_mm(text, size, bold=True), width_mm - 2 * beside_mm) * LAYOUT.short_rule_percent / 100
    )
    place.rule((width_mm - length) / 2, (width_mm - length) / 2, kept=kept)
