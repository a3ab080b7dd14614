"""Today's provinces and communes, from the official list in the package `vietnam_provinces`.

Codes are the official ones under `VN-`: `VN-01` for a province, `VN-00004` for a commune, so that they never
meet codes that an office gave itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from councils.choices import AreaKind
from councils.models import Area, User
from councils.permissions import can_administer, ensure
from hdnd.audit.services import record

# The two-tier local government began on this day; the units of today exist since.
SINCE = date(2025, 7, 1)
# The package's words for a kind; "tỉnh" is left out of a province's name there.
KINDS = {
    "tỉnh": AreaKind.PROVINCE,
    "thành phố trung ương": AreaKind.CITY,
    "xã": AreaKind.COMMUNE,
    "phường": AreaKind.WARD,
    "đặc khu": AreaKind.SPECIAL_ZONE,
}
BATCH = 500


@dataclass(frozen=True)
class OfficialArea:
    """One unit of the official list."""

    code: str
    name: str  # in full and as within a sentence: "phường Hoàn Kiếm"
    kind: AreaKind
    parent: str | None  # code


@dataclass(frozen=True)
class Imported:
    """What an import did.

    Attributes:
        unlisted: areas with an official code in force that the list no longer names; left as they are.
    """

    provinces: int
    communes: int
    created: int
    changed: int
    unlisted: int


def official_areas() -> Iterator[OfficialArea]:
    """The official list, provinces first.

    Raises:
        KeyError: the list names a kind of unit that we don't know.
    """
    from vietnam_provinces import Province, Ward

    for province in Province.iter_all():
        kind = KINDS[province.division_type.value]
        name = f"tỉnh {province.name}" if kind == AreaKind.PROVINCE else lower_first(province.name)
        yield OfficialArea(province_code(province.code), name, kind, None)
    for ward in Ward.iter_all():
        code = f"VN-{int(ward.code):05d}"
        kind = KINDS[ward.division_type.value]
        yield OfficialArea(code, lower_first(ward.name), kind, province_code(ward.province_code))


@transaction.atomic
def import_official_areas(*, actor: User | None = None) -> Imported:
    """Writes the official list into the areas; a second run changes nothing.

    Names, kinds and parents follow the list; dates, successors and the mountainous mark are the office's own.
    One audit entry for the whole import, none when nothing changed.

    Args:
        actor: an administrator, or None for the system.

    Raises:
        PermissionDenied: the actor is not an administrator.
    """
    ensure(actor is None or can_administer(actor))
    wanted = list(official_areas())
    stored = {area.code: area for area in Area.objects.filter(code__startswith="VN-")}
    created = changed = 0
    # Provinces are written before communes, which point to them.
    for batch in ([row for row in wanted if not row.parent], [row for row in wanted if row.parent]):
        new, old = [], []
        for row in batch:
            area = stored.get(row.code)
            if area is None:
                area = stored[row.code] = Area(code=row.code, valid_from=SINCE)
                new.append(area)
            elif matches(area, row, stored):
                continue
            else:
                old.append(area)
            area.name, area.kind, area.parent = row.name, row.kind, stored[row.parent] if row.parent else None
            area.refresh_derived()
        Area.objects.bulk_create(new, batch_size=BATCH)
        Area.objects.bulk_update(old, ["name", "kind", "level", "parent", "search"], batch_size=BATCH)
        created, changed = created + len(new), changed + len(old)
    listed = {row.code for row in wanted}
    result = Imported(
        provinces=sum(row.parent is None for row in wanted),
        communes=sum(row.parent is not None for row in wanted),
        created=created,
        changed=changed,
        unlisted=sum(code not in listed and area.valid_to is None for code, area in stored.items()),
    )
    if created or changed:
        # The import is about areas as a whole, so the entry's object is the kind, not one area.
        kind = ContentType.objects.get_for_model(Area)
        record("councils.area.imported", kind, actor=actor, changes=vars(result))
    return result


def matches(area: Area, row: OfficialArea, stored: dict[str, Area]) -> bool:
    """Whether the stored area says what the list says."""
    parent = stored[row.parent].pk if row.parent else None
    return (area.name, area.kind, area.parent_id) == (row.name, row.kind, parent)


def province_code(code: int) -> str:
    """`VN-01`."""
    return f"VN-{int(code):02d}"


def lower_first(name: str) -> str:
    """`Phường Hoàn Kiếm` as within a sentence."""
    return name[:1].lower() + name[1:]
