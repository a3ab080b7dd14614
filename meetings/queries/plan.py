"""What the planning page offers and warns of."""

from typing import Any

from django.db import models
from django.db.models import Prefetch, Q, QuerySet

from coordination.models import Duty
from councils.models import Area, Organization, Person
from councils.models.dated import in_force
from councils.permissions import STAFF_KINDS, access, family_filter
from councils.queries import leaders_on, members_on
from hdnd.lib import clock
from meetings.models import AgendaItem, Invitation, Meeting
from meetings.queries.meetings import agenda_items, visible_meetings


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


def plan_duties(occasion: models.Model) -> list[Duty]:
    """The duties of an occasion in order of their day, for "phải gửi" and for what a clause could not find."""
    return list(
        Duty.objects.of(occasion)
        .select_related("clause__regulation", "debtor", "creditor")
        .order_by("due_on", "pk")
    )


def plan_of(user: Any) -> QuerySet[Meeting]:
    """Visible meetings with what planning needs."""
    agenda = agenda_items()
    return (
        visible_meetings(user)
        .select_related("host__area", "chair")
        .prefetch_related(Prefetch("agenda", agenda), "areas")
    )


def item_of(user: Any) -> QuerySet[AgendaItem]:
    """Agenda items of visible meetings."""
    return AgendaItem.objects.filter(meeting__in=visible_meetings(user)).select_related("meeting__host")


def invitees_of(user: Any) -> QuerySet[Invitation]:
    """Rows of the plans that the person's office prepares, struck ones included."""
    roots = access(user).roots_of(STAFF_KINDS)
    return Invitation.objects.filter(family_filter("meeting__host", roots)).select_related(
        "organization", "meeting__host"
    )
