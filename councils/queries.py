"""Reads of bodies and people."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from councils.models import Contact, Membership, Organization
from councils.models.dated import in_force
from councils.permissions import OFFICE_KINDS, PARTNER_KINDS, access
from hdnd.lib import clock


def visible_organizations(user: Any) -> QuerySet[Organization]:
    """The directory of bodies: open to everyone signed in, since offices must find each other."""
    found = Organization.objects.select_related("area", "parent")
    return found if getattr(user, "is_authenticated", False) else found.none()


def organization_list(user: Any, day: date | None = None) -> QuerySet[Organization]:
    """Bodies existing on the day (today), with what the list shows."""
    return visible_organizations(user).filter(in_force(day or clock.today()))


def organization_detail(user: Any, day: date | None = None) -> QuerySet[Organization]:
    """Bodies with their members, organs and contacts on the day, for one page in a fixed number of queries.

    Each carries `members_today`, `members_past` (left before the day, latest first), `contacts_today`,
    `children_today`.
    """
    day = day or clock.today()
    seats = Membership.objects.select_related("person", "post")
    members = seats.on(day).order_by("post__rank", "person__sort_key")
    past = seats.filter(valid_to__lt=day).order_by("-valid_to", "post__rank", "person__sort_key")
    return visible_organizations(user).prefetch_related(
        Prefetch("memberships", members, to_attr="members_today"),
        Prefetch("memberships", past, to_attr="members_past"),
        Prefetch("contacts", Contact.objects.on(day).order_by("kind", "name"), to_attr="contacts_today"),
        Prefetch("children", Organization.objects.on(day), to_attr="children_today"),
        "predecessors",
        "successors",
    )


def may_see_contacts(user: Any) -> bool:
    """Addresses are for those who work with them, not for every delegate."""
    rights = access(user)
    return rights.is_administrator or bool(rights.roots_of(OFFICE_KINDS | PARTNER_KINDS))


def members_on(organization: Organization, day: date) -> QuerySet[Membership]:
    """Those who count: memberships whose post makes a member, in force on the day, in order of rank."""
    return (
        Membership.objects.on(day)
        .filter(organization=organization, post__is_member=True)
        .select_related("person", "post")
        .order_by("post__rank", "person__sort_key")
    )


def leaders_on(organization: Organization, day: date) -> QuerySet[Membership]:
    """Who led the body on the day, first the highest."""
    return members_on(organization, day).filter(post__is_leader=True)


def invitation_addresses(organization: Organization, day: date) -> list[Contact]:
    """The contact book's addresses that get invitations on the day."""
    return addresses_of([organization.pk], day).get(organization.pk, [])


def addresses_of(organizations: Iterable[int], day: date) -> dict[int, list[Contact]]:
    """The same for many bodies by key, in one query; a body without an address is missing."""
    found: dict[int, list[Contact]] = {}
    rows = Contact.objects.on(day).filter(organization__in=set(organizations), receives_invitations=True)
    for row in rows.order_by("pk"):
        found.setdefault(row.organization_id, []).append(row)
    return found
