"""Fictional names for the demo's other delegates and officers: combined from common parts, nobody in particular."""

_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Lò", "Hà",
    "Cà", "Quàng", "Vi", "Lương", "Tòng", "Mai", "Tạ", "Chu", "Lục", "Nông", "Triệu", "Hứa",
)  # fmt: skip
_MEN = (
    ("Văn", "Bình"), ("Đức", "Cường"), ("Hữu", "Dũng"), ("Quang", "Hải"), ("Xuân", "Hòa"), ("Minh", "Khôi"),
    ("Thanh", "Long"), ("Ngọc", "Nam"), ("Công", "Phúc"), ("Anh", "Quân"), ("Trọng", "Sơn"), ("Viết", "Thắng"),
    ("Đình", "Tiến"), ("Bá", "Toàn"), ("Mạnh", "Tùng"), ("Thế", "Vượng"),
)  # fmt: skip
_WOMEN = (
    ("Thị", "Bích"), ("Thị Kim", "Chi"), ("Thu", "Dung"), ("Thị", "Hạnh"), ("Thị Minh", "Huệ"), ("Ngọc", "Lan"),
    ("Thị Hồng", "Liên"), ("Thị", "Mơ"), ("Thúy", "Nga"), ("Thị", "Nhung"), ("Hồng", "Phượng"), ("Thị", "Quyên"),
    ("Thanh", "Tâm"), ("Thị Bảo", "Trâm"), ("Thị", "Vân"), ("Thị", "Xuyến"),
)  # fmt: skip


def fictional(index: int) -> tuple[str, str]:
    """The name and gender (`m` or `f`) of the made-up person number `index`, from 0; distinct below 448."""
    gender = "f" if index % 3 == 2 else "m"
    parts = _WOMEN if gender == "f" else _MEN
    family = _FAMILY[index * 5 % len(_FAMILY)]
    middle, given = parts[(index // len(_FAMILY) + index * 7) % len(parts)]
    return f"{family} {middle} {given}", gender
