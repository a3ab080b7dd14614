"""The demo's bodies and people hold together on every day they speak of."""

from collections import Counter
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from councils import demo as demo_module
from councils.choices import COUNCIL_FAMILY, ContactKind, OrganizationKind
from councils.demo import ACCOUNTS, PASSWORD, load_accounts, load_bodies, register_step, steps
from councils.demo_names import fictional
from councils.models import Area, Contact, CouncilTerm, Membership, Organization, Person, Post, Role, User
from councils.queries import leaders_on, members_on
from hdnd.audit.models import Entry

MEETING_DAY = date(2026, 6, 26)
MEETING_DAY_2021 = date(2021, 10, 29)


@pytest.fixture
def demo(db: None) -> None:
    load_bodies()
    load_accounts()


@pytest.fixture
def only_councils(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the steps of higher apps, which their own tests cover."""
    monkeypatch.setattr(demo_module, "_steps", {})


def body(code: str) -> Organization:
    return Organization.objects.get(code=code)


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything stored that the demo may write, but for the moment of the last sign-in."""
    models = (Area, Organization, CouncilTerm, Post, Person, Membership, Contact, User, Role, Entry)
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


def test_seats_by_day(demo: None) -> None:
    expected = {
        ("HDND", MEETING_DAY): 62,
        ("HDND", date(2026, 3, 26)): 57,
        ("HDND", date(2024, 9, 1)): 57,
        ("HDND", date(2024, 8, 31)): 58,
        ("HDND", date(2023, 5, 10)): 58,
        ("HDND", date(2023, 5, 9)): 57,
        ("TTHDND", MEETING_DAY): 7,
        ("TTHDND", date(2021, 9, 30)): 6,
        ("TTHDND", MEETING_DAY_2021): 5,
        ("BPC", MEETING_DAY): 8,
        ("X01-HDND", MEETING_DAY): 25,
        ("X01-HDND", date(2025, 7, 1)): 25,
        ("X01-HDND", date(2025, 6, 30)): 0,
        ("X01-BKTNS", MEETING_DAY): 5,
        **{(f"X0{number}-TT", MEETING_DAY): 4 for number in range(1, 7)},
    }
    assert {(code, day): members_on(body(code), day).count() for code, day in expected} == expected


def test_who_sat_in_the_standing_committee(demo: None) -> None:
    def codes(day: date) -> list[str]:
        return [seat.person.code for seat in members_on(body("TTHDND"), day).order_by("person__code")]

    assert codes(MEETING_DAY) == ["P01", "P02", "P03", "P04", "P05", "P06", "P07"]
    assert codes(MEETING_DAY_2021) == ["P51", "P52", "P53", "P54", "P56"]
    posts = Counter(seat.post.name for seat in members_on(body("X03-TT"), MEETING_DAY))
    assert posts == {"Chủ tịch HĐND": 1, "Phó Chủ tịch HĐND": 1, "Ủy viên": 2}
    assert [
        seat.person.code for seat in leaders_on(body("X01-TT"), MEETING_DAY).filter(post__is_head=True)
    ] == ["P15"]


def test_both_regimes_by_day(demo: None) -> None:
    below = Area.objects.filter(parent__code="T").order_by("code")
    communes = ["X01", "X02", "X03", "X04", "X05", "X06"]
    assert [area.code for area in below.on(MEETING_DAY_2021)] == ["H01", "H02", "H03"]
    assert [area.code for area in below.on(date(2025, 6, 30))] == ["H01", "H02", "H03"]
    assert [area.code for area in below.on(date(2025, 7, 1))] == communes
    assert [area.code for area in below.on(MEETING_DAY)] == communes
    districts = Area.objects.of_level("district").on(date(2025, 7, 1))
    assert list(districts) == []


def test_successors(demo: None) -> None:
    assert [area.code for area in Area.objects.get(code="H0204").successors.order_by("code")] == [
        "X03",
        "X04",
    ]
    assert [row.code for row in body("H02-UBND").successors.order_by("code")] == ["X03-UBND", "X04-UBND"]
    assert [row.code for row in body("H0302-TT").successors.all()] == ["X06-TT"]
    assert [row.code for row in body("H03-TU").successors.order_by("code")] == ["X05-DU", "X06-DU"]


@pytest.mark.parametrize("day", [MEETING_DAY, MEETING_DAY_2021])
def test_every_delegate_sits_in_one_group(demo: None, day: date) -> None:
    delegates = sorted(seat.person_id for seat in members_on(body("HDND"), day))
    groups = Membership.objects.on(day).filter(organization__kind=OrganizationKind.DELEGATE_GROUP)
    assert sorted(groups.values_list("person_id", flat=True)) == delegates
    heads = groups.filter(post__is_head=True).order_by("organization__code")
    assert [seat.organization.code for seat in heads] == [f"TDB0{number}" for number in range(1, 9)]
    elected_in = {seat.person_id: seat.constituency for seat in members_on(body("HDND"), day)}
    assert elected_in == {seat.person_id: f"Đơn vị bầu cử số {seat.organization.code[-1]}" for seat in groups}


@pytest.mark.parametrize("day", [MEETING_DAY, date(2025, 12, 1)])
def test_bodies_of_today_are_led_in_both_terms(demo: None, day: date) -> None:
    """One head each, a delegate's post in the council for everyone who leads an organ of it."""
    led = Organization.objects.on(day).filter(area__isnull=False, parent__isnull=True)
    heads = {
        row.code: row.memberships.filter(post__is_head=True).filter(pk__in=leaders_on(row, day)).count()
        for row in led
    }
    assert heads == dict.fromkeys(heads, 1)
    for council in Organization.objects.on(day).filter(kind=OrganizationKind.COUNCIL):
        delegates = {seat.person_id for seat in members_on(council, day)}
        organs = Membership.objects.on(day).filter(organization__parent=council)
        assert {seat.person_id for seat in organs} - delegates == set()


def test_people_can_be_addressed(demo: None) -> None:
    assert set(Person.objects.values_list("gender", flat=True)) == {"m", "f"}
    names = list(Person.objects.values_list("full_name", flat=True))
    assert len(set(names)) == len(names)
    addresses = [
        *Person.objects.values_list("email", flat=True),
        *Contact.objects.values_list("email", flat=True),
        *User.objects.values_list("email", flat=True),
    ]
    assert [address for address in addresses if not address.endswith("@vinhgiang.test")] == []
    assert Person.objects.get(code="P01").email == "p01@vinhgiang.test"


def test_contact_book(demo: None) -> None:
    dates = Contact.objects.values_list("organization__code", "valid_from", "valid_to")
    stored = Organization.objects.values_list("code", "valid_from", "valid_to")
    assert set(dates) == set(stored)
    partners = Organization.objects.on(MEETING_DAY).filter(level="province").exclude(kind__in=COUNCIL_FAMILY)
    assert len(partners) == 13
    for partner in partners:
        kinds = partner.contacts.order_by("pk").values_list("kind", "email", "receives_invitations")
        assert list(kinds) == [
            (ContactKind.CLERK, f"vanthu.{partner.code.lower()}@vinhgiang.test", True),
            (ContactKind.LIAISON, f"daumoi.{partner.code.lower()}@vinhgiang.test", True),
            (ContactKind.LEADER, f"lanhdao.{partner.code.lower()}@vinhgiang.test", False),
        ]


def test_terms_and_symbols(demo: None) -> None:
    terms = CouncilTerm.objects.order_by("term__valid_from")
    assert [(row.ordinal, row.seats) for row in terms.filter(council__code="HDND")] == [
        ("XVI", 62),
        ("XVII", 62),
        ("XVIII", 62),
    ]
    assert [(row.ordinal, row.seats) for row in terms.filter(council__code="X01-HDND")] == [
        ("I", 25),
        ("II", 25),
    ]
    codes = ("TTHDND", "UBND", "MTTQ", "DDBQH", "VP", "X01-TT", "H02-TU")
    assert [body(code).abbreviation for code in codes] == [
        "HĐND",
        "UBND",
        "MTTQ-BTT",
        "ĐĐBQH",
        "VP",
        "HĐND",
        "HU",
    ]
    assert [body(code).label for code in ("HDND", "X03-UBND")] == ["HĐND tỉnh", "UBND xã Phú Lộc"]


def test_loading_twice_changes_nothing(demo: None) -> None:
    before = rows()
    assert (load_bodies(), load_accounts()) == (0, 0)
    assert rows() == before


def test_accounts_have_their_roles(demo: None) -> None:
    held = {
        user.username: (
            [(role.kind, role.organization and role.organization.code) for role in user.roles.all()],
            user.person and user.person.code,
        )
        for user in User.objects.all()
    }
    assert held == {
        account.username: ([(account.role, account.organization)], account.person) for account in ACCOUNTS
    }
    assert [user.username for user in User.objects.filter(is_staff=True)] == ["quantri"]
    assert [user.username for user in User.objects.all() if not user.check_password(PASSWORD)] == []


def test_made_up_names_are_distinct() -> None:
    names = [fictional(index)[0] for index in range(400)]
    assert len(set(names)) == 400
    with pytest.raises(IndexError):
        fictional(400)


@pytest.mark.usefixtures("only_councils", "db")
def test_load_demo_resumes_and_then_rests() -> None:
    ran: list[str] = []

    def broken() -> None:
        Post.objects.create(organization_kind="press", name="Nửa vời")
        ran.append("broken")
        raise RuntimeError("power cut")

    register_step(20, broken, "Bước trên")
    with pytest.raises(RuntimeError, match="power cut"):
        call_command("load_demo", if_empty=True, stdout=StringIO())
    assert Area.objects.filter(code__startswith="VN-").count() == 3355
    assert User.objects.count() == len(ACCOUNTS)
    assert list(Post.objects.filter(name="Nửa vời")) == []
    demo_module._steps.clear()
    register_step(10, lambda: ran.append("whole"), "Bước trên")
    out = StringIO()
    call_command("load_demo", if_empty=True, stdout=out)
    told = out.getvalue()
    assert [line.split(":")[0].strip() for line in told.splitlines()[1:]] == [
        "Cơ quan và con người",
        "Tài khoản",
        "Bước trên",
    ]
    call_command("load_demo", if_empty=True, stdout=out)
    assert (out.getvalue(), ran) == (told, ["broken", "whole"])


@pytest.mark.django_db
def test_load_demo_leaves_real_data_alone(only_councils: None) -> None:
    Organization.objects.create(code="A", name="Hội đồng nhân dân tỉnh A", kind=OrganizationKind.COUNCIL)
    call_command("load_demo", if_empty=True, stdout=StringIO())
    assert (Organization.objects.count(), User.objects.count()) == (1, 0)


def test_a_step_keeps_its_place(only_councils: None) -> None:
    def regulations() -> None:
        """Nothing."""

    register_step(30, regulations, "Quy chế")
    register_step(20, rows, "Trước")
    register_step(30, regulations, "Quy chế")
    assert [label for label, _ in steps()] == ["Cơ quan và con người", "Tài khoản", "Trước", "Quy chế"]
    with pytest.raises(ValueError, match="demo step 30 is 'Quy chế' already"):
        register_step(30, rows)


def test_demo_accounts_are_printed(demo: None, settings: Any) -> None:
    settings.DEMO, settings.SITE_URL = True, "http://127.0.0.1:8080"
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[1:3] == [
        "Tài khoản trình diễn tại http://127.0.0.1:8080",
        "Mật khẩu chung: VinhGiang@2026",
    ]
    assert [line.split()[0] for line in lines[6:-1]] == [account.username for account in ACCOUNTS]
    settings.DEMO, silent = False, StringIO()
    call_command("demo_accounts", stdout=silent)
    assert silent.getvalue() == ""
