"""Reads of bodies and people."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from councils.choices import OrganizationKind, RowOutcome
from councils.models import (
    Contact,
    ImportRow,
    ImportRun,
    LegislativeTerm,
    Membership,
    Organization,
    Role,
    User,
)
from councils.models.dated import in_force
from councils.permissions import OFFICE_KINDS, PARTNER_KINDS, access, can_administer
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


def visible_imports(user: Any) -> QuerySet[ImportRun]:
    """Imports are the administrators' business, and each other's."""
    found = ImportRun.objects.select_related("by__person")
    return found if can_administer(user) else found.none()


def recent_imports(user: Any, limit: int = 10) -> list[ImportRun]:
    """The last imports, newest first."""
    return list(visible_imports(user).order_by("-at", "-pk")[:limit])


def import_rows(run: ImportRun) -> QuerySet[ImportRow]:
    """All rows of one import with what the check said."""
    return ImportRow.objects.filter(run=run)


def bad_import_rows(run: ImportRun) -> QuerySet[ImportRow]:
    """The rows that someone has to mend."""
    return import_rows(run).filter(outcome=RowOutcome.BAD).order_by("number")


def import_counts(run: ImportRun) -> Counter[str]:
    """How many rows there are of each outcome; one query."""
    counted = import_rows(run).order_by().values_list("outcome").annotate(Count("pk"))
    return Counter(dict(counted))


def role_list(user: Any) -> QuerySet[Role]:
    """Every role ever given, with account and body; the administrators' to see."""
    found: QuerySet[Role] = Role.objects.select_related("user__person", "organization")
    return found if can_administer(user) else found.none()


def bodies_to_choose() -> QuerySet[Organization]:
    """All bodies, ended ones too: a merger may be entered late."""
    return Organization.objects.select_related("area", "parent").order_by("name", "code")


def councils_to_choose() -> QuerySet[Organization]:
    """Councils existing today."""
    found: QuerySet[Organization] = Organization.objects.on(clock.today()).filter(
        kind=OrganizationKind.COUNCIL
    )
    return found.order_by("code")


def terms_to_choose() -> QuerySet[LegislativeTerm]:
    """Terms, the latest first."""
    return LegislativeTerm.objects.order_by("-valid_from")


def accounts_to_choose() -> QuerySet[User]:
    """Accounts that are not locked, by the name of their holder."""
    found: QuerySet[User] = User.objects.filter(is_active=True).select_related("person")
    return found.order_by("person__sort_key", "first_name", "username")
