"""Which kinds of work there are; each app names its own in its `apps.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Progress = Callable[[int, int], None]
"""`progress(done, total)`: called by a runner between two steps, outside a transaction; see `services.run`."""


@dataclass(frozen=True)
class Result:
    """What a piece of work leaves: a file to open or save.

    Attributes:
        mime: the media type; only PDF opens in the browser, others are saved.
        page: the address of a page that shows the result in its place, if there is one.
    """

    content: bytes
    filename: str
    mime: str
    page: str = ""


Runner = Callable[[dict[str, Any], Progress], Result]

_runners: dict[str, Runner] = {}


def register(kind: str, runner: Runner) -> None:
    """Names a kind of work, as `meetings.pack`.

    The runner gets what `services.start` was given as `args` and must be safe to run twice: a killed worker's work is
    done again from its beginning. A `DomainError` of it is what the person reads.

    Raises:
        ValueError: the name is taken by another runner.
    """
    if _runners.setdefault(kind, runner) is not runner:
        raise ValueError(f"job kind {kind!r} is registered twice")


def runner_of(kind: str) -> Runner:
    """The runner of a kind.

    Raises:
        LookupError: no app has named it.
    """
    try:
        return _runners[kind]
    except KeyError as error:
        raise LookupError(f"no such kind of job: {kind!r}") from error
