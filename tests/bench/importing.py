"""An import of 5,000 delegates: how long it takes and how much memory. Printed; no ratio."""

import io
import resource
import time
from typing import Any

ROWS = 5_000


def imports() -> None:
    """Checks and writes 5,000 people, then their 5,000 seats, as the worker does."""
    from councils.choices import RoleKind
    from councils.models import Organization, Post, Role, User

    admin = User.objects.create_user("bench-admin", "admin@bench.test", "x")
    Role.objects.create(user=admin, kind=RoleKind.ADMINISTRATOR)
    council = Organization.objects.get(code="B-HDND")
    Post.objects.get_or_create(organization_kind=council.kind, name="Đại biểu", defaults={"rank": 50})
    people = [[f"I{n}", f"Nguyễn Văn {n}", "nam", 1970, f"i{n}@bench.test", "0912"] for n in range(ROWS)]
    seats = [[f"I{n}", council.code, "Đại biểu", "27/03/2026"] for n in range(ROWS)]
    print(
        f"\nnhập {ROWS} dòng từ Excel (giây)".ljust(36)
        + f"{'đọc':>7} {'kiểm tra':>9} {'ghi':>7}  bộ nhớ thêm"
    )
    heads = ["Mã người", "Họ và tên", "Giới tính", "Năm sinh", "Thư điện tử", "Điện thoại"]
    one("đại biểu", "nguoi", workbook(heads, people), admin)
    one(
        "tư cách thành viên", "thanh-vien", workbook(["Mã người", "Họ và tên", "Mã cơ quan", "Chức vụ", "Từ ngày"],
        [[code, "", *rest] for code, *rest in seats]), admin,
    )  # fmt: skip


def one(label: str, kind: str, content: bytes, admin: Any) -> None:
    """One file through upload, check and writing, each timed."""
    from councils.models import ImportRun
    from councils.services import importing
    from hdnd.lib.background import silenced

    before = peak()
    with silenced():
        started = time.perf_counter()
        run = importing.start_import(actor=admin, kind=kind, content=content, filename="bench.xlsx")
        read = time.perf_counter()
        importing.check_import(run_id=run.pk)
        checked = time.perf_counter()
        importing.confirm_import(actor=admin, run=run, only_valid=False)
        importing.write_import(run_id=run.pk)
        written = time.perf_counter()
    done = ImportRun.objects.get(pk=run.pk)
    if done.written != ROWS:
        raise SystemExit(f"{label}: {done.written} of {ROWS} rows written, {done.problem}")
    times = f"{read - started:7.1f} {checked - read:9.1f} {written - checked:7.1f}"
    print(f"  {label:33} {times}  {peak() - before:.0f} MB")


def peak() -> float:
    """The most memory the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def workbook(heads: list[str], rows: list[list[Any]]) -> bytes:
    """An `.xlsx` file."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (heads, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
