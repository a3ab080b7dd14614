"""A paragraph of Word as lines of a clerk's text: the marks of bold and italic where they say more than the line does."""

import re

from documents.paper.bodytext import is_ground, is_structure, unmarked
from documents.paper.word_xml import Piece, WordParagraph
from hdnd.lib.text import nfc

_PREFIX = re.compile(r"(?:Điều\s+\d+[.:]?|(?:[IVXL]+|\d+(?:\.\d+)*)[.)])\s*", re.IGNORECASE)


def paragraph_lines(part: WordParagraph) -> list[str]:
    """A line for each line break; tabs inside are blanks, or the line would be a table's."""
    rows: list[list[Piece]] = [[Piece(f"{part.number} ")] if part.number else []]
    for piece in part.pieces:
        first, *more = piece.text.replace("\t", " ").split("\n")
        rows[-1].append(Piece(first, piece.bold, piece.italic))
        rows += [[Piece(text, piece.bold, piece.italic)] for text in more]
    return [_marked([piece for piece in row if piece.text]) for row in rows]


def _marked(pieces: list[Piece]) -> str:
    """The line with marks where bold and italic say more than its own beginning does."""
    plain = nfc("".join(piece.text for piece in pieces))
    if not plain:
        return ""
    worded = [piece for piece in pieces if piece.text.strip()]
    if all(piece.bold for piece in worded) and is_structure(plain):
        return plain
    if all(piece.italic for piece in worded) and is_ground(plain):
        return plain
    prefix = _PREFIX.match(plain)
    skipped = len(prefix[0]) if prefix else 0
    title = _bold_title(pieces, plain)
    marked = nfc(_with_marks(pieces, max(skipped, title)))
    # Marks that would be read otherwise than they are meant are left out: words before looks.
    return marked if unmarked(marked) == plain else plain


def _bold_title(pieces: list[Piece], plain: str) -> int:
    """How far `1. Title:` reaches, when exactly that is bold."""
    colon = plain.find(": ")
    bold = pieces[0].text.lstrip() if pieces[0].bold else ""
    return colon + 1 if _PREFIX.match(plain) and 0 < colon == len(bold.rstrip()) - 1 else 0


def _with_marks(pieces: list[Piece], skipped: int) -> str:
    """Marks around bold and italic pieces, none within the first `skipped` letters; blanks stay outside."""
    written, at = "", 0
    lead = len("".join(piece.text for piece in pieces)) - len(
        "".join(piece.text for piece in pieces).lstrip()
    )
    for piece in pieces:
        bare = max(0, min(len(piece.text), skipped + lead - at))
        at += len(piece.text)
        written += piece.text[:bare]
        text = piece.text[bare:]
        mark = "**" if piece.bold else "*" if piece.italic else ""
        core = text.strip()
        if not mark or not core:
            written += text
            continue
        before = text[: len(text) - len(text.lstrip())]
        after = text[len(text.rstrip()) :]
        written += f"{before}{mark}{core}{mark}{after}"
    return written
