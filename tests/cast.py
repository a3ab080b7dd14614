"""The cast: named accounts over a small world, for tests that ask who may do what.

Registered as a pytest plugin by `tests/conftest.py`. Take `cast` for the accounts (it brings the world along) or
`world` for the bodies alone. All roles are open-ended; bodies of the world exist since their area does.

    province T, Vĩnh Giang: HDND, TTHDND (7 members), BPC, UBND, MTTQ, SXD
    ward X01, Tân Hòa:      X01-HDND, X01-TT, X01-UBND       <- the outsider's
    commune X03, Phú Lộc:   X03-HDND, X03-TT
    province T2, Bình Khê:  T2-HDND, T2-TT                   <- nobody's
"""

from dataclasses import dataclass
from datetime import date

import pytest

from councils.choices import AreaKind, OrganizationKind, RoleKind
from councils.models import Area, Organization, Person, User
from tests import factories as make

FOUNDED = date(1997, 1, 1)
# (code, name, post in HDND, post in TTHDND)
STANDING = (
    ("P01", "Nguyễn Đình Lâm", "Chủ tịch", "Chủ tịch HĐND"),
    ("P02", "Trần Thị Hải Yến", "Phó Chủ tịch", "Phó Chủ tịch HĐND"),
    ("P03", "Lê Quang Vịnh", "Phó Chủ tịch", "Phó Chủ tịch HĐND"),
    ("P04", "Phạm Văn Khải", "Đại biểu", "Ủy viên"),
    ("P05", "Hoàng Minh Tuấn", "Đại biểu", "Ủy viên"),
    ("P06", "Đỗ Thị Thu Hiền", "Đại biểu", "Ủy viên"),
    ("P07", "Bùi Đức Đại", "Đại biểu", "Ủy viên"),
)
# name -> rank, is_leader, is_head
POSTS = {
    "Chủ tịch": (1, True, True),
    "Phó Chủ tịch": (2, True, False),
    "Đại biểu": (50, False, False),
    "Chủ tịch HĐND": (1, True, True),
    "Phó Chủ tịch HĐND": (2, True, False),
    "Ủy viên": (10, False, False),
}


@dataclass(frozen=True)
class World:
    """Areas, bodies and people by their code."""

    areas: dict[str, Area]
    bodies: dict[str, Organization]
    people: dict[str, Person]

    def __getitem__(self, code: str) -> Organization:
        """The body of that code, for short: `world["TTHDND"]`."""
        return self.bodies[code]


@dataclass(frozen=True)
class Cast:
    """Accounts by the part they play; the password of each is `factories.PASSWORD`."""

    world: World
    secretary: User  # of TTHDND
    leader: User  # Chủ tịch HĐND, of TTHDND, is P01
    delegate: User  # of HDND, is P08
    partner: User  # liaison of UBND
    agency: User  # of SXD
    outsider: User  # secretary of X01-TT, another council in the same system
    admin: User  # administrator of the whole system

    def persons(self) -> dict[str, User | None]:
        """Every part and the anonymous visitor, for tables of the form person -> status."""
        named = {name: getattr(self, name) for name in PARTS}
        return {"anonymous": None, **named}


PARTS = ("secretary", "leader", "delegate", "partner", "agency", "outsider", "admin")


def build_world() -> World:
    """The bodies and people of the cast."""
    areas = {
        "T": make.area("T", name="tỉnh Vĩnh Giang", kind=AreaKind.PROVINCE, valid_from=FOUNDED),
        "T2": make.area("T2", name="tỉnh Bình Khê", kind=AreaKind.PROVINCE, valid_from=FOUNDED),
    }
    for code, name, kind in (
        ("X01", "phường Tân Hòa", AreaKind.WARD),
        ("X03", "xã Phú Lộc", AreaKind.COMMUNE),
    ):
        areas[code] = make.area(code, name=name, kind=kind, parent=areas["T"], valid_from=make.TWO_TIER)
    council = make.council("HDND", areas["T"], prefix="TTHDND")
    make.council("T2-HDND", areas["T2"])
    make.council("X01-HDND", areas["X01"])
    make.council("X03-HDND", areas["X03"])
    for code, name, kind, place, parent in (
        ("BPC", "Ban Pháp chế HĐND tỉnh", OrganizationKind.COMMITTEE, "T", council),
        ("UBND", "Ủy ban nhân dân tỉnh Vĩnh Giang", OrganizationKind.EXECUTIVE, "T", None),
        ("MTTQ", "Ban Thường trực Ủy ban MTTQ tỉnh", OrganizationKind.FRONT_STANDING, "T", None),
        ("X01-UBND", "Ủy ban nhân dân phường Tân Hòa", OrganizationKind.EXECUTIVE, "X01", None),
    ):
        make.organization(code, name=name, kind=kind, area=areas[place], parent=parent)
    make.organization(
        "SXD", name="Sở Xây dựng", area=areas["T"], parent=Organization.objects.get(code="UBND")
    )
    bodies = {body.code: body for body in Organization.objects.select_related("area", "parent")}
    return World(areas, bodies, build_people(bodies))


def build_people(bodies: dict[str, Organization]) -> dict[str, Person]:
    """P01 to P07 sit in the council and its standing committee; P08 in the council; P21 leads UBND."""
    for kind, names in (
        (OrganizationKind.COUNCIL, ("Chủ tịch", "Phó Chủ tịch", "Đại biểu")),
        (OrganizationKind.STANDING_COMMITTEE, ("Chủ tịch HĐND", "Phó Chủ tịch HĐND", "Ủy viên")),
        (OrganizationKind.EXECUTIVE, ("Chủ tịch", "Phó Chủ tịch", "Ủy viên")),
    ):
        for name in names:
            rank, leads, heads = POSTS[name]
            make.post(kind, name, rank=rank, is_leader=leads, is_head=heads)
    people = {}
    for code, name, in_council, in_standing in STANDING:
        people[code] = make.person(name, code=code)
        make.membership(people[code], bodies["HDND"], in_council)
        make.membership(people[code], bodies["TTHDND"], in_standing)
    people["P08"] = make.person("Vũ Thị Mai Anh", code="P08")
    make.membership(people["P08"], bodies["HDND"], "Đại biểu")
    people["P21"] = make.person("Đặng Hữu Phước", code="P21")
    make.membership(people["P21"], bodies["UBND"], "Chủ tịch")
    return people


@pytest.fixture
def world(db: None) -> World:
    """Bodies and people without accounts."""
    return build_world()


@pytest.fixture
def cast(world: World) -> Cast:
    """The named accounts."""

    def account(
        username: str, kind: RoleKind, body: str | None, person: str | None = None, name: str = ""
    ) -> User:
        family, _, given = name.rpartition(" ")
        made = make.user(
            username, person=world.people[person] if person else None, first_name=given, last_name=family
        )
        make.role(made, kind, world[body] if body else None)
        return made

    return Cast(
        world=world,
        secretary=account("thuky", RoleKind.SECRETARY, "TTHDND", name="Trần Thu Hà"),
        leader=account("lanhdao", RoleKind.LEADER, "TTHDND", "P01"),
        delegate=account("daibieu", RoleKind.DELEGATE, "HDND", "P08"),
        partner=account("ubnd", RoleKind.LIAISON, "UBND", name="Đặng Minh Châu"),
        agency=account("soxd", RoleKind.AGENCY, "SXD", name="Vi Thị Hoa"),
        outsider=account("tanhoa", RoleKind.SECRETARY, "X01-TT", name="Nông Thị Mến"),
        admin=account("quantri", RoleKind.ADMINISTRATOR, None, name="Lâm Quốc Bảo"),
    )
