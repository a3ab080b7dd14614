"""The demo: a fictional province with its bodies, people, history and accounts. No real person, place or figure."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from councils.choices import ContactKind, OrganizationKind, RoleKind
from councils.demo_names import fictional
from councils.models import (
    Area,
    Contact,
    CouncilTerm,
    LegislativeTerm,
    Membership,
    Organization,
    Person,
    Post,
    User,
)
from councils.services import grant_role
from hdnd.audit.services import record

PASSWORD = "VinhGiang@2026"
DATA = Path(__file__).with_name("demo_data") / "province.json"
TERM_START = date(2026, 3, 27)
PAST_START, PAST_END = date(2021, 6, 29), date(2026, 3, 26)

Step = Callable[[], Any]
_steps: dict[int, tuple[str, Step]] = {}


def register_step(order: int, step: Step, label: str = "") -> None:
    """Adds a step of a higher app to `load_demo`; called in its `apps.py`."""
    _steps[order] = (label or step.__name__, step)


def steps() -> list[tuple[str, Step]]:
    """All steps in order: bodies, accounts, then what higher apps registered."""
    own = [("Cơ quan và con người", load_bodies), ("Tài khoản", load_accounts)]
    return [*own, *(_steps[order] for order in sorted(_steps))]


@dataclass(frozen=True)
class Account:
    """One demo account: whom it stands for and what it may do for which body."""

    username: str
    who: str
    role: RoleKind
    organization: str | None  # code
    person: str | None = None  # code; an account without one carries its own name
    name: str = ""
    title: str = ""


ACCOUNTS = (
    Account("quantri", "quản trị hệ thống", RoleKind.ADMINISTRATOR, None, None, "Lâm Quốc Bảo", "Quản trị hệ thống"),
    Account("thuky", "thư ký của Thường trực HĐND tỉnh", RoleKind.SECRETARY, "TTHDND", None, "Trần Thu Hà", "Chuyên viên Phòng Công tác HĐND"),
    Account("lanhdao", "Chủ tịch HĐND tỉnh", RoleKind.LEADER, "TTHDND", "P01", title="Chủ tịch HĐND tỉnh"),
    Account("daibieu", "đại biểu HĐND tỉnh", RoleKind.DELEGATE, "HDND", "P08", title="Đại biểu HĐND tỉnh"),
    Account("ubnd", "đầu mối của UBND tỉnh", RoleKind.LIAISON, "UBND", None, "Đặng Minh Châu", "Chuyên viên Văn phòng UBND tỉnh"),
    Account("mttq", "đầu mối của Ủy ban MTTQ tỉnh", RoleKind.LIAISON, "MTTQ", None, "Phùng Thị Lan", "Chuyên viên cơ quan Ủy ban MTTQ tỉnh"),
    Account("ddbqh", "đầu mối của Đoàn ĐBQH tỉnh", RoleKind.LIAISON, "DDBQH", None, "Tống Văn Đạt", "Chuyên viên Phòng Công tác Quốc hội"),
    Account("soxd", "Sở Xây dựng", RoleKind.AGENCY, "SXD", None, "Vi Thị Hoa", "Chuyên viên Văn phòng Sở"),
    Account("tanhoa", "thư ký Thường trực HĐND phường Tân Hòa", RoleKind.SECRETARY, "X01-TT", None, "Nông Thị Mến", "Chuyên viên Văn phòng HĐND và UBND phường"),
)  # fmt: skip

# kind of body: (post, rank, leader, head)
POSTS: dict[str, tuple[tuple[str, int, bool, bool], ...]] = {
    OrganizationKind.COUNCIL: (("Chủ tịch", 1, True, True), ("Phó Chủ tịch", 2, True, False), ("Đại biểu", 50, False, False)),
    OrganizationKind.STANDING_COMMITTEE: (("Chủ tịch HĐND", 1, True, True), ("Phó Chủ tịch HĐND", 2, True, False), ("Ủy viên", 10, False, False)),
    OrganizationKind.COMMITTEE: (("Trưởng ban", 1, True, True), ("Phó Trưởng ban", 2, True, False), ("Ủy viên", 10, False, False)),
    OrganizationKind.DELEGATE_GROUP: (("Tổ trưởng", 1, True, True), ("Tổ phó", 2, True, False), ("Thành viên", 10, False, False)),
    OrganizationKind.EXECUTIVE: (("Chủ tịch", 1, True, True), ("Phó Chủ tịch", 2, True, False), ("Ủy viên", 10, False, False)),
    OrganizationKind.FRONT_STANDING: (("Chủ tịch", 1, True, True), ("Phó Chủ tịch", 2, True, False)),
    OrganizationKind.NA_DELEGATION: (("Trưởng đoàn", 1, True, True), ("Phó Trưởng đoàn", 2, True, False), ("Đại biểu Quốc hội", 10, False, False)),
    OrganizationKind.OFFICE: (("Chánh Văn phòng", 1, True, True), ("Phó Chánh Văn phòng", 2, True, False)),
    OrganizationKind.DEPARTMENT: (("Giám đốc", 1, True, True), ("Phó Giám đốc", 2, True, False)),
    OrganizationKind.PARTY_COMMITTEE: (("Bí thư", 1, True, True), ("Phó Bí thư", 2, True, False)),
}  # fmt: skip
ABBREVIATIONS = {
    OrganizationKind.COUNCIL: "HĐND",
    OrganizationKind.STANDING_COMMITTEE: "HĐND",
    OrganizationKind.EXECUTIVE: "UBND",
    OrganizationKind.FRONT_STANDING: "MTTQ-BTT",
    OrganizationKind.NA_DELEGATION: "ĐĐBQH",
}
SHORT_NAMES = {
    "UBND": "UBND tỉnh",
    "MTTQ": "Ủy ban MTTQ tỉnh",
    "DDBQH": "Đoàn ĐBQH tỉnh",
    "VP": "Văn phòng Đoàn ĐBQH và HĐND",
    "SNNMT": "Sở NN và MT",
}
WOMEN = frozenset({"P02", "P06", "P08", "P11", "P13", "P15", "P52", "P54", "P56", "P58", "P59"})


@dataclass
class _Loading:
    """What has been made so far, by code."""

    told: dict[str, Any]
    areas: dict[str, Area] = field(default_factory=dict)
    bodies: dict[str, Organization] = field(default_factory=dict)
    posts: dict[tuple[str, str], Post] = field(default_factory=dict)
    seats: list[Membership] = field(default_factory=list)
    made_up: int = 0

    def person(self, code: str, name: str, gender: str) -> Person:
        """A new person with an address that goes nowhere (`.test`)."""
        made = Person(code=code, full_name=name, gender=gender, email=f"{code.lower()}@vinhgiang.test")
        made.full_clean()
        made.save()
        return made

    def somebody(self) -> Person:
        """A made-up person."""
        name, gender = fictional(self.made_up)
        self.made_up += 1
        return self.person(f"Q{self.made_up:03d}", name, gender)

    def seat(self, person: Person, body: str, post: str, first: date, last: date | None = None) -> None:
        """A seat; checked here, written in one go at the end."""
        organization = self.bodies[body]
        last = min(filter(None, (last, organization.valid_to)), default=None)
        self.seats.append(
            Membership(
                person=person, organization=organization, post=self.posts[organization.kind, post],
                valid_from=first, valid_to=last, is_fulltime=post in {"Trưởng ban", "Phó Chủ tịch HĐND"},
            )
        )  # fmt: skip


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return told


@transaction.atomic
def load_bodies() -> int:
    """Loads areas, bodies, terms, people and the contact book once; returns how many bodies were made."""
    if Area.objects.filter(code="T").exists():
        return 0
    loading = _Loading(_told())
    _areas(loading)
    _bodies(loading)
    _posts(loading)
    _terms(loading)
    _known_people(loading)
    _past_delegates(loading)
    _delegates(loading)
    _officers(loading)
    for seat in loading.seats:
        seat.full_clean(exclude=["person", "organization", "post"], validate_unique=False)
    Membership.objects.bulk_create(loading.seats)
    _contacts(loading)
    changes = {"bodies": len(loading.bodies), "seats": len(loading.seats)}
    record("councils.demo.loaded", loading.areas["T"], actor=None, changes=changes)
    return len(loading.bodies)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _areas(loading: _Loading) -> None:
    told = loading.told
    province = told["province"]
    rows = [{**province, "parent": None, "mountainous": False}, *told["past_areas"], *told["areas"]]
    for row in rows:
        area = Area(
            code=row["code"], name=row["name"], kind=row["kind"], is_mountainous=row["mountainous"],
            parent=loading.areas.get(row["parent"]), valid_from=_day(row["valid_from"]), valid_to=_day(row["valid_to"]),
        )  # fmt: skip
        area.full_clean()
        area.save()
        loading.areas[area.code] = area
    for row in told["past_areas"]:
        loading.areas[row["code"]].successors.set(loading.areas[code] for code in row["successors"])


def _bodies(loading: _Loading) -> None:
    waiting = list(loading.told["bodies"])
    while waiting:  # parents first
        row = waiting.pop(0)
        if row["parent"] and row["parent"] not in loading.bodies:
            waiting.append(row)
            continue
        body = Organization(
            code=row["code"], name=row["name"], kind=row["kind"], short_name=SHORT_NAMES.get(row["code"], ""),
            area=loading.areas.get(row["area"]), parent=loading.bodies.get(row["parent"]),
            valid_to=_day(row.get("valid_to")), abbreviation=ABBREVIATIONS.get(row["kind"], row["code"].split("-")[-1]),
        )  # fmt: skip
        body.full_clean()
        body.save()
        loading.bodies[body.code] = body


def _posts(loading: _Loading) -> None:
    for kind, rows in POSTS.items():
        for name, rank, leader, head in rows:
            values = {"rank": rank, "is_leader": leader, "is_head": head}
            post, _ = Post.objects.get_or_create(organization_kind=kind, name=name, defaults=values)
            loading.posts[kind, name] = post


def _terms(loading: _Loading) -> None:
    for row in loading.told["terms"]:
        term, _ = LegislativeTerm.objects.get_or_create(
            code=row["code"],
            defaults={"valid_from": date.fromisoformat(row["valid_from"]), "valid_to": _day(row["valid_to"])},
        )
        seats = loading.told["province"]["delegates"]
        CouncilTerm.objects.get_or_create(
            council=loading.bodies["HDND"], term=term, defaults={"ordinal": row["khoa"], "seats": seats}
        )


def _known_people(loading: _Loading) -> None:
    for row in loading.told["people"]:
        person = loading.person(row["code"], row["name"], "f" if row["code"] in WOMEN else "m")
        for told in row["memberships"]:
            first, last = _day(told.get("valid_from")) or TERM_START, _day(told.get("valid_to"))
            loading.seat(person, told["body"], told["role"], first, last)


def _past_delegates(loading: _Loading) -> None:
    """The term 2021-2026: 58 seats filled, one delegate who joined in May 2023 and one who left in 2024."""
    sitting = {seat.person.code: seat for seat in loading.seats if seat.valid_from == PAST_START}
    for code in ("P53", "P54", "P55", "P56"):  # heads of committees are delegates too
        loading.seat(sitting[code].person, "HDND", "Đại biểu", PAST_START, PAST_END)
    for index in range(52):
        first = date(2023, 5, 10) if index == 50 else PAST_START
        last = date(2024, 8, 31) if index == 51 else PAST_END
        person = loading.somebody()
        loading.seat(person, "HDND", "Đại biểu", first, last)
        group = f"TDB{index % 8 + 1:02d}"
        loading.seat(person, group, _group_post(index // 8), first, last)


def _delegates(loading: _Loading) -> None:
    """The present council: up to 62 seats, each delegate in one of eight groups, committees with members."""
    known = [
        seat.person
        for seat in loading.seats
        if seat.organization.code == "HDND" and seat.valid_from == TERM_START
    ]
    new = [loading.somebody() for _ in range(loading.told["province"]["delegates"] - len(known))]
    for person in new:
        loading.seat(person, "HDND", "Đại biểu", TERM_START)
    in_group = {
        seat.person_id
        for seat in loading.seats
        if seat.organization.code.startswith("TDB") and seat.valid_from == TERM_START
    }
    free = [person for person in [*new, *known] if person.pk not in in_group]
    for index, person in enumerate(free):
        group = index % 8 + 1
        place = index // 8 + (1 if group == 1 else 0)  # group 1 has its head already
        loading.seat(person, f"TDB{group:02d}", _group_post(place), TERM_START)
    for index, person in enumerate(new[:28]):
        committee = ("BPC", "BKTNS", "BVHXH", "BDT")[index % 4]
        loading.seat(person, committee, "Phó Trưởng ban" if index < 4 else "Ủy viên", TERM_START)


def _group_post(place: int) -> str:
    return ("Tổ trưởng", "Tổ phó")[place] if place < 2 else "Thành viên"


def _officers(loading: _Loading) -> None:
    """Heads of the bodies the sample leaves without one, and the ward council that works alone."""
    led = {seat.organization.code for seat in loading.seats if seat.post.is_head and seat.valid_to is None}
    for code, body in loading.bodies.items():
        if (
            body.valid_to is None
            and code not in led
            and body.kind in {"executive", "front_standing", "department", "party_committee"}
        ):
            loading.seat(loading.somebody(), code, POSTS[body.kind][0][0], TERM_START)
    for deputy in ("UBND", "MTTQ"):
        loading.seat(loading.somebody(), deputy, "Phó Chủ tịch", TERM_START)
    for commune in ("X01", "X02", "X03", "X04", "X05", "X06"):
        _commune(loading, commune, led)


def _commune(loading: _Loading, commune: str, led: set[str]) -> None:
    """Chủ tịch, Phó Chủ tịch and the heads of the two Ban; in Tân Hòa the whole council of 25."""
    standing, council = f"{commune}-TT", f"{commune}-HDND"
    if standing not in led:
        chair = loading.somebody()
        loading.seat(chair, standing, "Chủ tịch HĐND", TERM_START)
        loading.seat(chair, council, "Chủ tịch", TERM_START)
    deputy = loading.somebody()
    loading.seat(deputy, standing, "Phó Chủ tịch HĐND", TERM_START)
    loading.seat(deputy, council, "Phó Chủ tịch", TERM_START)
    for committee in (f"{commune}-BKTNS", f"{commune}-BVHXH"):
        head = loading.somebody()
        loading.seat(head, committee, "Trưởng ban", TERM_START)
        loading.seat(head, standing, "Ủy viên", TERM_START)
        loading.seat(head, council, "Đại biểu", TERM_START)
    for _ in range(21 if commune == "X01" else 0):
        loading.seat(loading.somebody(), council, "Đại biểu", TERM_START)


def _contacts(loading: _Loading) -> None:
    """A clerk's address for every body; liaison and leader addresses for the partners of the province."""
    rows: list[Contact] = []
    for code, body in loading.bodies.items():
        kinds = [(ContactKind.CLERK, "Văn thư", "vanthu", True)]
        if code in {"UBND", "MTTQ", "DDBQH", "VP", "SXD", "STC", "SNV"}:
            kinds += [
                (ContactKind.LIAISON, "Chuyên viên đầu mối", "daumoi", True),
                (ContactKind.LEADER, "Lãnh đạo", "lanhdao", False),
            ]
        for kind, name, box, receives in kinds:
            rows.append(
                Contact(
                    organization=body, kind=kind, name=name, email=f"{box}.{code.lower()}@vinhgiang.test",
                    phone="0200 555 0100", receives_invitations=receives,
                )
            )  # fmt: skip
    for row in rows:
        row.refresh_derived()
    Contact.objects.bulk_create(rows)


@transaction.atomic
def load_accounts() -> int:
    """Makes the demo accounts with their roles once; returns how many are new."""
    made = 0
    for account in ACCOUNTS:
        if User.objects.filter(username=account.username).exists():
            continue
        family, _, given = account.name.rpartition(" ")
        user = User.objects.create_user(
            account.username, f"{account.username}@vinhgiang.test", PASSWORD, last_name=family, first_name=given,
            title=account.title, person=Person.objects.get(code=account.person) if account.person else None,
        )  # fmt: skip
        body = Organization.objects.get(code=account.organization) if account.organization else None
        grant_role(actor=None, user=user, kind=account.role, organization=body)
        made += 1
    return made
