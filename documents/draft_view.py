"""A draft as its page shows it: the text paragraph by paragraph with the remarks on each, and where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from documents.choices import DraftState, Verdict
from documents.models import Draft, DraftComment, DraftVersion, SignOff
from documents.paper import numbers
from documents.paper.bodytext import (
    cells_of,
    is_annex,
    is_ground,
    is_row,
    is_structure,
    lines_of,
    runs_of,
    unmarked,
)
from documents.paper.model import Paper
from documents.paper.wording import recipient_lines, salutation_lines

PREVIEWED = 300
"""Paragraphs that are drawn anew at each save."""


@dataclass
class Block:
    """A paragraph, or the rows of a table.

    Attributes:
        place: of its (first) line among the lines of the body.
        css: how it is set: call, article, ground, annex, or nothing.
        rows: a table's cells, head first.
    """

    place: int
    css: str = ""
    html: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    comments: list[DraftComment] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The place as people count."""
        return self.place + 1


def blocks_of(body: str, comments: Iterable[DraftComment] = ()) -> tuple[list[Block], list[DraftComment]]:
    """The text, and the remarks that find no paragraph: on the whole, or on words that no longer stand.

    A remark stands where its quoted words stand now; of several equal paragraphs it takes the nearest.
    """
    lines = lines_of(body)
    found: list[Block] = []
    for is_table, group in groupby(enumerate(lines), key=lambda pair: is_row(pair[1])):
        rows = list(group)
        if is_table:
            cells = [cells_of(line) for _, line in rows]
            many = max(len(row) for row in cells)
            found.append(
                Block(rows[0][0], "table", rows=tuple(row + ("",) * (many - len(row)) for row in cells))
            )
        else:
            found += [Block(at, _css(line), _html(line)) for at, line in rows]
    after_ground = False
    for block in found:
        # One sentence alone that begins as a ground does is a sentence, see `bodytext`.
        if block.css == "ground" and lines[block.place].endswith(".") and not after_ground:
            block.css = ""
        after_ground = block.css == "ground"
    return found, _put(comments, found, lines)


def _put(comments: Iterable[DraftComment], blocks: list[Block], lines: list[str]) -> list[DraftComment]:
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        places.setdefault(unmarked(line), []).append(at)
    loose = []
    for comment in comments:
        candidates = places.get(comment.quote, []) if comment.place is not None else []
        if not candidates:
            loose.append(comment)
            continue
        origin = comment.place or 0
        at = min(candidates, key=lambda place: abs(place - origin))
        next(block for block in reversed(blocks) if block.place <= at).comments.append(comment)
    return loose


def _css(line: str) -> str:
    if is_annex(line):
        return "annex"
    if is_structure(line):
        return "call" if line == line.upper() else "article"
    return "ground" if is_ground(line) else ""


def _html(line: str) -> SafeString:
    pieces = [
        format_html("<strong>{}</strong>", run.text)
        if run.bold
        else format_html("<em>{}</em>", run.text)
        if run.italic
        else format_html("{}", run.text)
        for run in runs_of(line)
    ]
    return mark_safe("".join(pieces))


def beginning(body: str) -> tuple[str, int]:
    """What the preview beside the editor draws, and how many paragraphs it leaves to the print."""
    lines = lines_of(body)
    return "\n".join(lines[:PREVIEWED]), max(len(lines) - PREVIEWED, 0)


@dataclass(frozen=True)
class Frame:
    """What stands around the text on the paper, in the words of both renderers."""

    paper: Paper

    @property
    def symbol(self) -> str:
        """`Số: …/KH-HĐND`."""
        found = self.paper.symbol
        return numbers.symbol_line(found.number, found.suffix) if found else ""

    @property
    def place_date(self) -> str:
        """`Vĩnh Giang, ngày … tháng … năm …`."""
        found = self.paper.place_date
        return numbers.place_and_date(found.place, found.day) if found else ""

    @property
    def salutation(self) -> list[str]:
        """`Kính gửi: …`."""
        return salutation_lines(self.paper.salutation) if self.paper.salutation else []

    @property
    def recipients(self) -> list[str]:
        """Nơi nhận, a line each."""
        return recipient_lines(self.paper.recipients) if self.paper.recipients else []

    @property
    def urgency(self) -> str:
        """The mark in the red frame."""
        return self.paper.urgency.value[0] if self.paper.urgency else ""


@dataclass(frozen=True)
class Step:
    """One step of a version's sign-off."""

    number: int
    rows: tuple[SignOff, ...]

    @property
    def signs(self) -> bool:
        """The signers' step."""
        return any(row.signer_id is not None for row in self.rows)

    @property
    def is_open(self) -> bool:
        """Somebody has yet to decide."""
        return any(row.verdict == Verdict.PENDING for row in self.rows)


def steps_of(version: DraftVersion) -> list[Step]:
    """The version's sign-offs, step by step."""
    rows = sorted(version.sign_offs.all(), key=lambda row: (row.step, row.pk))
    return [Step(number, tuple(group)) for number, group in groupby(rows, key=lambda row: row.step)]


def waiting_names(draft: Draft, steps: Sequence[Step]) -> list[str]:
    """Whom the draft waits for now."""
    if not draft.is_waiting:
        return []
    current = next((step for step in steps if step.is_open), None)
    return [row.name for row in current.rows if row.verdict == Verdict.PENDING] if current else []


def life_of(draft: Draft) -> list[tuple[str, str]]:
    """The stepper: drafting, review, signature, issued."""
    order = [DraftState.DRAFTING, DraftState.IN_REVIEW, DraftState.APPROVED, DraftState.ISSUED]
    words: dict[Any, str] = {
        DraftState.DRAFTING: "Soạn", DraftState.IN_REVIEW: "Duyệt", DraftState.APPROVED: "Ký", DraftState.ISSUED: "Phát hành",
    }  # fmt: skip
    state = (
        DraftState.DRAFTING
        if draft.state in (DraftState.RETURNED, DraftState.DROPPED)
        else DraftState(draft.state)
    )
    at = order.index(state)
    done = state == DraftState.ISSUED
    return [
        (words[one], "past" if place < at or done else "current" if place == at else "")
        for place, one in enumerate(order)
    ]
