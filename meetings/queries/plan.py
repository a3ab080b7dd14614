"""What the planning page offers and warns of."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from coordination.law.working_days import day_off_reason
from coordination.models import Duty
from coordination.queries import calendar_exceptions
from councils.models import Area, Contact, Organization, Person
from councils.models.dated import in_force
from councils.permissions import STAFF_KINDS, access, family_filter
from councils.queries import leaders_on, members_on
from hdnd.lib import clock, dates
from hdnd.lib.text import fold
from meetings.models import AgendaItem, AgendaPaper, Invitation, Meeting
from meetings.queries.meetings import visible_meetings


def hosts_of(user: Any) -> QuerySet[Organization]:
    """Bodies for which the person may plan a meeting today, their councils' organs included."""
    roots = access(user).roots_of(STAFF_KINDS)
    return Organization.objects.filter(family_filter("", roots), in_force(clock.today())).order_by("code")


def default_host(user: Any, acting: Any) -> Organization:
    """The body acted for when the person may plan for it, else the first they may plan for.

    Raises:
        Organization.DoesNotExist: they may plan for none.
    """
    hosts = hosts_of(user)
    own = hosts.filter(pk=acting.pk).first() if acting else None
    return own or hosts[:1].get()


def default_chair(host: Organization) -> Person | None:
    """The head of the host today; the secretary may choose another."""
    head = leaders_on(host, clock.today()).first()
    return head.person if head else None


def chairs_of(host: Organization, meeting: Meeting | None = None) -> QuerySet[Person]:
    """The host's members on the day (today while no day is set)."""
    day = meeting.day if meeting else clock.today()
    return Person.objects.filter(pk__in=members_on(host, day).values("person"))


def areas_near(host: Organization, meeting: Meeting | None = None) -> QuerySet[Area]:
    """The host's own area and those below it on the day."""
    day = meeting.day if meeting else clock.today()
    home = host.area_id
    return Area.objects.on(day).filter(Q(pk=home) | Q(parent=home) | Q(parent__parent=home)).order_by("code")


def bodies_near(host: Organization, meeting: Meeting | None = None) -> QuerySet[Organization]:
    """Bodies of the host's province on the day, and central ones."""
    day = meeting.day if meeting else clock.today()
    home = host.area.parent_id or host.area_id if host.area else None
    near = Q(area=None) | Q(area=home) | Q(area__parent=home) | Q(area__parent__parent=home)
    return Organization.objects.on(day).filter(near).exclude(pk=host.pk).order_by("code")


@dataclass(frozen=True)
class Warning:
    """Something the secretary should look at before issuing."""

    text: str


def warnings_of(user: Any, meeting: Meeting) -> list[Warning]:
    """Day off, room and people who are busy then; the subject only where the viewer may see that meeting."""
    found = []
    reason = day_off_reason(meeting.day, calendar_exceptions())
    if reason:
        found.append(Warning(f"Ngày {dates.long_date(meeting.day)} là ngày nghỉ: {reason}."))
    start, end = meeting.starts_at, meeting.expected_end
    same_day = (
        Meeting.objects.between(meeting.day, meeting.day).exclude(pk=meeting.pk).exclude(state="cancelled")
    )
    others = [
        other
        for other in same_day.prefetch_related("agenda")
        if other.starts_at < end and start < other.expected_end
    ]
    if not others:
        return found
    seen = set(
        visible_meetings(user).filter(pk__in=[other.pk for other in others]).values_list("pk", flat=True)
    )
    for other in others:
        what = other.title if other.pk in seen else "một cuộc họp khác"
        at = f"{clock.local(other.starts_at):%H:%M}"
        if fold(other.place) == fold(meeting.place):
            found.append(Warning(f"{meeting.place} đã có {what} lúc {at}."))
        if meeting.chair_id and other.chair_id == meeting.chair_id:
            found.append(Warning(f"Chủ trì đang bận: {what} lúc {at}."))
        if other.host_id == meeting.host_id:
            found.append(Warning(f"{meeting.host.label} cùng lúc có {what}, {at}."))
    busy = _busy_bodies(meeting, others)
    if busy:
        found.append(Warning(f"Cùng giờ đó đã được mời họp nơi khác: {', '.join(busy)}."))
    return found


def _busy_bodies(meeting: Meeting, others: list[Meeting]) -> list[str]:
    """Bodies on the list that are invited elsewhere at that time."""
    mine = meeting.invitations.filter(is_left_out=False).values("organization")
    rows = Organization.objects.filter(
        pk__in=mine,
        invitations__meeting__in=others,
        invitations__issued_at__isnull=False,
        invitations__is_left_out=False,
    ).distinct()
    return [row.label for row in rows]


def plan_duties(meeting: Meeting) -> list[Duty]:
    """The duties of the meeting in order of their day, for "phải gửi" and for what a clause could not find."""
    return list(
        Duty.objects.of(meeting)
        .select_related("clause__regulation", "debtor", "creditor")
        .order_by("due_on", "pk")
    )


def plan_of(user: Any) -> QuerySet[Meeting]:
    """Visible meetings with what planning needs."""
    agenda = AgendaItem.objects.prefetch_related("areas", "organizations", "papers").order_by("position")
    return (
        visible_meetings(user)
        .select_related("host__area", "chair")
        .prefetch_related(Prefetch("agenda", agenda), "areas")
    )


def item_of(user: Any) -> QuerySet[AgendaItem]:
    """Agenda items of visible meetings."""
    return AgendaItem.objects.filter(meeting__in=visible_meetings(user)).select_related("meeting__host")


def paper_of(user: Any) -> QuerySet[AgendaPaper]:
    """Papers of visible meetings: open to the host's side and the invited only."""
    return AgendaPaper.objects.filter(item__meeting__in=visible_meetings(user))


def invitees_of(user: Any) -> QuerySet[Invitation]:
    """Rows of the plans that the person's office prepares, struck ones included."""
    roots = access(user).roots_of(STAFF_KINDS)
    return Invitation.objects.filter(family_filter("meeting__host", roots)).select_related(
        "organization", "meeting__host"
    )


def unreachable_of(meeting: Meeting) -> list[Organization]:
    """Bodies on the list without an address that gets invitations today; one query."""
    rows = Organization.objects.filter(invitations__meeting=meeting, invitations__is_left_out=False)
    return list(
        rows.exclude(
            pk__in=Contact.objects.on(clock.today()).filter(receives_invitations=True).values("organization")
        )
    )
