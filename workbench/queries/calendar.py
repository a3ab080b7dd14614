"""The calendar's rows: meetings and due days of a range of days. The number of queries does not depend on the rows."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from coordination.choices import DutyState, Mode
from coordination.queries import visible_duties
from councils.models import Membership, Organization
from councils.permissions import access, family_filter
from hdnd.lib import clock
from meetings.choices import MeetingState
from meetings.models import IncomingInvitation, Invitation, Meeting
from meetings.queries import visible_meetings, visible_tasks
from meetings.queries.incoming import visible_incoming
from meetings.queries.replies import sent_to
from workbench.calendar import Due, Entry
from workbench.choices import Whose

_FIELDS = (
    "pk", "title", "starts_at", "state", "place", "host__short_name", "host__name", "chair__full_name",
)  # fmt: skip


def calendar_meetings(
    user: Any, acting: Organization | None, whose: Whose, first: date, last: date
) -> QuerySet[Meeting]:
    """Visible meetings between two days, both included, of the person, of the body acted for, or all of them."""
    found: Any = visible_meetings(user)
    found = found.between(first, last)
    if whose == Whose.MINE:
        found = found.filter(concerns_person(user.person_id, first, last)) if user.person_id else found.none()
    elif whose == Whose.BODY:
        found = found.filter(concerns_bodies([acting.pk])) if acting else found.none()
    rows: QuerySet[Meeting] = found.order_by("starts_at", "pk")
    return rows


def concerns_person(person: int, first: date, last: date) -> Q:
    """Meetings the person chairs, is convened to as a member on that day, takes down, or is sent to."""
    found = Q(chair=person) | Q(secretary=person) | Q(pk__in=sent_to(person).values("meeting_id"))
    seats = Membership.objects.filter(person=person, post__is_member=True)
    for host, since, until in seats.values_list("organization", "valid_from", "valid_to"):
        seat = Q(host=host)
        if since and since > first:
            seat &= Q(starts_at__gte=clock.at_time(since, 0))
        if until and until < last:
            seat &= Q(starts_at__lt=clock.at_time(until + timedelta(days=1), 0))
        found |= seat
    return found


def concerns_bodies(bodies: Iterable[int]) -> Q:
    """Meetings that one of the bodies hosts or is invited to."""
    invited = Invitation.objects.filter(
        organization__in=list(bodies), issued_at__isnull=False, is_left_out=False
    )
    return Q(host__in=list(bodies)) | Q(pk__in=invited.values("meeting_id"))


def calendar_incoming(
    user: Any, acting: Organization | None, whose: Whose, first: date, last: date
) -> QuerySet[IncomingInvitation]:
    """What was invited to on paper between two days, unless declined: of the person, of the body acted for, or all."""
    found = visible_incoming(user).filter(
        starts_at__gte=clock.at_time(first, 0),
        starts_at__lt=clock.at_time(last + timedelta(days=1), 0),
        withdrawn_because="",
        absent_because="",
    )
    if whose == Whose.MINE:
        return found.filter(people=user.person_id) if user.person_id else found.none()
    if whose == Whose.BODY:
        return found.filter(organization=acting.pk) if acting else found.none()
    return found


def incoming_entries(found: QuerySet[IncomingInvitation]) -> list[Entry]:
    """The same rows for what was invited to on paper; one query."""
    base = _base("meetings:incoming_detail")
    names = ("pk", "title", "starts_at", "place", "host__short_name", "host__name")
    return [
        Entry(
            address=f"{base}{pk}/",
            title=title,
            starts_at=clock.local(starts_at),
            state="invited",
            state_label="Giấy mời đến",
            place=place,
            host=short_name or name,
            chair="",
        )
        for pk, title, starts_at, place, short_name, name in found.values_list(*names)
    ]


def _base(name: str) -> str:
    """What stands before the number in the addresses of a page; reversing each of 200 would outlast the query."""
    return reverse(name, args=[0]).removesuffix("0/")


def entries(found: QuerySet[Meeting]) -> list[Entry]:
    """The rows of a calendar page; one query, no model is built."""
    base = _base("meetings:meeting_detail")
    return [
        Entry(
            address=f"{base}{pk}/",
            title=title,
            starts_at=clock.local(starts_at),
            state=state,
            state_label=MeetingState(state).label,
            place=place,
            host=short_name or name,
            chair=chair or "",
        )
        for pk, title, starts_at, state, place, short_name, name, chair in found.values_list(*_FIELDS)
    ]


def due_between(user: Any, acting: Organization | None, whose: Whose, first: date, last: date) -> list[Due]:
    """Open duties of the bodies and open tasks given to them, due between two days; two queries."""
    roots = access(user).roots_of()
    bodies = frozenset({acting.pk}) if acting and whose != Whose.COUNCIL else roots
    found = [_duty(row) for row in _open_duties(user, bodies, first, last)]
    tasks = visible_tasks(user).filter(
        family_filter("assignee", bodies), due_on__range=(first, last), done_on=None
    )
    for pk, due_on, text in tasks.values_list("pk", "due_on", "text"):
        assert due_on is not None
        state, label = ("overdue", "quá hạn") if due_on < clock.today() else ("due", "đến hạn")
        found.append(Due(pk, due_on, text, "meetings:task_complete", state, label))
    return found


def _open_duties(user: Any, bodies: frozenset[int], first: date, last: date) -> list[Any]:
    """What is owed and not settled; what was missed stays on its day."""
    duties: Any = visible_duties(user)
    owed = duties.filter(family_filter("debtor", bodies), due_on__range=(first, last)).open()
    names = ("creditor__short_name", "creditor__name")
    return list(
        owed.with_state(clock.today()).values_list(
            "pk", "due_on", "mode", "occasion_title", F("current"), *names
        )
    )


def _duty(row: tuple[Any, ...]) -> Due:
    pk, due_on, mode, occasion, current, short_name, name = row
    title = f"{Mode(mode).label.capitalize()} {short_name or name or ''}: {occasion}"
    return Due(pk, due_on, title, "coordination:duty_detail", current, DutyState(current).label)
