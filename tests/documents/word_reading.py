"""Reads a Word file back: its words in order, its tables, what stands in its margins."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph


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
