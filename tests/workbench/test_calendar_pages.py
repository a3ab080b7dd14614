"""The calendar as a page."""

import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from hdnd.lib import clock
from meetings.choices import MeetingState
from tests.cast import Cast
from tests.meetings import factories

NOW = datetime(2026, 6, 24, 9, 0, tzinfo=clock.VIETNAM)
VIEWS = ("thang", "tuan", "danh-sach")


@pytest.fixture(autouse=True)
def _now(set_clock: Any) -> None:
    set_clock(NOW)


def page(client: Client, user: Any, query: str) -> str:
    client.force_login(user)
    response = client.get(f"/lich/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def events(html: str) -> list[tuple[str, str]]:
    """State and title of every meeting drawn in days."""
    found = re.findall(r'class="event (\w+)" href="[^"]+"><small>([^<]+)</small><span>([^<]+)</span>', html)
    return [(f"{tone}: {small}", title) for tone, small, title in found]


def test_a_month_says_time_state_and_title(cast: Cast, client: Client) -> None:
    factories.meeting(cast.world, title="Phiên họp <3>", starts_at=NOW.replace(hour=14))
    factories.meeting(
        cast.world, title="Họp đã hủy", starts_at=NOW.replace(day=25), state=MeetingState.CANCELLED
    )
    html = page(client, cast.secretary, "cua=hdnd")
    assert events(html) == [
        ("waiting: 14:00 · Đã mời", "Phiên họp &lt;3&gt;"), ("off: 09:00 · Đã hủy", "Họp đã hủy"),
    ]  # fmt: skip
    assert "<h1>Tháng 6/2026</h1>" in html
    assert 'href="?xem=thang&amp;cua=hdnd&amp;ngay=2026-05-31" rel="prev"' in html
    assert 'href="?xem=thang&amp;cua=hdnd&amp;ngay=2026-07-01" rel="next"' in html


def test_the_week_adds_place_host_and_chair(cast: Cast, client: Client) -> None:
    factories.meeting(cast.world, title="Trong tuần", starts_at=NOW)
    factories.meeting(cast.world, title="Tuần sau", starts_at=NOW + timedelta(days=7))
    html = page(client, cast.secretary, "xem=tuan&cua=co-quan")
    assert [title for _, title in events(html)] == ["Trong tuần"]
    where = re.findall(r'<small class="where">(.*?)</small>', html)
    assert where == ["Phòng họp số 2<br>Thường trực HĐND tỉnh Vĩnh Giang<br>Chủ trì: Nguyễn Đình Lâm"]
    assert "<h1>Tuần 22/06 – 28/06/2026</h1>" in html


def test_the_list_is_searched_and_exported(cast: Cast, client: Client) -> None:
    factories.meeting(cast.world, title="Thẩm tra dự thảo", starts_at=NOW)
    factories.meeting(cast.world, title="Giao ban", starts_at=NOW + timedelta(days=1))
    factories.meeting(cast.world, title="Thẩm tra tháng sau", starts_at=NOW + timedelta(days=30))
    html = page(client, cast.secretary, "xem=danh-sach&cua=hdnd&tim=tham+tra")
    assert re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', html) == ["Thẩm tra dự thảo"]
    response = client.get("/lich/?xem=danh-sach&cua=hdnd&xuat=xlsx")
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)  # type: ignore[union-attr]
    assert rows == [
        ("Thời gian", "Cuộc họp", "Cơ quan tổ chức", "Địa điểm", "Chủ trì", "Trạng thái"),
        ("thứ Tư, 24/06/2026, 09:00", "Thẩm tra dự thảo", "Thường trực HĐND tỉnh Vĩnh Giang", "Phòng họp số 2",
         "Nguyễn Đình Lâm", "Đã mời"),
        ("thứ Năm, 25/06/2026, 09:00", "Giao ban", "Thường trực HĐND tỉnh Vĩnh Giang", "Phòng họp số 2",
         "Nguyễn Đình Lâm", "Đã mời"),
    ]  # fmt: skip


def test_an_account_without_a_person_starts_with_its_body(cast: Cast, client: Client) -> None:
    factories.meeting(cast.world, title="Của Thường trực", chair=None, starts_at=NOW)
    assert [title for _, title in events(page(client, cast.secretary, ""))] == ["Của Thường trực"]
    assert "Tài khoản này chưa gắn với người nào" in page(client, cast.secretary, "cua=toi")
    assert [title for _, title in events(page(client, cast.leader, ""))] == ["Của Thường trực"]
    assert "chưa gắn với người nào" not in page(client, cast.leader, "cua=toi")


@pytest.mark.parametrize("query", ["ngay=0000-00-00", "ngay=9999-12-31", "xem=x&cua=y&han=z", "ngay=%00"])
def test_what_makes_no_sense_is_this_month(query: str, cast: Cast, client: Client) -> None:
    assert "<h1>Tháng 6/2026</h1>" in page(client, cast.secretary, query)


@pytest.mark.parametrize("view", VIEWS)
def test_the_number_of_queries_does_not_depend_on_the_meetings(view: str, cast: Cast, client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, cast.leader, f"xem={view}&cua=hdnd&han=1")
        return len(captured)

    factories.meeting(cast.world, starts_at=NOW)
    count()
    one = count()
    for hour in range(29):
        made = factories.meeting(cast.world, starts_at=NOW + timedelta(hours=hour))
        factories.invitation(made, cast.world["UBND"])
    assert count() == one
    assert one <= 15


def test_the_calendar_is_a_room_of_its_own_in_the_rail(cast: Cast, client: Client) -> None:
    html = page(client, cast.secretary, "")
    rail = re.findall(r'<a class="nav[^"]*" href="([^"]+)"( aria-current="page")?>', html)
    assert rail[:3] == [("/", ""), ("/lich/", ' aria-current="page"'), ("/cuoc-hop/", "")]
