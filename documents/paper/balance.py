"""Lines as clerks set them: titles in lines of nearly equal length, names of bodies small enough for one line."""

from documents.paper.layout import LAYOUT
from documents.paper.markup import plain
from documents.paper.model import Letterhead
from hdnd.lib.pdf.fonts import text_width_mm

_STEP_MM = 1.0
_SLACK_MM = 0.6


def balanced_mm(text: str, size_pt: float, limit_mm: float) -> float:
    """The narrowest width in mm, up to the limit, in which the bold text takes no more lines than at the limit.

    Raises:
        FontMissingError: Liberation Serif is not installed.
    """
    blank = text_width_mm(" ", size_pt, bold=True)
    words = [text_width_mm(word, size_pt, bold=True) for word in plain(text).split()]
    if not words:
        return limit_mm
    fewest = _lines(words, blank, limit_mm)
    width = max(*words, sum(words) / fewest) if len(words) > 1 else words[0]
    while width < limit_mm and _lines(words, blank, width) > fewest:
        width += _STEP_MM
    return min(width + _SLACK_MM, limit_mm)


def names_pt(letterhead: Letterhead) -> float:
    """The size of the names of bodies, 13 pt, or 12 where a name of theirs then takes one line instead of two."""
    largest, smallest = LAYOUT.body_name_pt, LAYOUT.body_name_small_pt
    widest = max(
        *(text_width_mm(line.upper(), largest) for line in letterhead.superior_lines),
        *(text_width_mm(line.upper(), largest, bold=True) for line in letterhead.name_lines),
        0,
    )
    room = LAYOUT.head_left_mm
    return smallest if room < widest <= room * largest / smallest else largest


def _lines(words: list[float], blank: float, width: float) -> int:
    lines, used = 1, 0.0
    for word in words:
        needed = used + blank + word if used else word
        if needed <= width or not used:
            used = needed
        else:
            lines, used = lines + 1, word
    return lines
