"""Meetings, invitations and tasks a person may see."""

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    F,
    IntegerField,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from councils.choices import RoleKind
from councils.permissions import OFFICE_KINDS, PARTNER_KINDS, access, family_filter
from hdnd.lib import clock
from meetings.choices import MeetingState
from meetings.models import AgendaItem, AgendaPaper, Conclusion, Invitation, Meeting
from meetings.queries.replies import invitations_for


def visible_meetings(user: Any) -> QuerySet[Meeting]:
    """Meetings of the person's own bodies, those to which one of them is invited, and those the person is sent to.

    A plan is the office's own until it is issued: delegates and guests see it from then on.
    """
    rights = access(user)
    roots = rights.roots_of()
    if not (roots or getattr(user, "person_id", None)):
        return Meeting.objects.none()
    offices = rights.roots_of(OFFICE_KINDS)
    seen = family_filter("host", offices)
    if roots - offices:
        unissued = Q(state__in=(MeetingState.PLANNED, MeetingState.DROPPED))
        seen |= family_filter("host", roots - offices) & ~unissued
    invited = Invitation.objects.filter(
        family_filter("organization", roots), issued_at__isnull=False, is_left_out=False
    ).values("meeting_id")
    seen |= Q(pk__in=invited)
    sent = invitations_for(user)
    return Meeting.objects.filter(seen | Q(pk__in=list(sent.values())) if sent else seen)


def meeting_list(user: Any) -> QuerySet[Meeting]:
    """Visible meetings with what a short list shows of them and of their host."""
    names = ("host__name", "host__short_name", "host__kind", "host__parent")
    return visible_meetings(user).select_related("host").only(*_ROW, *names)


def meeting_rows(user: Any) -> QuerySet[Meeting]:
    """Visible meetings as a list's rows: of the host only `host_name` and `host_short_name`."""
    names = {"host_name": F("host__name"), "host_short_name": F("host__short_name")}
    return visible_meetings(user).only(*_ROW).annotate(**names)


_ROW = ("title", "starts_at", "place", "state")


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


def agenda_items() -> QuerySet[AgendaItem]:
    """Agenda items with areas, bodies and the papers that hold."""
    current = Prefetch("papers", AgendaPaper.objects.current())
    return AgendaItem.objects.prefetch_related("areas", "organizations", current).order_by("position")


def visible_invitations(user: Any) -> QuerySet[Invitation]:
    """Issued invitations to the person's bodies or for the person; the host's office sees those it sent."""
    rights = access(user)
    roots = rights.roots_of()
    if not (roots or getattr(user, "person_id", None)):
        return Invitation.objects.none()
    received = family_filter("organization", roots) & Q(issued_at__isnull=False)
    sent = family_filter("meeting__host", rights.roots_of(OFFICE_KINDS))
    seen = received | sent | Q(pk__in=list(invitations_for(user)))
    return Invitation.objects.filter(seen, is_left_out=False).select_related(
        "organization", "meeting__host", "document", "person"
    )


def invitation_list(user: Any) -> QuerySet[Invitation]:
    """Invitations received by the person's bodies or for the person, of all hosts.

    Each carries what the default order asks for: `waits`, 0 while an answer is still possible and missing, and
    `answer_until`, the day asked for, else the meeting itself, for those that wait; and `may_answer`, as `can_answer` would say.
    """
    received = family_filter("organization", access(user).roots_of()) | Q(pk__in=list(invitations_for(user)))
    own = family_filter("organization", access(user).roots_of(OFFICE_KINDS | PARTNER_KINDS))
    open_ = Q(answer="", meeting__starts_at__gt=clock.now(), meeting__state=MeetingState.INVITED)
    until = Coalesce("meeting__answer_by", "meeting__starts_at")
    return (
        visible_invitations(user)
        .filter(received, issued_at__isnull=False)
        .annotate(
            waits=Case(When(open_, then=Value(0)), default=Value(1), output_field=IntegerField()),
            answer_until=Case(When(open_, then=until), output_field=DateTimeField()),
            may_answer=Case(When(own, then=Value(True)), default=Value(False), output_field=BooleanField()),
        )
    )


def visible_tasks(user: Any) -> QuerySet[Conclusion]:
    """Conclusions given to the person's bodies, and those of their own meetings."""
    rights = access(user)
    roots = rights.roots_of()
    if not roots:
        return Conclusion.objects.none()
    hosts = rights.roots_of(OFFICE_KINDS | {RoleKind.DELEGATE})
    found = family_filter("assignee", roots) & Q(notice__isnull=False) | family_filter("meeting__host", hosts)
    return Conclusion.objects.filter(found).select_related("assignee", "meeting__host", "report_to", "notice")
