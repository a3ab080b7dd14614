"""A paper as a Word file: the same content model and the same table of measures as the PDF, to be edited by hand."""

import io
import zipfile
from typing import Any, assert_never

from docx import Document
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.paper import wording
from documents.paper.layout import LAYOUT
from documents.paper.markup import plain
from documents.paper.model import (
    Align,
    Annex,
    Article,
    Block,
    Heading,
    LegalBasis,
    NumberedItem,
    Paper,
    Paragraph,
    Run,
    Table,
    Tick,
)
from documents.paper.word_frame import write_closing, write_head
from documents.paper.word_parts import (
    FONT,
    Place,
    Style,
    cannot_split,
    centre_vertically,
    draw_borders,
    element,
    number_from_one,
    page_number,
    shape,
    shrink,
    table,
    tick_box,
)

# Word counts in lines of the font, which are themselves 1.15 high.
BODY = Style(
    align=Align.JUSTIFY,
    after=LAYOUT.paragraph_gap_pt,
    lines=LAYOUT.line_height / 1.15,
    first_mm=LAYOUT.indent_mm,
)
TITLE = BODY.but(align=Align.LEFT, bold=True, kept=True)
CELL = Style(size=LAYOUT.table_pt)
SMALL_CELL = Style(size=LAYOUT.small_table_pt)
ANNEX = Style(size=LAYOUT.annex_pt, align=Align.CENTER, bold=True, kept=True)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CELL_SIDE_MM = 1.5
_EPOCH = (1980, 1, 1, 0, 0, 0)


def paper_docx(paper: Paper) -> bytes:
    """The paper as DOCX; the same paper gives the same bytes.

    Raises:
        FontMissingError: rules under names are measured with Liberation Serif, see `hdnd.lib.pdf`.
    """
    document = Document()
    _defaults(document, paper)
    width = _page(document.sections[0], landscape=paper.landscape)
    _number_pages(document.sections[0])
    place = Place(document)
    write_head(place, paper, width)
    _blocks(place, paper.blocks)
    write_closing(place, paper, width)
    for position, annex in enumerate(paper.annexes, start=1):
        _annex(document, annex, position, len(paper.annexes))
    return _file(document)


def _defaults(document: Any, paper: Paper) -> None:
    """One face for everything (the template's theme would take Vietnamese from another), the language, the title."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(LAYOUT.body_pt)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in (*defaults.findall(qn("w:rFonts")), *defaults.findall(qn("w:lang"))):
        defaults.remove(old)
    defaults.append(element("w:lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))
    facts = document.core_properties
    facts.title, facts.author = plain(paper.name)[:255], plain(" ".join(paper.letterhead.name_lines))[:255]
    facts.language, facts.comments = "vi-VN", ""


def _page(section: Any, *, landscape: bool) -> float:
    """Sets size and margins; returns the width between the side margins in mm."""
    across, down = LAYOUT.page_width_mm, LAYOUT.page_height_mm
    if landscape:
        across, down = down, across
        section.orientation = WD_ORIENTATION.LANDSCAPE
    else:
        section.orientation = WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.top_margin, section.bottom_margin = Mm(LAYOUT.margin_top_mm), Mm(LAYOUT.margin_bottom_mm)
    section.left_margin, section.right_margin = Mm(LAYOUT.margin_left_mm), Mm(LAYOUT.margin_right_mm)
    section.header_distance = section.footer_distance = Mm(LAYOUT.margin_top_mm / 2)
    section.different_first_page_header_footer = True
    return across - LAYOUT.margin_left_mm - LAYOUT.margin_right_mm


def _number_pages(section: Any) -> None:
    """Centred in the top margin from page 2; sections that follow take it over."""
    paragraph = section.header.paragraphs[0]
    shape(paragraph, Style(align=Align.CENTER))
    page_number(paragraph)


def _annex(document: Any, annex: Annex, position: int, total: int) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    shrink(document.paragraphs[-1])  # it holds the break, and on a full page would make an empty one
    width = _page(section, landscape=annex.landscape)
    number_from_one(section)
    place = Place(document)
    place.write(wording.annex_word(position, total), ANNEX)
    place.write(annex.title.upper(), ANNEX)
    if annex.reference:
        place.write(f"({annex.reference})", ANNEX.but(bold=False, italic=True))
    place.rule((width - 40) / 2, (width - 40) / 2, kept=True)
    place.gap(12, kept=True)
    _blocks(place, annex.blocks)


def _blocks(place: Place, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        _block(place, block)


def _block(place: Place, block: Block) -> None:
    match block:
        case Paragraph():
            _paragraph(place, block)
        case Heading():
            title = f"\n{block.title.upper()}" if block.title else ""
            place.write(f"{block.number}{title}", TITLE.but(align=Align.CENTER, first_mm=0, before=6))
        case NumberedItem():
            _numbered(place, block)
        case LegalBasis():
            for line in wording.basis_lines(block):
                place.write(line, BODY.but(italic=True))
        case Article():
            _article_title(place, block)
            for line in wording.clause_lines(block):
                place.write(line, BODY)
        case Table():
            _table(place, block)
        case _:
            assert_never(block)


def _article_title(place: Place, article: Article) -> None:
    title = wording.article_title(article)
    if article.lead:
        place.write((Run(f"{title} ", bold=True), Run(article.lead)), BODY)
    else:
        place.write(title, TITLE)


def _paragraph(place: Place, paragraph: Paragraph) -> None:
    flush = not paragraph.indented or paragraph.align is Align.CENTER
    style = BODY.but(align=paragraph.align, kept=paragraph.kept)
    place.write(paragraph.runs, style.but(first_mm=0) if flush else style)


def _numbered(place: Place, item: NumberedItem) -> None:
    title = wording.item_title(item)
    if not item.runs:
        place.write(title, TITLE)
        return
    place.write((Run(f"{title} ", bold=bool(item.title)), *item.runs), BODY)


def _table(place: Place, block: Table) -> None:
    widths = [column.width_mm for column in block.columns]
    made = table(place.container, 1 + len(block.rows), widths, padding_mm=CELL_SIDE_MM)
    draw_borders(made)
    # `rows` and `cells` of python-docx look everything up anew each time.
    rows = [row.cells for row in made.rows]
    padded = _padded(SMALL_CELL, LAYOUT.small_table_padding_mm) if block.small else _padded(CELL)
    style = CELL.but(before=0.6 * 72 / 25.4, after=0.6 * 72 / 25.4) if block.tall_rows else padded
    for cell, column in zip(rows[0], block.columns, strict=True):
        Place(cell, is_cell=True).write(column.header, padded.but(bold=True, align=Align.CENTER, kept=True))
    for at, values in enumerate(block.rows):
        for index, (value, column) in enumerate(zip(values, block.columns, strict=True)):
            span = block.span(at, index)
            cell = rows[1 + at][index]
            if span:
                written = Place(cell, is_cell=True).write(
                    "" if isinstance(value, Tick) else value, style.but(align=column.align)
                )
                if isinstance(value, Tick):
                    tick_box(written, value)
            if span != 1:
                cell._tc.get_or_add_tcPr().append(
                    element("w:vMerge", val="restart") if span else element("w:vMerge")
                )
    for at, row in enumerate(made.rows):
        height = LAYOUT.signin_row_mm + 1.2 if block.tall_rows and at else 0
        cannot_split(row, is_head=at == 0, height_mm=height)
        centre_vertically(rows[at])
    place.gap(8)


def _padded(style: Style, millimetres: float = LAYOUT.table_padding_mm) -> Style:
    points = millimetres * 72 / 25.4
    return style.but(before=points, after=points)


def _file(document: Any) -> bytes:
    """The file, its parts dated alike: otherwise equal papers would differ by the second they were made in."""
    written = io.BytesIO()
    document.save(written)
    out = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as dated:
        for name in parts.namelist():
            dated.writestr(
                zipfile.ZipInfo(name, _EPOCH), parts.read(name), compress_type=zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
