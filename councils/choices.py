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


# What the predicates of `permissions` come to, for the page that says who may do what.
RIGHTS_IN_WORDS: dict[str, str] = {
    RoleKind.ADMINISTRATOR: "Quản lý cơ quan, con người, tài khoản, vai trò, quy chế và thể thức văn bản; xem nhật ký. "
    "Không xem cuộc họp, biên bản, văn bản của cơ quan nào nếu không có thêm vai trò ở đó.",
    RoleKind.SECRETARY: "Lập cuộc họp, phát hành giấy mời, điểm danh, ghi biểu quyết, viết biên bản, ra thông báo kết luận, "
    "soạn, trình, gửi văn bản và ghi lý do không thực hiện nghĩa vụ cho cơ quan; vai trò ở HĐND hoặc một cơ quan của "
    "HĐND có hiệu lực với cả HĐND đó.",
    RoleKind.LEADER: "Xem mọi cuộc họp và nghĩa vụ của cơ quan, duyệt và khóa biên bản, góp ý, duyệt, ký dự thảo, "
    "trả lời giấy mời thay cơ quan.",
    RoleKind.DELEGATE: "Xem cuộc họp đã phát hành giấy mời của HĐND mình, tài liệu và biên bản; góp ý biên bản.",
    RoleKind.LIAISON: "Trả lời giấy mời, báo kết quả nhiệm vụ; lập và điều hành cuộc họp của chính cơ quan mình như thư ký.",
    RoleKind.AGENCY: "Trả lời giấy mời và báo kết quả nhiệm vụ của cơ quan mình.",
}


class ContactKind(TextChoices):
    CLERK = "clerk", "Văn thư"
    LIAISON = "liaison", "Đầu mối"
    LEADER = "leader", "Lãnh đạo"


class ImportKind(TextChoices):
    """What a sheet of an import holds; the codes stand in addresses."""

    ORGANIZATIONS = "co-quan", "Cơ quan, tổ chức"
    PEOPLE = "nguoi", "Đại biểu và người khác"
    MEMBERSHIPS = "thanh-vien", "Tư cách thành viên"
    CONTACTS = "lien-he", "Danh bạ liên hệ"


class ImportState(TextChoices):
    CHECKING = "checking", "Đang kiểm tra"
    CHECKED = "checked", "Chờ xác nhận"
    IMPORTING = "importing", "Đang ghi"
    DONE = "done", "Đã nhập"


class RowOutcome(TextChoices):
    NEW = "new", "mới"
    CHANGED = "changed", "thay đổi"
    SAME = "same", "không đổi"
    BAD = "bad", "lỗi"
