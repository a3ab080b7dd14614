"""Files as they come: what is read, and the sentence for what is not."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from councils.imports.reading import MAX_ROWS, Heading, read_sheet
from hdnd.lib.errors import DomainError
from tests.councils.imports.files import comma_text, saved, workbook

HEADS = [Heading("Mã người", ("Mã",)), Heading("Họ và tên", ("Họ tên",), required=True), Heading("Từ ngày")]
NAMES = ["Mã người", "Họ và tên", "Từ ngày"]
ROW = ["P1", "Đỗ Thị Thu Hiền", "27/03/2026"]
READ = {"Mã người": "P1", "Họ và tên": "Đỗ Thị Thu Hiền", "Từ ngày": "27/03/2026"}
CELLS = ["P1", "Đỗ Thị Thu Hiền", "27/03/2026"]


def refusal(content: bytes, filename: str) -> str:
    with pytest.raises(DomainError) as caught:
        read_sheet(content, filename, HEADS)
    assert caught.value.field == "file"
    return caught.value.message


def test_columns_are_found_in_any_order_under_titles_and_by_other_words() -> None:
    content = workbook(
        ["STT", "HỌ TÊN *", "Mã", "Ghi chú"], [1, "Đỗ Thị  Thu Hiền", "P1", "thừa"], [None, None, None, None],
        [2, "Bùi Đức Đại", 7.0, ""], above=("DANH SÁCH ĐẠI BIỂU", ""), merge="A1:D1",
    )  # fmt: skip
    sheet = read_sheet(content, "Danh sách.XLSX", HEADS)
    assert sheet.labels == ("Họ và tên", "Mã người")
    assert sheet.rows == (
        (4, {"Họ và tên": "Đỗ Thị  Thu Hiền", "Mã người": "P1"}),
        (6, {"Họ và tên": "Bùi Đức Đại", "Mã người": 7}),
    )


def test_cells_keep_what_they_mean() -> None:
    content = workbook(NAMES, ["'=1+1", "Hiê\u0300n", date(2026, 3, 27)], ["(ví dụ) P2", "Bỏ qua", None])
    ((number, row),) = read_sheet(content, "a.xlsx", HEADS).rows
    assert (number, row) == (2, {"Mã người": "=1+1", "Họ và tên": "Hiền", "Từ ngày": date(2026, 3, 27)})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_in_unicode_with_any_mark(encoding: str, mark: str) -> None:
    content = comma_text(NAMES, ROW, mark=mark).encode(encoding)
    assert read_sheet(content, "a.csv", HEADS).rows == ((2, READ),)


def test_csv_of_old_windows() -> None:
    """The page holds tones as marks of their own, after the letter."""
    decomposed = (
        comma_text(NAMES, ROW)
        .replace("ọ", "o\u0323").replace("ỗ", "ô\u0303").replace("ị", "i\u0323").replace("ề", "ê\u0300")
        .replace("ừ", "ư\u0300").replace("à", "a\u0300").replace("ã", "a\u0303").replace("ờ", "ơ\u0300")
    )  # fmt: skip
    assert read_sheet(decomposed.encode("cp1258"), "a.csv", HEADS).rows == ((2, READ),)


def test_a_font_page_of_the_nineties_is_refused() -> None:
    bytes_of_tcvn3 = b"Ma nguoi,Ho va ten\r\nP1," + b"\xa7\xe7 Th\xde Thu Hi\xd2n\r\n"
    assert refusal(bytes_of_tcvn3, "a.csv") == (
        "Không nhận ra bảng mã của tệp .csv. Trong Excel chọn Lưu thành, loại “CSV UTF-8”, rồi tải lại."
    )


def test_missing_and_doubled_columns_are_named() -> None:
    assert refusal(workbook(["Mã", "Chức vụ"], ["P1", "x"]), "a.xlsx") == (
        "Thiếu cột “Họ và tên”. Đặt tên cột đúng như tệp mẫu; thứ tự và cột thừa không ảnh hưởng."
    )
    assert refusal(workbook(["A", "B"], ["P1", "x"]), "a.xlsx") == (
        "Thiếu cột “Họ và tên”. Tệp đang có: A, B. "
        "Đặt tên cột đúng như tệp mẫu; thứ tự và cột thừa không ảnh hưởng."
    )
    assert refusal(workbook(["Họ và tên", "Họ tên"], ["a", "b"]), "a.xlsx") == (
        "Cột “Họ và tên” xuất hiện hai lần ở dòng 1. Giữ lại một cột."
    )


def test_merged_cells_among_the_data_are_named() -> None:
    content = workbook(NAMES, ROW, ROW, merge="C2:C3")
    assert refusal(content, "a.xlsx") == (
        "Có ô gộp ở C2:C3. Bỏ gộp ô và điền giá trị vào từng ô, rồi tải lại."
    )


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
RESAVE = "Mở tệp bằng Excel và lưu lại dạng Sổ làm việc Excel (.xlsx)"


@pytest.mark.parametrize(
    ("content", "filename", "message"),
    [
        (b"", "a.xlsx", "Tệp rỗng. Chọn lại tệp có dữ liệu."),
        (b"  \r\n", "a.csv", "Tệp rỗng. Chọn lại tệp có dữ liệu."),
        (b"%PDF-1.7 ...", "a.xlsx", f"Tệp mang tên .xlsx nhưng nội dung không phải Excel. {RESAVE}, không đổi tên tệp."),
        (zipped(word__document=b"x"), "a.xlsx", f"Tệp mang tên .xlsx nhưng nội dung không phải Excel. {RESAVE}, không đổi tên tệp."),
        (OLE, "a.xlsx", f"Tệp mang tên .xlsx nhưng là Excel đời cũ hoặc có mật khẩu. {RESAVE}, không đặt mật khẩu."),
        (OLE, "a.xls", f"Tệp Excel đời cũ (.xls) không đọc được. {RESAVE}."),
        (OLE, "a.csv", "Tệp mang tên .csv nhưng nội dung không phải văn bản. Lưu lại từ Excel dạng CSV UTF-8."),
        (b"%PDF-1.7", "a.pdf", "Chỉ nhận tệp .xlsx hoặc .csv. Tải tệp mẫu về, điền rồi tải lên."),
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv", "Tệp lớn hơn 5 MB. Chia thành nhiều tệp nhỏ hơn, hoặc xóa ảnh và trang tính thừa."),
    ],
)  # fmt: skip
def test_what_is_not_what_its_name_says(content: bytes, filename: str, message: str) -> None:
    assert refusal(content, filename) == message


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked() -> None:
    bomb = zipped(**{"xl/workbook.xml": bytes(81 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert refusal(bomb, "a.xlsx") == (
        "Tệp chứa quá nhiều dữ liệu khi giải nén. Chép riêng bảng cần nhập sang tệp mới."
    )


def test_a_broken_workbook_is_refused() -> None:
    broken = zipped(**{"xl/workbook.xml": b"<not xml"})
    assert refusal(broken, "a.xlsx") == f"Tệp .xlsx bị hỏng, không mở được. {RESAVE}."


def test_no_rows_and_too_many() -> None:
    assert refusal(workbook(NAMES), "a.xlsx") == (
        "Tệp không có dòng dữ liệu nào dưới dòng tên cột. Điền dữ liệu rồi tải lại."
    )
    many = comma_text(NAMES, *([CELLS] * (MAX_ROWS + 1))).encode()
    assert (
        refusal(many, "a.csv")
        == "Tệp có 10001 dòng, nhiều hơn 10000 dòng một lần nhập. Chia thành nhiều tệp."
    )


def test_days_counted_from_1904_are_refused() -> None:
    book: Any = Workbook()
    book.active.append(NAMES)
    book.active.append(ROW)
    book.epoch = CALENDAR_MAC_1904
    assert refusal(saved(book), "a.xlsx").startswith("Tệp đếm ngày từ năm 1904.")


def test_a_workbook_with_macros_is_refused_whatever_its_name() -> None:
    content = zipped(**{"xl/workbook.xml": b"", "xl/vbaProject.bin": b"x"})
    assert refusal(content, "a.xlsx").startswith("Tệp có macro nên không nhận.")
