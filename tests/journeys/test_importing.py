"""An administrator imports delegates from Excel with bad rows: told why, mended, imported; long files by a worker."""

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from councils.demo import load_accounts, load_bodies
from councils.models import Membership, Person
from hdnd.audit.models import Entry
from tests.councils.imports.files import PEOPLE, SEATS, saved, workbook
from tests.journeys.test_main_job import sign_in
from tests.worker import WorkerProcess

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def province(transactional_db: None) -> None:
    """The demo's bodies and accounts."""
    load_bodies()
    load_accounts()


def upload(page: Any, kind: str, name: str, content: bytes) -> None:
    """From the page of imports to what the check says."""
    page.goto("/co-quan/quan-ly/nhap/")
    page.select_option("[name=kind]", label=kind)
    page.set_input_files("[name=file]", {"name": name, "mimeType": XLSX, "buffer": content})
    page.get_by_role("button", name="Kiểm tra tệp").click()
    page.wait_for_load_state()


def figures(page: Any) -> list[str]:
    """Bad, new, changed, same."""
    return [text.strip() for text in page.locator(".figures b").all_inner_texts()]


def download(page: Any, name: str) -> Workbook:
    """The workbook behind a link."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    with waiting.value.path().open("rb") as file:
        return load_workbook(file)


def test_delegates_with_bad_rows(live_server: Any, new_page: Callable[..., Any], province: None) -> None:
    page = new_page()
    sign_in(page, "quantri")
    page.get_by_role("link", name="Cơ quan").first.click()
    page.get_by_role("link", name="Quản lý", exact=True).click()
    page.get_by_role("link", name="Nhập, xuất bằng Excel").click()

    # The template, filled in by an office: a title above, one mistake in each of two rows.
    book = download(page, "Tải tệp mẫu: Đại biểu và người khác")
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == PEOPLE
    for row in (
        ["DB101", "Nguyễn Thị Hồng Minh", "nữ", 1978, "hongminh@hdnd.test", 912345678],
        ["DB102", "Trần Quốc Bảo", "không rõ", 1969, "bao@hdnd.test", None],
        ["DB103", "Lò Văn Sơn", "nam", 75, None, None],
    ):
        sheet.append(row)
    people = Person.objects.count()
    upload(page, "Đại biểu và người khác", "Đại biểu khóa mới.xlsx", saved(book))
    assert figures(page) == ["2", "1", "0", "0"]
    page.get_by_text("Không có giá trị này. Ghi một trong: nam, nữ.").wait_for()
    page.get_by_text("Ghi năm bằng bốn chữ số, ví dụ 1975.").wait_for()
    assert Person.objects.count() == people

    # Without a word about the bad rows nothing is written.
    page.get_by_role("button", name="Nhập 1 dòng hợp lệ").click()
    page.get_by_text("Còn dòng lỗi.").wait_for()
    assert Person.objects.count() == people
    bad = download(page, "Tải 2 dòng lỗi để sửa")
    page.get_by_label("Bỏ qua các dòng lỗi").check()
    page.get_by_role("button", name="Nhập 1 dòng hợp lệ").click()
    page.get_by_text("Đã ghi 1 dòng từ Đại biểu khóa mới.xlsx.").wait_for()
    assert Person.objects.get(code="DB101").phone == "0912345678"

    # The rows that came back are mended in place and uploaded as they are.
    table = bad.worksheets[0]
    assert table["G1"].value == "Lý do cần sửa"
    table["C2"], table["D3"] = "nam", 1975
    upload(page, "Đại biểu và người khác", "dong-loi.xlsx", saved(bad))
    assert figures(page) == ["0", "2", "0", "0"]
    page.get_by_role("button", name="Nhập 2 dòng hợp lệ").click()
    page.get_by_text("Đã ghi 2 dòng từ dong-loi.xlsx.").wait_for()
    assert Entry.objects.filter(verb="councils.person.created", actor__username="quantri").count() == 3

    # Their seats, in two spellings of the day.
    seats = workbook(
        SEATS, ["DB101", "", "HDND", "Đại biểu", "ngày 1 tháng 7 năm 2026", "", "", "Đơn vị số 3"],
        ["DB102", "", "HDND", "Đại biểu", "1.7.2026", "", "có", ""],
    )  # fmt: skip
    upload(page, "Tư cách thành viên", "tu-cach.xlsx", seats)
    page.get_by_role("button", name="Nhập 2 dòng hợp lệ").click()
    page.get_by_text("Đã ghi 2 dòng từ tu-cach.xlsx.").wait_for()
    assert [str(row.valid_from) for row in Membership.objects.filter(person__code__startswith="DB10")] == [
        "2026-07-01", "2026-07-01",
    ]  # fmt: skip


def test_a_file_that_is_not_what_its_name_says_on_a_phone(
    live_server: Any, new_page: Callable[..., Any], province: None
) -> None:
    page = new_page({"width": 360, "height": 740})
    sign_in(page, "quantri")
    upload(page, "Đại biểu và người khác", "danh sách.xlsx", b"%PDF-1.7 not a workbook")
    page.get_by_text("nội dung không phải Excel").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_long_file_is_left_to_the_worker_and_waited_for(
    live_server: Any, new_page: Callable[..., Any], province: None, celery_worker_process: WorkerProcess
) -> None:
    rows = [[f"DL{index}", f"Nguyễn Văn {index}", "nam", 1970, "", ""] for index in range(600)]
    page = new_page()
    sign_in(page, "quantri")
    upload(page, "Đại biểu và người khác", "dài.xlsx", workbook(PEOPLE, *rows))
    page.reload()  # whether the worker is done or not, the page says where it stands
    page.get_by_role("button", name="Nhập 600 dòng hợp lệ").wait_for(timeout=30_000)
    page.get_by_role("button", name="Nhập 600 dòng hợp lệ").click()
    page.get_by_text("Đã ghi 600 dòng.").wait_for(timeout=30_000)
    assert Person.objects.filter(code__startswith="DL").count() == 600
