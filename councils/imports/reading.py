"""From an uploaded file to rows of cells, or to a sentence on what is wrong with the file."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hdnd.lib.errors import DomainError
from hdnd.lib.inspection import inspect_office
from hdnd.lib.text import fold, nfc

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 80 * 1024 * 1024  # a workbook is a ZIP file, which may unpack to anything
MAX_ROWS = 10_000
HEADER_WITHIN = 15  # titles may stand above the column heads
EXAMPLE = "(ví dụ)"  # rows that begin so are examples of the template
RESAVE = "Mở tệp bằng Excel và lưu lại dạng Sổ làm việc Excel (.xlsx)"

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Heading:
    """A column that is looked for: its label, other words for it, and whether the file must have it."""

    label: str
    aliases: tuple[str, ...] = ()
    required: bool = False

    @property
    def keys(self) -> set[str]:
        """All its names, folded."""
        return {fold(name) for name in (self.label, *self.aliases)}


@dataclass(frozen=True)
class Sheet:
    """What was read.

    Attributes:
        labels: the known columns that the file has, in its order.
        rows: the row's number as the spreadsheet shows it, and its cells by label.
    """

    labels: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, Cell]], ...]


def read_sheet(content: bytes, filename: str, headings: Sequence[Heading]) -> Sheet:
    """The rows of an `.xlsx` or `.csv` file below the row that names the columns.

    Raises:
        DomainError: too large, not what its name says, unreadable, or without the columns; field `file`.
    """
    if len(content) > MAX_BYTES:
        raise _refusal("Tệp lớn hơn 5 MB. Chia thành nhiều tệp nhỏ hơn, hoặc xóa ảnh và trang tính thừa.")
    if not content.strip():
        raise _refusal("Tệp rỗng. Chọn lại tệp có dữ liệu.")
    suffix = filename.rpartition(".")[2].lower()
    if suffix == "xlsx":
        return _from_workbook(content, headings)
    if suffix == "csv":
        return _from_csv(content, headings)
    if suffix == "xls":
        raise _refusal(f"Tệp Excel đời cũ (.xls) không đọc được. {RESAVE}.")
    raise _refusal("Chỉ nhận tệp .xlsx hoặc .csv. Tải tệp mẫu về, điền rồi tải lên.")


def _refusal(message: str) -> DomainError:
    return DomainError(message, field="file")


# ---- workbooks --------------------------------------------------------------------------------------------


def _from_workbook(content: bytes, headings: Sequence[Heading]) -> Sheet:
    from openpyxl import load_workbook

    _check_workbook(content)
    inspect_office(content)
    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
    except Exception:  # whatever a broken archive makes openpyxl raise, it says the same to the user
        raise _refusal(f"Tệp .xlsx bị hỏng, không mở được. {RESAVE}.") from None
    if book.epoch.year == 1904:
        raise _refusal("Tệp đếm ngày từ năm 1904. Trong Excel, bỏ chọn “Use 1904 date system” rồi lưu lại.")
    refusals = []
    for page in book.worksheets:
        lines = [(number, list(cells)) for number, cells in enumerate(page.iter_rows(values_only=True), 1)]
        try:
            start, columns = _find_heads(lines, headings)
        except DomainError as error:
            refusals.append(error)
            continue
        merged = [area.coord for area in page.merged_cells.ranges if area.max_row >= start]
        if merged:
            raise _refusal(
                f"Có ô gộp ở {', '.join(merged[:5])}{' …' if len(merged) > 5 else ''}. "
                "Bỏ gộp ô và điền giá trị vào từng ô, rồi tải lại."
            )
        return _sheet(lines, start, columns)
    raise refusals[0] if refusals else _refusal("Tệp không có trang tính nào.")


def _check_workbook(content: bytes) -> None:
    """Whether the bytes are a workbook at all, and one that may be unpacked."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refusal(
            f"Tệp mang tên .xlsx nhưng là Excel đời cũ hoặc có mật khẩu. {RESAVE}, không đặt mật khẩu."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile:
        names, unpacked = set(), 0
    if "xl/workbook.xml" not in names:
        raise _refusal(f"Tệp mang tên .xlsx nhưng nội dung không phải Excel. {RESAVE}, không đổi tên tệp.")
    if unpacked > MAX_UNPACKED:
        raise _refusal("Tệp chứa quá nhiều dữ liệu khi giải nén. Chép riêng bảng cần nhập sang tệp mới.")


# ---- CSV --------------------------------------------------------------------------------------------------


def _from_csv(content: bytes, headings: Sequence[Heading]) -> Sheet:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise _refusal(
            "Tệp mang tên .csv nhưng nội dung không phải văn bản. Lưu lại từ Excel dạng CSV UTF-8."
        )
    text = _decoded(content)
    delimiter = max(
        ",;\t", key=lambda mark: max(line.count(mark) for line in text.splitlines()[:HEADER_WITHIN])
    )
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise _refusal(
            "Tệp .csv sai cấu trúc, không tách được cột. Lưu lại từ Excel dạng CSV UTF-8."
        ) from None
    lines: list[tuple[int, list[Any]]] = [(number, list(row)) for number, row in enumerate(table, 1)]
    start, columns = _find_heads(lines, headings)
    return _sheet(lines, start, columns)


def _decoded(content: bytes) -> str:
    """The text by its mark, as UTF-8, or as Windows' Vietnamese page if that gives plain Vietnamese."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        if b"\0" not in content:
            return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\0" not in content:
        try:
            text = nfc(content.decode("cp1258"))
        except UnicodeDecodeError:
            text = "\ufffd"
        if all(mark.isascii() or mark.isalpha() or mark in "–—‘’“”…₫ \u00a0" for mark in text) and _reads(
            text
        ):
            return text
    raise _refusal(
        "Không nhận ra bảng mã của tệp .csv. Trong Excel chọn Lưu thành, loại “CSV UTF-8”, rồi tải lại."
    )


def _reads(text: str) -> bool:
    """Whether all letters are those of Vietnamese: older fonts' pages decode into Icelandic and Greek ones."""
    return all("a" <= letter <= "z" or letter == " " for letter in fold(text) if letter.isalpha())


# ---- what both have ---------------------------------------------------------------------------------------


def _find_heads(
    lines: Sequence[tuple[int, list[Any]]], headings: Sequence[Heading]
) -> tuple[int, dict[int, str]]:
    """The number of the row with the column heads and the label of each known column by its position."""
    best: dict[int, str] = {}
    best_at = 0
    for number, cells in lines[:HEADER_WITHIN]:
        columns: dict[int, str] = {}
        for position, cell in enumerate(cells):
            name = fold(str(cell or "")).rstrip(" *")
            label = next((head.label for head in headings if name in head.keys), None)
            if label and label in columns.values():
                raise _refusal(f"Cột “{label}” xuất hiện hai lần ở dòng {number}. Giữ lại một cột.")
            if label:
                columns[position] = label
        if len(columns) > len(best):
            best, best_at = columns, number
    missing = [head.label for head in headings if head.required and head.label not in best.values()]
    if missing:
        found = [str(cell) for cell in _widest(lines) if cell]
        there = f" Tệp đang có: {', '.join(found[:12])}." if found and not best else ""
        raise _refusal(
            f"Thiếu cột {', '.join(f'“{label}”' for label in missing)}.{there} "
            "Đặt tên cột đúng như tệp mẫu; thứ tự và cột thừa không ảnh hưởng."
        )
    return best_at, best


def _widest(lines: Iterable[tuple[int, list[Any]]]) -> list[Any]:
    """The fullest of the first rows: most likely the column heads."""
    first = [cells for _, cells in list(lines)[:HEADER_WITHIN]]
    return max(first, key=lambda cells: sum(1 for cell in cells if cell), default=[])


def _sheet(lines: Sequence[tuple[int, list[Any]]], start: int, columns: dict[int, str]) -> Sheet:
    rows = []
    for number, cells in lines[start:]:
        row = {label: _cell(cells[at] if at < len(cells) else None) for at, label in columns.items()}
        first = next((value for value in row.values() if value not in (None, "")), None)
        if first is None or str(first).lower().startswith(EXAMPLE):
            continue
        rows.append((number, row))
    if not rows:
        raise _refusal("Tệp không có dòng dữ liệu nào dưới dòng tên cột. Điền dữ liệu rồi tải lại.")
    if len(rows) > MAX_ROWS:
        raise _refusal(
            f"Tệp có {len(rows)} dòng, nhiều hơn {MAX_ROWS} dòng một lần nhập. Chia thành nhiều tệp."
        )
    return Sheet(tuple(columns.values()), tuple(rows))


def _cell(value: Any) -> Cell:
    """A cell as it means: text in NFC, whole numbers without a fraction, a midnight as its day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, (int, float, date)):
        return value
    text = nfc(str(value))
    # The apostrophe with which exports keep a spreadsheet from running a text as a formula.
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text
