"""What one row of the permission matrix says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cast import PARTS, Cast

SIGN_IN = "sign-in"  # 302 to the sign-in page, with the way back
PERSONS = ("anonymous", *PARTS)
Answers = dict[str, int | str]


def everyone(status: int, *, anonymous: int | str = SIGN_IN, **others: int | str) -> Answers:
    """One status for all, with exceptions by person."""
    unknown = set(others) - set(PARTS)
    assert not unknown, f"unknown persons: {sorted(unknown)}"
    return {"anonymous": anonymous, **dict.fromkeys(PARTS, status), **others}


def open_to_all(status: int, **others: int | str) -> Answers:
    """One status for all, the anonymous visitor included."""
    return everyone(status, anonymous=others.pop("anonymous", status), **others)


@dataclass(frozen=True)
class Row:
    """One URL name.

    Attributes:
        args: the URL's keyword arguments, from the cast and its world.
        data: the body of the POST; every case of the table runs in a transaction of its own.
        setup: writes what the page needs before args and data are asked for; its result is passed to them.
    """

    name: str
    get: Answers
    post: Answers
    args: Callable[[Cast, Any], dict[str, Any]] = lambda cast, made: {}
    data: Callable[[Cast, Any], dict[str, Any]] = lambda cast, made: {}
    setup: Callable[[Cast], Any] = lambda cast: None


NOT_ALLOWED = everyone(405)
