"""Who may do what, from roles in force today. A missing right is `PermissionDenied` (403); an object of
another council is never fetched in the first place (404), see `queries`."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from councils.choices import COUNCIL_FAMILY, RoleKind
from councils.models import Organization, Role
from hdnd.lib import clock

# A partner's liaison runs the partner's own meetings (R10: UBND invites Thường trực HĐND), as a secretary does.
STAFF_KINDS = frozenset({RoleKind.SECRETARY, RoleKind.LIAISON})
OFFICE_KINDS = STAFF_KINDS | {RoleKind.LEADER}
PARTNER_KINDS = frozenset({RoleKind.AGENCY})


@dataclass(frozen=True)
class Access:
    """The rights of one account on one day.

    Attributes:
        bodies: role kind to the primary keys of all bodies it is held for. A role for a council or one of its
            organs is held for the whole council; a role for any other body for that body alone.
        organizations: the bodies that a role names, in the order in which the roles were given.
        names: primary key and name of every body in `bodies`, by code.
    """

    day: date
    is_administrator: bool = False
    bodies: dict[str, frozenset[int]] = field(default_factory=dict)
    organizations: tuple[Organization, ...] = ()
    names: tuple[tuple[int, str], ...] = ()

    def roots_of(self, kinds: frozenset[RoleKind] | None = None) -> frozenset[int]:
        """All bodies for which one of the kinds is held; all kinds when none is named."""
        wanted = [ids for kind, ids in self.bodies.items() if kinds is None or kind in kinds]
        return frozenset().union(*wanted)

    def serves(self, organization: Organization, kinds: frozenset[RoleKind] | None = None) -> bool:
        """Whether one of the kinds is held for the body or for the council it is an organ of."""
        return organization.family_root_id in self.roots_of(kinds)


def access(user: Any) -> Access:
    """The account's rights today; two queries per request, kept on the user object.

    Raises:
        nothing: an anonymous user has no rights.
    """
    day = clock.today()
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Access(day)
    kept: Access | None = getattr(user, "_access", None)
    if kept is not None and kept.day == day:
        return kept
    roles = list(Role.objects.on(day).filter(user=user).select_related("organization").order_by("pk"))
    held = [(role.kind, role.organization) for role in roles if role.organization is not None]
    families = _families({organization.family_root_id for _, organization in held})
    bodies: dict[str, frozenset[int]] = {}
    for kind, organization in held:
        family = families[organization.family_root_id]
        bodies[kind] = bodies.get(kind, frozenset()) | family.keys()
    names = {pk: name for family in families.values() for pk, name in family.items()}
    found = Access(
        day=day,
        is_administrator=any(role.kind == RoleKind.ADMINISTRATOR for role in roles),
        bodies=bodies,
        organizations=tuple({organization.pk: organization for _, organization in held}.values()),
        names=tuple(names.items()),
    )
    user._access = found
    return found


def _families(roots: set[int]) -> dict[int, dict[int, str]]:
    """Each root with the organs below it, by key and name. Keys, not joins: lists of 200,000 rows are filtered by them."""
    families: dict[int, dict[int, str]] = {root: {} for root in roots}
    members = Organization.objects.filter(
        Q(pk__in=roots) | Q(parent__in=roots, kind__in=COUNCIL_FAMILY)
    ).order_by("code")
    for pk, parent, name in members.values_list("pk", "parent_id", "name"):
        families[pk if pk in roots else parent][pk] = name
    return families


def family_filter(prefix: str, bodies: frozenset[int]) -> Q:
    """The condition that the body reached by `prefix` (`host`) is one of them; "" means the organization itself."""
    return Q(**{f"{prefix or 'pk'}__in": bodies})


def ensure(allowed: bool, message: str = "Bạn không có quyền làm việc này.") -> None:
    """Lets pass or refuses.

    Raises:
        PermissionDenied: not allowed; the web answers 403 with the message.
    """
    if not allowed:
        raise PermissionDenied(message)


def can_administer(user: Any) -> bool:
    """Manages bodies, people, roles and regulations."""
    return access(user).is_administrator


def can_serve_office(user: Any, organization: Organization) -> bool:
    """Prepares meetings and papers for the body: its secretary or liaison, or one of its council."""
    return access(user).serves(organization, STAFF_KINDS)


def can_lead(user: Any, organization: Organization) -> bool:
    """Approves for the body (leader of it or of its council)."""
    return access(user).serves(organization, frozenset({RoleKind.LEADER}))


def can_answer_for(user: Any, organization: Organization) -> bool:
    """Answers invitations in the body's name: its liaison, agency account, secretary or leader."""
    return access(user).serves(organization, PARTNER_KINDS | OFFICE_KINDS)
