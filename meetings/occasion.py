"""A meeting as the heart sees it."""

from coordination.occasion import AgendaPoint, Occasion
from meetings.models import Meeting


def occasion_of(meeting: Meeting) -> Occasion:
    """The meeting as an occasion; reads the agenda with its areas and bodies in a fixed number of queries."""
    items = meeting.agenda.prefetch_related("areas__parent__parent", "organizations").order_by("position")
    agenda = tuple(
        AgendaPoint(item.kind, tuple(item.areas.all()), tuple(item.organizations.all())) for item in items
    )
    return Occasion(
        kind=meeting.kind,
        host=meeting.host,
        starts_at=meeting.starts_at,
        title=meeting.title,
        areas=tuple(meeting.areas.select_related("parent__parent")),
        agenda=agenda,
        target=meeting,
    )
