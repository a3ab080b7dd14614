"""Who has what right, on one page."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.choices import RIGHTS_IN_WORDS, RoleKind
from hdnd.lib import clock
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = "councils:role_list"
NOON = clock.at_time(date(2026, 6, 26), 12)


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    """A browser of the administrator."""
    client.force_login(cast.admin)
    return client


def names(response: Any) -> list[str]:
    return sorted(role.user.username for role in response.context["page"])


def test_roles_of_today_of_everyone_with_what_they_mean(admin: Client, cast: Cast) -> None:
    past = make.user("cu")
    make.role(past, RoleKind.SECRETARY, cast.world["X03-TT"], valid_to=date(2026, 6, 25))
    make.role(make.user("sau"), RoleKind.LIAISON, cast.world["MTTQ"], valid_from=date(2026, 6, 27))
    with clock.at(NOON):
        page = admin.get(reverse(LIST))
        assert names(page) == ["daibieu", "lanhdao", "quantri", "soxd", "tanhoa", "thuky", "ubnd"]
        assert names(admin.get(reverse(LIST), {"hieu_luc": "het"})) == ["cu"]
        assert names(admin.get(reverse(LIST), {"hieu_luc": "chua"})) == ["sau"]
        assert len(names(admin.get(reverse(LIST), {"hieu_luc": "moi"}))) == 9
    assert [words in page.content.decode() for words in RIGHTS_IN_WORDS.values()] == [True] * 6


def test_every_role_has_its_words() -> None:
    assert sorted(RIGHTS_IN_WORDS) == sorted(RoleKind.values)


def test_it_is_searched_by_person_body_and_kind(admin: Client) -> None:
    assert names(admin.get(reverse(LIST), {"tim": "dinh lam"})) == ["lanhdao"]
    assert names(admin.get(reverse(LIST), {"tim": "thuong truc tinh"})) == ["lanhdao", "thuky"]
    assert names(admin.get(reverse(LIST), {"vai_tro": "liaison"})) == ["ubnd"]


def test_it_exports_with_dates_and_standing(admin: Client, cast: Cast) -> None:
    locked = make.user("khoa", first_name="Khóa", last_name="Lý", is_active=False)
    make.role(locked, RoleKind.AGENCY, cast.world["SXD"], valid_from=date(2026, 1, 1))
    with clock.at(NOON):
        answer = admin.get(reverse(LIST), {"tim": "khoa", "xuat": "csv"})
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[1:] == [
        ["Lý Khóa", "khoa", "Cơ quan chuyên môn", "Sở Xây dựng", "01/01/2026", "", "", "tài khoản khóa"]
    ]


def test_as_many_queries_for_30_roles_as_for_one(admin: Client, cast: Cast) -> None:
    counts = []
    for number in (1, 1, 30):
        for _ in range(number):
            account = make.user(person=make.person("Đào Riêng Biệt"))
            make.role(account, RoleKind.DELEGATE, make.organization(name="Riêng"))
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(reverse(LIST), {"tim": "rieng biet"}).status_code == 200
        counts.append(len(captured))
    assert counts[1] == counts[2]
