"""One way to show a list: sort, page, export. The directory of bodies stands for all lists."""

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from openpyxl import load_workbook

from councils.filters import OrganizationFilter
from councils.models import Organization
from councils.views.directory import COLUMNS
from hdnd.lib import clock
from hdnd.lib.lists import PAGE_SIZE, Column, ListPage, cell, csv_bytes, xlsx
from tests import factories as make

pytestmark = pytest.mark.django_db


def list_page(query: str = "") -> ListPage:
    request = RequestFactory().get(f"/?{query}")
    found = OrganizationFilter(request.GET, queryset=Organization.objects.select_related("area"))
    return ListPage(request, filterset=found, columns=COLUMNS, default_sort="ma", name="co-quan")


def codes(query: str = "") -> list[str]:
    return [body.code for body in list_page(query).page()]


def test_sorts_both_ways_and_ignores_an_unknown_column() -> None:
    for code in ("B2", "B1", "B3"):
        make.organization(code)
    assert codes() == ["B1", "B2", "B3"]
    assert codes("sap=-ma") == ["B3", "B2", "B1"]
    assert codes("sap=-password") == ["B1", "B2", "B3"]


def test_equal_values_are_ordered_by_key_so_that_pages_do_not_overlap() -> None:
    made = [make.organization(name="Sở").code for _ in range(PAGE_SIZE + 5)]
    first, second = codes("sap=loai"), codes("sap=loai&trang=2")
    assert (len(first), len(second)) == (PAGE_SIZE, 5)
    assert sorted(first + second) == sorted(made)


def test_a_page_beyond_the_end_is_the_last() -> None:
    make.organization("B1")
    assert codes("trang=99") == ["B1"]
    assert codes("trang=x") == ["B1"]


def test_filters_by_text_without_accents() -> None:
    make.organization("B1", name="Sở Xây dựng")
    make.organization("B2", name="Sở Y tế")
    assert codes("tim=xay dung") == ["B1"]
    assert codes("tim=XÂY") == ["B1"]
    assert codes("tim=y so") == ["B1", "B2"]  # every word, in any order


def test_headings_turn_the_sort_and_drop_the_page() -> None:
    heads = {head.key: head for head in list_page("sap=ma&trang=2&tim=x").headings()}
    assert heads["ma"].direction == "ascending"
    assert QueryDict(heads["ma"].query).dict() == {"sap": "-ma", "tim": "x"}
    assert heads["ten"].direction == ""
    assert QueryDict(heads["ten"].query).dict() == {"sap": "ten", "tim": "x"}


def test_context_says_whether_a_filter_is_set() -> None:
    assert list_page("sap=ma").context()["is_filtered"] is False
    assert list_page("tim=x&sap=ma").context()["is_filtered"] is True
    assert list_page("tim=").context()["is_filtered"] is False


def test_csv_export_holds_all_filtered_rows_and_opens_in_excel() -> None:
    area = make.area("T", name="tỉnh Vĩnh Giang", kind="province")
    for number in range(PAGE_SIZE + 1):
        make.organization(f"B{number:03}", name=f"Sở {number}", area=area)
    make.organization("X", name="Ban")
    with clock.at(clock.at_time(date(2026, 6, 26))):
        response = list_page("tim=so&xuat=csv").response("unused.html")
    assert response["Content-Disposition"] == 'attachment; filename="co-quan-2026-06-26.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Cơ quan", "Loại", "Cấp", "Đơn vị hành chính", "Mã"]
    assert len(rows) == PAGE_SIZE + 2
    assert rows[1] == ["Sở 0", "Sở, ban, ngành", "Cấp tỉnh", "tỉnh Vĩnh Giang", "B000"]


def test_xlsx_export_is_a_workbook_of_the_filtered_rows() -> None:
    make.organization("B1", name="Sở Xây dựng")
    make.organization("B2", name="Ban")
    response = list_page("tim=xay&xuat=xlsx").response("unused.html")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert [row[0] for row in rows] == ["Cơ quan", "Sở Xây dựng"]
    assert sheet["A1"].font.bold is True
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-5", "'-5"),
        (-5, -5),
        (True, "có"),
        (None, ""),
        ("a\x00\x0bb", "ab"),
        (date(2026, 6, 26), "26/06/2026"),
        (datetime(2026, 6, 26, 7, 30, tzinfo=clock.VIETNAM), "thứ Sáu, 26/06/2026, 07:30"),
    ],
)
def test_cells(value: Any, expected: Any) -> None:
    assert cell(value) == expected


def test_a_wide_table_has_a_column_beyond_z() -> None:
    heads = [f"Cột {number}" for number in range(30)]
    sheet = load_workbook(io.BytesIO(xlsx(heads, [[1] * 30]))).active
    assert sheet is not None
    assert sheet["AD1"].value == "Cột 29"
    assert csv_bytes(heads[:2], [["a", 1]]) == "\ufeffCột 0,Cột 1\r\na,1\r\n".encode()


def test_column_without_order_does_not_sort() -> None:
    request = RequestFactory().get("/?sap=k")
    found = OrganizationFilter(request.GET, queryset=Organization.objects.all())
    columns = (
        Column("k", "Không", lambda row: ""),
        Column("ma", "Mã", lambda row: row.code, order=("code",)),
    )
    made = ListPage(request, filterset=found, columns=columns, default_sort="ma", name="x")
    assert made.sort == "ma"
    assert [head.sortable for head in made.headings()] == [False, True]
