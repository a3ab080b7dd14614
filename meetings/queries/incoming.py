"""Invitations that came in, as a person may see them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from councils.models import Membership, Organization, Person
from councils.permissions import STAFF_KINDS, access, family_filter
from hdnd.lib import clock
from meetings.models import IncomingInvitation


def visible_incoming(user: Any) -> QuerySet[IncomingInvitation]:
    """Papers that invite the person's own bodies, and those to which the person is sent; withdrawn ones too."""
    rights = access(user)
    person = getattr(user, "person_id", None)
    seen = family_filter("organization", rights.roots_of())
    if person:
        sent = IncomingInvitation.people.through.objects.filter(person=person).values("incominginvitation")
        seen |= Q(pk__in=sent)
    elif not rights.roots_of():
        return IncomingInvitation.objects.none()
    return IncomingInvitation.objects.filter(seen).select_related("host", "organization")


def incoming_list(user: Any) -> QuerySet[IncomingInvitation]:
    """Visible papers with those who are sent, as a list row shows them."""
    return visible_incoming(user).prefetch_related("people")


def incoming_to_do(user: Any) -> QuerySet[IncomingInvitation]:
    """Papers the person's office still has to act on: nobody is sent yet, or the day is past and no result is noted."""
    own = family_filter("organization", access(user).roots_of(STAFF_KINDS))
    assigned = Q(pk__in=IncomingInvitation.people.through.objects.values("incominginvitation"))
    return IncomingInvitation.objects.filter(
        own,
        ~assigned | Q(starts_at__lt=clock.now()),
        withdrawn_because="",
        attended_on=None,
        absent_because="",
    ).select_related("host", "organization")


def incoming_hosts(user: Any) -> QuerySet[Organization]:
    """Bodies whose papers the person may see, for the filter."""
    return Organization.objects.filter(pk__in=visible_incoming(user).values("host")).order_by("code")


def people_for(organization: Organization, day: date) -> QuerySet[Person]:
    """Whom a body can send: those who sit in it or in another organ of its council on the day."""
    family = Organization.objects.in_families([organization.family_root_id])
    seats = Membership.objects.on(day).filter(organization__in=family.values("pk"))
    return Person.objects.filter(pk__in=seats.values("person")).order_by("sort_key", "pk")
