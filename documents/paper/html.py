"""A paper as HTML for print, and as PDF/A."""

from functools import cache
from pathlib import Path
from string import Template
from typing import assert_never

from documents.paper import wording
from documents.paper.closing import closing
from documents.paper.head import head
from documents.paper.layout import LAYOUT
from documents.paper.markup import escape, lines, plain
from documents.paper.model import (
    Align,
    Annex,
    Article,
    Block,
    Cell,
    Form,
    Heading,
    LegalBasis,
    NumberedItem,
    Paper,
    Paragraph,
    Run,
    Table,
    Tick,
)
from hdnd.lib.pdf import render_pdf

# The head keeps its two columns, at the two edges of the wider page.
_LANDSCAPE = (
    "@page { size: A4 landscape; } .head .columns { justify-content: space-between; } "
    f".symbol-row > .right {{ flex: 0 0 {LAYOUT.head_right_mm:g}mm; }}"
)


def paper_html(paper: Paper) -> str:
    """The complete HTML document, its style sheet inside, every text escaped."""
    annexes = "".join(
        _annex(annex, position, len(paper.annexes)) for position, annex in enumerate(paper.annexes, start=1)
    )
    pages = "".join(
        _annex_page(position, landscape=annex.landscape)
        for position, annex in enumerate(paper.annexes, start=1)
    )
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(paper.name)}</title>'
        f"<style>{_style()}{_LANDSCAPE if paper.landscape else ''}{pages}</style></head>{_body(paper)}"
        f"{head(paper)}{_blocks(paper.blocks)}{closing(paper)}{annexes}</body></html>"
    )


def paper_pdf(paper: Paper) -> bytes:
    """The paper as tagged PDF/A-2a; the same paper gives the same bytes.

    Raises:
        FontMissingError, MissingGlyphError: see `hdnd.lib.pdf.render_pdf`.
    """
    author = " ".join(paper.letterhead.name_lines)
    return render_pdf(paper_html(paper), title=plain(paper.name), author=plain(author))


def _body(paper: Paper) -> str:
    return '<body class="party">' if paper.form is Form.PARTY else "<body>"


@cache
def _style() -> str:
    css = (Path(__file__).parent / "paper.css").read_text(encoding="utf-8")
    return Template(css).substitute(LAYOUT.values())


def _annex_page(position: int, *, landscape: bool) -> str:
    """A named page per annex. `counter-reset` on the element, and `:first` of a named page, do nothing
    in WeasyPrint; the n-th page of the name does."""
    size = "size: A4 landscape;" if landscape else ""
    name = f"annex{position}"
    return (
        f".{name} {{ page: {name}; }} @page {name} {{ {size} }} "
        f"@page :nth(1 of {name}) {{ counter-reset: page 1; @top-center {{ content: none; }} }} "
    )


def _annex(annex: Annex, position: int, total: int) -> str:
    reference = f'<p class="reference">({escape(annex.reference)})</p>' if annex.reference else ""
    return (
        f'<section class="annex annex{position}"><div class="annex-head"><h2>{wording.annex_word(position, total)}</h2>'
        f"<h2>{escape(annex.title.upper())}</h2>{reference}"
        f'<div class="short-rule"></div></div>{_blocks(annex.blocks)}</section>'
    )


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _paragraph(block)
        case Heading():
            title = f"<br>{escape(block.title.upper())}" if block.title else ""
            return f'<h2 class="heading">{escape(block.number)}{title}</h2>'
        case NumberedItem():
            return _numbered(block)
        case LegalBasis():
            return _basis(block)
        case Article():
            return _article(block)
        case Table():
            return _table(block)
        case _:
            assert_never(block)


def _runs(runs: tuple[Run, ...]) -> str:
    written = []
    for run in runs:
        piece = escape(run.text)
        if run.italic:
            piece = f"<em>{piece}</em>"
        if run.bold:
            piece = f"<strong>{piece}</strong>"
        written.append(piece)
    return "".join(written)


def _paragraph(paragraph: Paragraph) -> str:
    classes = ["text"]
    if paragraph.align is not Align.JUSTIFY:
        classes.append(paragraph.align.value)
    if not paragraph.indented:
        classes.append("flush")
    if paragraph.kept:
        classes.append("kept")
    return f'<p class="{" ".join(classes)}">{_runs(paragraph.runs)}</p>'


def _numbered(item: NumberedItem) -> str:
    title = escape(wording.item_title(item))
    if not item.runs:
        return f'<h3 class="item-title">{title}</h3>'
    if item.title:
        title = f"<strong>{title}</strong>"
    return f'<p class="text">{title} {_runs(item.runs)}</p>'


def _basis(basis: LegalBasis) -> str:
    return "".join(f'<p class="text basis">{escape(line)}</p>' for line in wording.basis_lines(basis))


def _article(article: Article) -> str:
    title = escape(wording.article_title(article))
    if article.lead:
        title = f'<p class="text"><strong>{title}</strong> {escape(article.lead)}</p>'
    else:
        title = f'<h3 class="article-title">{title}</h3>'
    return title + "".join(f'<p class="text">{escape(line)}</p>' for line in wording.clause_lines(article))


def _table(table: Table) -> str:
    total = sum(column.width_mm for column in table.columns)
    widths = "".join(f'<col style="width: {column.width_mm:g}mm">' for column in table.columns)
    headers = "".join(f"<th>{lines(column.header)}</th>" for column in table.columns)
    rows = "".join(f"<tr>{_cells(table, at)}</tr>" for at in range(len(table.rows)))
    css_class = ' class="signin"' if table.tall_rows else ' class="small"' if table.small else ""
    return (
        f'<table{css_class} style="width: {total:g}mm"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{headers}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cells(table: Table, row: int) -> str:
    cells = []
    for at, (column, cell) in enumerate(zip(table.columns, table.rows[row], strict=True)):
        span = table.span(row, at)
        if span:
            rowspan = f' rowspan="{span}"' if span > 1 else ""
            cells.append(f'<td class="{column.align.value}"{rowspan}>{_cell(cell)}</td>')
    return "".join(cells)


def _cell(cell: Cell) -> str:
    if isinstance(cell, Tick):
        return f'<div class="tick{" on" if cell.is_ticked else ""}"></div>'
    return lines(cell)
