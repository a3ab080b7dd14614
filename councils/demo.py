"""The demo: a fictional province with its bodies, people, history and accounts. No real person, place or figure."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from councils.choices import COUNCIL_FAMILY, ContactKind, Level, OrganizationKind, RoleKind
from councils.demo_names import abbreviation, identifier, short_name
from councils.demo_people import Loading, day_of, seat_people
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
from hdnd.audit.models import Entry
from hdnd.audit.services import record

PASSWORD = "VinhGiang@2026"
DATA = Path(__file__).with_name("demo_data")
FINISHED = "councils.demo.finished"  # the audit entry that says the whole demo is there

Step = Callable[[], Any]
_steps: dict[int, tuple[str, Step]] = {}


def register_step(order: int, step: Step, label: str = "") -> None:
    """Adds a step of a higher app to `load_demo`; called in the app's `apps.py`, so councils imports nothing above.

    Args:
        order: steps run by rising order, after bodies and accounts.
        step: makes its part once and nothing on a second call.
        label: Vietnamese, for the progress lines; the function's name without it.

    Raises:
        ValueError: the order is taken by another step.
    """
    taken = _steps.get(order)
    if taken and taken[1] is not step:
        raise ValueError(f"demo step {order} is {taken[0]!r} already")
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


@transaction.atomic
def load_bodies(actor: User | None = None) -> int:
    """Loads areas, bodies, terms, people and the contact book once; returns how many bodies were made."""
    if Area.objects.filter(code="T").exists():
        return 0
    loading = Loading(_read("province.json"))
    _areas(loading)
    _bodies(loading)
    _posts(loading)
    _terms(loading)
    seat_people(loading)
    for seat in loading.seats:
        seat.full_clean(exclude=["person", "organization", "post"], validate_unique=False)
    Membership.objects.bulk_create(loading.seats)
    _contacts(loading)
    changes = {"bodies": len(loading.bodies), "seats": len(loading.seats)}
    record("councils.demo.loaded", loading.areas["T"], actor=actor, changes=changes)
    return len(loading.bodies)


def _read(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return told


def _areas(loading: Loading) -> None:
    told = loading.told
    province = told["province"]
    rows = [{**province, "parent": None, "mountainous": False}, *told["past_areas"], *told["areas"]]
    for row in rows:
        area = Area(
            code=row["code"], name=row["name"], kind=row["kind"], is_mountainous=row["mountainous"],
            parent=loading.areas.get(row["parent"]), valid_from=day_of(row["valid_from"]), valid_to=day_of(row["valid_to"]),
        )  # fmt: skip
        area.full_clean()
        area.save()
        loading.areas[area.code] = area
    for row in told["past_areas"]:
        loading.areas[row["code"]].successors.set(loading.areas[code] for code in row["successors"])


def _bodies(loading: Loading) -> None:
    waiting = list(loading.told["bodies"])
    while waiting:  # parents first
        row = waiting.pop(0)
        if row["parent"] and row["parent"] not in loading.bodies:
            waiting.append(row)
            continue
        code, kind = row["code"], row["kind"]
        body = Organization(
            code=code, name=row["name"], kind=kind, short_name=short_name(code, row["name"]),
            area=loading.areas.get(row["area"]), parent=loading.bodies.get(row["parent"]),
            valid_to=day_of(row.get("valid_to")), abbreviation=abbreviation(code, kind),
            identifier=identifier(len(loading.bodies) + 1),
        )  # fmt: skip
        body.full_clean()
        body.save()
        loading.bodies[body.code] = body
    _successors(loading)


def _successors(loading: Loading) -> None:
    """What a body of a former unit left open passes to the same organ of the units that took its place."""
    for row in loading.told["past_areas"]:
        for code, body in loading.bodies.items():
            if body.area == loading.areas[row["code"]]:
                organ = code.partition("-")[2].replace("TU", "DU")
                names = [f"{area}-{organ}" for area in row["successors"]]
                body.successors.set(loading.bodies[name] for name in names if name in loading.bodies)


def _posts(loading: Loading) -> None:
    for kind in OrganizationKind.values:
        loading.posts[kind] = {}
        for name, rank, leader, head in _read("posts.json")[kind]:
            values = {"rank": rank, "is_leader": leader, "is_head": head}
            post, _ = Post.objects.get_or_create(organization_kind=kind, name=name, defaults=values)
            loading.posts[kind][name] = post


def _terms(loading: Loading) -> None:
    told = loading.told["council_terms"]
    terms = {}
    for row in loading.told["terms"]:
        dates = {"valid_from": date.fromisoformat(row["valid_from"]), "valid_to": day_of(row["valid_to"])}
        terms[row["code"]], _ = LegislativeTerm.objects.get_or_create(code=row["code"], defaults=dates)
    for code, body in loading.bodies.items():
        if body.kind != OrganizationKind.COUNCIL:
            continue
        own = told["commune_of_today" if code.startswith("X") else body.level]
        seats = told["fewer_seats"].get(code, own["seats"])
        for term, ordinal in own["ordinals"].items():
            CouncilTerm.objects.create(council=body, term=terms[term], ordinal=ordinal, seats=seats)


def _contacts(loading: Loading) -> None:
    """A clerk's address for every body in its time; liaison and leader addresses for the partners of the province."""
    rows: list[Contact] = []
    for number, (code, body) in enumerate(loading.bodies.items()):
        kinds = [(ContactKind.CLERK, "Văn thư", "vanthu", True)]
        if body.level == Level.PROVINCE and body.kind not in COUNCIL_FAMILY and body.valid_to is None:
            kinds += [
                (ContactKind.LIAISON, "Chuyên viên đầu mối", "daumoi", True),
                (ContactKind.LEADER, "Lãnh đạo", "lanhdao", False),
            ]
        for kind, name, box, receives in kinds:
            rows.append(
                Contact(
                    organization=body, kind=kind, name=name, email=f"{box}.{code.lower()}@vinhgiang.test",
                    phone=f"0200 555 01{number % 100:02d}", receives_invitations=receives,
                    valid_from=body.valid_from, valid_to=body.valid_to,
                )
            )  # fmt: skip
    for row in rows:
        row.full_clean(exclude=["organization"], validate_unique=False)
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


def may_load() -> bool:
    """Whether `load_demo --if-empty` has work: nothing there yet, or a demo whose loading was cut short."""
    if Area.objects.filter(code="T").exists():
        return not Entry.objects.filter(verb=FINISHED).exists()
    return not Organization.objects.exists()


@transaction.atomic
def note_finished() -> None:
    """Leaves the mark that the whole demo is there."""
    record(FINISHED, Area.objects.get(code="T"), actor=None)
