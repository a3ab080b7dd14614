"""Symbols by template (NĐ 30/2020, Điều 15, Phụ lục I)."""

import pytest

from documents.law.numbering import PARTY_TEMPLATE, check_template, padded, symbol


@pytest.mark.parametrize(
    ("number", "written"), [(1, "01"), (9, "09"), (10, "10"), (31, "31"), (100, "100"), (12345, "12345")]
)
def test_numbers_below_ten_get_a_zero(number: int, written: str) -> None:
    assert padded(number) == written


@pytest.mark.parametrize("number", [0, -1])
def test_no_number_below_one(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        padded(number)


@pytest.mark.parametrize(
    ("template", "type_code", "body", "written"),
    [
        ("{number}/{type}-{body}", "GM", "HĐND", "31/GM-HĐND"),
        ("{number}/{type}-{body}", "CV", "HĐND-VP", "31/HĐND-VP"),
        ("{number}/{year}/{type}-{body}", "NQ", "HĐND", "31/2026/NQ-HĐND"),
        ("{number}/{year}/{type}-{body}", "CV", "HĐND", "31/2026/HĐND"),
        ("{number}/{body}-{type}", "TB", "UBND", "31/UBND-TB"),
        ("{number}/{body}-{type}", "CV", "UBND", "31/UBND"),
        ("{number}/{type}/{body}", "CV", "UBND", "31/UBND"),
        ("{number}/{body}", "CV", "HĐND-VP", "31/HĐND-VP"),
        ("{number}/{body}", "GM", "HĐND", "31/HĐND"),
        ("{number}/{type}-HĐND.VP", "BC", "x", "31/BC-HĐND.VP"),
    ],
)
def test_a_letter_has_no_type(template: str, type_code: str, body: str, written: str) -> None:
    check_template(template)
    assert symbol(template=template, number=31, type_code=type_code, body=body, year=2026) == written


@pytest.mark.parametrize(("type_code", "written"), [("NQ", "09-NQ/TU"), ("CV", "09-CV/TU")])
def test_the_party_dashes_and_names_its_letters(type_code: str, written: str) -> None:
    check_template(PARTY_TEMPLATE, of_party=True)
    assert symbol(template=PARTY_TEMPLATE, number=9, type_code=type_code, body="TU", year=2026) == written
    with pytest.raises(ValueError, match="cơ quan Đảng"):
        check_template("{number}/{type}-{body}", of_party=True)


@pytest.mark.parametrize(
    "template",
    [
        "", "GM-HĐND", "{type}-{body}", "{number}-{type}/{body}", "Số {number}/{type}", "{number}/{x}", "{number}/{}",
        "{number}/{0}", "{number", "{number}/{type}}", "{number:04d}/{type}", "{number}/{body:d}", "{number}/{type!z}",
        "{number}/{type.upper}", "{number}/{type[0]}",
    ],
)  # fmt: skip
def test_templates_that_print_no_number_or_break_are_refused(template: str) -> None:
    with pytest.raises(ValueError, match="ký hiệu"):
        check_template(template)
