"""Nhập, xuất: from a template to rows that are written."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from councils import queries
from councils.choices import ImportKind, RowOutcome
from councils.filters import ImportRowFilter
from councils.forms.importing import ConfirmForm, UploadForm
from councils.imports import sheets
from councils.permissions import can_administer, ensure
from councils.services import importing
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.http import made_file, refused
from hdnd.lib.lists import XLSX, Column, ListPage

COLUMNS = (
    Column("dong", "Dòng", lambda row: row.number, order=("number",), numeric=True),
    Column("ket-qua", "Kết quả", lambda row: row.get_outcome_display(), order=("outcome", "number")),
    Column("noi-dung", "Nội dung", lambda row: row.title),
    Column("chi-tiet", "Chi tiết", lambda row: row.reason or row.difference),
)
# What the administrator should look at first.
FIGURES = (RowOutcome.BAD, RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.SAME)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: HttpRequest) -> HttpResponse:
    """Templates and exports of the four kinds, and the door for a file."""
    ensure(can_administer(request.user))
    form = UploadForm(initial={"kind": request.GET.get("loai")})
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = importing.start_import(
                actor=request.user, kind=form.cleaned_data["kind"], content=file.read(), filename=file.name
            )
        except DomainError as error:
            refused(form, error)
        else:
            return redirect("councils:import_run", run.pk)
    context = {"form": form, "kinds": ImportKind.choices, "runs": queries.recent_imports(request.user)}
    return render(request, "councils/import_start.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """The workbook to fill in."""
    ensure(can_administer(request.user))
    return _workbook(sheets.template(_known(kind)), f"mau-{kind}")


@login_required
@require_GET
def export_sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """All rows in the columns of the template."""
    ensure(can_administer(request.user))
    return _workbook(sheets.export(_known(kind)), f"{kind}-{clock.today():%Y-%m-%d}")


@login_required
@require_GET
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check says of each row; while a worker is at it, how far it is."""
    ensure(can_administer(request.user))
    run = _run(request, pk)
    if "theo-doi" in request.GET and not run.is_running:
        return HttpResponseClientRefresh()  # the waiting page becomes the page of the result
    return _page(request, run, ConfirmForm())


@login_required
@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes what is valid."""
    ensure(can_administer(request.user))
    run, form = _run(request, pk), ConfirmForm(request.POST)
    if form.is_valid():
        try:
            run = importing.confirm_import(actor=request.user, run=run, **form.cleaned_data)
        except DomainError as error:
            refused(form, error)
            return _page(request, run, form, status=422)
        if run.state == "done":
            messages.success(request, f"Đã ghi {run.written} dòng từ {run.filename}.")
    return redirect("councils:import_run", run.pk)


@login_required
@require_GET
def import_bad_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows to mend, with their reasons; mended, the same file is uploaded again."""
    ensure(can_administer(request.user))
    run = _run(request, pk)
    return _workbook(sheets.bad_rows(run, queries.bad_import_rows(run)), f"dong-loi-{run.kind}-{run.pk}")


def _page(request: HttpRequest, run: Any, form: ConfirmForm, status: int = 200) -> HttpResponse:
    counts = queries.import_counts(run)
    found = ImportRowFilter(request.GET, queryset=queries.import_rows(run))
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="dong", name=f"kiem-tra-{run.pk}")
    extra = {
        "run": run,
        "form": form,
        "done": min(importing.progress_of(run), run.total),
        "figures": [(outcome, outcome.label, counts[outcome]) for outcome in FIGURES],
        "bad": counts[RowOutcome.BAD],
        "valid": counts[RowOutcome.NEW] + counts[RowOutcome.CHANGED],
    }
    response = page.response("councils/import_run.html", extra)
    response.status_code = status
    return response


def _run(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.visible_imports(request.user), pk=pk)


def _known(kind: str) -> str:
    if kind not in ImportKind.values:
        raise Http404
    return kind


def _workbook(content: bytes, name: str) -> HttpResponse:
    return made_file(content, f"{name}.xlsx", XLSX)
