"""The verbs of an import: take a file, check it, write what is valid."""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from councils.choices import ImportState, RowOutcome
from councils.imports.kinds import RESOURCES
from councils.imports.reading import Sheet, read_sheet
from councils.imports.resources import Checked, SheetResource
from councils.models import ImportRow, ImportRun
from councils.permissions import can_administer, ensure
from councils.services.records import save_records
from hdnd.audit.services import record
from hdnd.lib import clock, files, scanning
from hdnd.lib.background import enqueue
from hdnd.lib.errors import DomainError

BACKGROUND_ABOVE = 500  # rows; below, the person waits for less than a second
LEFT_AFTER = timedelta(minutes=10)  # longer than any run takes
BATCH = 500
PROGRESS_SECONDS = 3600


def start_import(*, actor: Any, kind: str, content: bytes, filename: str) -> ImportRun:
    """Takes a file, keeps it under its hash and checks it: at once, or by a worker when it is long.

    Raises:
        PermissionDenied: the actor is not an administrator.
        DomainError: the file can't be read as such a sheet, or the virus scanner refuses it; nothing is kept.
    """
    ensure(can_administer(actor))
    scanning.ensure_clean(content)
    sheet = read_sheet(content, filename, RESOURCES[kind].headings())
    suffix = f".{filename.rpartition('.')[2].lower()}"
    with transaction.atomic():
        run = ImportRun(
            kind=kind, file=files.store(content, suffix), filename=filename[-200:], by=actor,
            columns=list(sheet.labels), total=len(sheet.rows), at=clock.now(), moved_at=clock.now(),
        )  # fmt: skip
        run.full_clean()
        run.save()
        record(
            "councils.import.uploaded",
            run,
            actor=actor,
            changes={"filename": run.filename, "total": run.total},
        )
        if run.total > BACKGROUND_ABOVE:
            _hand_over(run)
    if run.total <= BACKGROUND_ABOVE:
        _check(run, sheet)
    return run


def check_import(*, run_id: int) -> None:
    """Checks a file that waits for it; a second call finds nothing to do."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state == ImportState.CHECKING:
        _check(run, _sheet_of(run))


def confirm_import(*, actor: Any, run: ImportRun, only_valid: bool) -> ImportRun:
    """Writes the rows that the check found valid, or hands that to a worker when they are many.

    Args:
        only_valid: leave out the bad rows; else a single bad row forbids the whole.

    Raises:
        PermissionDenied: the actor is not an administrator.
        DomainError: not checked, already written, rows are bad, or nothing to write.
    """
    ensure(can_administer(actor))
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.state != ImportState.CHECKED:
            raise DomainError(
                f"Lần nhập này {run.get_state_display().lower()}. Tải lại trang để xem hiện trạng."
            )
        if not only_valid and run.rows.filter(outcome=RowOutcome.BAD).exists():
            raise DomainError(
                "Còn dòng lỗi. Sửa các dòng đó rồi tải lại tệp, hoặc chọn chỉ nhập các dòng hợp lệ.",
                field="only_valid",
            )
        if not run.rows.valid().exists():
            raise DomainError("Không có dòng nào để ghi: mọi dòng đều không đổi hoặc lỗi.")
        run.by = actor  # whoever confirms answers for it
        _move(run, ImportState.IMPORTING)
        if run.total > BACKGROUND_ABOVE:
            _hand_over(run)
    if run.total <= BACKGROUND_ABOVE:
        write_import(run_id=run.pk)
        run.refresh_from_db()
    return run


def write_import(*, run_id: int) -> None:
    """Checks once more and writes, in one transaction. Where the data has changed since the person looked, nothing
    is written and the new check is shown instead.
    """
    run = ImportRun.objects.select_related("by").get(pk=run_id)
    if run.state != ImportState.IMPORTING:
        return
    resource, sheet = RESOURCES[run.kind](), _sheet_of(run)
    problem = "Dữ liệu đã thay đổi từ lúc kiểm tra, chưa ghi dòng nào. Xem lại kết quả mới bên dưới."
    try:
        with transaction.atomic():
            run = ImportRun.objects.select_for_update(of=("self",)).select_related("by").get(pk=run_id)
            if run.state != ImportState.IMPORTING:
                return
            resource.check(sheet, lambda done: _progress(run, done))
            if _verdicts(resource.checked) == _stored_verdicts(run):
                _write(run, resource)
                return
    except IntegrityError:  # stored by another between our check and our writing
        resource = RESOURCES[run.kind]()
        resource.check(sheet)
    except PermissionDenied:
        problem = (
            "Tài khoản xác nhận không còn quyền quản trị, chưa ghi dòng nào. Quản trị khác xác nhận lại."
        )
    _keep(run, resource, problem)


def take_up_left(*, now: Any = None) -> list[int]:
    """Hands runs that a worker left unfinished to another; both steps may be repeated."""
    now = now or clock.now()
    left = ImportRun.objects.filter(
        state__in=[ImportState.CHECKING, ImportState.IMPORTING], moved_at__lt=now - LEFT_AFTER
    )
    for run in left:
        _move(run, run.state)
        _hand_over(run)
    return [run.pk for run in left]


def progress_of(run: ImportRun) -> int:
    """How many rows have been gone through, for the page that waits."""
    return int(cache.get(f"import-{run.pk}", 0))


def _hand_over(run: ImportRun) -> None:
    """The next step to a worker."""
    from councils import tasks

    _progress(run, 0)
    enqueue(tasks.check_import if run.state == ImportState.CHECKING else tasks.write_import, run.pk)


def _progress(run: ImportRun, done: int) -> None:
    cache.set(f"import-{run.pk}", done, PROGRESS_SECONDS)


def _sheet_of(run: ImportRun) -> Sheet:
    return read_sheet(files.read(run.file), run.filename, RESOURCES[run.kind].headings())


def _check(run: ImportRun, sheet: Sheet) -> None:
    resource = RESOURCES[run.kind]()
    resource.check(sheet, lambda done: _progress(run, done))
    _keep(run, resource, "")


@transaction.atomic
def _keep(run: ImportRun, resource: SheetResource, problem: str) -> None:
    """Stores what the check says, in place of what an earlier one said."""
    before, run = run.state, ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != before:  # another worker was quicker
        return
    run.rows.all().delete()
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                run=run, number=row.number, outcome=row.outcome, title=row.title, cells=row.cells,
                changes=row.changes, errors=row.errors,
            )
            for row in resource.checked
        ],
        BATCH,
    )  # fmt: skip
    run.problem = problem
    _move(run, ImportState.CHECKED)


def _write(run: ImportRun, resource: SheetResource) -> None:
    save_records(actor=run.by, created=resource.created, updated=resource.changed)
    run.written = len(resource.created) + len(resource.changed)
    run.problem = ""
    _move(run, ImportState.DONE)
    record("councils.import.written", run, actor=run.by, changes={"written": run.written})


def _move(run: ImportRun, state: str) -> None:
    run.state, run.moved_at = state, clock.now()
    run.save(update_fields=["state", "moved_at", "problem", "written", "by"])


def _verdicts(rows: list[Checked]) -> list[tuple[Any, ...]]:
    return [(row.number, str(row.outcome), row.changes) for row in rows]


def _stored_verdicts(run: ImportRun) -> list[tuple[Any, ...]]:
    return list(run.rows.order_by("number").values_list("number", "outcome", "changes"))
