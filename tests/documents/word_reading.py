"""Reads a Word file back, its words in order, and the words of a PDF to hold against them."""

import io
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
from docx import Document
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from documents.paper.model import Paper, Table

MM_OF_MARGIN = 15  # page numbers stand above it


def opened(content: bytes) -> Any:
    """The document as python-docx reads it."""
    return Document(io.BytesIO(content))


def lines(container: Any) -> Iterator[str]:
    """Every paragraph of the body in order, cells row by row, joined cells once."""
    for part in container.iter_inner_content():
        if isinstance(part, WordParagraph):
            yield part.text
        elif isinstance(part, WordTable):
            for cell in part._tbl.iter_tcs():
                joined = cell.tcPr is not None and cell.tcPr.vMerge_val == "continue"
                if not joined:
                    yield from lines(_cell(cell, part))


def words(content: bytes) -> list[str]:
    """All words of the body."""
    return " ".join(lines(opened(content))).split()


def _cell(element: Any, table: WordTable) -> Any:
    from docx.table import _Cell

    return _Cell(element, table)


def pdf_words(content: bytes, tables: int) -> Counter[str]:
    """All words of the PDF without page numbers and without the heads that tables repeat on further pages."""
    found: Counter[str] = Counter()
    heads: list[Counter[str]] = []
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            body = page.crop((0, MM_OF_MARGIN * 72 / 25.4, page.width, page.height))
            found.update((body.extract_text() or "").split())
            for table in body.extract_tables():
                heads.append(Counter(" ".join(cell or "" for cell in table[0]).split()))
    for head in _repeated(heads, tables):
        found.subtract(head)
    return +found


def _repeated(heads: list[Counter[str]], tables: int) -> list[Counter[str]]:
    """Of the heads in order, those that equal the one before: one table that goes on."""
    repeats = [after for before, after in pairwise(heads) if before == after]
    return repeats[: len(heads) - tables]


def tables_of(paper: Paper) -> int:
    blocks = [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]
    return sum(isinstance(block, Table) for block in blocks)


def torn(found: Counter[str]) -> str:
    """Letters in a fixed order: a dash lets the PDF break a word at a line's end, which makes two of it."""
    return "".join(sorted("".join(found.elements())))
