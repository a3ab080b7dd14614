"""When a body may pass into another. Pure functions on dates and keys."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta


def last_day_before(day: date) -> date:
    """The last day of what ends where something new begins: validity includes both its days."""
    return day - timedelta(days=1)


def refusal(
    *,
    sources: Mapping[int, tuple[str, date | None, date | None]],
    successor: tuple[int | None, str, date | None, date | None],
    later: Mapping[int, Iterable[int]],
    day: date,
) -> tuple[str, str] | None:
    """Why bodies may not pass into another from a day on: the form's field and a sentence; None if they may.

    No article of law stands behind it: the resolution that merges units names them and the day, and these rules
    only keep what is entered free of contradiction. Validity includes both its days.

    Args:
        sources: key to name and validity of the bodies that end.
        successor: key (None for a new body), name and validity of the one that takes over.
        later: key to the keys of its successors, for all bodies that have some.
        day: the first day of the new state.
    """
    pk, name, begins, ends = successor
    if not sources:
        return "sources", "Chọn ít nhất một cơ quan kết thúc."
    if pk in sources:
        return (
            "successor",
            f"{name} không thể kế thừa chính mình. Bỏ khỏi danh sách kết thúc, hoặc chọn cơ quan khác.",
        )
    if (begins and day < begins) or (ends and day > ends):
        return (
            "successor",
            f"{name} không hoạt động vào ngày {day:%d/%m/%Y}. Chọn cơ quan khác hoặc ngày khác.",
        )
    for source, (label, first, last) in sources.items():
        if first and day <= first:
            return (
                "day",
                f"{label} bắt đầu từ {first:%d/%m/%Y}, không thể kết thúc trước ngày {day:%d/%m/%Y}.",
            )
        if last and last < last_day_before(day):
            return (
                "day",
                f"{label} đã kết thúc ngày {last:%d/%m/%Y}. Bỏ khỏi danh sách, hoặc chọn ngày sớm hơn.",
            )
        if pk is not None and _reaches(pk, source, later):
            return "successor", f"{label} đã kế thừa {name}: hai cơ quan không thể kế thừa lẫn nhau."
    return None


def _reaches(start: int, goal: int, later: Mapping[int, Iterable[int]]) -> bool:
    """Whether one body, over any number of steps, has passed into another."""
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            waiting += later.get(here, ())
    return False
