"""Who may do what, from roles in force today. A missing right is `PermissionDenied` (403); an object of
another council is never fetched in the first place (404), see `queries`."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from councils.choices import COUNCIL_FAMILY, OrganizationKind, RoleKind
from councils.models import Organization
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
    """The account's rights today; one query per request, kept on the user object.

    Raises:
        nothing: an anonymous user has no rights.
    """
    day = clock.today()
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Access(day)
    kept: Access | None = getattr(user, "_access", None)
    if kept is not None and kept.day == day:
        return kept
    found = user._access = _read(user, day)
    return found


def _read(user: Any, day: date) -> Access:
    bodies: dict[str, set[int]] = {}
    held: dict[int, Organization] = {}
    names: dict[int, str] = {}
    is_administrator = False
    for row in _held_today(user, day):
        is_administrator |= row.role_kind == RoleKind.ADMINISTRATOR
        if row.pk is None:  # an administrator of the whole system serves no body
            continue
        bodies.setdefault(row.role_kind, set()).add(row.pk)
        names[row.pk] = row.name
        if row.pk == row.held_id:
            held.setdefault(row.pk, row)
    return Access(
        day=day,
        is_administrator=is_administrator,
        bodies={kind: frozenset(keys) for kind, keys in bodies.items()},
        organizations=tuple(held.values()),
        names=tuple(names.items()),
    )


def _held_today(user: Any, day: date) -> Any:
    """Each role in force with each body of the family it is held for: the council and its organs, or the body alone.

    Written in SQL because every request asks for it: two ORM queries cost a fifth of a list page. Later questions
    compare keys, not joins: lists of 200,000 rows are filtered by them.
    """
    columns = ", ".join(f"member.{field.column}" for field in Organization._meta.concrete_fields)
    family = ", ".join(f"'{kind.value}'" for kind in sorted(COUNCIL_FAMILY))
    organs = ", ".join(f"'{kind.value}'" for kind in sorted(COUNCIL_FAMILY - {OrganizationKind.COUNCIL}))
    root = (
        f"CASE WHEN own.kind IN ({organs}) AND own.parent_id IS NOT NULL THEN own.parent_id ELSE own.id END"
    )
    sql = f"""
        SELECT {columns}, role.kind AS role_kind, role.organization_id AS held_id
        FROM councils_role role
        LEFT JOIN councils_organization own ON own.id = role.organization_id
        LEFT JOIN councils_organization member
            ON member.id = {root} OR (member.parent_id = {root} AND member.kind IN ({family}))
        WHERE role.user_id = %s
            AND (role.valid_from IS NULL OR role.valid_from <= %s)
            AND (role.valid_to IS NULL OR role.valid_to >= %s)
        ORDER BY role.id, member.code
    """  # noqa: S608 - columns and kinds are the code's own
    return Organization.objects.raw(sql, [user.pk, day, day])


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
