"""The head of page 1: bodies and nation, symbol and date, marks, type name and subject."""

from documents.paper import numbers
from documents.paper.balance import balanced_mm, names_pt
from documents.paper.layout import LAYOUT
from documents.paper.markup import escape, phrase, ruled
from documents.paper.model import DocTitle, Form, Letterhead, Paper, Salutation, Urgency
from documents.paper.wording import (
    MOTTO,
    NATION,
    PARTY,
    PARTY_DASHES,
    PARTY_STAR,
    salutation_lines,
    symbol_line,
)


def head(paper: Paper) -> str:
    """Elements 1 to 5 and 9a, 10b of NĐ 30/2020, Phụ lục I, mục II."""
    parts = [
        '<div class="head">',
        f'<div class="columns">{_bodies(paper.letterhead)}{_nation(paper.form)}</div>',
        _symbol_row(paper),
        "</div>",
    ]
    if paper.title is not None:
        parts.append(_title(paper.title, paper.form))
    if paper.salutation is not None:
        parts.append(_salutation(paper.salutation))
    return "".join(parts)


def _bodies(letterhead: Letterhead) -> str:
    superior = "".join(
        f'<p class="body-name superior">{phrase(line)}</p>' for line in letterhead.superior_lines
    )
    if letterhead.form is Form.PARTY:
        names = "".join(f'<p class="body-name issuer">{phrase(line)}</p>' for line in letterhead.name_lines)
        return f'<div class="left">{superior}{names}<p class="body-name">{PARTY_STAR}</p></div>'
    *upper, last = letterhead.name_lines
    names = "".join(f'<p class="body-name issuer">{phrase(line)}</p>' for line in upper)
    ruled_name = ruled(f'<p class="body-name issuer">{phrase(last)}</p>', "issuer-end")
    small = " small-names" if names_pt(letterhead) < LAYOUT.body_name_pt else ""
    return f'<div class="left{small}">{superior}{names}{ruled_name}</div>'


def _nation(form: Form) -> str:
    if form is Form.PARTY:
        return (
            f'<div class="right"><div class="ruled"><p class="national">{PARTY}</p>'
            '<div class="full-rule"></div></div></div>'
        )
    return (
        f'<div class="right"><p class="national">{NATION}</p><div class="ruled">'
        f'<p class="motto">{MOTTO}</p><div class="full-rule"></div></div></div>'
    )


def _symbol_row(paper: Paper) -> str:
    left, right = "", ""
    if paper.symbol is not None:
        left += f'<p class="symbol">{escape(symbol_line(paper.symbol, paper.form))}</p>'
    if paper.about:
        left += f'<h1 class="about">{escape(paper.about)}</h1>'
    if paper.urgency is not None:
        left += _urgency(paper.urgency)
    if paper.place_date is not None:
        line = numbers.place_and_date(paper.place_date.place, paper.place_date.day)
        right = f'<p class="place-date">{escape(line)}</p>'
    if not left and not right:
        return ""
    columns = f'<div class="left">{left}</div><div class="right">{right}</div>'
    return f'<div class="columns symbol-row">{columns}</div>'


def _urgency(urgency: Urgency) -> str:
    mark, width = urgency.value
    return f'<div class="urgency" style="width: {width}mm">{escape(mark)}</div>'


def _title(title: DocTitle, form: Form) -> str:
    name = f'<h1 class="type-name">{escape(title.type_name.upper())}</h1>'
    if not title.subject_lines:
        return f'<div class="doc-title">{name}</div>'
    subject = "".join(_subject(line) for line in title.subject_lines)
    if form is Form.PARTY:
        return f'<div class="doc-title">{name}<div class="ruled">{subject}</div><p>{PARTY_DASHES}</p></div>'
    return f'<div class="doc-title">{name}{ruled(subject, "subject-end")}</div>'


def _subject(line: str) -> str:
    width = balanced_mm(line, LAYOUT.subject_pt, LAYOUT.subject_width_mm)
    return f'<p class="subject" style="max-width: {width:.1f}mm">{escape(line)}</p>'


def _salutation(salutation: Salutation) -> str:
    word, *addressees = (escape(line) for line in salutation_lines(salutation))
    if not addressees:
        return f'<p class="salutation one">{word}</p>'
    rows = "".join(f'<p class="addressee">{line}</p>' for line in addressees)
    return f'<div class="salutation"><p class="word">{word}</p>{rows}</div>'
