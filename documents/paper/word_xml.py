"""A Word file as plain pieces: paragraphs with their marks and list numbers, tables, and the words beside the text.

Tracked changes are taken as accepted: what was inserted stays, what was deleted goes.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from documents.paper.word_lists import Lists
from hdnd.lib.text import nfc

_OFF = {"0", "false", "off", "none"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), _FALLBACK}
_BOXES = qn("w:txbxContent")
_NOTES = {"footnotes": "cước chú", "endnotes": "chú thích cuối", "comments": "nhận xét của Word"}
_HIDDEN_NUMBER = re.compile(r"\d*")


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class WordParagraph:
    """A paragraph: its list number as Word shows it, its pieces, how it lies."""

    pieces: tuple[Piece, ...]
    number: str = ""
    centred: bool = False

    @property
    def text(self) -> str:
        """All its words, the list number first."""
        words = "".join(piece.text for piece in self.pieces)
        return f"{self.number} {words}" if self.number else words


@dataclass(frozen=True)
class WordTable:
    """A table, row by row; a cell that is joined to the one above or before it is empty."""

    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[WordParagraph, ...], ...]


@dataclass(frozen=True)
class SectionEnd:
    """Where a section ends; `landscape` says how its pages lie."""

    landscape: bool


Part = WordParagraph | WordTable | SectionEnd


@dataclass
class WordFile:
    """The pieces in their order, and what stands beside the text: (where, words) each."""

    parts: list[Part]
    beside: list[tuple[str, str]] = field(default_factory=list)


def opened(content: bytes) -> WordFile:
    """Reads a DOCX.

    Raises:
        ValueError: it is no readable DOCX.
    """
    try:
        document = Document(io.BytesIO(content))
        return _Reader(document).read()
    except (KeyError, ValueError, AttributeError, TypeError, OSError) as error:
        raise ValueError("not a readable DOCX") from error
    except Exception as error:  # zipfile, lxml and python-docx each have their own
        raise ValueError("not a readable DOCX") from error


class _Reader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.styles = {
            style.get(qn("w:styleId")): style for style in document.styles.element.findall(qn("w:style"))
        }
        self.lists = Lists(document)
        self.boxes: list[str] = []

    def read(self) -> WordFile:
        body = self.document.element.body
        parts = list(self._blocks(body))
        last = body.find(qn("w:sectPr"))
        parts.append(SectionEnd(_is_landscape(last)))
        beside = [("hộp chữ", words) for words in self.boxes]
        return WordFile(parts, beside + list(self._margins()) + list(self._notes()))

    def _blocks(self, container: Any) -> Iterator[Part]:
        """Paragraphs and tables in order; a paragraph whose mark was deleted runs into the next."""
        waiting: list[Piece] = []
        for child in container:
            if child.tag == qn("w:p"):
                paragraph = self._paragraph(child, waiting)
                waiting = []
                mark = child.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}")
                if mark is not None:
                    waiting = list(paragraph.pieces)
                else:
                    yield paragraph
                section = child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
                if section is not None:
                    yield SectionEnd(_is_landscape(section))
            elif child.tag == qn("w:tbl"):
                yield self._table(child)
            elif child.tag not in _DROPPED and child.tag != qn("w:sectPr"):
                yield from self._blocks(child)  # content controls, inserted blocks
        if waiting:
            yield WordParagraph(tuple(waiting))

    def _paragraph(self, element: Any, before: list[Piece]) -> WordParagraph:
        properties = element.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        name = style.get(qn("w:val")) if style is not None else None
        align = properties.find(qn("w:jc")) if properties is not None else None
        pieces = _merged([*before, *self._pieces(element, name)])
        # A list number of a paragraph without words is not shown.
        number = (
            self.lists.number(self._numbering(properties, name))
            if "".join(p.text for p in pieces).strip()
            else ""
        )
        return WordParagraph(tuple(pieces), number, align is not None and align.get(qn("w:val")) == "center")

    def _numbering(self, properties: Any, style: str | None) -> tuple[str, int] | None:
        """(list, level) of a paragraph, its own or its style's."""
        found = properties.find(qn("w:numPr")) if properties is not None else None
        if found is None:
            found = next(
                (
                    numbered
                    for one in self._chain(style)
                    if (numbered := one.find(f"{qn('w:pPr')}/{qn('w:numPr')}")) is not None
                ),
                None,
            )
        if found is None:
            return None
        key, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
        if key is None or key.get(qn("w:val")) == "0":
            return None
        return key.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0

    def _chain(self, style: str | None) -> Iterator[Any]:
        """The style and those it is based on."""
        seen = set()
        while style and style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            based = self.styles[style].find(qn("w:basedOn"))
            style = based.get(qn("w:val")) if based is not None else None

    def _pieces(self, element: Any, style: str | None) -> Iterator[Piece]:
        for child in element:
            if child.tag == qn("w:r"):
                yield from self._run(child, style)
            elif child.tag not in _DROPPED:
                yield from self._pieces(child, style)  # links, insertions, fields, content controls

    def _run(self, run: Any, style: str | None) -> Iterator[Piece]:
        for box in run.iter(_BOXES):
            if not any(parent.tag in _DROPPED for parent in box.iterancestors()):
                words = " ".join(
                    part.text for part in self._blocks(box) if isinstance(part, WordParagraph) and part.text
                )
                if words:
                    self.boxes.append(words)
        text = "".join(_letters(child) for child in run)
        if text:
            bold, italic = (self._is_set(run, style, mark) for mark in ("w:b", "w:i"))
            yield Piece(text, bold, italic)

    def _is_set(self, run: Any, paragraph_style: str | None, mark: str) -> bool:
        """Bold or italic: the run's own word counts, then its style's, then the paragraph style's."""
        own = run.find(f"{qn('w:rPr')}/{qn(mark)}")
        if own is not None:
            return own.get(qn("w:val"), "1") not in _OFF
        named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        for style in (named.get(qn("w:val")) if named is not None else None, paragraph_style):
            for one in self._chain(style):
                found = one.find(f"{qn('w:rPr')}/{qn(mark)}")
                if found is not None:
                    return found.get(qn("w:val"), "1") not in _OFF
        return False

    def _table(self, element: Any) -> WordTable:
        rows, cells = [], []
        for row in element.iter(qn("w:tr")):
            if next(row.iterancestors(qn("w:tbl"))) is not element:
                continue  # of a table inside a cell, whose words are read with the cell
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                continue
            texts: list[str] = []
            for cell in row.iter(qn("w:tc")):
                if next(cell.iterancestors(qn("w:tr"))) is not row:
                    continue
                paragraphs = tuple(_paragraphs_of(self._blocks(cell)))
                cells.append(paragraphs)
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                texts += [
                    " ".join(one.text.strip() for one in paragraphs if one.text.strip()),
                    *([""] * (int(span.get(qn("w:val"))) - 1 if span is not None else 0)),
                ]
            rows.append(tuple(texts))
        return WordTable(tuple(rows), tuple(cells))

    def _margins(self) -> Iterator[tuple[str, str]]:
        """Words in headers and footers, page numbers aside."""
        seen = set()
        for section in self.document.sections:
            for name in (
                "header",
                "first_page_header",
                "even_page_header",
                "footer",
                "first_page_footer",
                "even_page_footer",
            ):
                part = getattr(section, name)
                if part.is_linked_to_previous:
                    continue
                words = " ".join(
                    one.text.strip()
                    for one in _paragraphs_of(self._blocks(part._element))
                    if one.text.strip()
                )
                if words and not _HIDDEN_NUMBER.fullmatch(words) and words not in seen:
                    seen.add(words)
                    yield ("đầu trang" if "header" in name else "chân trang"), words

    def _notes(self) -> Iterator[tuple[str, str]]:
        """Footnotes, endnotes and comments: python-docx leaves them aside."""
        for relation in self.document.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind not in _NOTES or relation.is_external:
                continue
            root = parse_xml(relation.target_part.blob)  # resolves no entity, fetches nothing
            for note in root:
                words = "".join(_letters(one) for one in note.iter()).strip()
                if words:
                    yield _NOTES[kind], nfc(words)


def _paragraphs_of(parts: Iterator[Part]) -> Iterator[WordParagraph]:
    """Paragraphs, those of inner tables included, row by row."""
    for part in parts:
        if isinstance(part, WordParagraph):
            yield part
        elif isinstance(part, WordTable):
            for cell in part.cells:
                yield from cell


def _letters(element: Any) -> str:
    """What a child of a run shows."""
    if element.tag == qn("w:t") or element.tag == qn("m:t"):
        return element.text or ""
    if element.tag in (qn("w:br"), qn("w:cr")):
        return "" if element.get(qn("w:type")) == "page" else "\n"
    if element.tag in (qn("w:tab"), qn("w:ptab")):
        return "\t"
    if element.tag == qn("w:noBreakHyphen"):
        return "-"
    return ""


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one style together: Word splits a word into many runs."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if (last and (last.bold, last.italic) == (piece.bold, piece.italic)) or (
            last and not piece.text.strip()
        ):
            found[-1] = Piece(last.text + piece.text, last.bold, last.italic)
        else:
            found.append(piece)
    return found


def _is_landscape(section: Any) -> bool:
    size = section.find(qn("w:pgSz")) if section is not None else None
    return size is not None and size.get(qn("w:orient")) == "landscape"
