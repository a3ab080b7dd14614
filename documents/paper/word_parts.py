"""Pieces of a Word file as the renderer needs them: paragraphs, tables, rules and page numbers, in our measures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from documents.paper.layout import LAYOUT
from documents.paper.markup import plain
from documents.paper.model import Align, Run, Tick

FONT = "Times New Roman"
ALIGNMENT = {
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
EIGHTHS = 8
"""Word counts the width of a border in eighths of a point."""
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_BOXES = "MS Gothic"
"""Where Word itself takes the boxes of check boxes from."""
RULE_GAP_PT = 2
"""How far a rule lies below the text above it."""


@dataclass(frozen=True)
class Style:
    """How a paragraph is set: sizes and distances in points, indents in mm, `lines` as Word counts them."""

    size: float = LAYOUT.body_pt
    align: Align = Align.LEFT
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    before: float = 0
    after: float = 0
    lines: float = 1
    first_mm: float = 0
    left_mm: float = 0
    right_mm: float = 0
    kept: bool = False

    def but(self, **changes: Any) -> "Style":
        """The same with some of it changed."""
        return replace(self, **changes)


class Place:
    """Where paragraphs and tables go: the document's body or a cell, whose first paragraph is already there."""

    def __init__(self, container: Any, *, is_cell: bool = False) -> None:
        self.container = container
        self._waiting = container.paragraphs[0] if is_cell else None
        self.last: Any = self._waiting  # the paragraph written last

    def write(self, content: str | Sequence[Run], style: Style) -> Any:
        """A paragraph; line breaks in the text stay."""
        self.last, self._waiting = self._waiting or self.container.add_paragraph(), None
        paragraph = self.last
        shape(paragraph, style)
        for run in (Run(content),) if isinstance(content, str) else content:
            write_run(paragraph, run, style)
        return paragraph

    def gap(self, points: float, *, kept: bool = False, left_mm: float = 0, right_mm: float = 0) -> Any:
        """An empty paragraph of exactly that height; its mark is as small, or it would be a line of text high."""
        style = Style(size=1, left_mm=max(left_mm, 0), right_mm=max(right_mm, 0), kept=kept)
        paragraph = self.write("", style)
        shrink(paragraph, points)
        return paragraph

    def rule(self, left_mm: float, right_mm: float, *, kept: bool = False) -> None:
        """A horizontal rule: the border below an empty paragraph between two indents."""
        paragraph = self.gap(RULE_GAP_PT, kept=kept, left_mm=left_mm, right_mm=right_mm)
        borders = element("w:pBdr")
        borders.append(border("w:bottom", LAYOUT.rule_pt, space=0))
        _into(paragraph._p.pPr, borders, before=_AFTER_BORDERS)

    def framed(self, text: str, style: Style, *, colour: str, width_pt: float) -> None:
        """A bold line in a frame, both of the colour."""
        paragraph = self.write((Run(text, bold=True),), style)
        borders = element("w:pBdr")
        for side in ("w:top", "w:left", "w:bottom", "w:right"):
            borders.append(border(side, width_pt, colour=colour))
        _into(paragraph._p.pPr, borders, before=_AFTER_BORDERS)
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor.from_string(colour)

    def columns(self, widths_mm: Sequence[float]) -> list["Place"]:
        """A row without borders, a place for each column; it stays on one page."""
        grid = table(self.container, 1, widths_mm)
        cannot_split(grid.rows[0])
        return [Place(cell, is_cell=True) for cell in grid.rows[0].cells]


# What the schema wants behind what is put in; Word refuses files whose elements stand in another order.
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
_AFTER_TABLE_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
_AFTER_PAGE_NUMBERS = ("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid")


def shape(paragraph: Any, style: Style) -> None:
    """Alignment, indents and distances of a paragraph."""
    form = paragraph.paragraph_format
    form.alignment = ALIGNMENT[style.align]
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    form.line_spacing = style.lines
    form.first_line_indent = Mm(style.first_mm)
    form.left_indent, form.right_indent = Mm(style.left_mm), Mm(style.right_mm)
    form.keep_with_next = style.kept
    form.widow_control = True


def shrink(paragraph: Any, points: float = 1) -> None:
    """Makes an empty paragraph exactly that high, its mark as small."""
    paragraph.paragraph_format.line_spacing = Pt(points)
    mark = element("w:rPr")
    mark.append(element("w:sz", val="2"))
    _into(paragraph._p.get_or_add_pPr(), mark, before=("w:sectPr",))


def write_run(paragraph: Any, run: Run, style: Style) -> None:
    """A stretch of text with its line breaks."""
    for at, line in enumerate(run.text.splitlines()):
        written = paragraph.add_run(plain(line))
        if at:
            written._r.insert(0, element("w:br"))
        run_font(written, style.size)
        written.bold = style.bold or run.bold
        written.italic = style.italic or run.italic
        if style.underlined:
            written.underline = True


def tick_box(paragraph: Any, tick: Tick) -> None:
    """A check box that can be ticked in Word: a content control of Word 2010, which LibreOffice knows too."""
    control = element("w:sdt")
    properties, content = element("w:sdtPr"), element("w:sdtContent")
    box = properties.makeelement(f"{{{_W14}}}checkbox", nsmap={"w14": _W14})
    for name, value in (
        ("checked", {"val": str(int(tick.is_ticked))}),
        ("checkedState", {"val": "2611", "font": _BOXES}),
        ("uncheckedState", {"val": "2610", "font": _BOXES}),
    ):
        child = box.makeelement(f"{{{_W14}}}{name}", {f"{{{_W14}}}{key}": to for key, to in value.items()})
        box.append(child)
    properties.append(box)
    run = paragraph.add_run("\u2611" if tick.is_ticked else "\u2610")
    run_font(run, LAYOUT.tick_mm * 72 / 25.4)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), _BOXES)
    content.append(run._r)
    control.append(properties)
    control.append(content)
    paragraph._p.append(control)


def run_font(run: Any, size: float) -> None:
    """The size; the face comes from the document's default style."""
    run.font.size = Pt(size)


def page_number(paragraph: Any) -> None:
    """The field PAGE, as Word and LibreOffice count it."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run_font(run, LAYOUT.page_number_pt)
        if kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            instruction = element("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def table(container: Any, rows: int, widths_mm: Sequence[float], *, padding_mm: float = 0) -> Any:
    """A table of fixed widths without borders; the text of its cells begins `padding_mm` inside."""
    made = container.add_table(rows, len(widths_mm))
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    properties = made._tbl.tblPr
    _set_width(properties, Mm(sum(widths_mm)))
    margins = element("w:tblCellMar")
    for side, value in (("w:top", 0.0), ("w:left", padding_mm), ("w:bottom", 0.0), ("w:right", padding_mm)):
        margins.append(element(side, w=str(Mm(value).twips), type="dxa"))
    _into(properties, margins, before=("w:tblLook",))
    if padding_mm:  # the border, not the text, stands at the margin
        indent = element("w:tblInd", w=str(Mm(padding_mm).twips), type="dxa")
        _into(properties, indent, before=("w:tblBorders", *_AFTER_TABLE_BORDERS))
    for column, width_mm in zip(made.columns, widths_mm, strict=True):
        column.width = Mm(width_mm)
        for cell in column.cells:
            cell.width = Mm(width_mm)
    return made


def draw_borders(made: Any, width_pt: float = 0.5) -> None:
    """All lines of a table."""
    borders = element("w:tblBorders")
    for side in ("w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"):
        borders.append(border(side, width_pt))
    _into(made._tbl.tblPr, borders, before=_AFTER_TABLE_BORDERS)


def cannot_split(row: Any, *, height_mm: float = 0, is_head: bool = False) -> None:
    """The row stays on one page; a head repeats on each; a height is the least."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if height_mm:
        properties.append(element("w:trHeight", val=str(Mm(height_mm).twips), hRule="atLeast"))
    if is_head:
        properties.append(element("w:tblHeader"))


def centre_vertically(cells: Iterable[Any]) -> None:
    """Text in the middle of the cell's height."""
    for cell in cells:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def border(name: str, width_pt: float, *, colour: str = "000000", space: int = 1) -> Any:
    """One side of a frame, `space` points from the text."""
    size = str(round(width_pt * EIGHTHS))
    return element(name, val="single", sz=size, space=str(space), color=colour)


def number_from_one(section: Any) -> None:
    """The section counts its pages anew."""
    _into(section._sectPr, element("w:pgNumType", start="1"), before=_AFTER_PAGE_NUMBERS)


def element(name: str, **attributes: str) -> Any:
    """An element of WordprocessingML with attributes of the same namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _set_width(properties: Any, width: Any) -> None:
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    _into(
        properties,
        element("w:tblW", w=str(width.twips), type="dxa"),
        before=("w:jc", "w:tblBorders", "w:tblLayout", "w:tblLook"),
    )


def _into(parent: Any, child: Any, *, before: Sequence[str]) -> None:
    """Inserts where the schema wants it: in front of the first of the elements named."""
    names = {qn(name) for name in before}
    for at, sibling in enumerate(parent):
        if sibling.tag in names:
            parent.insert(at, child)
            return
    parent.append(child)
