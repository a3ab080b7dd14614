"""Meetings, and invitations that came in, as the heart sees them."""

from coordination.occasion import AgendaPoint, Occasion
from meetings.models import IncomingInvitation, Meeting


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


def occasion_of_incoming(incoming: IncomingInvitation) -> Occasion:
    """What a paper that came in tells: an event of its host that concerns the body it invites, and that body's area."""
    area = incoming.organization.area
    return Occasion(
        kind=incoming.kind,
        host=incoming.host,
        starts_at=incoming.starts_at,
        title=incoming.title,
        areas=(area,) if area else (),
        target=incoming,
        toward=incoming.organization,
    )
