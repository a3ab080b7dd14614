"""Meetings, invitations and tasks a person may see."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from councils.choices import RoleKind
from councils.permissions import OFFICE_KINDS, access, family_filter
from meetings.choices import MeetingState
from meetings.models import AgendaItem, Conclusion, Invitation, Meeting


def visible_meetings(user: Any) -> QuerySet[Meeting]:
    """Meetings of the person's own bodies, and those to which one of them is invited.

    A plan is the office's own until it is issued: delegates and guests see it from then on.
    """
    rights = access(user)
    roots = rights.roots_of()
    if not roots:
        return Meeting.objects.none()
    office = family_filter("host", rights.roots_of(OFFICE_KINDS))
    own = family_filter("host", rights.roots_of() - rights.roots_of(OFFICE_KINDS)) & ~Q(
        state__in=(MeetingState.PLANNED, MeetingState.DROPPED)
    )
    invited = Invitation.objects.filter(
        family_filter("organization", roots), issued_at__isnull=False, is_left_out=False
    ).values("meeting_id")
    return Meeting.objects.filter(office | own | Q(pk__in=invited))


def meeting_list(user: Any) -> QuerySet[Meeting]:
    """Visible meetings with what a list row shows of them and their host; `count_answers` adds the answers."""
    return visible_meetings(user).select_related("host").only(*_ROW)


# What a row shows, and what rights ask of its host.
_ROW = (
    "title",
    "starts_at",
    "place",
    "state",
    "host__name",
    "host__short_name",
    "host__kind",
    "host__parent",
)


def count_answers(meetings: Iterable[Meeting]) -> None:
    """Sets `invited_count` and `answered_count` of each: issued invitations, and those answered; one query for all.

    Beside the list's own query, since the same counts within it are computed and planned row by row.
    """
    rows = {meeting.pk: meeting for meeting in meetings}
    asked = Invitation.objects.filter(meeting__in=rows, is_left_out=False, issued_at__isnull=False)
    counted = (
        asked.order_by()
        .values_list("meeting")
        .annotate(Count("pk"), answered=Count("pk", filter=~Q(answer="")))
    )
    found = {pk: numbers for pk, *numbers in counted}
    for pk, meeting in rows.items():
        meeting.invited_count, meeting.answered_count = found.get(pk, (0, 0))


def meeting_detail(user: Any) -> QuerySet[Meeting]:
    """Visible meetings with agenda, invitations, votes and conclusions, in a fixed number of queries."""
    invitations = Invitation.objects.select_related("organization", "document", "person").order_by("pk")
    return (
        visible_meetings(user)
        .select_related("host__parent", "chair", "session")
        .prefetch_related(
            Prefetch("agenda", AgendaItem.objects.prefetch_related("areas", "papers").order_by("position")),
            Prefetch("invitations", invitations),
            Prefetch("conclusions", Conclusion.objects.select_related("assignee", "report_to", "notice")),
            "areas",
        )
    )


def agenda_of() -> QuerySet[AgendaItem]:
    """Agenda items with areas, bodies and papers."""
    return AgendaItem.objects.prefetch_related("areas", "organizations", "papers").order_by("position")


def visible_invitations(user: Any) -> QuerySet[Invitation]:
    """Issued invitations to the person's bodies; the host's office sees those it sent."""
    rights = access(user)
    roots = rights.roots_of()
    if not roots:
        return Invitation.objects.none()
    received = family_filter("organization", roots) & Q(issued_at__isnull=False)
    sent = family_filter("meeting__host", rights.roots_of(OFFICE_KINDS))
    return Invitation.objects.filter(received | sent, is_left_out=False).select_related(
        "organization", "meeting__host", "document", "person"
    )


def invitation_list(user: Any) -> QuerySet[Invitation]:
    """Invitations received by the person's bodies, of all hosts."""
    roots = access(user).roots_of()
    return visible_invitations(user).filter(family_filter("organization", roots), issued_at__isnull=False)


def visible_tasks(user: Any) -> QuerySet[Conclusion]:
    """Conclusions given to the person's bodies, and those of their own meetings."""
    rights = access(user)
    roots = rights.roots_of()
    if not roots:
        return Conclusion.objects.none()
    hosts = rights.roots_of(OFFICE_KINDS | {RoleKind.DELEGATE})
    found = family_filter("assignee", roots) & Q(notice__isnull=False) | family_filter("meeting__host", hosts)
    return Conclusion.objects.filter(found).select_related("assignee", "meeting__host", "report_to", "notice")
