"""Reads a rendered paper back: its lines with place, size and face."""

import io
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber

MM = 72 / 25.4


@dataclass(frozen=True)
class Line:
    """A line of text; x in mm from the left edge, `baseline` in mm from the top edge, size in points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    face: str

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Rule:
    """A drawn horizontal rule, in mm."""

    left: float
    right: float
    top: float

    @property
    def length(self) -> float:
        return self.right - self.left


class Reading:
    """The pages of a PDF as lists of lines, runs of one face and column being a line of their own."""

    def __init__(self, content: bytes) -> None:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            self.sizes = [(page.width / MM, page.height / MM) for page in pdf.pages]
            self.pages = [_lines(page) for page in pdf.pages]
            self.texts = [page.extract_text() for page in pdf.pages]
            self.rules = [_rules(page) for page in pdf.pages]
            self.faces = {char["fontname"].split("+")[1] for page in pdf.pages for char in page.chars}
            self.tables = [page.extract_tables() for page in pdf.pages]

    def line(self, text: str, page: int = 0) -> Line:
        """The one line that reads exactly so."""
        found = [line for line in self.pages[page] if line.text == text]
        assert len(found) == 1, f"{text!r}: {[line.text for line in self.pages[page]]}"
        return found[0]

    @property
    def words(self) -> str:
        """The whole text with single blanks."""
        return " ".join(" ".join(self.texts).split())


def _lines(page: Any) -> list[Line]:
    rows: dict[float, list[dict[str, Any]]] = {}
    for char in page.chars:
        rows.setdefault(round(char["matrix"][5], 1), []).append(char)
    lines = []
    for _y, chars in sorted(rows.items(), reverse=True):
        chars.sort(key=lambda char: char["x0"])
        group = [chars[0]]
        for before, char in pairwise(chars):
            # A blank stretched by justification stays inside a line; a column's gap has no blank.
            if char["x0"] - before["x1"] > 6 or char["fontname"] != before["fontname"]:
                lines.append(_line(page, group))
                group = []
            group.append(char)
        lines.append(_line(page, group))
    return lines


def _line(page: Any, chars: list[dict[str, Any]]) -> Line:
    inked = [char for char in chars if char["text"].strip()] or chars
    return Line(
        text="".join(char["text"] for char in chars).strip(),
        left=inked[0]["x0"] / MM,
        right=inked[-1]["x1"] / MM,
        baseline=(float(page.height) - inked[0]["matrix"][5]) / MM,
        size=round(inked[0]["size"], 2),
        face=inked[0]["fontname"].split("+")[1],
    )


def _rules(page: Any) -> list[Rule]:
    flat = [shape for shape in (*page.rects, *page.lines) if shape["bottom"] - shape["top"] < 1.5]
    rules = {(round(s["x0"], 1), round(s["x1"], 1), round(s["top"], 1)) for s in flat}
    return [Rule(x0 / MM, x1 / MM, top / MM) for x0, x1, top in sorted(rules, key=lambda rule: rule[2])]
