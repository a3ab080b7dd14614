"""Django admin as an office uses it: found without accents, closed to others."""

from datetime import date

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.admin.base import AuditedAdmin
from councils.choices import OrganizationKind, RoleKind
from councils.models import Person, Role
from hdnd.lib import clock
from tests import factories as make
from tests.cast import Cast
from tests.councils.admin_forms import names_on, person_form, seat_row

pytestmark = pytest.mark.django_db


# ---- finding ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["dai bui", "Đại", "ĐẠI", "đại"])
def test_finds_people_without_accents(office: Client, typed: str) -> None:
    response = office.get(reverse("admin:councils_person_changelist"), {"q": typed})
    assert names_on(response) == ["Bùi Đức Đại"]


@pytest.mark.parametrize(
    ("model", "typed", "expected"),
    [
        ("area", "tan hoa", ["phường Tân Hòa"]),
        ("organization", "so xay", ["Sở Xây dựng"]),
        ("membership", "dai phap", []),
        ("membership", "phuoc uy ban", ["Đặng Hữu Phước, Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Giang"]),
        ("user", "lam nguyen", ["Nguyễn Đình Lâm"]),  # by the person behind the account
        ("user", "thu ha", ["Trần Thu Hà"]),
        ("role", "tran tan hoa", []),
        ("role", "nong", ["Nông Thị Mến: Thư ký, chuyên viên, Thường trực HĐND phường Tân Hòa"]),
        ("post", "pho uy ban", ["Phó Chủ tịch"]),  # also by the kind of body
        ("post", "pho thuong truc", ["Phó Chủ tịch HĐND"]),
    ],
)
def test_every_list_searches_without_accents(
    office: Client, model: str, typed: str, expected: list[str]
) -> None:
    response = office.get(reverse(f"admin:councils_{model}_changelist"), {"q": typed})
    assert names_on(response) == expected


def test_autocomplete_finds_without_accents_and_puts_bodies_in_force_first(office: Client) -> None:
    make.organization("A0", name="Sở Xây dựng cũ", valid_to=date(2025, 6, 30))
    response = office.get(
        reverse("admin:autocomplete"),
        {
            "term": "so xay dung",
            "app_label": "councils",
            "model_name": "membership",
            "field_name": "organization",
        },
    )
    assert [row["text"] for row in response.json()["results"]] == ["Sở Xây dựng", "Sở Xây dựng cũ"]


def test_bodies_in_force_come_first_and_can_be_filtered(office: Client) -> None:
    make.organization("A0", name="Sở cũ", valid_to=date(2025, 6, 30))
    make.organization("A1", name="Sở mới", valid_from=date(2026, 9, 1))
    address = reverse("admin:councils_organization_changelist")
    with clock.at(clock.at_time(date(2026, 6, 26))):
        assert names_on(office.get(address))[-2:] == ["Sở cũ", "Sở mới"]
        assert names_on(office.get(address, {"hieu-luc": "het"})) == ["Sở cũ"]
        assert names_on(office.get(address, {"hieu-luc": "chua"})) == ["Sở mới"]
        today = names_on(office.get(address, {"hieu-luc": "nay", "kind": "department"}))
    assert today == ["Sở Xây dựng"]


@pytest.mark.parametrize(
    "model",
    [
        "area",
        "organization",
        "legislativeterm",
        "councilterm",
        "person",
        "post",
        "membership",
        "user",
        "role",
        "contact",
    ],
)
def test_lists_take_as_many_queries_for_30_rows_as_for_one(office: Client, cast: Cast, model: str) -> None:
    address = reverse(f"admin:councils_{model}_changelist")

    def fill(number: int) -> None:
        for index in range(number):
            body = make.organization(
                kind=OrganizationKind.COUNCIL, area=make.area(parent=cast.world.areas["T"])
            )
            make.term(f"nk-{number}-{index}")
            make.council_term(body)
            make.membership(make.person(), body, f"Chức vụ {number} {index}")
            make.contact(body)
            make.role(make.user(person=make.person()), RoleKind.SECRETARY, body)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get(address).status_code == 200
        return len(captured)

    fill(1)
    count()  # content types are cached from here on
    few = count()
    fill(30)
    assert count() == few


# ---- closed to others -------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["secretary", "leader", "delegate", "partner", "agency", "outsider"])
def test_nobody_else_gets_in(cast: Cast, client: Client, part: str) -> None:
    client.force_login(getattr(cast, part))
    person = cast.world.people["P21"]
    for name, args in (
        ("index", []),
        ("councils_person_changelist", []),
        ("councils_person_change", [person.pk]),
    ):
        assert client.get(reverse(f"admin:{name}", args=args), follow=True).status_code == 403
    response = client.post(
        reverse("admin:councils_person_change", args=[person.pk]), person_form(person, phone="1")
    )
    assert response.status_code == 302
    assert Person.objects.get(pk=person.pk).phone == ""


def test_staff_without_a_role_in_force_sees_nothing(cast: Cast, client: Client) -> None:
    Role.objects.filter(user=cast.admin).update(valid_to=date(2026, 6, 30))
    client.force_login(cast.admin)
    with clock.at(clock.at_time(date(2026, 7, 1))):
        assert client.get(reverse("admin:councils_person_changelist")).status_code == 403
    with clock.at(clock.at_time(date(2026, 6, 30))):
        assert client.get(reverse("admin:councils_person_changelist")).status_code == 200


def test_scripts_in_names_are_text(office: Client) -> None:
    evil = "<script>alert(1)</script>"
    body = make.organization("EVIL", name=evil)
    make.membership(make.person(evil), body)
    for name, args in (
        ("councils_organization_changelist", []),
        ("councils_organization_change", [body.pk]),
        ("councils_membership_changelist", []),
    ):
        page = office.get(reverse(f"admin:{name}", args=args)).content.decode()
        assert (evil in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_every_reference_model_writes_through_the_services() -> None:
    """An admin class that forgets the base would write without audit."""
    unaudited = [
        model.__name__
        for model, made in admin.site._registry.items()
        if model._meta.app_label == "councils" and not isinstance(made, AuditedAdmin)
    ]
    assert unaudited == []


def test_the_history_of_a_row_is_the_audit(office: Client, cast: Cast) -> None:
    person = cast.world.people["P21"]
    seat = person.memberships.get()
    office.post(
        reverse("admin:councils_person_change", args=[person.pk]),
        person_form(person, [seat_row(seat)], 1, phone="0900"),
    )
    response = office.get(reverse("admin:councils_person_history", args=[person.pk]), follow=True)
    assert names_on(response) == ["councils.person.changed: Đặng Hữu Phước"]
