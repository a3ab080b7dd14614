"""Django admin writes through the services: checked, audited, refused with the way out."""

import unicodedata
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from councils.models import Area, Membership, Organization, Person, Role, User
from hdnd.audit.models import Entry
from tests import factories as make
from tests.cast import Cast
from tests.councils.admin_forms import (
    account_form,
    body_form,
    errors,
    inline,
    person_form,
    seat_row,
    verbs,
)

pytestmark = pytest.mark.django_db


# ---- saving -----------------------------------------------------------------------------------------------


def test_saving_is_audited_once_with_the_actor(office: Client, cast: Cast) -> None:
    person = cast.world.people["P21"]
    seat = person.memberships.get()
    data = person_form(person, [seat_row(seat)], stored=1, phone="0900")
    response = office.post(reverse("admin:councils_person_change", args=[person.pk]), data)
    assert response.status_code == 302
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.changes) == (
        "councils.person.changed", cast.admin, {"phone": ["", "0900"]},
    )  # fmt: skip
    assert LogEntry.objects.count() == 0


def test_adding_with_an_inline_audits_both(office: Client, cast: Cast) -> None:
    body = cast.world["UBND"]
    row = {
        "organization": body.pk,
        "post": make.post(body.kind, "Phó Chủ tịch").pk,
        "valid_from": "01/07/2026",
    }
    data = person_form(Person(full_name="Hà Thị Phó", code="P90"), [row])
    assert office.post(reverse("admin:councils_person_add"), data).status_code == 302
    assert Membership.objects.get(person__code="P90").valid_from == date(2026, 7, 1)
    assert verbs() == ["councils.person.created", "councils.membership.created"]


def test_decomposed_text_is_stored_composed(office: Client) -> None:
    data = person_form(Person(full_name=unicodedata.normalize("NFD", "Bùi Đức Hướng"), code="P90"))
    assert office.post(reverse("admin:councils_person_add"), data).status_code == 302
    assert Person.objects.get(code="P90").full_name == "Bùi Đức Hướng"


def test_an_overlapping_seat_gives_the_models_message(office: Client, cast: Cast) -> None:
    person = cast.world.people["P21"]
    seat = person.memberships.get()
    row = {"organization": seat.organization_id, "post": seat.post_id, "valid_from": "01/07/2026"}
    address = reverse("admin:councils_person_change", args=[person.pk])
    response = office.post(address, person_form(person, [seat_row(seat), row], stored=1))
    assert errors(response) == [
        {
            "valid_from": [
                (
                    "Trùng thời gian với tư cách Chủ tịch từ 27/03/2026 đến nay. "
                    "Kết thúc tư cách cũ trước ngày bắt đầu tư cách mới."
                )
            ]
        }
    ]
    assert (person.memberships.count(), verbs()) == (1, [])


def test_ending_a_seat_and_beginning_the_next_is_one_save(office: Client, cast: Cast) -> None:
    person = cast.world.people["P21"]
    seat = person.memberships.get()
    row = {"organization": seat.organization_id, "post": seat.post_id, "valid_from": "01/07/2026"}
    data = person_form(person, [seat_row(seat, valid_to="30/06/2026"), row], stored=1)
    assert office.post(reverse("admin:councils_person_change", args=[person.pk]), data).status_code == 302
    assert sorted(person.memberships.values_list("valid_from", "valid_to"), key=str) == [
        (date(2026, 3, 27), date(2026, 6, 30)),
        (date(2026, 7, 1), None),
    ]
    assert verbs() == ["councils.membership.changed", "councils.membership.created"]


def test_two_new_seats_that_overlap_each_other_are_refused(office: Client, cast: Cast) -> None:
    body = cast.world["UBND"]
    post = make.post(body.kind, "Ủy viên").pk
    rows = [
        {"person": cast.world.people["P08"].pk, "post": post, "valid_from": day}
        for day in ("01/07/2026", "01/08/2026")
    ]
    seat = Membership.objects.get(organization=body)
    data = body_form(body, **inline("memberships", [seat_row(seat), *rows], 1))
    response = office.post(reverse("admin:councils_organization_change", args=[body.pk]), data)
    assert [list(row) for row in errors(response)] == [["valid_from"]]
    assert Membership.objects.filter(organization=body).count() == 1


def test_an_end_before_the_start_is_refused_beside_the_field(office: Client, cast: Cast) -> None:
    person = cast.world.people["P21"]
    seat = person.memberships.get()
    data = person_form(person, [seat_row(seat, valid_to="01/01/2026")], stored=1)
    response = office.post(reverse("admin:councils_person_change", args=[person.pk]), data)
    assert [list(row) for row in errors(response)] == [["valid_to"]]


def test_posts_offered_under_a_body_are_those_of_its_kind(office: Client, cast: Cast) -> None:
    body = cast.world["UBND"]
    response = office.get(reverse("admin:councils_organization_change", args=[body.pk]))
    formset = next(
        item.formset
        for item in response.context["inline_admin_formsets"]
        if item.formset.prefix == "memberships"
    )
    labels = [label for _, label in formset.empty_form.fields["post"].choices]
    assert labels == ["---------", "Chủ tịch", "Phó Chủ tịch", "Ủy viên"]


def test_contacts_and_roles_under_a_body(office: Client, cast: Cast) -> None:
    body, account = cast.world["MTTQ"], make.user("mttq")
    data = body_form(
        body,
        **inline(
            "contacts",
            [{"kind": "clerk", "name": "Văn thư", "email": "vt@mttq.test", "receives_invitations": "on"}],
        ),
        **inline("roles", [{"user": account.pk, "kind": "liaison", "valid_from": "01/07/2026"}]),
    )
    assert office.post(reverse("admin:councils_organization_change", args=[body.pk]), data).status_code == 302
    assert (body.contacts.get().email, account.roles.get().valid_from) == ("vt@mttq.test", date(2026, 7, 1))
    assert verbs() == ["councils.contact.created", "councils.role.created"]


def test_deleting_an_inline_row_is_audited(office: Client, cast: Cast) -> None:
    person = cast.world.people["P21"]
    seat = person.memberships.get()
    data = person_form(person, [seat_row(seat, DELETE="on")], stored=1)
    assert office.post(reverse("admin:councils_person_change", args=[person.pk]), data).status_code == 302
    assert (person.memberships.count(), verbs()) == (0, ["councils.membership.deleted"])


def test_successors_are_audited(office: Client, cast: Cast) -> None:
    areas = cast.world.areas
    old = make.area("H0101", name="phường cũ", kind="ward", parent=areas["T"], valid_to=date(2025, 6, 30))
    data = {
        "code": old.code, "name": old.name, "kind": "ward", "parent": areas["T"].pk, "valid_to": "30/06/2025",
        "successors": [areas["X01"].pk, areas["X03"].pk],
    }  # fmt: skip
    address = reverse("admin:councils_area_change", args=[old.pk])
    assert office.post(address, data).status_code == 302
    entry = Entry.objects.get()
    assert (entry.verb, entry.changes) == (
        "councils.area.relations_changed", {"successors": [[], ["phường Tân Hòa", "xã Phú Lộc"]]},
    )  # fmt: skip
    assert office.post(address, data).status_code == 302
    assert Entry.objects.count() == 1


# ---- deleting ---------------------------------------------------------------------------------------------


def test_what_others_refer_to_is_refused_with_the_way_out(office: Client, cast: Cast) -> None:
    body = cast.world["UBND"]
    response = office.post(
        reverse("admin:councils_organization_delete", args=[body.pk]), {"post": "yes"}, follow=True
    )
    assert [str(message) for message in response.context["messages"]] == [
        (
            "Không xóa được “Ủy ban nhân dân tỉnh Vĩnh Giang”: còn 3 bản ghi đang dùng đến. "
            "Hãy nhập “đến hết ngày” để kết thúc hiệu lực thay vì xóa."
        )
    ]
    assert (Organization.objects.filter(pk=body.pk).count(), verbs()) == (1, [])


def test_deleting_what_nothing_refers_to_is_audited(office: Client) -> None:
    area = make.area("X99")
    assert (
        office.post(reverse("admin:councils_area_delete", args=[area.pk]), {"post": "yes"}).status_code == 302
    )
    assert (Area.objects.filter(code="X99").count(), verbs()) == (0, ["councils.area.deleted"])


# ---- accounts ---------------------------------------------------------------------------------------------


def test_an_account_is_made_with_password_and_role(office: Client, cast: Cast) -> None:
    roles = inline(
        "roles", [{"organization": cast.world["MTTQ"].pk, "kind": "liaison", "valid_from": "01/01/2026"}]
    )
    assert office.post(reverse("admin:councils_user_add"), account_form(**roles)).status_code == 302
    account = User.objects.get(username="moi")
    assert (account.check_password(make.PASSWORD), account.is_staff, account.is_superuser) == (
        True,
        False,
        False,
    )
    assert account.roles.get().organization == cast.world["MTTQ"]
    assert verbs() == ["councils.user.created", "councils.role.created"]
    assert "password" not in Entry.objects.order_by("pk")[0].changes


def test_the_administrators_role_opens_and_closes_admin(office: Client) -> None:
    roles = inline("roles", [{"organization": "", "kind": "administrator"}])
    assert office.post(reverse("admin:councils_user_add"), account_form(**roles)).status_code == 302
    account = User.objects.get(username="moi")
    assert account.is_staff is True
    role = account.roles.get()
    data = {"username": "moi", "is_active": "on", "email": account.email} | inline(
        "roles",
        [{"id": role.pk, "user": account.pk, "organization": "", "kind": role.kind, "DELETE": "on"}],
        1,
    )
    assert office.post(reverse("admin:councils_user_change", args=[account.pk]), data).status_code == 302
    assert (Role.objects.filter(user=account).count(), User.objects.get(username="moi").is_staff) == (
        0,
        False,
    )


def test_an_account_without_password_opens_by_mail_only(office: Client) -> None:
    """Nobody gets in with an empty password, and nobody is left without a way to set one."""
    address = reverse("admin:councils_user_add")
    without = {"password1": "", "password2": ""}
    assert office.post(address, account_form(**without)).status_code == 302
    account = User.objects.get(username="moi")
    assert (account.has_usable_password(), account.check_password("")) == (False, False)
    for values, field in (
        (without | {"email": ""}, "email"),
        ({"password2": ""}, "password2"),
        ({"password1": ""}, "password2"),
    ):
        refused = office.post(address, account_form(username="khac", **values))
        assert list(refused.context["adminform"].form.errors) == [field]
    assert User.objects.filter(username="khac").count() == 0


def test_a_role_without_body_is_refused_beside_the_field(office: Client) -> None:
    roles = inline("roles", [{"organization": "", "kind": "secretary"}])
    response = office.post(reverse("admin:councils_user_add"), account_form(**roles))
    assert errors(response) == [
        {
            "organization": [
                "Vai trò này phải gắn với một cơ quan. Chọn cơ quan, hoặc chọn vai trò quản trị hệ thống."
            ]
        }
    ]
    assert User.objects.filter(username="moi").count() == 0


def test_setting_a_password_is_audited_without_it(office: Client, cast: Cast) -> None:
    new = "Mat-khau-khac-2027"
    data = {"password1": new, "password2": new, "set-password": "x"}
    address = reverse("admin:auth_user_password_change", args=[cast.agency.pk])
    assert office.post(address, data | {"password2": "khác"}).status_code == 200
    assert verbs() == []
    assert office.post(address, data).status_code == 302
    assert User.objects.get(pk=cast.agency.pk).check_password(new) is True
    entry = Entry.objects.get()
    assert (entry.verb, entry.object, entry.changes) == ("councils.user.password_set", cast.agency, {})
