"""The official list of today's areas."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from councils.choices import AreaKind, Level
from councils.models import Area
from councils.official_areas import SINCE, import_official_areas
from hdnd.audit.models import Entry
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_imports_all_provinces_and_communes_once() -> None:
    out = StringIO()
    call_command("import_areas", stdout=out)
    assert out.getvalue() == "34 đơn vị cấp tỉnh, 3321 đơn vị cấp xã: thêm 3355, sửa 0.\n"
    kinds = {kind: Area.objects.filter(kind=kind).count() for kind in AreaKind}
    assert {kind: count for kind, count in kinds.items() if count} == {
        AreaKind.PROVINCE: 28,
        AreaKind.CITY: 6,
        AreaKind.COMMUNE: 2621,
        AreaKind.WARD: 687,
        AreaKind.SPECIAL_ZONE: 13,
    }
    assert Area.objects.filter(level=Level.COMMUNE, parent__level=Level.PROVINCE).count() == 3321
    assert set(Area.objects.values_list("valid_from", "valid_to")) == {(SINCE, None)}
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.actor_name) == ("councils.area.imported", None, "Hệ thống")
    assert entry.changes == {
        "provinces": 34, "communes": 3321, "created": 3355, "changed": 0, "unlisted": 0,
    }  # fmt: skip

    again = StringIO()
    call_command("import_areas", stdout=again)
    assert again.getvalue() == "34 đơn vị cấp tỉnh, 3321 đơn vị cấp xã: thêm 0, sửa 0.\n"
    assert (Area.objects.count(), Entry.objects.count()) == (3355, 1)


def test_names_are_full_and_found_without_accents() -> None:
    import_official_areas()
    found = Area.objects.get(code="VN-00070")
    assert (found.name, found.kind, found.parent) == (
        "phường Hoàn Kiếm", AreaKind.WARD, Area.objects.get(code="VN-01"),
    )  # fmt: skip
    assert Area.objects.get(code="VN-01").name == "thành phố Hà Nội"
    assert Area.objects.get(code="VN-04").name == "tỉnh Cao Bằng"
    assert found in Area.objects.search("hoan kiem")


def test_repairs_what_differs_and_leaves_the_offices_own_fields() -> None:
    import_official_areas()
    Area.objects.filter(code="VN-00070").update(name="sai", parent=None, is_mountainous=True, search="sai")
    gone = make.area("VN-99999", name="xã Không còn")
    own = make.area("X01", name="phường Tân Hòa", kind=AreaKind.WARD)
    done = import_official_areas()
    assert (done.created, done.changed, done.unlisted) == (0, 1, 1)
    mended = Area.objects.get(code="VN-00070")
    assert (mended.name, mended.parent.code, mended.is_mountainous) == ("phường Hoàn Kiếm", "VN-01", True)
    assert mended.search == "vn-00070 phuong hoan kiem"
    for area in (gone, own):
        before = area.name
        area.refresh_from_db()
        assert (area.name, area.valid_to) == (before, None)


def test_only_an_administrator_imports(cast: Cast) -> None:
    before = Area.objects.count()
    with pytest.raises(PermissionDenied):
        import_official_areas(actor=cast.secretary)
    assert Area.objects.count() == before
    assert import_official_areas(actor=cast.admin).created == 3355
    assert Entry.objects.get().actor == cast.admin
