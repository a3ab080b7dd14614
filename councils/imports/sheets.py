"""Workbooks in the columns of an import: the template to fill in, the export, and the rows to mend."""

import io
from collections.abc import Iterable
from typing import Any

from councils.choices import ContactKind, ImportKind, OrganizationKind
from councils.imports.kinds import RESOURCES
from councils.imports.reading import EXAMPLE, MAX_ROWS
from councils.imports.resources import shown
from councils.models import Area, ImportRow, ImportRun, Organization, Post
from hdnd.lib.lists import xlsx

DATA, GUIDE, CODES = "Dữ liệu", "Cách ghi", "Mã dùng được"
REASON = "Lý do cần sửa"


def template(kind: str) -> bytes:
    """The workbook to fill in: heads with an example row, how each column is written, and the codes that exist."""
    columns = RESOURCES[kind]().columns()
    example = [str(column.example) for column in columns]
    example[0] = f"{EXAMPLE} {example[0]}"
    guide = [["Cột", "Bắt buộc", "Cách ghi", "Ví dụ"]] + [
        [c.column_name, "có" if c.column_required or c.required else "", c.note, str(c.example)]
        for c in columns
    ]
    notes = [
        [""],
        [f"Dòng bắt đầu bằng “{EXAMPLE}” được bỏ qua. Thứ tự cột và cột thừa không ảnh hưởng. Không gộp ô."],
        [f"Mỗi tệp nhiều nhất {MAX_ROWS} dòng. Ô trống trong một cột có mặt nghĩa là xóa giá trị cũ."],
    ]
    heads = [column.column_name for column in columns]
    return _book(
        [(DATA, [heads, example], True), (GUIDE, guide + notes, False), (CODES, _codes(kind), False)]
    )


def _codes(kind: str) -> list[list[str]]:
    """What may stand in the columns that refer to something."""
    if kind == ImportKind.ORGANIZATIONS:
        areas = Area.objects.order_by("code").values_list("code", "name")
        rows = [["Loại cơ quan", ""], *([label, ""] for label in OrganizationKind.labels)]
        return [*rows, ["", ""], ["Mã đơn vị hành chính", "Tên"], *([code, name] for code, name in areas)]
    if kind == ImportKind.PEOPLE:
        return [["Giới tính"], ["nam"], ["nữ"]]
    bodies = Organization.objects.order_by("code").values_list("code", "name", "kind")
    labels = dict(OrganizationKind.choices)
    listed = [["Mã cơ quan", "Tên", "Loại"], *([code, name, labels[of]] for code, name, of in bodies)]
    if kind == ImportKind.CONTACTS:
        return [["Vai trò"], *([label] for label in ContactKind.labels), [""], *listed]
    posts = Post.objects.order_by("organization_kind", "rank").values_list("name", "organization_kind")
    return [["Chức vụ", "Loại cơ quan"], *([name, labels[of]] for name, of in posts), [""], *listed]


def export(kind: str) -> bytes:
    """All rows of the kind; imported again, each of them is unchanged."""
    resource = RESOURCES[kind]()
    heads = [column.column_name for column in resource.columns()]
    rows = resource.table(resource.get_queryset())
    return xlsx(heads, [[shown(text) for text in row] for row in rows])


def bad_rows(run: ImportRun, rows: Iterable[ImportRow]) -> bytes:
    """The rows to mend, as they came, with the reasons in a last column that an import passes over."""
    table: list[Any] = [[*(shown(text) for text in row.cells), row.reason] for row in rows]
    return xlsx([*run.columns, REASON], table)


def _book(pages: list[tuple[str, list[list[str]], bool]]) -> bytes:
    """A workbook of several pages; the third of each says whether its second row is an example."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows, has_example in pages:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
        for head in page[1]:
            head.font = Font(bold=True)
        for cell in page[2] if has_example else ():
            cell.font = Font(italic=True, color="808080")
        page.freeze_panes = "A2"
        for index in range(1, len(rows[0]) + 1):
            width = max(len(row[index - 1]) for row in rows if len(row) == len(rows[0]))
            page.column_dimensions[get_column_letter(index)].width = min(max(width + 2, 14), 60)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
