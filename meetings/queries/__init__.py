"""Reads of meetings."""

from meetings.queries.meetings import (
    agenda_items,
    count_answers,
    invitation_list,
    meeting_list,
    meeting_rows,
    visible_invitations,
    visible_meetings,
    visible_tasks,
)
from meetings.queries.record import (
    attendance_rates,
    attendance_sheet,
    live_quorum,
    threshold_on,
    vote_results,
)

__all__ = [
    "agenda_items",
    "attendance_rates",
    "attendance_sheet",
    "count_answers",
    "invitation_list",
    "live_quorum",
    "meeting_list",
    "meeting_rows",
    "threshold_on",
    "visible_invitations",
    "visible_meetings",
    "visible_tasks",
    "vote_results",
]
