"""A Word file back into a clerk's text: the body as `bodytext` reads it, what the head and the end say, and every other
word by the place where it was found. Nothing that is written in the file is lost.
"""

import re
from dataclasses import dataclass

from documents.choices import DocumentType
from documents.paper.bodytext import is_annex
from documents.paper.kinds import KINDS
from documents.paper.word_marks import paragraph_lines
from documents.paper.word_xml import Part, SectionEnd, WordFile, WordParagraph, WordTable, opened
from documents.paper.wording import MOTTO, NATION, RECIPIENTS_WORD
from hdnd.lib.text import fold, nfc

_NATION = fold(NATION)
_MOTTO = fold(MOTTO)
_RECIPIENTS = fold(RECIPIENTS_WORD).rstrip(":")
_TYPES = {
    fold(name) for name in (*(kind.type_name for kind in KINDS if kind.type_name), *DocumentType.labels)
}
_SYMBOL = re.compile(r"Số\s*:\s*(.*)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:V/v|Về việc)\s+(.*)", re.IGNORECASE | re.DOTALL)
_PLACE_DATE = re.compile(r".*ngày\s*\S*\s*tháng\s*\S*\s*năm\s*\S*", re.IGNORECASE)
_URGENCY = {"hoa toc", "thuong khan", "khan"}
_SALUTATION = re.compile(r"Kính gửi\s*:?\s*(.*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q)\.\s", re.IGNORECASE)
_REFERENCE = re.compile(r"\(Kèm theo .*\)", re.IGNORECASE)
_ANNEX_TITLE_LINES = 3


@dataclass(frozen=True)
class WordText:
    """What a Word file says.

    Attributes:
        body: the text, a paragraph a line, with the marks of bold and italic.
        symbol: what stands behind `Số:`; `place_date` the line with place and day.
        signers: the lines above and with each name, as printed.
        beside: words found elsewhere, (where, words): text boxes, notes, margins, what is unknown in head and end.
    """

    body: str
    letterhead: tuple[str, ...] = ()
    symbol: str = ""
    place_date: str = ""
    type_name: str = ""
    subject: str = ""
    urgency: str = ""
    salutation: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signers: tuple[tuple[str, ...], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


def read_docx(content: bytes) -> WordText:
    """Reads a Word file.

    Raises:
        ValueError: it is no readable DOCX.
    """
    return _Sorter(opened(content)).text()


class _Sorter:
    """Takes the pieces apart: head, body, end, annexes."""

    def __init__(self, file: WordFile) -> None:
        self.parts = file.parts
        self.beside = list(file.beside)
        self.found: dict[str, str] = {}
        self.letterhead: list[str] = []
        self.salutation: tuple[str, ...] = ()
        self.recipients: tuple[str, ...] = ()
        self.signers: tuple[tuple[str, ...], ...] = ()

    def text(self) -> WordText:
        main, annexes = self._split()
        main = self._end(self._head(main))
        lines = [line for part in main for line in _lines(part)]
        for landscape, parts in annexes:
            lines += _annex(parts, landscape)
        return WordText(
            body="\n".join(lines), letterhead=tuple(self.letterhead), salutation=self.salutation,
            recipients=self.recipients, signers=self.signers, beside=tuple(self.beside), **self.found,
        )  # fmt: skip

    def _split(self) -> tuple[list[Part], list[tuple[bool, list[Part]]]]:
        """The paper and its annexes, each with how its pages lie."""
        chapters: list[list[Part]] = [[]]
        lying: list[bool] = [False]
        for part in self.parts:
            if isinstance(part, SectionEnd):
                lying[-1] = part.landscape
            elif isinstance(part, WordParagraph) and _begins_annex(part):
                chapters.append([])
                lying.append(False)
            else:
                chapters[-1].append(part)
        return chapters[0], list(zip(lying[1:], chapters[1:], strict=True))

    def _head(self, parts: list[Part]) -> list[Part]:
        """Takes the head off: the tables of bodies, nation and number, the type and subject, the addressees."""
        at = next(
            (at for at, part in enumerate(parts) if _holds(part, _NATION) or _holds(part, _MOTTO)), None
        )
        start = 0
        if at is not None:
            start = at + 1
            while start < len(parts) and _is_head(parts[start]):
                start += 1
            for part in parts[:start]:
                self._of_head(part)
        rest = parts[start:]
        return self._salutation(self._title(rest))

    def _of_head(self, part: Part) -> None:
        cells = (
            part.cells
            if isinstance(part, WordTable)
            else ((part,),)
            if isinstance(part, WordParagraph)
            else ()
        )
        for cell in cells:
            self._of_cell([nfc(" ".join(one.text.split())) for one in cell if one.text.strip()])

    def _of_cell(self, lines: list[str]) -> None:
        is_known = any(_NATION in fold(line) for line in lines)
        for at, line in enumerate(lines):
            symbol, about = _SYMBOL.fullmatch(line), _ABOUT.fullmatch(line)
            if symbol:
                self.found["symbol"] = " ".join(symbol[1].split())
            elif about and "subject" not in self.found:
                self.found["subject"] = " ".join([about[1], *_until_mark(lines[at + 1 :])])
            elif _PLACE_DATE.fullmatch(line):
                self.found["place_date"] = line
            elif fold(line) in _URGENCY:
                self.found["urgency"] = line
            elif line.isupper() and not is_known:
                self.letterhead.append(line)
            elif not (is_known or "subject" in self.found):
                self.beside.append(("phần đầu văn bản", line))

    def _title(self, parts: list[Part]) -> list[Part]:
        """The name of the type and what it is about, centred below the head."""
        at = next((at for at, part in enumerate(parts) if _says(part)), None)
        if at is None:
            return parts
        first = parts[at]
        if not isinstance(first, WordParagraph) or fold(first.text) not in _TYPES:
            return parts
        self.found["type_name"] = nfc(first.text)
        at += 1
        lines = []
        while at < len(parts):
            part = parts[at]
            if not (isinstance(part, WordParagraph) and part.centred and part.text.strip()):
                break
            lines.append(nfc(" ".join(part.text.split())))
            at += 1
        self.found["subject"] = " ".join(lines)
        return parts[at:]

    def _salutation(self, parts: list[Part]) -> list[Part]:
        at = next((at for at, part in enumerate(parts) if _says(part)), None)
        if at is None:
            return parts
        first = parts[at]
        found = _SALUTATION.fullmatch(nfc(first.text)) if isinstance(first, WordParagraph) else None
        if found is None:
            return parts
        if found[1]:
            self.salutation = (_addressee(found[1]),)
            return parts[at + 1 :]
        at += 1
        listed = []
        while at < len(parts):
            part = parts[at]
            line = nfc(part.text) if isinstance(part, WordParagraph) else ""
            if not line.startswith("-"):
                break
            listed.append(_addressee(line))
            at += 1
            if line.endswith("."):
                break
        self.salutation = tuple(listed)
        return parts[at:]

    def _end(self, parts: list[Part]) -> list[Part]:
        """Takes the signatures and Nơi nhận off; several signers stand in a table above it."""
        at = next((at for at in reversed(range(len(parts))) if _holds(parts[at], _RECIPIENTS)), None)
        if at is None:
            return parts
        closing = parts[at:]
        before = parts[:at]
        while before and not _says(before[-1]):
            before = before[:-1]
        if before and isinstance(before[-1], WordTable) and _is_signing(before[-1]):
            closing = [before[-1], *closing]
            before = before[:-1]
        cells = [
            list(cell)
            for part in closing
            for cell in (
                part.cells
                if isinstance(part, WordTable)
                else ((part,) if isinstance(part, WordParagraph) else (),)
            )
        ]
        self._of_end([[nfc(one.text) for one in cell if one.text.strip()] for cell in _joined(cells)])
        return before

    def _of_end(self, cells: list[list[str]]) -> None:
        signers = []
        for lines in cells:
            if not lines:
                continue
            if fold(lines[0]).startswith(_RECIPIENTS):
                self.recipients = tuple(_addressee(line) for line in lines[1:])
            elif len(lines) > 1:
                signers.append(tuple(" ".join(line.split()) for line in lines))
            else:
                self.beside.append(("phần cuối văn bản", lines[0]))
        self.signers = tuple(signers)


def _joined(cells: list[list[WordParagraph]]) -> list[list[WordParagraph]]:
    """Loose paragraphs after `Nơi nhận:` belong to it."""
    found: list[list[WordParagraph]] = []
    for cell in cells:
        text = nfc(cell[0].text) if len(cell) == 1 else ""
        if found and text.startswith("-") and fold(found[-1][0].text).startswith(_RECIPIENTS):
            found[-1] += cell
        elif cell:
            found.append(cell)
    return found


def _begins_annex(part: WordParagraph) -> bool:
    return is_annex(nfc(part.text)) and (part.centred or part.text.isupper())


def _says(part: Part) -> bool:
    return isinstance(part, WordTable) or (isinstance(part, WordParagraph) and bool(part.text.strip()))


def _holds(part: Part, folded: str) -> bool:
    """Whether one paragraph of the part begins with the words."""
    if isinstance(part, WordTable):
        return any(fold(one.text).startswith(folded) for cell in part.cells for one in cell)
    return isinstance(part, WordParagraph) and fold(part.text).startswith(folded)


def _is_head(part: Part) -> bool:
    """Empty lines, and the table with number and date."""
    if isinstance(part, WordTable):
        texts = [nfc(one.text) for cell in part.cells for one in cell]
        return any(_SYMBOL.fullmatch(text) or _PLACE_DATE.fullmatch(text) for text in texts)
    return not _says(part)


def _is_signing(table: WordTable) -> bool:
    """A single row whose cells end with a name under a title in capitals."""
    texts = [nfc(one.text) for cell in table.cells for one in cell if one.text.strip()]
    return len(table.rows) == 1 and bool(texts) and (texts[0].isupper() or bool(_AUTHORITY.match(texts[0])))


def _until_mark(lines: list[str]) -> list[str]:
    """Further lines of a V/v, which Word may break into paragraphs."""
    found = []
    for line in lines:
        if fold(line) in _URGENCY or _SYMBOL.fullmatch(line):
            break
        found.append(line)
    return found


def _addressee(line: str) -> str:
    return nfc(line).lstrip("-–•").strip().rstrip(";.").strip()


def _annex(parts: list[Part], landscape: bool) -> list[str]:
    """`PHỤ LỤC`, its title on one line, its text; the line that says what it belongs to is the system's."""
    lines = ["PHỤ LỤC (ngang)" if landscape else "PHỤ LỤC"]
    at = 0
    title: list[str] = []
    while at < len(parts) and len(title) < _ANNEX_TITLE_LINES:
        part = parts[at]
        if not isinstance(part, WordParagraph):
            break
        text = nfc(part.text)
        if text and (not part.centred or _REFERENCE.fullmatch(text)):
            break
        if text:
            title.append(text)
        elif title:
            break
        at += 1
    lines.append(" ".join(" ".join(title).split()))
    rest = [
        part
        for part in parts[at:]
        if not (isinstance(part, WordParagraph) and _REFERENCE.fullmatch(nfc(part.text)))
    ]
    return [line for line in (*lines, *(line for part in rest for line in _lines(part))) if line]


def _lines(part: Part) -> list[str]:
    """A part as lines of a clerk's text."""
    if isinstance(part, WordTable):
        rows = [[nfc(" ".join(cell.split())).replace("|", "/") for cell in row] for row in part.rows]
        return [f"| {' | '.join(row)} |" for row in rows if any(row)]
    if isinstance(part, WordParagraph):
        return [line for line in paragraph_lines(part) if line]
    return []
