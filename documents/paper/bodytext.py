"""The body of a paper as clerks type it, read into blocks: grounds, articles, clauses, points, tables, annexes.

A line is a paragraph; empty lines fall away. What a line is follows from how it begins, as in every office's papers:

- `Căn cứ …;` at the start, or below lines in capitals that say who decides, each ending with `;` (the last may end
  with `.`): the grounds, in italics;
- `QUYẾT NGHỊ:`, a line all in capitals: centred and bold;
- `Phần`, `Chương`, `Mục` with their number, the title behind it or in capitals on the next line;
- `Điều 1. …`, below it `1. …` and `a) …`: article, clauses, points, numbered anew in their order;
- `I. …`, `1. …` outside articles: a numbered item, keeping the number as typed;
- lines with tabs or beginning with `|`: a table whose first line is its head;
- `PHỤ LỤC`, then its title: an annex with its own page numbers; `PHỤ LỤC (ngang)` lies across;
- `**đậm**` and `*nghiêng*` inside a paragraph.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from documents.paper.layout import LAYOUT
from documents.paper.model import (
    Align,
    Annex,
    Article,
    Block,
    Clause,
    Column,
    Heading,
    LegalBasis,
    NumberedItem,
    Paragraph,
    Point,
    Run,
    Table,
)
from hdnd.lib.text import nfc

_GROUND = re.compile(r"(Căn cứ|Theo đề nghị|Xét|Thực hiện|Trên cơ sở)\s")
_PART = re.compile(r"((?:Phần|Chương|Mục)\s+(?:thứ\s+\w+|[IVXLC]+|\d+))\b[.:]?\s*(.*)", re.IGNORECASE)
_ARTICLE = re.compile(r"Điều\s+\d+[.:]?\s*(.*)")
_CLAUSE = re.compile(r"\d+\.\s+(.+)")
_POINT = re.compile(r"[a-zđ]\d?\)\s+(.+)")
_ITEM = re.compile(r"((?:[IVXL]+|\d+(?:\.\d+)*)[.)])\s+(.+)|(\d+(?:\.\d+)+)\s+(.+)")
_ANNEX = re.compile(r"PHỤ LỤC(?:\s+(?:[IVXL]+|\d+))?\s*(\(ngang\))?\s*\.?", re.IGNORECASE)
_MARKED = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*|(?<![\w(*])\*(\S(?:[^*]*?\S)?)\*(?![\w*])")
_ENDS = (".", ";", ":", ",", "./.")
_LONGEST_TITLE = 120
_LANDSCAPE_MM = LAYOUT.page_height_mm - LAYOUT.margin_left_mm - LAYOUT.margin_right_mm
_WIDEST_SHARE = 40
_NARROWEST_MM = 12.0
_LETTER_MM = 2.7
"""What a letter of a table takes at most, as a rule: no word of a column is torn."""
_PADDING_MM = 4.0


@dataclass(frozen=True)
class BodyText:
    """A body as read: the blocks, then the annexes."""

    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()


def lines_of(body: str) -> list[str]:
    """The paragraphs as typed, composed and without blanks at their ends; comments name them by their place here."""
    return [line for line in map(_line, body.splitlines()) if line.strip()]


def _line(raw: str) -> str:
    """A typed line in NFC; tabs between cells stay, one that only indents a paragraph goes."""
    return "\t".join(nfc(cell) for cell in raw.split("\t")) if "\t" in raw.strip() else nfc(raw)


def body_text(body: str, reference: str = "") -> BodyText:
    """Reads a typed body.

    Args:
        reference: what each annex says it belongs to, `Kèm theo Quyết định số …`.
    """
    chapters: list[tuple[bool, list[str]]] = [(False, [])]
    for line in lines_of(body):
        found = _ANNEX.fullmatch(line)
        if found:
            chapters.append((bool(found[1]), []))
        else:
            chapters[-1][1].append(line)
    annexes = tuple(_annex(lines, reference, landscape=across) for across, lines in chapters[1:])
    return BodyText(blocks_of(chapters[0][1]), annexes)


def _annex(lines: list[str], reference: str, *, landscape: bool) -> Annex:
    title, *rest = lines or [""]
    width = _LANDSCAPE_MM if landscape else LAYOUT.text_width_mm
    return Annex(title, blocks_of(rest, width), reference=reference, landscape=landscape)


def blocks_of(lines: Iterable[str], width_mm: float = LAYOUT.text_width_mm) -> tuple[Block, ...]:
    """The lines as blocks; tables fill the width."""
    return tuple(_Reader(list(lines), width_mm).blocks())


def runs_of(line: str) -> tuple[Run, ...]:
    """A line's stretches: `**đậm**` bold, `*nghiêng*` italic, the marks gone."""
    found: list[Run] = []
    at = 0
    for match in _MARKED.finditer(line):
        if match.start() > at:
            found.append(Run(line[at : match.start()]))
        found.append(Run(match[1], bold=True) if match[1] else Run(match[2], italic=True))
        at = match.end()
    if at < len(line) or not found:
        found.append(Run(line[at:]))
    return tuple(found)


def unmarked(line: str) -> str:
    """The line without the marks of bold and italic."""
    return "".join(run.text for run in runs_of(line))


def is_annex(line: str) -> bool:
    """`PHỤ LỤC`, which begins an annex."""
    return bool(_ANNEX.fullmatch(line))


def is_ground(line: str) -> bool:
    """A line that may be one of the grounds, which are in italics by themselves."""
    return bool(_GROUND.match(line)) and line.endswith((";", "."))


def is_structure(line: str) -> bool:
    """A line that is bold by itself: a part, an article with its title, a call in capitals, a numbered title."""
    if _PART.fullmatch(line) or _is_capitals(line):
        return True
    article, item = _ARTICLE.fullmatch(line), _ITEM.fullmatch(line)
    rest = article[1] if article else (item[2] or item[4]) if item else None
    return rest is not None and len(rest) <= _LONGEST_TITLE and not rest.endswith(_ENDS)


class _Reader:
    """Reads line after line; what a line is may hang on the one behind it."""

    def __init__(self, lines: list[str], width_mm: float) -> None:
        self.lines, self.width_mm, self.at, self.articles = lines, width_mm, 0, 0
        self.first_ground = 0

    def blocks(self) -> Iterator[Block]:
        while _is_capitals(self._peek()):
            yield self._block()
        self.first_ground = self.at
        grounds = self._while(self._is_ground)
        if grounds:
            yield LegalBasis(tuple(unmarked(line) for line in grounds))
        while self.at < len(self.lines):
            yield self._block()

    def _next(self) -> str:
        self.at += 1
        return self.lines[self.at - 1]

    def _peek(self) -> str:
        return self.lines[self.at] if self.at < len(self.lines) else ""

    def _while(self, holds: Callable[[str], bool]) -> list[str]:
        taken = []
        while self.at < len(self.lines) and holds(self._peek()):
            taken.append(self._next())
        return taken

    def _is_ground(self, line: str) -> bool:
        """The last ground may end with a full stop, when one with `;` stands before it."""
        if not _GROUND.match(line):
            return False
        after = self.at > self.first_ground and line.endswith(".")
        return line.endswith(";") or after

    def _block(self) -> Block:
        line = self._peek()
        if is_row(line):
            return _table(self._while(is_row), self.width_mm)
        self.at += 1
        part = _PART.fullmatch(line)
        if part:
            title = part[2] or (self._next() if _is_capitals(self._peek()) else "")
            return Heading(part[1][:1].upper() + part[1][1:], title)
        article = _ARTICLE.fullmatch(line)
        if article:
            return self._article(unmarked(article[1]))
        if _is_capitals(line):
            return Paragraph((Run(unmarked(line), bold=True),), Align.CENTER, indented=False, kept=True)
        item = _ITEM.fullmatch(line)
        if item:
            return self._item(item[1] or item[3], item[2] or item[4])
        return Paragraph(runs_of(line))

    def _item(self, number: str, rest: str) -> NumberedItem:
        """A title when more follows below it; before a colon when the text stands on the same line."""
        following = self._peek()
        has_more = bool(following) and not _ITEM.fullmatch(following)
        is_roman = not number[0].isdigit()
        if len(rest) <= _LONGEST_TITLE and not rest.endswith(_ENDS) and (has_more or is_roman):
            return NumberedItem(number, unmarked(rest))
        title, colon, text = rest.partition(": ")
        if colon and len(title) <= 60 and text:
            return NumberedItem(number, unmarked(title), runs_of(text))
        return NumberedItem(number, runs=runs_of(rest))

    def _article(self, rest: str) -> Article:
        self.articles += 1
        is_title = len(rest) <= _LONGEST_TITLE and not rest.endswith(_ENDS)
        clauses: list[Clause] = []
        for line in self._while(_is_in_article):
            point, clause = _POINT.fullmatch(line), _CLAUSE.fullmatch(line)
            if point and clauses:
                last = clauses[-1]
                clauses[-1] = Clause(
                    last.text, (*last.points, Point(unmarked(point[1]))), is_plain=last.is_plain
                )
            elif clause:
                clauses.append(Clause(unmarked(clause[1])))
            else:
                clauses.append(Clause(unmarked(line), is_plain=True))
        return Article(self.articles, rest if is_title else "", tuple(clauses), lead="" if is_title else rest)


def is_row(line: str) -> bool:
    """A line of a table."""
    return "\t" in line or line.startswith("|")


def _is_capitals(line: str) -> bool:
    """A line that is a call or a title: all in capitals, two letters at least."""
    letters = [letter for letter in line if letter.isalpha()]
    return len(letters) > 1 and line == line.upper() and not line[0].isdigit() and not _ITEM.fullmatch(line)


def _is_in_article(line: str) -> bool:
    return not (_PART.fullmatch(line) or _ARTICLE.fullmatch(line) or _is_capitals(line) or is_row(line))


def _table(lines: list[str], width_mm: float) -> Table:
    rows = [cells_of(line) for line in lines]
    rows = [row for row in rows if not all(set(cell) <= set("-: ") and cell for cell in row)]
    many = max((len(row) for row in rows), default=1)
    whole = [row + ("",) * (many - len(row)) for row in rows] or [("",)]
    head, *body = whole
    weights = [max(4, *(min(len(row[at]), _WIDEST_SHARE) for row in whole)) for at in range(many)]
    share = width_mm / sum(weights)
    widths = [max(_narrowest([row[at] for row in whole]), weights[at] * share) for at in range(many)]
    scale = width_mm / sum(widths)
    columns = tuple(
        Column(text, round(width * scale, 1), _aligned([row[at] for row in body]))
        for at, (text, width) in enumerate(zip(head, widths, strict=True))
    )
    return Table(columns, tuple(body))


def _narrowest(cells: list[str]) -> float:
    longest = max((len(word) for cell in cells for word in cell.split()), default=0)
    return max(_NARROWEST_MM, min(longest * _LETTER_MM, _WIDEST_SHARE) + _PADDING_MM)


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of a table's line, without marks."""
    cells = line.strip("|").split("|") if line.startswith("|") else line.split("\t")
    return tuple(unmarked(cell.strip()) for cell in cells)


def _aligned(cells: list[str]) -> Align:
    """Figures and very short words stand in the middle."""
    return Align.CENTER if all(len(cell) <= 6 for cell in cells) else Align.LEFT
