"""Page numbers of a pack: a paper that was bound keeps its pages whatever comes later."""

import pytest

from meetings.law.packs import Label, assign, label_of, spans


def bound(*steps: dict[str, int]) -> dict[str, str]:
    """What the last of several packs shows; each step is the papers in order and their pages."""
    kept: dict[str, list[Label]] = {}
    found: dict[str, list[Label]] = {}
    for step in steps:
        found = assign(list(step), step, kept)
        for key, labels in found.items():
            kept[key] = sorted({*kept.get(key, []), *labels})
    return {key: spans(labels) for key, labels in found.items()}


FIRST = {"A": 3, "B": 7, "C": 2}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([FIRST], {"A": "1–3", "B": "4–10", "C": "11–12"}),
        ([FIRST, FIRST], {"A": "1–3", "B": "4–10", "C": "11–12"}),
        # late, in the middle: letters after the paper before
        ([FIRST, {"A": 3, "A2": 2, "B": 7, "C": 2}], {"A": "1–3", "A2": "3a–3b", "B": "4–10", "C": "11–12"}),
        # late again at the same place: the letters go on
        (
            [FIRST, {"A": 3, "A2": 2, "B": 7, "C": 2}, {"A": 3, "A2": 2, "A3": 1, "B": 7, "C": 2}],
            {"A": "1–3", "A2": "3a–3b", "A3": "3c", "B": "4–10", "C": "11–12"},
        ),
        # between a paper and a late one: what is printed stays, the newest takes the next letter
        (
            [FIRST, {"A": 3, "A2": 2, "B": 7, "C": 2}, {"A": 3, "N": 1, "A2": 2, "B": 7, "C": 2}],
            {"A": "1–3", "N": "3c", "A2": "3a–3b", "B": "4–10", "C": "11–12"},
        ),
        # at the end numbers go on
        ([FIRST, {**FIRST, "D": 2}], {"A": "1–3", "B": "4–10", "C": "11–12", "D": "13–14"}),
        # before all: after the first, for there is nothing before page 1
        ([FIRST, {"N": 1, **FIRST}], {"N": "3a", "A": "1–3", "B": "4–10", "C": "11–12"}),
        # a new version that grew, one that shrank, and one that grew back
        ([FIRST, {"A": 5, "B": 7, "C": 2}], {"A": "1–3b", "B": "4–10", "C": "11–12"}),
        ([FIRST, {"A": 2, "B": 7, "C": 2}], {"A": "1–2", "B": "4–10", "C": "11–12"}),
        ([FIRST, {"A": 2, "B": 7, "C": 2}, FIRST], {"A": "1–3", "B": "4–10", "C": "11–12"}),
        # numbers given up are nobody else's
        ([FIRST, {"A": 3, "B": 7, "C": 1}, {"A": 3, "B": 7, "C": 1, "D": 1}], {"A": "1–3", "B": "4–10", "C": "11", "D": "11a"}),
        # withdrawn: a gap
        ([FIRST, {"A": 3, "C": 2}], {"A": "1–3", "C": "11–12"}),
        ([FIRST, {"A": 3, "N": 1, "C": 2}], {"A": "1–3", "N": "3a", "C": "11–12"}),
        ([{}], {}),
        ([{"A": 0, "B": 1}], {"A": "", "B": "1"}),
    ],
)  # fmt: skip
def test_pages(steps: list[dict[str, int]], expected: dict[str, str]) -> None:
    assert bound(*steps) == expected


def test_no_label_is_ever_given_twice() -> None:
    """Papers come one by one, each before all others of an item: the worst order."""
    kept: dict[str, list[Label]] = {}
    order: list[str] = []
    for at in range(60):
        order.insert(len(order) // 2, f"P{at}")
        found = assign(order, {key: 1 + int(key[1:]) % 4 for key in order}, kept)
        for key, labels in found.items():
            assert kept.setdefault(key, labels) == labels
    given = [label for labels in kept.values() for label in labels]
    assert len(given) == len(set(given)) == sum(1 + at % 4 for at in range(60))


@pytest.mark.parametrize(
    ("label", "text", "paper"),
    [
        (Label(1), "1", "01"),
        (Label(12, 1), "12a", "12a"),
        (Label(3, 26), "3z", "03z"),
        (Label(3, 27), "3aa", "03aa"),
        (Label(3, 300), "3kn", "03kn"),
    ],
)
def test_labels_read_and_sort_as_they_are_bound(label: Label, text: str, paper: str) -> None:
    assert (str(label), label.two_digits, label_of(text)) == (text, paper, label)
    assert Label(label.number) <= label < Label(label.number + 1)


def test_what_is_no_label_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        label_of("a12")
