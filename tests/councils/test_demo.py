"""The demo's bodies and people hold together on every day they speak of."""

from datetime import date

import pytest

from councils.demo import ACCOUNTS, load_accounts, load_bodies
from councils.demo_names import fictional
from councils.models import Area, Contact, Membership, Organization, Person, User
from councils.queries import leaders_on, members_on


@pytest.fixture
def demo(db: None) -> None:
    load_bodies()
    load_accounts()


def body(code: str) -> Organization:
    return Organization.objects.get(code=code)


@pytest.mark.parametrize(
    ("code", "day", "count"),
    [
        ("HDND", date(2026, 6, 26), 62),
        ("HDND", date(2022, 1, 1), 57),
        ("HDND", date(2023, 5, 10), 58),
        ("HDND", date(2024, 9, 1), 57),
        ("TTHDND", date(2026, 6, 26), 7),
        ("TTHDND", date(2021, 9, 30), 6),
        ("TTHDND", date(2021, 10, 29), 5),
        ("X01-HDND", date(2026, 6, 26), 25),
        ("X01-TT", date(2026, 6, 26), 4),
    ],
)
def test_seats_by_day(demo: None, code: str, day: date, count: int) -> None:
    assert members_on(body(code), day).count() == count


def test_both_regimes_by_day(demo: None) -> None:
    below = Area.objects.filter(parent__code="T").order_by("code")
    assert [area.code for area in below.on(date(2021, 10, 29))] == ["H01", "H02", "H03"]
    assert [area.code for area in below.on(date(2025, 7, 1))] == ["X01", "X02", "X03", "X04", "X05", "X06"]
    assert sorted(Area.objects.get(code="H0204").successors.values_list("code", flat=True)) == ["X03", "X04"]


def test_every_delegate_sits_in_one_group(demo: None) -> None:
    day = date(2026, 6, 26)
    delegates = {seat.person_id for seat in members_on(body("HDND"), day)}
    groups = Membership.objects.on(day).filter(
        organization__kind="delegate_group", organization__area__code="T"
    )
    assert sorted(groups.values_list("person_id", flat=True)) == sorted(delegates)
    heads = [
        leaders_on(body(f"TDB0{number}"), day).filter(post__is_head=True).count() for number in range(1, 9)
    ]
    assert heads == [1] * 8


def test_addresses_go_nowhere(demo: None) -> None:
    addresses = [
        *Person.objects.values_list("email", flat=True),
        *Contact.objects.values_list("email", flat=True),
    ]
    assert [address for address in addresses if not address.endswith(".test")] == []


def test_loading_twice_changes_nothing(demo: None) -> None:
    before = (Organization.objects.count(), Membership.objects.count(), User.objects.count())
    assert (load_bodies(), load_accounts()) == (0, 0)
    assert (Organization.objects.count(), Membership.objects.count(), User.objects.count()) == before


def test_accounts_have_their_roles(demo: None) -> None:
    held = {
        user.username: [
            (role.kind, role.organization and role.organization.code) for role in user.roles.all()
        ]
        for user in User.objects.all()
    }
    assert held == {account.username: [(account.role, account.organization)] for account in ACCOUNTS}
    assert [user.username for user in User.objects.filter(is_staff=True)] == ["quantri"]


def test_made_up_names_are_distinct() -> None:
    names = [fictional(index)[0] for index in range(250)]
    assert len(set(names)) == 250
