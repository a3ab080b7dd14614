"""Phối hợp in the browser: who sees which duties, search, export, waiving."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.models import Duty
from coordination.services import raise_duties
from tests.cast import Cast
from tests.coordination.test_duties import REASON, clause, occasion

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(cast: Cast) -> Duty:
    clause()
    (made,) = raise_duties(
        occasion=occasion(cast.world, title="Phiên họp về <script>alert(1)</script> đất đai"),
        actor=cast.secretary,
    )
    return made


def test_both_sides_see_it_and_nobody_else(cast: Cast, client: Client, duty: Duty) -> None:
    address = reverse("coordination:duty_detail", args=[duty.pk])
    seen = {}
    for name in ("secretary", "leader", "delegate", "partner", "agency", "outsider", "admin"):
        client.force_login(getattr(cast, name))
        seen[name] = client.get(address).status_code
    assert seen == {
        "secretary": 200, "leader": 200, "delegate": 200, "partner": 200, "agency": 404, "outsider": 404, "admin": 200,
    }  # fmt: skip


@pytest.mark.parametrize(("typed", "count"), [("dat dai", 1), ("ĐẤT", 1), ("không có", 0), ("", 1)])
def test_search_without_accents(cast: Cast, client: Client, duty: Duty, typed: str, count: int) -> None:
    client.force_login(cast.secretary)
    page = client.get(reverse("coordination:duty_list"), {"tim": typed})
    assert page.context["page"].paginator.count == count


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"ben": "no"}, 1),
        ({"ben": "duoc"}, 0),
        ({"trang_thai": "met"}, 0),
        ({"dieu_khoan": "R09"}, 1),
        ({"nam": "2026"}, 1),
    ],
)
def test_filters(cast: Cast, client: Client, duty: Duty, query: dict[str, str], count: int) -> None:
    client.force_login(cast.secretary)
    page = client.get(reverse("coordination:duty_list"), query)
    assert page.context["page"].paginator.count == count


def test_scripts_are_text(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.secretary)
    for address in (reverse("coordination:duty_list"), reverse("coordination:duty_detail", args=[duty.pk])):
        content = client.get(address).content.decode()
        assert "<script>alert(1)</script>" not in content
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content


def test_a_list_of_30_takes_as_many_queries_as_one(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.secretary)
    address = reverse("coordination:duty_list")

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    count()
    few = count()
    for index in range(30):
        clause(code=f"C{index}")
    raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    assert (count(), Duty.objects.count()) == (few, 31)


def test_exports(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.secretary)
    text = client.get(reverse("coordination:duty_list"), {"xuat": "csv"}).content.decode("utf-8-sig")
    assert text.splitlines()[0] == "Hạn,Sự kiện,Điều khoản,Bên phải làm,Việc,Bên được hưởng,Trạng thái"
    assert "19/06/2026" in text


def test_waiving_in_the_browser(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.secretary)
    address = reverse("coordination:duty_detail", args=[duty.pk])
    refused = client.post(address, {"reason": "bận"})
    assert (refused.status_code, refused.context["form"]["reason"].value()) == (422, "bận")
    assert "quá ngắn" in refused.content.decode()
    assert client.post(address, {"reason": REASON}).status_code == 302
    assert Duty.objects.get().waived_reason == REASON
    client.force_login(cast.partner)
    assert client.post(address, {"reason": ""}).status_code == 403


def test_regulations_are_shown_with_their_clauses(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.partner)
    listed = client.get(reverse("coordination:regulation_list")).content.decode()
    assert "1 điều khoản" in listed
    detail = client.get(
        reverse("coordination:regulation_detail", args=[duty.clause.regulation_id])
    ).content.decode()
    assert "Mời lãnh đạo UBND." in detail
    assert date(2020, 1, 1).strftime("%d/%m/%Y") in detail
