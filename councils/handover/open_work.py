"""What is still open for a body, told by the apps that know: councils imports nothing above itself."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from councils.models import Organization


@dataclass(frozen=True)
class OpenItem:
    """One open matter of a body.

    Attributes:
        body: the key of the body it belongs to.
        text: what it is, in Vietnamese, without anything that administrators may not read.
        stays: why it can't be passed on and what to do instead; empty when it passes to the successor.
    """

    body: int
    text: str
    stays: str = ""


Find = Callable[[Collection[int], date], list[OpenItem]]
PassOn = Callable[[Any, Mapping[int, Organization], date], None]


@dataclass(frozen=True)
class _Kind:
    label: str
    find: Find
    pass_on: PassOn | None


_kinds: dict[int, _Kind] = {}


def register_open_work(order: int, label: str, find: Find, pass_on: PassOn | None = None) -> None:
    """Adds a kind of open work; called in the `apps.py` of a higher app.

    Args:
        order: kinds are listed, and passed on, by rising order.
        find: from the keys of bodies and the first day of their successors to what is open then.
        pass_on: (actor, ended body's key to its successor, day) moves it, in the caller's transaction.

    Raises:
        ValueError: the order is taken by another kind.
    """
    taken = _kinds.get(order)
    if taken and taken.find is not find:
        raise ValueError(f"open work {order} is {taken.label!r} already")
    _kinds[order] = _Kind(label, find, pass_on)


def open_work(bodies: Collection[int], day: date) -> list[tuple[str, list[OpenItem]]]:
    """Every kind that has something open, with its items."""
    found = [(kind.label, kind.find(bodies, day)) for _, kind in sorted(_kinds.items())]
    return [(label, items) for label, items in found if items]


def pass_on(actor: Any, successors: Mapping[int, Organization], day: date) -> None:
    """Moves what can be moved to the successors."""
    for _, kind in sorted(_kinds.items()):
        if kind.pass_on:
            kind.pass_on(actor, successors, day)
