"""The journal as a page: found by text, actor, act, object and day; changed by nobody."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hdnd.audit.services import record, record_many
from hdnd.audit.verbs import in_words
from hdnd.lib import clock
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PAGE = "councils:journal"
EVIL = "<script>alert('tên')</script>"


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    """A browser of the administrator over four entries of three days."""
    people, body = cast.world.people, cast.world["TTHDND"]
    for day, verb, target, actor in (
        (24, "councils.person.changed", people["P07"], cast.admin),
        (25, "meetings.minutes.approved", body, cast.leader),
        (26, "meetings.invitation.answered", body, None),
        (26, "councils.person.deleted", people["P08"], cast.admin),
    ):
        with clock.at(clock.at_time(date(2026, 6, day), 23, 30)):
            changes = {"full_name": ["Bùi Đại", "Bùi Đức Đại"]} if verb.endswith("changed") else {}
            record(verb, target, actor=actor, actor_name="" if actor else "Lê Văn Khách", changes=changes)
    client.force_login(cast.admin)
    return client


def found(client: Client, **asked: str) -> list[str]:
    return [entry.verb for entry in client.get(reverse(PAGE), asked).context["page"]]


def test_newest_first_in_words(admin: Client) -> None:
    page = admin.get(reverse(PAGE))
    assert [entry.in_words for entry in page.context["page"]] == [
        "Xóa người", "Trả lời giấy mời", "Duyệt và khóa biên bản", "Sửa người",
    ]  # fmt: skip
    assert "Bùi Đại → Bùi Đức Đại" in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "verbs"),
    [
        ({"tim": "bien ban"}, ["meetings.minutes.approved"]),
        ({"tim": "đức đại"}, ["councils.person.changed"]),
        ({"tim": "Khách"}, ["meetings.invitation.answered"]),
        ({"nguoi": "dinh lam"}, ["meetings.minutes.approved"]),
        ({"nguoi": "Lê Văn"}, ["meetings.invitation.answered"]),
        ({"viec": ".deleted"}, ["councils.person.deleted"]),
        ({"viec": "meetings.minutes.approved"}, ["meetings.minutes.approved"]),
        ({"tu": "2026-06-25", "den": "2026-06-25"}, ["meetings.minutes.approved"]),
        ({"den": "2026-06-24"}, ["councils.person.changed"]),
        ({"tu": "2026-06-27"}, []),
    ],
)
def test_it_is_found(admin: Client, asked: dict[str, str], verbs: list[str]) -> None:
    assert found(admin, **asked) == verbs


def test_it_is_found_by_the_kind_of_object(admin: Client) -> None:
    page = admin.get(reverse(PAGE))
    kinds = {label: key for key, label in page.context["filter"].filters["loai"].extra["choices"]}
    assert sorted(kinds) == ["cơ quan, tổ chức", "người"]
    assert found(admin, loai=kinds["người"]) == ["councils.person.deleted", "councils.person.changed"]


def test_it_exports_what_is_found(admin: Client) -> None:
    answer = admin.get(reverse(PAGE), {"den": "2026-06-24", "xuat": "csv"})
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table == [
        ["Thời điểm", "Người làm", "Việc", "Loại", "Đối tượng", "Thay đổi"],
        ["thứ Tư, 24/06/2026, 23:30", "Lâm Quốc Bảo", "Sửa người", "người", "Bùi Đức Đại",
         "họ và tên: Bùi Đại → Bùi Đức Đại"],
    ]  # fmt: skip


def test_as_many_queries_for_30_entries_as_for_one(admin: Client, cast: Cast) -> None:
    counts = []
    for number in (1, 1, 30):
        for index in range(number):
            target: Any = make.person(f"Riêng {index}") if index % 2 else make.organization(name="Riêng")
            record("councils.person.created", target, actor=cast.admin, changes={"name": [None, "x"]})
        with CaptureQueriesContext(connection) as captured:
            assert len(found(admin, tim="Riêng")) >= number
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_scripts_in_names_are_text(admin: Client, cast: Cast) -> None:
    record(
        "councils.person.created", make.person(EVIL), actor=cast.admin, changes={"full_name": [None, EVIL]}
    )
    page = admin.get(reverse(PAGE)).content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)


def test_words_of_acts() -> None:
    assert [in_words(verb) for verb in ("councils.role.created", "documents.issuer.changed", "a.b.c")] == [
        "Thêm vai trò", "Sửa thể thức của cơ quan ban hành", "a.b.c",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_many_entries_too_need_a_transaction() -> None:
    person = make.person()
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record_many([("councils.person.changed", person, {})], actor=None)
    with transaction.atomic():
        record_many([("councils.person.changed", person, {"a": date(2026, 1, 1)})], actor=None)
