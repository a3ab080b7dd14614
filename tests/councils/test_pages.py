"""The directory: what it shows to whom, in how many queries, and that names are text."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.choices import OrganizationKind
from hdnd.lib import clock
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db

LIST = "councils:organization_list"
DETAIL = "councils:organization_detail"
EVIL = "<script>alert('tên')</script>"


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    """A browser of the secretary."""
    client.force_login(cast.secretary)
    return client


def count_queries(client: Client, address: str, **headers: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, headers=headers).status_code == 200
    return len(captured)


def rows(response: Any) -> list[str]:
    return [body.code for body in response.context["page"]]


def test_the_list_takes_as_many_queries_for_30_bodies_as_for_one(reader: Client, cast: Cast) -> None:
    address = reverse(LIST) + "?tim=rieng"
    for number in range(1, 31):
        make.organization(name=f"Sở Riêng {number}", area=make.area(), parent=cast.world["UBND"])
        if number == 1:
            count_queries(reader, address)
            few = (count_queries(reader, address), count_queries(reader, address, hx_request="true"))
    assert (count_queries(reader, address), count_queries(reader, address, hx_request="true")) == few


def test_the_list_shows_bodies_of_today_and_filters(reader: Client) -> None:
    make.organization("CU", name="Sở Xây dựng cũ", valid_to=date(2025, 6, 30))
    with clock.at(clock.at_time(date(2026, 6, 26))):
        assert rows(reader.get(reverse(LIST), {"tim": "so xay"})) == ["SXD"]
        assert rows(reader.get(reverse(LIST), {"loai": "executive", "cap": "commune"})) == ["X01-UBND"]
        assert rows(reader.get(reverse(LIST), {"tim": "khong co gi"})) == []


def test_the_empty_list_says_what_to_do(reader: Client) -> None:
    page = reader.get(reverse(LIST), {"tim": "khong co gi"}).content.decode()
    assert "Không có cơ quan nào khớp" in page


def test_htmx_gets_the_table_alone(reader: Client) -> None:
    whole = reader.get(reverse(LIST))
    part = reader.get(reverse(LIST), headers={"hx-request": "true"})
    back = reader.get(reverse(LIST), headers={"hx-request": "true", "hx-history-restore-request": "true"})
    has_frame = ["<html" in response.content.decode() for response in (whole, part, back)]
    assert has_frame == [True, False, True]
    assert "Sở Xây dựng" in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_the_list_exports_what_is_filtered(reader: Client) -> None:
    answer = reader.get(reverse(LIST), {"tim": "so xay", "xuat": "csv"})
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table == [
        ["Cơ quan", "Loại", "Cấp", "Đơn vị hành chính", "Mã"],
        ["Sở Xây dựng", "Sở, ban, ngành", "Cấp tỉnh", "tỉnh Vĩnh Giang", "SXD"],
    ]


def test_a_body_is_shown_in_as_many_queries_with_30_of_everything(reader: Client, cast: Cast) -> None:
    body = make.organization("TO", name="Tổ", kind=OrganizationKind.COUNCIL, area=cast.world.areas["T"])
    address = reverse(DETAIL, args=[body.pk])

    def fill(number: int) -> None:
        for _ in range(number):
            make.membership(make.person(), body, "Đại biểu")
            make.membership(
                make.person(), body, "Đại biểu", valid_from=date(2021, 7, 1), valid_to=date(2026, 3, 26)
            )
            make.contact(body)
            make.organization(parent=body, area=make.area())
            body.predecessors.add(make.organization(area=make.area(), valid_to=date(2025, 6, 30)))
            body.successors.add(make.organization(area=make.area()))

    fill(1)
    count_queries(reader, address)
    few = count_queries(reader, address)
    fill(30)
    assert count_queries(reader, address) == few


def test_a_body_shows_its_members_of_today_by_rank(reader: Client, cast: Cast) -> None:
    body = cast.world["TTHDND"]
    make.membership(make.person("Lý Văn Cũ"), body, valid_from=date(2021, 7, 1), valid_to=date(2026, 3, 26))
    with clock.at(clock.at_time(date(2026, 6, 26))):
        response = reader.get(reverse(DETAIL, args=[body.pk]))
    shown = response.context["organization"]
    assert [seat.person.code for seat in shown.members_today] == [
        "P01",
        "P03",
        "P02",
        "P07",
        "P06",
        "P04",
        "P05",
    ]
    assert [seat.person.full_name for seat in shown.members_past] == ["Lý Văn Cũ"]
    page = response.content.decode()
    assert page.index("Nguyễn Đình Lâm") < page.index("Lê Quang Vịnh") < page.index("Bùi Đức Đại")
    assert page.index("Bùi Đức Đại") < page.index("Lý Văn Cũ")


def test_addresses_and_the_way_to_admin_are_for_those_who_need_them(cast: Cast, client: Client) -> None:
    body = cast.world["UBND"]
    make.contact(body, "vanthu@ubnd.test")
    make.contact(body, "cu@ubnd.test", valid_to=date(2025, 1, 1))
    edit = reverse("admin:councils_organization_change", args=[body.pk])
    seen = {}
    for name, user in cast.persons().items():
        if user:
            client.force_login(user)
            page = client.get(reverse(DETAIL, args=[body.pk])).content.decode()
            seen[name] = ("vanthu@ubnd.test" in page, "cu@ubnd.test" in page, edit in page)
    assert seen == {
        "secretary": (True, False, False),
        "leader": (True, False, False),
        "delegate": (False, False, False),
        "partner": (True, False, False),
        "agency": (True, False, False),
        "outsider": (True, False, False),
        "admin": (True, False, True),
    }


def test_predecessors_and_successors_are_shown_with_their_dates(reader: Client, cast: Cast) -> None:
    old = make.organization("CU", name="Thường trực HĐND thành phố cũ", valid_to=date(2025, 6, 30))
    old.successors.add(cast.world["X01-TT"])
    page = reader.get(reverse(DETAIL, args=[cast.world["X01-TT"].pk])).content.decode()
    assert "Thường trực HĐND thành phố cũ" in page
    assert "30/06/2025" in page
    page = reader.get(reverse(DETAIL, args=[old.pk])).content.decode()
    assert "Thường trực HĐND phường Tân Hòa" in page
    assert "01/07/2025" in page


def test_scripts_in_names_are_text(reader: Client, cast: Cast) -> None:
    area = make.area("EVIL", name=EVIL)
    body = make.organization("EVIL", name=EVIL, short_name=EVIL, area=area, kind=OrganizationKind.COUNCIL)
    other = make.organization("EVIL2", name=EVIL, parent=body, area=area)
    body.predecessors.add(other)
    body.successors.add(other)
    make.membership(make.person(EVIL), body, EVIL, constituency=EVIL)
    make.membership(make.person(EVIL), body, EVIL, valid_to=date(2026, 4, 1))
    make.contact(body, name=EVIL, phone=EVIL)
    for address in (reverse(LIST) + "?tim=script", reverse(DETAIL, args=[body.pk])):
        page = reader.get(address).content.decode()
        assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)
