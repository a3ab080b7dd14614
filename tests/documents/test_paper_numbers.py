"""Numbers, days and hours as NĐ 30/2020 writes them."""

from datetime import UTC, date, datetime

import pytest

from documents.paper import numbers
from documents.paper.letterheads import name_lines


@pytest.mark.parametrize(("number", "written"), [(1, "01"), (9, "09"), (10, "10"), (99, "99"), (128, "128")])
def test_document_number(number: int, written: str) -> None:
    assert numbers.document_number(number) == written


@pytest.mark.parametrize("number", [0, -3])
def test_document_number_starts_at_one(number: int) -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        numbers.document_number(number)


def test_symbol_line() -> None:
    assert numbers.symbol_line(5, "2025/NQ-HĐND") == "Số: 05/2025/NQ-HĐND"
    assert numbers.symbol_line(None, "GM-HĐND").replace("\u00a0", "") == "Số: /GM-HĐND"


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2020, 3, 5), "ngày 05 tháng 3 năm 2020", "05/3/2020"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026", "31/01/2026"),
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026", "09/02/2026"),
        (date(2026, 9, 10), "ngày 10 tháng 9 năm 2026", "10/9/2026"),
        (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026", "01/12/2026"),
    ],
)
def test_dates(day: date, long: str, short: str) -> None:
    assert numbers.day_month_year(day) == long
    assert numbers.numeric_date(day) == short
    assert numbers.place_and_date("Hà Nội", day) == f"Hà Nội, {long}"


def test_a_draft_has_no_date_yet() -> None:
    assert numbers.day_month_year(None) == "ngày … tháng … năm …"


def test_hours_count_in_vietnam() -> None:
    assert numbers.hour_minute(datetime(2026, 6, 26, 0, 30, tzinfo=UTC)) == "07 giờ 30 phút"
    assert numbers.hour_minute(datetime(2026, 6, 26, 1, 0, tzinfo=UTC)) == "08 giờ 00 phút"


def test_roman() -> None:
    written = [numbers.roman(number) for number in (1, 2, 3, 4, 5, 8, 9, 10, 14, 40, 49, 89)]
    assert written == ["I", "II", "III", "IV", "V", "VIII", "IX", "X", "XIV", "XL", "XLIX", "LXXXIX"]


@pytest.mark.parametrize("number", [0, 90])
def test_roman_ends(number: int) -> None:
    with pytest.raises(ValueError, match="Roman"):
        numbers.roman(number)


def test_points_follow_the_vietnamese_alphabet() -> None:
    letters = [numbers.point_letter(at) for at in range(1, 9)]
    assert letters == ["a", "b", "c", "d", "đ", "e", "g", "h"]
    assert (numbers.point_letter(23), numbers.point_letter(24)) == ("y", "a1")
    with pytest.raises(ValueError, match="from 1"):
        numbers.point_letter(0)


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [(5, 7, "71,43%"), (7, 7, "100%"), (1, 2, "50%"), (0, 7, "0%"), (1, 8, "12,5%"), (2, 3, "66,67%")],
)
def test_percent(part: int, whole: int, written: str) -> None:
    assert numbers.percent(part, whole) == written


def test_percent_of_nothing() -> None:
    with pytest.raises(ValueError, match="positive"):
        numbers.percent(0, 0)


def test_count() -> None:
    assert [numbers.count(number) for number in (0, 6, 62, 120)] == ["0", "06", "62", "120"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Hội đồng nhân dân tỉnh Vĩnh Giang", ("HỘI ĐỒNG NHÂN DÂN", "TỈNH VĨNH GIANG")),
        ("Hội đồng nhân dân thành phố Hồ Chí Minh", ("HỘI ĐỒNG NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH")),
        ("Ủy ban nhân dân phường Tân Hòa", ("ỦY BAN NHÂN DÂN", "PHƯỜNG TÂN HÒA")),
        ("Hội đồng nhân dân thị xã Phú Lộc", ("HỘI ĐỒNG NHÂN DÂN", "THỊ XÃ PHÚ LỘC")),
        ("Hội đồng nhân dân đặc khu Lý Sơn", ("HỘI ĐỒNG NHÂN DÂN", "ĐẶC KHU LÝ SƠN")),
        ("Ban Văn hóa - Xã hội", ("BAN VĂN HÓA - XÃ HỘI",)),
        ("Thường trực", ("THƯỜNG TRỰC",)),
    ],
)
def test_letterhead_lines(name: str, lines: tuple[str, ...]) -> None:
    assert name_lines(name) == lines
