"""What of meetings is still open for a body that ends, and how it passes to the successor.

Administrators see no meetings: matters are told by host and day, never by title or text.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from councils.handover import OpenItem
from councils.models import Organization
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.dates import short_date
from meetings.choices import MeetingState
from meetings.models import Conclusion, Invitation, Meeting

AHEAD = (MeetingState.PLANNED, MeetingState.INVITED)


def open_invitations(bodies: Collection[int], day: date) -> list[OpenItem]:
    """Invitations to meetings from that day on that are not answered yet."""
    return [
        OpenItem(
            row.organization_id,
            f"{row.organization.label}: {row.meeting.host.label} mời ngày {short_date(row.meeting.day)}",
        )
        for row in _invitations(bodies, day)
    ]


def pass_invitations(actor: Any, successors: Mapping[int, Organization], day: date) -> None:
    """The successor is invited instead. Where it is invited already, or convened as the host's own organ, a row not
    yet issued goes; one that is issued stays as the paper that was sent.
    """
    for row in _invitations(successors, day).select_for_update(of=("self",)):
        to = successors[row.organization_id]
        invited = Invitation.objects.filter(meeting=row.meeting_id, organization=to).exists()
        if invited or to.family_root_id == row.meeting.host.family_root_id:
            if not row.is_issued:
                record(
                    "meetings.invitee.removed",
                    row.meeting,
                    actor=actor,
                    changes={"organization": [str(row.organization), None]},
                )
                row.delete()
            continue
        changes = {"organization": [str(row.organization), str(to)]}
        row.organization = to
        row.save(update_fields=["organization"])
        record("meetings.invitation.passed", row, actor=actor, changes=changes)


def open_tasks(bodies: Collection[int], day: date) -> list[OpenItem]:
    """Tasks that are not reported done, whenever they were given."""
    return [
        OpenItem(
            row.assignee_id,
            f"{row.assignee.label}: {row.meeting.host.label} giao ngày {short_date(row.meeting.day)}, "
            + (f"hạn {short_date(row.due_on)}" if row.due_on else "không hạn"),
        )
        for row in _tasks(bodies)
    ]


def pass_tasks(actor: Any, successors: Mapping[int, Organization], day: date) -> None:
    """The successor does what its predecessor was told to."""
    for row in _tasks(successors).select_for_update(of=("self",)):
        to = successors[row.assignee_id]
        changes = {"assignee": [str(row.assignee), str(to)]}
        row.assignee = to
        row.save(update_fields=["assignee"])
        record("meetings.task.passed", row, actor=actor, changes=changes)


def open_meetings(bodies: Collection[int], day: date) -> list[OpenItem]:
    """Meetings that a body has planned for a day when it no longer exists."""
    rows = Meeting.objects.filter(
        host__in=list(bodies), starts_at__gte=clock.at_time(day, 0), state__in=AHEAD
    )
    return [
        OpenItem(
            row.host_id, f"{row.host.label}: họp ngày {short_date(row.day)}", "lập lại ở cơ quan kế thừa"
        )
        for row in rows.select_related("host").order_by("starts_at")
    ]


def open_minutes(bodies: Collection[int], day: date) -> list[OpenItem]:
    """Meetings of a body whose minutes are not approved."""
    rows = Meeting.objects.filter(host__in=list(bodies), state__in=[MeetingState.HELD, MeetingState.MINUTED])
    return [
        OpenItem(row.host_id, f"{row.host.label}: họp ngày {short_date(row.day)}", "duyệt trước khi kết thúc")
        for row in rows.select_related("host").order_by("starts_at")
    ]


def _invitations(bodies: Collection[int], day: date) -> QuerySet[Invitation]:
    found: QuerySet[Invitation] = Invitation.objects.filter(
        organization__in=list(bodies), answer="", is_left_out=False, meeting__state__in=AHEAD,
        meeting__starts_at__gte=clock.at_time(day, 0),
    )  # fmt: skip
    return found.select_related("organization", "meeting__host").order_by("meeting__starts_at", "pk")


def _tasks(bodies: Collection[int]) -> QuerySet[Conclusion]:
    rows = Conclusion.objects.filter(assignee__in=list(bodies), done_on=None)
    return rows.select_related("assignee", "meeting__host").order_by("due_on", "pk")
