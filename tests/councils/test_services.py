"""The verbs: each writes its row and one audit entry, or nothing at all."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError

from councils.choices import RoleKind
from councils.models import Organization, Person, Role, User
from councils.services import (
    delete_record,
    grant_role,
    note_password,
    note_relations,
    save_record,
    sync_staff,
)
from hdnd.audit.models import Entry
from hdnd.lib import clock
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def journal() -> list[tuple[str, str, str]]:
    return [(entry.verb, entry.object_name, entry.actor_name) for entry in Entry.objects.order_by("pk")]


def test_creating_writes_the_row_and_its_entry(cast: Cast) -> None:
    moment = clock.at_time(date(2026, 6, 26), 7, 30)
    with clock.at(moment):
        save_record(actor=cast.admin, record_=Person(full_name="Bùi Đức Anh", code="P90"))
    person = Person.objects.get(code="P90")
    entry = Entry.objects.get()
    assert (entry.verb, entry.object, entry.actor, entry.at) == (
        "councils.person.created", person, cast.admin, moment,
    )  # fmt: skip
    assert entry.changes["full_name"] == [None, "Bùi Đức Anh"]
    assert "search" not in entry.changes


def test_changing_notes_before_and_after_of_what_differs(cast: Cast) -> None:
    person = cast.world.people["P07"]
    person.phone = "0900"
    save_record(actor=cast.admin, record_=person)
    entry = Entry.objects.get()
    assert (entry.verb, entry.changes) == ("councils.person.changed", {"phone": ["", "0900"]})


def test_saving_without_change_writes_no_entry(cast: Cast) -> None:
    save_record(actor=cast.admin, record_=cast.world.people["P07"])
    assert journal() == []


def test_the_system_may_write(cast: Cast) -> None:
    save_record(actor=None, record_=Person(full_name="Bùi Đức Anh"))
    assert journal() == [("councils.person.created", "Bùi Đức Anh", "Hệ thống")]


def test_a_broken_rule_leaves_nothing_behind(cast: Cast) -> None:
    body = cast.world["UBND"]
    body.name, body.valid_from, body.valid_to = "Tên mới", date(2026, 1, 2), date(2026, 1, 1)
    with pytest.raises(ValidationError) as refused:
        save_record(actor=cast.admin, record_=body)
    assert list(refused.value.message_dict) == ["valid_to"]
    assert Organization.objects.get(code="UBND").name == "Ủy ban nhân dân tỉnh Vĩnh Giang"
    assert journal() == []


def test_too_long_a_value_is_refused_on_sqlite_too(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        save_record(actor=cast.admin, record_=Person(full_name="x" * 121))
    assert list(refused.value.message_dict) == ["full_name"]


@pytest.mark.parametrize("part", ["secretary", "leader", "delegate", "partner", "agency", "outsider"])
def test_only_an_administrator_writes(cast: Cast, part: str) -> None:
    actor = getattr(cast, part)
    person = cast.world.people["P07"]
    person.phone = "0900"
    with pytest.raises(PermissionDenied):
        save_record(actor=actor, record_=person)
    with pytest.raises(PermissionDenied):
        delete_record(actor=actor, record_=person)
    with pytest.raises(PermissionDenied):
        note_relations(actor=actor, record_=person, changes={"x": [[], ["y"]]})
    with pytest.raises(PermissionDenied):
        grant_role(actor=actor, user=actor, kind=RoleKind.ADMINISTRATOR, organization=None)
    with pytest.raises(PermissionDenied):
        note_password(actor=actor, user=actor)
    assert Person.objects.get(code="P07").phone == ""
    assert Role.objects.filter(user=actor).count() == 1
    assert journal() == []


def test_an_administrators_role_ends_with_its_last_day(cast: Cast) -> None:
    Role.objects.filter(user=cast.admin).update(valid_to=date(2026, 6, 30))
    row = Person(full_name="Bùi Đức Anh")
    with clock.at(clock.at_time(date(2026, 6, 30))):
        save_record(actor=User.objects.get(pk=cast.admin.pk), record_=row)
    with clock.at(clock.at_time(date(2026, 7, 1))), pytest.raises(PermissionDenied):
        delete_record(actor=User.objects.get(pk=cast.admin.pk), record_=row)
    assert Person.objects.filter(pk=row.pk).count() == 1


def test_deleting_is_audited(cast: Cast) -> None:
    person = make.person("Bùi Đức Anh")
    delete_record(actor=cast.admin, record_=person)
    assert Person.objects.filter(full_name="Bùi Đức Anh").count() == 0
    assert journal() == [("councils.person.deleted", "Bùi Đức Anh", "Lâm Quốc Bảo")]


def test_what_others_refer_to_is_not_deleted(cast: Cast) -> None:
    with pytest.raises(ProtectedError):
        delete_record(actor=cast.admin, record_=cast.world.people["P07"])
    assert Person.objects.filter(code="P07").count() == 1
    assert journal() == []


def test_relations_are_audited_only_when_they_change(cast: Cast) -> None:
    area = cast.world.areas["X01"]
    note_relations(actor=cast.admin, record_=area, changes={})
    assert journal() == []
    note_relations(actor=cast.admin, record_=area, changes={"successors": [[], ["xã Phú Lộc"]]})
    assert journal() == [("councils.area.relations_changed", "phường Tân Hòa", "Lâm Quốc Bảo")]


def test_the_administrators_role_opens_and_closes_django_admin(cast: Cast) -> None:
    account = make.user("moi")
    role = grant_role(actor=cast.admin, user=account, kind=RoleKind.ADMINISTRATOR, organization=None)
    assert User.objects.get(pk=account.pk).is_staff is True
    delete_record(actor=cast.admin, record_=role)
    sync_staff(account)
    assert User.objects.get(pk=account.pk).is_staff is False
    assert [verb for verb, _, _ in journal()] == ["councils.role.created", "councils.role.deleted"]


def test_a_role_without_a_body_leaves_nothing_behind(cast: Cast) -> None:
    account = make.user("moi")
    with pytest.raises(ValidationError):
        grant_role(actor=cast.admin, user=account, kind=RoleKind.SECRETARY, organization=None)
    assert account.roles.count() == 0
    assert journal() == []
