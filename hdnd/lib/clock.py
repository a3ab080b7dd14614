"""The one clock. Time enters the program here and can be set, so that a story plays under its own dates."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment in Vietnam, aware."""
    return _set_to.get() or datetime.now(VIETNAM)


def today() -> date:
    """The present day in Vietnam."""
    return now().date()


def local(moment: datetime) -> datetime:
    """An aware moment in Vietnam's time."""
    return moment.astimezone(VIETNAM)


def at_time(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of a day in Vietnam, aware."""
    return datetime.combine(day, time(hour, minute), VIETNAM)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Sets the clock for the block (and the tasks it runs in this thread).

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("clock.at needs an aware datetime")
    token = _set_to.set(local(moment))
    try:
        yield
    finally:
        _set_to.reset(token)
