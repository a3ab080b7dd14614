"""Who sat where on which day, in both regimes."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from councils.choices import AreaKind, Level, OrganizationKind
from councils.models import Area
from councils.permissions import access, can_answer_for, can_lead, can_serve_office
from councils.queries import (
    invitation_addresses,
    leaders_on,
    may_see_contacts,
    members_on,
    organization_list,
    visible_organizations,
)
from hdnd.lib import clock
from tests import factories as make
from tests.cast import FOUNDED, Cast, World

pytestmark = pytest.mark.django_db

END = date(2025, 6, 30)


def names(found: object) -> list[str]:
    return [row.person.full_name for row in found]  # type: ignore[attr-defined]


def test_who_led_ubnd_on_a_day(world: World) -> None:
    body = world["UBND"]
    current = world.people["P21"].memberships.get()
    current.valid_from = date(2026, 5, 1)
    current.save()
    make.post(body.kind, "Phó Chủ tịch", rank=2, is_leader=True)
    make.membership(
        make.person("Lý Văn Cũ"), body, "Chủ tịch", valid_from=FOUNDED, valid_to=date(2026, 4, 30)
    )
    make.membership(make.person("Hà Thị Phó"), body, "Phó Chủ tịch", valid_from=FOUNDED)
    make.membership(make.person("Tạ Văn Viên"), body, "Ủy viên", valid_from=FOUNDED)
    assert names(leaders_on(body, date(2026, 4, 30))) == ["Lý Văn Cũ", "Hà Thị Phó"]
    assert names(leaders_on(body, date(2026, 5, 1))) == ["Đặng Hữu Phước", "Hà Thị Phó"]
    assert names(leaders_on(body, date(1996, 12, 31))) == []


def test_members_count_from_the_day_they_joined(world: World) -> None:
    body = world["TTHDND"]
    assert len(members_on(body, make.TERM_START)) == 7
    assert len(members_on(body, make.TERM_START - timedelta(days=1))) == 0
    make.membership(make.person(), body, valid_from=date(2026, 5, 4), valid_to=date(2026, 8, 31))
    counts = [
        len(members_on(body, day))
        for day in (date(2026, 5, 3), date(2026, 5, 4), date(2026, 8, 31), date(2026, 9, 1))
    ]
    assert counts == [7, 8, 8, 7]


def test_members_are_in_order_of_rank_then_given_name(world: World) -> None:
    assert names(members_on(world["TTHDND"], make.TERM_START)) == [
        "Nguyễn Đình Lâm",
        "Lê Quang Vịnh",
        "Trần Thị Hải Yến",
        "Bùi Đức Đại",
        "Đỗ Thị Thu Hiền",
        "Phạm Văn Khải",
        "Hoàng Minh Tuấn",
    ]


def test_a_post_that_makes_no_member_does_not_count(world: World) -> None:
    body = world["TTHDND"]
    make.post(body.kind, "Thư ký giúp việc", is_member=False, is_leader=True)
    make.membership(make.person("Thư Ký"), body, "Thư ký giúp việc")
    assert len(members_on(body, make.TERM_START)) == 7
    assert "Thư Ký" not in names(leaders_on(body, make.TERM_START))


def test_districts_exist_until_the_day_before_the_two_tier_state(world: World) -> None:
    """Three levels until 30/06/2025, two since (Law 72/2025/QH15, in force 2025-07-01)."""
    province = world.areas["T"]
    town = make.area(
        "H01", name="thành phố Vĩnh Giang", kind=AreaKind.PROVINCIAL_CITY, parent=province,
        valid_from=FOUNDED, valid_to=END,
    )  # fmt: skip
    old_ward = make.area(
        "H0101", name="phường Tân Hòa cũ", kind=AreaKind.WARD, parent=town, valid_from=FOUNDED, valid_to=END
    )
    old_ward.successors.add(world.areas["X01"])
    town.successors.add(world.areas["X01"], world.areas["X03"])
    council = make.council("H01-HDND", town)

    def levels(day: date) -> dict[str, int]:
        return {level: Area.objects.on(day).of_level(level).count() for level in Level.values}

    assert levels(END) == {"central": 0, "province": 2, "district": 1, "commune": 1}
    assert levels(make.TWO_TIER) == {"central": 0, "province": 2, "district": 0, "commune": 2}
    assert council.valid_to == END
    assert sorted(area.code for area in town.successors.all()) == ["X01", "X03"]
    assert [area.code for area in world.areas["X03"].predecessors.all()] == ["H01"]


def test_the_list_shows_bodies_of_the_day(cast: Cast) -> None:
    make.organization("CU", name="Sở cũ", valid_to=END)
    before = {body.code for body in organization_list(cast.secretary, END)}
    after = {body.code for body in organization_list(cast.secretary, make.TWO_TIER)}
    assert ("CU" in before, "X01-TT" in before) == (True, False)
    assert ("CU" in after, "X01-TT" in after) == (False, True)


def test_the_directory_is_for_those_signed_in(cast: Cast) -> None:
    assert visible_organizations(AnonymousUser()).count() == 0
    assert visible_organizations(cast.outsider).count() == len(cast.world.bodies)


def test_addresses_are_for_those_who_work_with_them(cast: Cast) -> None:
    sees = {name: may_see_contacts(user or AnonymousUser()) for name, user in cast.persons().items()}
    assert sees == {
        "anonymous": False,
        "secretary": True,
        "leader": True,
        "delegate": False,
        "partner": True,
        "agency": True,
        "outsider": True,
        "admin": True,
    }


def test_invitations_go_to_the_addresses_in_force_that_take_them(world: World) -> None:
    body, day = world["UBND"], date(2026, 6, 26)
    make.contact(body, "a@coquan.test")
    make.contact(body, "b@coquan.test", valid_to=day)
    make.contact(body, "c@coquan.test", valid_to=day - timedelta(days=1))
    make.contact(body, "d@coquan.test", receives_invitations=False)
    make.contact(world["MTTQ"], "e@coquan.test")
    assert [contact.email for contact in invitation_addresses(body, day)] == [
        "a@coquan.test",
        "b@coquan.test",
    ]


def test_rights_reach_over_the_councils_organs_and_not_beyond(cast: Cast) -> None:
    bodies = cast.world
    serves = {code: can_serve_office(cast.secretary, bodies[code]) for code in bodies.bodies}
    assert [code for code, yes in serves.items() if yes] == ["BPC", "HDND", "TTHDND"]
    assert [code for code in bodies.bodies if can_lead(cast.leader, bodies[code])] == [
        "BPC",
        "HDND",
        "TTHDND",
    ]
    assert [code for code in bodies.bodies if can_serve_office(cast.outsider, bodies[code])] == [
        "X01-HDND", "X01-TT",
    ]  # fmt: skip
    assert [code for code in bodies.bodies if can_answer_for(cast.partner, bodies[code])] == ["UBND"]
    assert [code for code in bodies.bodies if can_answer_for(cast.delegate, bodies[code])] == []


def test_a_role_that_has_ended_gives_nothing(cast: Cast) -> None:
    role = cast.secretary.roles.get()
    role.valid_to = date(2026, 6, 30)
    role.save()
    # HDND, TTHDND and BPC: a role for one organ is held for the whole council.
    for day, roots in ((date(2026, 6, 30), 3), (date(2026, 7, 1), 0)):
        with clock.at(clock.at_time(day)):
            assert len(access(cast.secretary).roots_of()) == roots


def test_an_inactive_account_has_no_rights(cast: Cast) -> None:
    cast.admin.is_active = False
    assert access(cast.admin).is_administrator is False


def test_kinds_of_the_world(world: World) -> None:
    """The cast's table in its docstring is what the other tests rest on."""
    standing = sorted(
        code for code, body in world.bodies.items() if body.kind == OrganizationKind.STANDING_COMMITTEE
    )
    assert standing == ["T2-TT", "TTHDND", "X01-TT", "X03-TT"]
