"""What changed between two texts: by paragraph, and by word inside a paragraph that changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from documents.paper.bodytext import cells_of, is_row, lines_of

_WORDS = re.compile(r"\s+|\S+")
_AROUND = 1


@dataclass(frozen=True)
class Stretch:
    """Words that stayed (``), were taken out (`del`) or put in (`ins`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One paragraph: `same`, `changed`, `added`, `removed`, or `gap` for those left out of sight."""

    kind: str
    stretches: tuple[Stretch, ...]


def differences(before: str, after: str, *, whole: bool = False) -> list[Difference]:
    """Paragraph by paragraph; those that stayed are left out but for the neighbours, unless `whole`."""
    old, new = lines_of(before), lines_of(after)
    found: list[Difference] = []
    matcher = SequenceMatcher(
        None, [_plain(line) for line in old], [_plain(line) for line in new], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += _same(new[c:d], whole=whole, is_first=c == 0, is_last=d == len(new))
        elif kind == "replace":
            found += _replaced(old[a:b], new[c:d])
        else:
            found += [_whole("removed", "del", line) for line in old[a:b]]
            found += [_whole("added", "ins", line) for line in new[c:d]]
    return found


def is_changed(before: str, after: str) -> bool:
    """Whether any paragraph differs; a table typed with tabs equals one typed with strokes."""
    return [_plain(line) for line in lines_of(before)] != [_plain(line) for line in lines_of(after)]


def _plain(line: str) -> str:
    """What a line says however it was typed."""
    return "\t".join(cells_of(line)) if is_row(line) else line


def _same(lines: Sequence[str], *, whole: bool, is_first: bool, is_last: bool) -> Iterator[Difference]:
    shown = list(lines)
    if whole or len(lines) <= 2 * _AROUND:
        yield from (_whole("same", "", line) for line in shown)
        return
    if not is_first:
        yield from (_whole("same", "", line) for line in shown[:_AROUND])
    hidden = len(lines) - _AROUND * ((not is_first) + (not is_last))
    if hidden:
        yield Difference("gap", (Stretch("", f"{hidden} đoạn không đổi"),))
    if not is_last:
        yield from (_whole("same", "", line) for line in shown[-_AROUND:])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """Pairs in order; what is left over was removed or added."""
    for one, other in zip(old, new, strict=False):
        yield Difference("changed", tuple(_words(one, other)))
    yield from (_whole("removed", "del", line) for line in old[len(new) :])
    yield from (_whole("added", "ins", line) for line in new[len(old) :])


def _words(before: str, after: str) -> Iterator[Stretch]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Stretch("", "".join(new[c:d]))
            continue
        if b > a:
            yield Stretch("del", "".join(old[a:b]))
        if d > c:
            yield Stretch("ins", "".join(new[c:d]))


def _whole(kind: str, mark: str, line: str) -> Difference:
    return Difference(kind, (Stretch(mark, line),))
