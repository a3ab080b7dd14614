"""The journal: one entry for one call, in its transaction, and read-only for everyone."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.models import Person
from hdnd.audit.models import Entry
from hdnd.audit.services import changed, plain, record
from hdnd.lib import clock
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    person = make.person()
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record("councils.person.changed", person, actor=None)
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_its_transaction() -> None:
    person = make.person()

    @transaction.atomic
    def fails_after_its_entry() -> None:
        record("councils.person.changed", person, actor=None)
        raise KeyError

    with pytest.raises(KeyError):
        fails_after_its_entry()
    assert Entry.objects.count() == 0


def test_who_is_named(cast: Cast) -> None:
    person = cast.world.people["P07"]
    by_account = record("a.b.c", person, actor=cast.leader)
    by_link = record("a.b.c", person, actor=None, actor_name="Lê Văn Khách")
    by_system = record("a.b.c", person, actor=None)
    assert [(entry.actor, entry.actor_name) for entry in (by_account, by_link, by_system)] == [
        (cast.leader, "Nguyễn Đình Lâm"),
        (None, "Lê Văn Khách"),
        (None, "Hệ thống"),
    ]


def test_the_name_of_a_deleted_object_stays() -> None:
    person = make.person("Bùi Đức Đại")
    record("councils.person.deleted", person, actor=None)
    person.delete()
    entry = Entry.objects.get()
    assert (entry.object, entry.object_name) == (None, "Bùi Đức Đại")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 6, 26), "2026-06-26"),
        (clock.at_time(date(2026, 6, 26), 7, 30), "2026-06-26T07:30:00+07:00"),
        (Decimal("1.50"), "1.50"),
        ([date(2026, 6, 26), None], ["2026-06-26", None]),
        (True, True),
        (Person(full_name="Bùi Đức Đại"), "Bùi Đức Đại"),
    ],
)
def test_values_become_json(value: Any, expected: Any) -> None:
    assert plain(value) == expected


def test_changed_compares_with_what_is_stored() -> None:
    person = make.person("Bùi Đức Đại", phone="1")
    person.phone, person.birth_year = "2", 1970
    assert changed(person, ["full_name", "phone", "birth_year"]) == {
        "phone": ["1", "2"],
        "birth_year": [None, 1970],
    }
    assert changed(Person(full_name="X"), ["full_name"]) == {"full_name": [None, "X"]}


# ---- in admin ---------------------------------------------------------------------------------------------

LIST = "admin:audit_entry_changelist"


def found(client: Client, **query: str) -> list[str]:
    response = client.get(reverse(LIST), query)
    return [entry.verb for entry in response.context["cl"].result_list]


@pytest.fixture
def journal(cast: Cast, client: Client) -> list[Entry]:
    """Three entries, and the administrator at the browser."""
    client.force_login(cast.admin)
    people = cast.world.people
    with clock.at(clock.at_time(date(2026, 6, 26))):
        first = record("meetings.invitation.issued", cast.world["UBND"], actor=cast.secretary)
    with clock.at(clock.at_time(date(2026, 7, 1))):
        second = record(
            "councils.person.changed",
            people["P07"],
            actor=cast.admin,
            changes={"phone": ["", "<script>1</script>"]},
        )
        third = record("councils.person.changed", people["P21"], actor=None)
    return [first, second, third]


def test_searches_verb_object_and_actor(journal: list[Entry], client: Client) -> None:
    issued, changed_ = "meetings.invitation.issued", "councils.person.changed"
    assert found(client) == [changed_, changed_, issued]
    assert found(client, q="invitation") == [issued]
    assert found(client, q="ủy ban NHÂN") == [issued]
    assert found(client, q="Trần hà") == [issued]
    assert found(client, q="đại changed") == [changed_]
    assert found(client, q="đại issued") == []


def test_goes_by_day(journal: list[Entry], client: Client) -> None:
    assert found(client, at__year="2026", at__month="6", at__day="26") == ["meetings.invitation.issued"]


def test_is_read_only_even_for_the_administrator(journal: list[Entry], client: Client) -> None:
    pk = journal[1].pk
    answers = {
        "add": client.post(reverse("admin:audit_entry_add")).status_code,
        "change": client.post(reverse("admin:audit_entry_change", args=[pk]), {"verb": "x"}).status_code,
        "delete": client.post(reverse("admin:audit_entry_delete", args=[pk]), {"post": "yes"}).status_code,
        "action": client.post(
            reverse(LIST), {"action": "delete_selected", "_selected_action": pk}
        ).status_code,
    }
    assert answers == {"add": 403, "change": 403, "delete": 403, "action": 200}
    assert [(entry.pk, entry.verb) for entry in Entry.objects.order_by("pk")] == [
        (entry.pk, entry.verb) for entry in journal
    ]


def test_one_entry_shows_before_and_after_as_text(journal: list[Entry], client: Client) -> None:
    page = client.get(reverse("admin:audit_entry_change", args=[journal[1].pk])).content.decode()
    assert "<p>điện thoại: – → &lt;script&gt;1&lt;/script&gt;</p>" in page
    assert "<script>1" not in page


def test_the_list_takes_as_many_queries_for_30_entries_as_for_one(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(LIST)).status_code == 200
        return len(captured)

    record("a.b.c", cast.world["UBND"], actor=cast.admin)
    count()
    few = count()
    for _ in range(30):
        record("a.b.c", make.person(), actor=make.user())
    # The filter by kind lists one kind more; it is the same query.
    assert count() == few
