"""Files as offices send them."""

import io
from typing import Any

from openpyxl import Workbook

PEOPLE = ["Mã người", "Họ và tên", "Giới tính", "Năm sinh", "Thư điện tử", "Điện thoại"]
SEATS = [
    "Mã người",
    "Họ và tên",
    "Mã cơ quan",
    "Chức vụ",
    "Từ ngày",
    "Đến hết ngày",
    "Chuyên trách",
    "Đơn vị bầu cử",
]
BODIES = ["Mã cơ quan", "Tên cơ quan", "Loại", "Mã đơn vị hành chính", "Trực thuộc", "Từ ngày"]
CONTACTS = ["Mã cơ quan", "Vai trò", "Họ tên hoặc bộ phận", "Thư điện tử", "Nhận giấy mời"]


def workbook(heads: list[str], *rows: list[Any], above: tuple[str, ...] = (), merge: str = "") -> bytes:
    """An `.xlsx` file; `above` are lines over the column heads, `merge` a range of joined cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in above:
        sheet.append([line])
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma_text(heads: list[str], *rows: list[str], mark: str = ",") -> str:
    """A CSV text."""
    return "\r\n".join(mark.join(row) for row in (heads, *rows)) + "\r\n"
