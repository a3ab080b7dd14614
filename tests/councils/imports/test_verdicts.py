"""What the check says of rows: new, changed, the same, or bad with the reason; nothing is written by it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.choices import ImportKind
from councils.imports.kinds import RESOURCES
from councils.imports.reading import read_sheet
from councils.imports.resources import Checked
from tests import factories as make
from tests.cast import Cast
from tests.councils.imports.files import BODIES, CONTACTS, PEOPLE, SEATS, workbook
from tests.ledger import everything

pytestmark = pytest.mark.django_db


def check(kind: str, heads: list[str], *rows: list[Any]) -> list[Checked]:
    """The verdicts, having made sure that the check wrote nothing."""
    before = everything()
    resource = RESOURCES[kind]()
    checked = resource.check(read_sheet(workbook(heads, *rows), "a.xlsx", resource.headings()))
    assert everything() == before
    return checked


def told(checked: list[Checked]) -> list[tuple[Any, ...]]:
    return [(row.number, str(row.outcome), row.changes or row.errors) for row in checked]


def test_people_new_changed_same_and_bad(cast: Cast) -> None:
    found = check(
        ImportKind.PEOPLE, PEOPLE,
        ["P90", "Bùi Đức Anh", "Nam", 1975, "", 912345678],
        ["p07", "Bùi Đức Đại", "nam", None, None, None],
        ["P08", "Vũ Thị Mai Anh", None, None, None, None],
        ["P91", "", "không rõ", 75, "khong-phai-thu", None],
        ["P90", "Người Khác", None, None, None, None],
    )  # fmt: skip
    assert told(found) == [
        (2, "new", [
            ["Mã người", "", "P90"], ["Họ và tên", "", "Bùi Đức Anh"], ["Giới tính", "", "nam"],
            ["Năm sinh", "", "1975"], ["Điện thoại", "", "0912345678"],
        ]),
        (3, "changed", [["Giới tính", "", "nam"]]),
        (4, "same", []),
        (5, "bad", [
            ["Họ và tên", "", "Ô này không được bỏ trống."],
            ["Giới tính", "không rõ", "Không có giá trị này. Ghi một trong: nam, nữ."],
            ["Năm sinh", "75", "Ghi năm bằng bốn chữ số, ví dụ 1975."],
            ["Thư điện tử", "khong-phai-thu", "Không phải địa chỉ thư điện tử. Ghi dạng ten@coquan.gov.vn, một địa chỉ một ô."],
        ]),
        (6, "bad", [["", "", "Trùng với dòng 2 của tệp. Giữ lại một dòng."]]),
    ]  # fmt: skip


def test_a_person_without_a_code_is_found_by_name_and_year(cast: Cast) -> None:
    make.person("Lê Văn Trùng", birth_year=1970)
    make.person("Lê Văn Trùng", birth_year=1980)
    heads = ["Họ và tên", "Năm sinh", "Điện thoại"]
    found = check(
        ImportKind.PEOPLE, heads,
        ["le van trung", 1980, "0203"], ["Lê Văn Trùng", None, ""], ["Bùi Đức Đại", 1970, ""], ["Lê Văn Trùng", 1990, ""],
    )  # fmt: skip
    assert told(found) == [
        (2, "changed", [["Họ và tên", "Lê Văn Trùng", "le van trung"], ["Điện thoại", "", "0203"]]),
        (3, "bad", [["Họ và tên", "Lê Văn Trùng", "Có 2 người cùng tên. Ghi mã người hoặc năm sinh để biết là ai."]]),
        (4, "changed", [["Năm sinh", "", "1970"]]),
        (5, "new", [["Họ và tên", "", "Lê Văn Trùng"], ["Năm sinh", "", "1990"]]),
    ]  # fmt: skip


def test_seats_are_judged_by_the_rules_of_memberships(cast: Cast) -> None:
    make.person("Người Mới", code="P90")
    found = check(
        ImportKind.MEMBERSHIPS, SEATS,
        ["P90", "Người Mới", "HDND", "Đại biểu", "ngày 27 tháng 3 năm 2026", "", "x", "Đơn vị số 3"],
        ["P08", "", "hdnd", "đại biểu", "27/03/2026", "30-6-2026", "", ""],
        ["P07", "", "HDND", "Đại biểu", "1.4.2026", "", "", ""],
        ["P07", "Bùi Đức Anh", "HDND", "Đại biểu", "2026-03-27", "", "", ""],
        ["", "Người Mới", "TTHDND", "Trưởng ban", "30/02/2026", "", "", ""],
        ["P90", "", "UBND", "Ủy viên", "01/05/2026", "30/04/2026", "", ""],
        ["P90", "", "KHONGCO", "Ủy viên", "", "", "", ""],
    )  # fmt: skip
    spelling = "Ghi ngày/tháng/năm đủ bốn chữ số của năm, ví dụ 27/03/2026."
    assert told(found)[1:] == [
        (3, "changed", [["Đến hết ngày", "", "30/06/2026"]]),
        (4, "bad", [["Từ ngày", "1.4.2026", "Trùng thời gian với tư cách Đại biểu từ 27/03/2026 đến nay. Kết thúc tư cách cũ trước ngày bắt đầu tư cách mới."]]),
        (5, "bad", [["Mã người", "P07", "Mã này là của Bùi Đức Đại, không phải Bùi Đức Anh. Sửa mã hoặc sửa tên."]]),
        (6, "bad", [
            ["Chức vụ", "Trưởng ban", "Không có chức vụ “Trưởng ban”. Xem trang “Mã dùng được” của tệp mẫu, hoặc nhập chức vụ này trước."],
            ["Từ ngày", "30/02/2026", f"Không có ngày 30 tháng 2 năm 2026. {spelling}"],
        ]),
        (7, "bad", [["Đến hết ngày", "30/04/2026", "Ngày kết thúc sớm hơn ngày bắt đầu. Sửa một trong hai ngày, hoặc bỏ trống nếu chưa kết thúc."]]),
        (8, "bad", [
            ["Mã cơ quan", "KHONGCO", "Không có cơ quan “KHONGCO”. Xem trang “Mã dùng được” của tệp mẫu, hoặc nhập cơ quan này trước."],
            ["Từ ngày", "", "Ô này không được bỏ trống."],
        ]),
    ]  # fmt: skip
    assert (found[0].outcome, found[0].changes[-2:]) == (
        "new", [["Chuyên trách", "", "có"], ["Đơn vị bầu cử", "", "Đơn vị số 3"]],
    )  # fmt: skip


@pytest.mark.parametrize("turned", [False, True])
def test_a_seat_ended_in_one_row_frees_another(cast: Cast, turned: bool) -> None:
    rows = [
        ["P08", "", "HDND", "Đại biểu", "27/03/2026", "30/06/2026", "", ""],
        ["P08", "", "HDND", "Phó Chủ tịch", "01/07/2026", "", "", ""],
    ]
    last = ["P08", "", "HDND", "Đại biểu", "01/08/2026", "", "", ""]
    found = check(ImportKind.MEMBERSHIPS, SEATS, *(reversed(rows) if turned else rows), last)
    assert [row.number for row in found] == [2, 3, 4]
    assert [str(row.outcome) for row in found] == (
        ["new", "changed", "bad"] if turned else ["changed", "new", "bad"]
    )


def test_a_body_may_stand_below_one_of_the_same_file(cast: Cast) -> None:
    found = check(
        ImportKind.ORGANIZATIONS, BODIES,
        ["X09-HDND", "HĐND xã Mới", "Hội đồng nhân dân", "X03", "", ""],
        ["X09-TT", "Thường trực HĐND xã Mới", "standing_committee", "X03", "X09-HDND", ""],
        ["X09-B1", "Ban của xã Mới", "Ban của HĐND", "X03", "X10-HDND", ""],
        ["X10-HDND", "HĐND xã Khác", "Hội đồng", "X99", "", ""],
        ["SXD", "Sở Xây dựng", "Sở, ban, ngành", "T", "SXD", date(1997, 1, 1)],
    )  # fmt: skip
    assert [str(row.outcome) for row in found] == ["new", "new", "bad", "bad", "bad"]
    assert [[label for label, _, _ in row.errors] for row in found[2:]] == [
        ["Trực thuộc"], ["Loại", "Mã đơn vị hành chính"], ["Trực thuộc"],
    ]  # fmt: skip


def test_contacts_are_found_by_body_and_address(cast: Cast) -> None:
    make.contact(cast.world["UBND"], "vanthu@ubnd.test")
    found = check(
        ImportKind.CONTACTS, CONTACTS,
        ["UBND", "Văn thư", "Văn thư", "vanthu@ubnd.test", "không"],
        ["SXD", "Văn thư", "Văn thư", "vanthu@ubnd.test", "có"],
        ["SXD", "Thủ kho", "", "sai", "có lẽ"],
    )  # fmt: skip
    assert [str(row.outcome) for row in found] == ["changed", "new", "bad"]
    assert found[0].changes == [["Nhận giấy mời", "có", "không"]]
    assert [label for label, _, _ in found[2].errors] == ["Vai trò", "Thư điện tử", "Nhận giấy mời"]


@pytest.mark.parametrize("kind", [ImportKind.PEOPLE, ImportKind.MEMBERSHIPS])
def test_a_check_takes_as_many_queries_for_300_rows_as_for_one(cast: Cast, kind: str) -> None:
    def rows(number: int) -> list[list[Any]]:
        people = [f"N{kind}{number}-{index}" for index in range(number)]
        if kind == ImportKind.PEOPLE:
            return [[code, f"Người {code}", "nam", 1970, "", ""] for code in people]
        for code in people:
            make.person(f"Người {code}", code=code)
        return [[code, "", "HDND", "Đại biểu", "27/03/2026", "", "", ""] for code in people]

    counts = []
    for number in (1, 300):
        resource = RESOURCES[kind]()
        heads = PEOPLE if kind == ImportKind.PEOPLE else SEATS
        sheet = read_sheet(workbook(heads, *rows(number)), "a.xlsx", resource.headings())
        with CaptureQueriesContext(connection) as captured:
            assert {str(row.outcome) for row in resource.check(sheet)} == {"new"}
        counts.append(len(captured))
    assert counts[0] == counts[1]
