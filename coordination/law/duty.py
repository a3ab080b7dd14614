"""The state of a duty, from dates alone."""

from datetime import date

from coordination.choices import DutyState
from hdnd.lib.dates import short_date


def state(
    *,
    today: date,
    due_on: date,
    event_on: date,
    settled_on: date | None = None,
    is_waived: bool = False,
    is_void: bool = False,
) -> DutyState:
    """The state on `today`.

    Void beats waived beats settled. Settled by the due day is met, after it late; evidence dated after the
    event does not settle an invitation, the duty stays missed. Unsettled: upcoming before the due day, due
    from then to the day of the event, missed after it.
    """
    if is_void:
        return DutyState.VOID
    if is_waived:
        return DutyState.WAIVED
    if settled_on is not None and settled_on <= event_on:
        return DutyState.MET if settled_on <= due_on else DutyState.LATE
    if today > event_on:
        return DutyState.MISSED
    return DutyState.UPCOMING if today < due_on else DutyState.DUE


def moved_in_words(before: date, after: date, why: str) -> str:
    """What a duty's history says of a new due day: `Hạn chuyển từ 19/06/2026 sang 18/06/2026 vì …`."""
    if before == after:
        return f"Cách tính hạn thay đổi vì {why}."
    return f"Hạn chuyển từ {short_date(before)} sang {short_date(after)} vì {why}."
