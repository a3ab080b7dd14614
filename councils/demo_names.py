"""Names of the demo: made-up people, combined from common parts and nobody in particular; short names of bodies.

The pairs were chosen so that no combination is a well-known person; keep it so when adding one.
"""

from functools import cache

from councils.choices import OrganizationKind

# As often as the names are in a lowland province; the length is prime to those of the lists below.
_FAMILY: tuple[str, ...] = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Nguyễn", "Đặng", "Bùi", "Đỗ", "Trần", "Ngô", "Dương", "Nguyễn", "Đinh", "Lê",
    "Mai", "Tạ", "Chu", "Phan", "Nguyễn", "Võ", "Trịnh", "Đoàn", "Lương", "Cao", "Phùng", "Thái", "Kiều", "Tống",
)  # fmt: skip
_MEN: tuple[str, ...] = (
    "Đình Khiêm", "Hữu Thạnh", "Quang Tuyển", "Xuân Lộc", "Văn Thược", "Công Hoạt", "Trọng Nghiêm", "Bá Cẩn", "Khắc Điền",
    "Duy Khương", "Ngọc Phấn", "Hồng Quế", "Sỹ Đoan", "Mạnh Hoạch", "Danh Thuấn", "Văn Thoại", "Đức Khánh", "Viết Chính",
    "Thế Đạt", "Minh Thông", "Thanh Cảnh", "Quốc Trưởng", "Văn Chỉnh", "Hữu Quyết", "Đình Thụy", "Xuân Bảng", "Quang Điệp",
    "Bá Lưu", "Tiến Nhật", "Anh Kha", "Văn Thức", "Công Thuật", "Trọng Phan", "Ngọc Huấn", "Đức Nhuận", "Khắc Trình",
    "Duy Bảo", "Văn Lạng", "Hoàng Giáp", "Mậu Kiên", "Đăng Tạo",
)  # fmt: skip
_WOMEN: tuple[str, ...] = (
    "Thị Diệu", "Thị Lụa", "Thị Hồng Thắm", "Thị Tuyết Sương", "Thu Hường", "Thị Minh Nguyệt", "Thị Thanh Lựu",
    "Thị Bạch Cúc", "Thị Lam", "Thị Hoài Thu", "Thị Kiều Trinh", "Thị Thảo Vy", "Thị Sâm", "Thị Ngà", "Thúy Vinh",
    "Bích Đào", "Thị Cẩm Tú", "Thị Mùi", "Thị Khuyên", "Thị Lành", "Thị Hiên", "Thị Sửu", "Diệu Hiền", "Thị Xuân Mai",
    "Thị Thư", "Thị Minh Tâm", "Thị Vân Khánh", "Thị Hải Âu", "Thị Tố Uyên", "Thị Châm", "Thị Ngọc Quyên",
)  # fmt: skip
# Tày, Thái and Mường names, as in the two mountainous communes.
_HIGHLAND_FAMILY: tuple[str, ...] = (
    "Lò", "Nông", "Quách", "Cà", "Vi", "Hà", "Quàng", "Lục", "Bùi", "Tòng", "Ma", "Lường", "Đinh",
)  # fmt: skip
_HIGHLAND_MEN: tuple[str, ...] = (
    "Văn Inh", "Văn Pâng", "Văn Thươi", "Văn Biên", "Văn Hặc", "Văn Ún", "Đức Quyền", "Văn Sương", "Văn Xiên", "Minh Sự",
    "Văn Khặn",
)  # fmt: skip
_HIGHLAND_WOMEN: tuple[str, ...] = (
    "Thị Pành", "Thị Ín", "Thị Mẩy", "Thị Chựa", "Thị Loi", "Thị Ươn", "Thị Thiết", "Thị Hoan", "Thị Nọi", "Thị Hiêng",
    "Thị Ban",
)  # fmt: skip


def fictional(index: int) -> tuple[str, str]:
    """The name and gender (`m` or `f`) of the made-up person number `index`, from 0 to 399; all distinct.

    About every third is a woman, every fifth has a name from the mountains.

    Raises:
        IndexError: no such number.
    """
    return _people()[index]


@cache
def _people() -> list[tuple[str, str]]:
    named: dict[str, str] = {}
    for index in range(800):
        gender = "f" if index % 3 == 2 else "m"
        if index % 5 == 4:
            family, given = _HIGHLAND_FAMILY, _HIGHLAND_WOMEN if gender == "f" else _HIGHLAND_MEN
        else:
            family, given = _FAMILY, _WOMEN if gender == "f" else _MEN
        named.setdefault(f"{family[index % len(family)]} {given[index % len(given)]}", gender)
    return list(named.items())[:400]


_SHORT_NAMES = {
    "HDND": "HĐND tỉnh",
    "MTTQ": "Ủy ban MTTQ tỉnh",
    "DDBQH": "Đoàn ĐBQH tỉnh",
    "TU": "Tỉnh ủy",
    "VP": "Văn phòng Đoàn ĐBQH và HĐND",
    "SNNMT": "Sở NN và MT",
    "SGDDT": "Sở GD và ĐT",
    "SKHCN": "Sở KH và CN",
}
_SHORTER = (
    ("Hội đồng nhân dân ", "HĐND "),
    ("Ủy ban nhân dân ", "UBND "),
    ("Ban Thường trực Ủy ban MTTQ Việt Nam ", "Ủy ban MTTQ "),
    ("Tổ đại biểu HĐND tỉnh số ", "Tổ đại biểu số "),
    ("Ban Thường vụ ", ""),
)


def short_name(code: str, name: str) -> str:
    """What people say for the body: `UBND xã Phú Lộc`; empty where the name is short already."""
    if code in _SHORT_NAMES:
        return _SHORT_NAMES[code]
    for long, short in _SHORTER:
        if name.startswith(long):
            rest = short + name.removeprefix(long)
            return rest[:1].upper() + rest[1:]
    return ""


_ABBREVIATIONS_BY_KIND = {
    OrganizationKind.COUNCIL: "HĐND",
    OrganizationKind.STANDING_COMMITTEE: "HĐND",
    OrganizationKind.EXECUTIVE: "UBND",
    OrganizationKind.FRONT_STANDING: "MTTQ-BTT",
    OrganizationKind.NA_DELEGATION: "ĐĐBQH",
    OrganizationKind.PARTY_CAUCUS: "ĐĐHĐND",
}
_ABBREVIATIONS = {"SGDDT": "SGDĐT", "UBQH-KTTC": "UBKTTC", "H02-TU": "HU", "H03-TU": "HU"}


def abbreviation(code: str, kind: str) -> str:
    """The body's part of a symbol: `HĐND` in 31/GM-HĐND; Ban, Tổ and Sở number under their own."""
    own = code.rsplit("-", maxsplit=1)[-1].replace("TDB", "TĐB").replace("DU", "ĐU")
    return _ABBREVIATIONS.get(code) or _ABBREVIATIONS_BY_KIND.get(OrganizationKind(kind), own)


def identifier(position: int) -> str:
    """A made-up electronic identifier in the form of QĐ 20/2020/QĐ-TTg: no province has the code H99."""
    return f"H99.{position}"
