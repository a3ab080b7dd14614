"""The guided pages: first the plan, then the deed that was read; nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Membership, Organization, Role, User
from tests import factories as make
from tests.cast import Cast
from tests.ledger import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    """A browser of the administrator."""
    client.force_login(cast.admin)
    return client


def merger(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "sources": [cast.world["SXD"].pk],
        "successor": cast.world["UBND"].pk,
        "day": "2026-07-01",
        **changes,
    }


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


def test_a_plan_is_shown_and_nothing_is_done_until_it_is_confirmed(admin: Client, cast: Cast) -> None:
    make.membership(make.person("Giám Đốc"), cast.world["SXD"])
    admin.get(reverse("councils:merger"))
    before = everything()
    page = admin.post(reverse("councils:merger"), merger(cast))
    assert everything() == before
    text = page.content.decode()
    told = [section.title for section in page.context["plan"].sections]
    assert told == [
        "Kết thúc đến hết ngày 30/06/2026", "Tư cách thành viên kết thúc đến hết ngày 30/06/2026",
        "Tài khoản chuyển từ ngày 01/07/2026", "Còn phải làm bằng tay",
    ]  # fmt: skip
    assert "Giám Đốc, Ủy viên, Sở Xây dựng" in text
    done = admin.post(
        reverse("councils:merger"), merger(cast, confirm="1", mark=page.context["plan"].mark), follow=True
    )
    assert [str(message) for message in done.context["messages"]] == ["Đã sáp nhập."]
    assert Organization.objects.get(code="SXD").successors.get() == cast.world["UBND"]


def test_a_plan_that_changed_is_shown_again(admin: Client, cast: Cast) -> None:
    mark = admin.post(reverse("councils:merger"), merger(cast)).context["plan"].mark
    make.contact(cast.world["SXD"], "moi@soxd.test")
    answer = admin.post(reverse("councils:merger"), merger(cast, confirm="1", mark=mark))
    assert errors(answer)["__all__"] == [
        "Dữ liệu đã thay đổi từ lúc xem trước, chưa làm gì. Xem lại các mục bên dưới rồi xác nhận."
    ]
    assert "moi@soxd.test" in str(answer.context["plan"].sections)
    assert Organization.objects.get(code="SXD").valid_to is None


def test_its_own_successor_is_refused_beside_the_field(admin: Client, cast: Cast) -> None:
    answer = admin.post(reverse("councils:merger"), merger(cast, successor=cast.world["SXD"].pk))
    assert errors(answer) == {
        "successor": [
            "Sở Xây dựng không thể kế thừa chính mình. Bỏ khỏi danh sách kết thúc, hoặc chọn cơ quan khác."
        ]
    }
    assert (answer.context["plan"], answer.context["form"]["day"].value()) == (None, "2026-07-01")


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"sources": []}, ["sources"]),
        ({"day": "31/02/2026"}, ["day"]),
        ({"successor": ""}, ["new_code", "new_name"]),
        ({"new_code": "MOI", "new_name": "Mới"}, ["successor"]),
        ({"successor": "", "new_code": "UBND", "new_name": "Trùng mã"}, ["new_code"]),
    ],
)
def test_what_is_missing_or_double_is_said(
    admin: Client, cast: Cast, changes: dict[str, Any], fields: list[str]
) -> None:
    assert sorted(errors(admin.post(reverse("councils:merger"), merger(cast, **changes)))) == fields


def test_a_new_body_like_those_that_end(admin: Client, cast: Cast) -> None:
    data = merger(cast, successor="", new_code="SXD2", new_name="Sở Xây dựng và Giao thông")
    mark = admin.post(reverse("councils:merger"), data).context["plan"].mark
    admin.post(reverse("councils:merger"), {**data, "confirm": "1", "mark": mark})
    made = Organization.objects.get(code="SXD2")
    assert (made.kind, made.area, made.parent, str(made.valid_from)) == (
        "department", cast.world.areas["T"], cast.world["UBND"], "2026-07-01",
    )  # fmt: skip


def test_a_new_term(admin: Client, cast: Cast) -> None:
    term = make.term("2031-2036", valid_from="2031-03-21")
    data = {
        "council": cast.world["HDND"].pk, "term": term.pk, "ordinal": "XIX", "seats": "62", "last_day": "2031-03-20",
    }  # fmt: skip
    mark = admin.post(reverse("councils:term"), data).context["plan"].mark
    assert Membership.objects.filter(valid_to=None).count() == 16
    admin.post(reverse("councils:term"), {**data, "confirm": "1", "mark": mark})
    assert Membership.objects.filter(valid_to=None).count() == 1  # UBND's


def test_a_liaison_leaves_to_a_new_account(admin: Client, cast: Cast) -> None:
    data = {
        "leaver": cast.partner.pk, "username": "moi", "last_name": "Lê Thị", "first_name": "Mới",
        "email": "moi@ubnd.test", "day": "2026-07-01",
    }  # fmt: skip
    mark = admin.post(reverse("councils:liaison"), data).context["plan"].mark
    admin.post(reverse("councils:liaison"), {**data, "confirm": "1", "mark": mark})
    assert Role.objects.get(user=User.objects.get(username="moi")).organization == cast.world["UBND"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, ["email", "first_name", "last_name", "username"]),
        ({"successor": "soxd", "username": "moi"}, ["successor"]),
        ({"successor": "ubnd"}, ["successor"]),
        (
            {"username": "soxd", "last_name": "A", "first_name": "B", "email": "a@b.test"},
            ["username"],
        ),
        ({"username": "moi", "last_name": "A", "first_name": "B", "email": "a@"}, ["email"]),
    ],
)
def test_a_successor_is_one_person(
    admin: Client, cast: Cast, changes: dict[str, Any], fields: list[str]
) -> None:
    data = {"leaver": cast.partner.pk, "day": "2026-07-01", **changes}
    if "successor" in data:
        data["successor"] = User.objects.get(username=data["successor"]).pk
    assert sorted(errors(admin.post(reverse("councils:liaison"), data))) == fields


def test_a_new_body_does_not_stand_below_one_that_ends(admin: Client, cast: Cast) -> None:
    sources = [cast.world["UBND"].pk, cast.world["SXD"].pk]
    data = merger(cast, sources=sources, successor="", new_code="MOI", new_name="Cơ quan mới")
    plan = admin.post(reverse("councils:merger"), data).context["plan"]
    assert plan.successor.parent is None
