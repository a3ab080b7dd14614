"""Kinds of areas, bodies and roles. Codes follow Popolo/OParl and the glossary; labels are the UI."""

from django.db.models import TextChoices


class Level(TextChoices):
    CENTRAL = "central", "Trung ương"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"


class AreaKind(TextChoices):
    PROVINCE = "province", "tỉnh"
    CITY = "city", "thành phố trực thuộc trung ương"
    DISTRICT = "district", "huyện"
    URBAN_DISTRICT = "urban_district", "quận"
    TOWN = "town", "thị xã"
    PROVINCIAL_CITY = "provincial_city", "thành phố thuộc tỉnh"
    COMMUNE = "commune", "xã"
    WARD = "ward", "phường"
    TOWNSHIP = "township", "thị trấn"
    SPECIAL_ZONE = "special_zone", "đặc khu"


LEVEL_OF_AREA: dict[str, Level] = {
    AreaKind.PROVINCE: Level.PROVINCE,
    AreaKind.CITY: Level.PROVINCE,
    AreaKind.DISTRICT: Level.DISTRICT,
    AreaKind.URBAN_DISTRICT: Level.DISTRICT,
    AreaKind.TOWN: Level.DISTRICT,
    AreaKind.PROVINCIAL_CITY: Level.DISTRICT,
    AreaKind.COMMUNE: Level.COMMUNE,
    AreaKind.WARD: Level.COMMUNE,
    AreaKind.TOWNSHIP: Level.COMMUNE,
    AreaKind.SPECIAL_ZONE: Level.COMMUNE,
}


class OrganizationKind(TextChoices):
    COUNCIL = "council", "Hội đồng nhân dân"
    STANDING_COMMITTEE = "standing_committee", "Thường trực HĐND"
    COMMITTEE = "committee", "Ban của HĐND"
    DELEGATE_GROUP = "delegate_group", "Tổ đại biểu HĐND"
    OVERSIGHT_MISSION = "oversight_mission", "Đoàn giám sát"
    EXECUTIVE = "executive", "Ủy ban nhân dân"
    FRONT_STANDING = "front_standing", "Ban Thường trực Ủy ban MTTQ Việt Nam"
    NA_DELEGATION = "na_delegation", "Đoàn đại biểu Quốc hội"
    PARTY_COMMITTEE = "party_committee", "Cấp ủy đảng"
    PARTY_CAUCUS = "party_caucus", "Đảng đoàn"
    OFFICE = "office", "Văn phòng"
    DEPARTMENT = "department", "Sở, ban, ngành"
    JUDICIAL = "judicial", "Tòa án, Viện kiểm sát, Thi hành án"
    MASS_ORG = "mass_org", "Tổ chức chính trị - xã hội"
    PRESS = "press", "Cơ quan báo chí"
    NATIONAL_ASSEMBLY = "national_assembly", "Quốc hội"
    NA_COMMITTEE = "na_committee", "Ủy ban của Quốc hội"


# A council and its own organs work as one office: whoever serves one of them serves them all.
COUNCIL_FAMILY = frozenset(
    {
        OrganizationKind.COUNCIL,
        OrganizationKind.STANDING_COMMITTEE,
        OrganizationKind.COMMITTEE,
        OrganizationKind.DELEGATE_GROUP,
        OrganizationKind.OVERSIGHT_MISSION,
    }
)


# The order in which papers name bodies: level by level, within a level as protocol has them.
_LEVELS = [Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]
_PROTOCOL = [
    OrganizationKind.NATIONAL_ASSEMBLY,
    OrganizationKind.NA_COMMITTEE,
    OrganizationKind.PARTY_COMMITTEE,
    OrganizationKind.PARTY_CAUCUS,
    OrganizationKind.NA_DELEGATION,
    OrganizationKind.COUNCIL,
    OrganizationKind.STANDING_COMMITTEE,
    OrganizationKind.EXECUTIVE,
    OrganizationKind.FRONT_STANDING,
    OrganizationKind.COMMITTEE,
    OrganizationKind.DELEGATE_GROUP,
    OrganizationKind.OVERSIGHT_MISSION,
    OrganizationKind.JUDICIAL,
    OrganizationKind.OFFICE,
    OrganizationKind.DEPARTMENT,
    OrganizationKind.MASS_ORG,
    OrganizationKind.PRESS,
]


def protocol_rank(level: str, kind: str) -> int:
    """Where a body stands in a list of the invited; lower comes first."""
    return _LEVELS.index(Level(level)) * 100 + _PROTOCOL.index(OrganizationKind(kind))


class RoleKind(TextChoices):
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"
    SECRETARY = "secretary", "Thư ký, chuyên viên"
    LEADER = "leader", "Lãnh đạo"
    DELEGATE = "delegate", "Đại biểu"
    LIAISON = "liaison", "Đầu mối phối hợp"
    AGENCY = "agency", "Cơ quan chuyên môn"


class ContactKind(TextChoices):
    CLERK = "clerk", "Văn thư"
    LIAISON = "liaison", "Đầu mối"
    LEADER = "leader", "Lãnh đạo"
