"""Bodies and people: validity, levels, overlap, and text in one form."""

import unicodedata
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from councils.choices import AreaKind, Level, OrganizationKind, RoleKind
from councils.models import Area, Membership, Organization, Person, Role, User
from tests import factories as make
from tests.cast import World

pytestmark = pytest.mark.django_db
D = date


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "day", "expected"),
    [
        (D(2025, 7, 1), D(2025, 7, 31), D(2025, 6, 30), False),
        (D(2025, 7, 1), D(2025, 7, 31), D(2025, 7, 1), True),
        (D(2025, 7, 1), D(2025, 7, 31), D(2025, 7, 31), True),
        (D(2025, 7, 1), D(2025, 7, 31), D(2025, 8, 1), False),
        (None, D(2025, 7, 31), D(1900, 1, 1), True),
        (D(2025, 7, 1), None, D(2100, 1, 1), True),
        (None, None, D(2025, 7, 1), True),
    ],
)
def test_both_days_are_included(
    valid_from: date | None, valid_to: date | None, day: date, expected: bool
) -> None:
    area = make.area("A1", valid_from=valid_from, valid_to=valid_to)
    assert area.holds_on(day) is expected
    assert Area.objects.on(day).filter(pk=area.pk).exists() is expected


def test_an_end_before_the_start_names_the_field() -> None:
    area = Area(code="A1", name="xã A", kind="commune", valid_from=D(2025, 7, 1), valid_to=D(2025, 6, 30))
    with pytest.raises(ValidationError) as refused:
        area.full_clean()
    assert refused.value.message_dict == {
        "valid_to": [
            "Ngày kết thúc sớm hơn ngày bắt đầu. Sửa một trong hai ngày, hoặc bỏ trống nếu chưa kết thúc."
        ]
    }


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (AreaKind.PROVINCE, Level.PROVINCE),
        (AreaKind.CITY, Level.PROVINCE),
        (AreaKind.DISTRICT, Level.DISTRICT),
        (AreaKind.PROVINCIAL_CITY, Level.DISTRICT),
        (AreaKind.WARD, Level.COMMUNE),
        (AreaKind.SPECIAL_ZONE, Level.COMMUNE),
    ],
)
def test_the_level_follows_from_the_kind(kind: AreaKind, level: Level) -> None:
    assert make.area("A1", kind=kind).level == level


def test_every_kind_of_area_has_a_level() -> None:
    levels = {kind: make.area(f"A-{kind}", kind=kind).level for kind in AreaKind}
    assert [kind for kind, level in levels.items() if level not in Level.values] == []


def test_an_area_lies_in_one_of_a_higher_level() -> None:
    ward = make.area("X01", name="phường Tân Hòa", kind=AreaKind.WARD)
    with pytest.raises(ValidationError) as refused:
        Area(code="X02", name="xã B", kind=AreaKind.COMMUNE, parent=ward).full_clean()
    assert list(refused.value.message_dict) == ["parent"]


def test_a_body_has_the_level_and_the_dates_of_its_area() -> None:
    ward = make.area("X01", kind=AreaKind.WARD, valid_from=D(2025, 7, 1))
    body = make.organization("X01-UBND", kind=OrganizationKind.EXECUTIVE, area=ward)
    assert (body.level, body.valid_from, body.valid_to) == (Level.COMMUNE, D(2025, 7, 1), None)
    own = make.organization("X01-VP", area=ward, valid_from=D(2026, 1, 1))
    assert own.valid_from == D(2026, 1, 1)
    assert make.organization("QH").level == Level.CENTRAL


def test_a_body_does_not_belong_to_itself() -> None:
    upper = make.organization("B1")
    lower = make.organization("B2", parent=upper)
    upper.parent = lower
    with pytest.raises(ValidationError) as refused:
        upper.full_clean()
    assert list(refused.value.message_dict) == ["parent"]


def test_family_root(world: World) -> None:
    council = world["HDND"].pk
    roots = {code: world[code].family_root_id for code in ("HDND", "TTHDND", "BPC", "UBND", "SXD")}
    assert roots == {
        "HDND": council,
        "TTHDND": council,
        "BPC": council,
        "UBND": world["UBND"].pk,
        "SXD": world["SXD"].pk,  # a department answers for itself, not for UBND
    }
    family = Organization.objects.in_families([council]).values_list("code", flat=True)
    assert sorted(family) == ["BPC", "HDND", "TTHDND"]


OLD = (D(2026, 4, 1), D(2026, 6, 30))


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "refused"),
    [
        (D(2026, 3, 1), D(2026, 3, 31), False),  # the day before
        (D(2026, 3, 1), D(2026, 4, 1), True),  # the first day
        (D(2026, 6, 30), None, True),  # the last day
        (D(2026, 7, 1), None, False),  # the day after
        (D(2026, 5, 1), D(2026, 5, 31), True),  # within
        (D(2026, 1, 1), None, True),  # around
    ],
)
def test_a_membership_does_not_overlap_itself(
    world: World, valid_from: date, valid_to: date | None, refused: bool
) -> None:
    person, body = make.person("Hồ Thị Vân"), world["TTHDND"]
    make.membership(person, body, valid_from=OLD[0], valid_to=OLD[1])
    new = Membership(
        person=person, organization=body, post=make.post(body.kind, "Phó Chủ tịch HĐND"),
        valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    if not refused:
        new.full_clean()
        return
    with pytest.raises(ValidationError) as error:
        new.full_clean()
    assert error.value.message_dict == {
        "valid_from": [
            (
                "Trùng thời gian với tư cách Ủy viên từ 01/04/2026 đến 30/06/2026. "
                "Kết thúc tư cách cũ trước ngày bắt đầu tư cách mới."
            )
        ]
    }


def test_another_person_or_body_does_not_overlap(world: World) -> None:
    seat = world.people["P04"].memberships.get(organization=world["TTHDND"])
    seat.full_clean()  # not with itself
    other = Membership(
        person=make.person(), organization=world["TTHDND"], post=seat.post, valid_from=seat.valid_from
    )
    other.full_clean()


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (OLD, (D(2026, 6, 30), None), True),
        (OLD, (D(2026, 7, 1), None), False),
        ((D(2026, 4, 1), None), (D(2030, 1, 1), None), True),
        ((D(2026, 7, 1), None), OLD, False),
    ],
)
def test_overlaps_compares_two_rows(
    world: World, first: tuple[date, date | None], second: tuple[date, date | None], expected: bool
) -> None:
    person, body = world.people["P04"], world["TTHDND"]
    rows = [
        Membership(person=person, organization=body, valid_from=start, valid_to=end)
        for start, end in (first, second)
    ]
    assert rows[0].overlaps(rows[1]) is expected
    elsewhere = Membership(person=person, organization=world["BPC"], valid_from=D(2026, 1, 1))
    assert rows[0].overlaps(elsewhere) is False


def test_a_membership_needs_a_start_and_a_post_of_the_body(world: World) -> None:
    with pytest.raises(ValidationError) as undated:
        Membership(
            person=make.person(), organization=world["UBND"], post=make.post(OrganizationKind.EXECUTIVE)
        ).full_clean()
    assert list(undated.value.message_dict) == ["valid_from"]
    with pytest.raises(ValidationError) as foreign:
        Membership(
            person=make.person(), organization=world["UBND"], valid_from=D(2026, 4, 1),
            post=make.post(OrganizationKind.COUNCIL, "Đại biểu"),
        ).full_clean()  # fmt: skip
    assert list(foreign.value.message_dict) == ["post"]


def test_the_database_refuses_a_membership_that_ends_before_it_begins(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.membership(make.person(), world["UBND"], valid_from=D(2026, 4, 2), valid_to=D(2026, 4, 1))


def test_a_role_needs_a_body_unless_it_is_the_administrators(world: World) -> None:
    account = make.user()
    Role(user=account, kind=RoleKind.ADMINISTRATOR).full_clean()
    with pytest.raises(ValidationError) as refused:
        Role(user=account, kind=RoleKind.SECRETARY).full_clean()
    assert list(refused.value.message_dict) == ["organization"]


def test_text_is_stored_composed_and_searchable_without_accents() -> None:
    decomposed = unicodedata.normalize("NFD", "Bùi Đức Đại")
    person = make.person(decomposed, code="P1")
    stored = Person.objects.get(pk=person.pk)
    assert stored.full_name == "Bùi Đức Đại"
    assert stored.search == "bui duc dai p1"
    assert list(Person.objects.search("dai bui")) == [stored]
    assert list(Person.objects.search("Đại")) == [stored]
    assert list(Person.objects.search("dao")) == []


def test_a_partial_save_keeps_what_is_derived() -> None:
    person = make.person("Bùi Đức Đại", code="P1")
    person.full_name = "Bùi Đức Anh"
    person.save(update_fields=["full_name"])
    person.refresh_from_db()
    assert (person.search, person.sort_key) == ("bui duc anh p1", make.person("Bùi Đức Anh").sort_key)


def test_people_are_ordered_by_given_name() -> None:
    for name in ("Trần Thị Yến", "Phạm Văn An", "Đỗ Văn An"):
        make.person(name)
    assert [person.full_name for person in Person.objects.all()] == [
        "Đỗ Văn An",
        "Phạm Văn An",
        "Trần Thị Yến",
    ]


def test_people_without_code_do_not_collide() -> None:
    people = [Person.objects.create(full_name=name, code="") for name in ("A", "B")]
    assert [person.code for person in people] == [None, None]


def test_an_account_shows_the_persons_name_first() -> None:
    assert str(make.user("a", person=make.person("Bùi Đức Đại"))) == "Bùi Đức Đại"
    assert str(make.user("b", last_name="Trần Thu", first_name="Hà")) == "Trần Thu Hà"
    assert str(make.user("c")) == "c"
    assert User.objects.get(username="b").search == "b tran thu ha b@hdnd.test"


def test_forms_of_address() -> None:
    assert Person(full_name="Bùi Đức Đại", gender="m").styled_name == "Ông Bùi Đức Đại"
    assert Person(full_name="Vũ Mai Anh", gender="f").styled_name == "Bà Vũ Mai Anh"
    assert Person(full_name="Vũ Mai Anh").styled_name == "Vũ Mai Anh"
