"""Plain factories: each writes one row with sensible values and takes what the test cares about by keyword.

They write straight to the tables, without the services: a test of a service must not rest on that service.
"""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from councils.choices import AreaKind, ContactKind, OrganizationKind, RoleKind
from councils.models import (
    Area,
    Contact,
    CouncilTerm,
    LegislativeTerm,
    Membership,
    Organization,
    Person,
    Post,
    Role,
    User,
)

PASSWORD = "Mat-khau-kiem-thu-2026"
TWO_TIER = date(2025, 7, 1)  # districts end the day before
TERM_START = date(2026, 3, 27)  # first day of the term 2026-2031
_next = count(1)


def area(code: str = "", **values: Any) -> Area:
    """A commune of today, or what `kind` says."""
    code = code or f"A{next(_next)}"
    values = {"name": f"xã {code}", "kind": AreaKind.COMMUNE, **values}
    return Area.objects.create(code=code, **values)


def organization(code: str = "", **values: Any) -> Organization:
    """A department without area, or what `kind` says."""
    code = code or f"B{next(_next)}"
    values = {"name": f"Cơ quan {code}", "kind": OrganizationKind.DEPARTMENT, **values}
    return Organization.objects.create(code=code, **values)


def term(code: str = "2026-2031", **values: Any) -> LegislativeTerm:
    """The running term."""
    found, _ = LegislativeTerm.objects.get_or_create(code=code, defaults={"valid_from": TERM_START, **values})
    return found


def council_term(council: Organization, *, seats: int = 62, ordinal: str = "XVIII") -> CouncilTerm:
    """The council's seats in the running term."""
    return CouncilTerm.objects.create(council=council, term=term(), ordinal=ordinal, seats=seats)


def person(full_name: str = "", **values: Any) -> Person:
    """A person with a made-up code."""
    number = next(_next)
    return Person.objects.create(
        full_name=full_name or f"Nguyễn Văn {number}", code=values.pop("code", f"N{number}"), **values
    )


def post(organization_kind: str, name: str = "Ủy viên", **values: Any) -> Post:
    """The post of that name in bodies of the kind; made once."""
    found, _ = Post.objects.get_or_create(organization_kind=organization_kind, name=name, defaults=values)
    return found


def membership(person_: Person, body: Organization, name: str = "Ủy viên", **values: Any) -> Membership:
    """A seat since the start of the term, under the post of that name."""
    values = {"valid_from": TERM_START, **values}
    return Membership.objects.create(person=person_, organization=body, post=post(body.kind, name), **values)


def user(username: str = "", **values: Any) -> User:
    """An account with the password `PASSWORD` and no roles."""
    username = username or f"nguoidung{next(_next)}"
    return User.objects.create_user(
        username, values.pop("email", f"{username}@hdnd.test"), PASSWORD, **values
    )


def role(account: User, kind: RoleKind, body: Organization | None = None, **values: Any) -> Role:
    """An open-ended role; an administrator may enter Django admin."""
    if kind == RoleKind.ADMINISTRATOR:
        account.is_staff = True
        account.save(update_fields=["is_staff"])
    return Role.objects.create(user=account, kind=kind, organization=body, **values)


def contact(body: Organization, email: str = "", **values: Any) -> Contact:
    """A clerk's address that receives invitations."""
    values = {"kind": ContactKind.CLERK, "name": "Văn thư", **values}
    return Contact.objects.create(
        organization=body, email=email or f"vanthu{next(_next)}@coquan.test", **values
    )


def council(code: str, place: Area, *, prefix: str = "", of: str = "") -> Organization:
    """A council and its standing committee (`X01` gives `X01-HDND` and `X01-TT`); returns the council."""
    name = of or place.name
    body = organization(
        code, name=f"Hội đồng nhân dân {name}", short_name=f"HĐND {name}", kind=OrganizationKind.COUNCIL,
        area=place, abbreviation="HĐND",
    )  # fmt: skip
    organization(
        prefix or f"{place.code}-TT", name=f"Thường trực HĐND {name}",
        kind=OrganizationKind.STANDING_COMMITTEE, area=place, parent=body, abbreviation="HĐND",
    )  # fmt: skip
    return body


def members(body: Organization, names: Iterable[tuple[str, str]]) -> list[Membership]:
    """Seats for `(full name, post)` pairs, each with a new person."""
    return [membership(person(full_name), body, name) for full_name, name in names]
