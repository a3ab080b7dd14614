"""Page numbers of a bound set of papers that stay as they were printed when a paper comes late.

No article asks for it: an office that has handed out a pack cannot renumber the copies on the desks.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Label(NamedTuple):
    """A number and, for what came late, a letter: `12`, `12a`; 0 is no letter. Labels sort as they are bound."""

    number: int
    letter: int = 0

    def __str__(self) -> str:
        return f"{self.number}{_letters(self.letter)}"

    @property
    def two_digits(self) -> str:
        """`01a`: as papers are numbered."""
        return f"{self.number:02}{_letters(self.letter)}"


def label_of(text: str) -> Label:
    """The label that reads so.

    Raises:
        ValueError: it is none.
    """
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    letter = 0
    for sign in text[len(digits) :]:
        letter = letter * 26 + ord(sign) - ord("a") + 1
    return Label(int(digits), letter)


def assign(
    order: Sequence[str], lengths: Mapping[str, int], kept: Mapping[str, Sequence[Label]]
) -> dict[str, list[Label]]:
    """Labels of every paper; what was bound before keeps its own.

    A late paper takes letters after the last page of the one before it, or of the late ones that already stand there;
    at the end numbers go on. A new version that has grown takes letters after its last page; one that has shrunk gives
    up its last numbers, which nobody else gets.

    Args:
        order: keys of the papers as they should be bound.
        lengths: pages of each; papers without pages get no label.
        kept: labels each paper has ever had, those no longer bound too.
    """
    used = {label for labels in kept.values() for label in labels}
    found: dict[str, list[Label]] = {}
    last = min((labels[-1] for key, labels in kept.items() if labels and key in order), default=None)
    for key in order:
        had = list(kept.get(key, ()))
        labels = had[: lengths[key]]
        missing = lengths[key] - len(labels)
        if missing:
            after = had[-1] if had else last
            more = _following(after, missing, used)
            used.update(more)
            labels += more
        found[key] = labels
        last = labels[-1] if labels else last
    return found


def spans(labels: Iterable[Label]) -> str:
    """`4–10, 10a, 12`: the pages as a contents page tells them."""
    runs: list[list[Label]] = []
    for label in labels:
        if runs and label in _neighbours(runs[-1][-1]):
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _following(after: Label | None, count: int, used: set[Label]) -> list[Label]:
    if after is None or after >= max(used, default=after):
        first = after.number + 1 if after else 1
        return [Label(first + at) for at in range(count)]
    taken = max(label.letter for label in used | {after} if label.number == after.number)
    return [Label(after.number, taken + 1 + at) for at in range(count)]


def _neighbours(label: Label) -> tuple[Label, Label]:
    return Label(label.number + 1), Label(label.number, label.letter + 1)


def _letters(letter: int) -> str:
    """a to z, then aa, ab."""
    text = ""
    while letter:
        letter, rest = divmod(letter - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
