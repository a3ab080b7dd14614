"""Word's automatic numbers, written out as Word shows them: they stand in no paragraph's words."""

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

from documents.paper.numbers import roman


class Lists:
    """Word's automatic numbers, counted as Word counts them."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {one.get(qn("w:abstractNumId")): one for one in numbering.findall(qn("w:abstractNum"))}
        for number in numbering.findall(qn("w:num")):
            named = number.find(qn("w:abstractNumId"))
            base = abstract.get(named.get(qn("w:val"))) if named is not None else None
            if base is not None:
                self.levels[number.get(qn("w:numId"))] = {
                    int(level.get(qn("w:ilvl"))): _level(level) for level in base.findall(qn("w:lvl"))
                }

    def number(self, place: tuple[str, int] | None) -> str:
        """The number that Word shows before the next paragraph of the list; `-` for a bullet."""
        if place is None:
            return ""
        key, level = place
        kind, shown, start = self.levels.get(key, {}).get(level, ("bullet", "", 1))
        if kind == "none":
            return ""
        if kind == "bullet":
            return "-"
        counts = self.counts[key]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]

        def value(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            its_kind, _, its_start = self.levels[key].get(at, ("decimal", "", 1))
            return _written(counts.get(at, its_start), its_kind)

        return re.sub(r"%(\d)", value, shown).strip()


def _level(level: Any) -> tuple[str, str, int]:
    kind, text, start = (level.find(qn(name)) for name in ("w:numFmt", "w:lvlText", "w:start"))
    return (
        kind.get(qn("w:val")) if kind is not None else "decimal",
        text.get(qn("w:val")) if text is not None else "%1.",
        int(start.get(qn("w:val"))) if start is not None else 1,
    )


def _written(number: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and 1 <= number < 90:
        return roman(number) if kind == "upperRoman" else roman(number).lower()
    if kind == "decimalZero":
        return f"{number:02d}"
    return str(number)
