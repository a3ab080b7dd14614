"""Lịch công tác tuần: prepared, looked at, published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.permissions import can_serve_office, ensure
from documents.paper.word import WORD
from hdnd.audit.queries import timeline_of
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from hdnd.lib.http import first_message, made_file, refused, stored_file
from hdnd.lib.lists import Column, ListPage
from meetings.queries import visible_meetings
from workbench import permissions
from workbench.filters import WeekFilter
from workbench.forms import LineForm, NoteForm, OpenWeekForm, ShowForm
from workbench.models import WorkWeek
from workbench.queries import weeks as queries
from workbench.services import weeks as services

COLUMNS = (
    Column("tuan", "Tuần", lambda row: row.span, order=("monday",)),
    Column("co-quan", "Cơ quan", lambda row: row.organization.name, order=("organization__code", "monday")),
    Column("ban", "Bản công bố", lambda row: next((e.label for e in row.editions.all()), "chưa công bố")),
    Column("luc", "Công bố lúc", lambda row: next((e.published_at for e in row.editions.all()), "")),
)
TYPES = {"pdf": "application/pdf", "docx": WORD}


@login_required
@require_safe
def week_list(request: HttpRequest) -> HttpResponse:
    """Weeks the office prepares, or that were published."""
    acting = request.acting or None  # type: ignore[attr-defined]
    found = WeekFilter(request.GET, queryset=queries.week_list(request.user))
    page = ListPage(
        request, filterset=found, columns=COLUMNS, default_sort="-tuan", name="lich-cong-tac-tuan"
    )
    may_open = acting is not None and can_serve_office(request.user, acting)
    extra = {"may_open": may_open, "open_form": OpenWeekForm(today=clock.today())}
    return page.response("workbench/week_list.html", extra)


@login_required
@require_POST
def week_open(request: HttpRequest) -> HttpResponse:
    """Opens the week of the body acted for."""
    acting: Any = request.acting or None  # type: ignore[attr-defined]
    ensure(
        acting is not None and can_serve_office(request.user, acting),
        "Chỉ văn phòng của cơ quan soạn được lịch công tác tuần.",
    )
    form = OpenWeekForm(request.POST, today=clock.today())
    if form.is_valid():
        try:
            week = services.open_week(
                actor=request.user, organization=acting, monday=form.cleaned_data["monday"]
            )
        except DomainError as error:
            refused(form, error)
        else:
            return redirect("calendar:week_detail", pk=week.pk)
    return render(request, "workbench/week_open.html", {"form": form, "organization": acting}, status=422)


@login_required
@require_safe
def week_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The office prepares; everyone else reads what was published."""
    return _page(request, _week(request, pk))


@login_required
@require_POST
def line_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a line that is no meeting."""
    week = _week(request, pk)
    form = LineForm(request.POST, week=week)
    return _with(
        request, week, form, "line_form",
        lambda: services.add_line(actor=request.user, week=week, data=form.line()), "Đã thêm vào lịch.",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def line_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a line."""
    line = get_object_or_404(queries.visible_lines(request.user), pk=pk)
    week = _week(request, line.week_id)
    ensure(permissions.can_prepare_week(request.user, week))
    if request.method != "POST":
        return _page(request, week, line_form=LineForm(week=week, line=line), editing=line)
    form = LineForm(request.POST, week=week)
    return _with(
        request, week, form, "line_form",
        lambda: services.change_line(actor=request.user, line=line, data=form.line()), "Đã sửa lịch.", editing=line,
    )  # fmt: skip


@login_required
@require_POST
def line_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a line out."""
    line = get_object_or_404(queries.visible_lines(request.user), pk=pk)
    return _do(
        request, line.week_id, lambda: services.remove_line(actor=request.user, line=line), "Đã bỏ khỏi lịch."
    )


@login_required
@require_POST
def week_note(request: HttpRequest, pk: int) -> HttpResponse:
    """The remark below the table."""
    week = _week(request, pk)
    form = NoteForm(request.POST)
    return _with(
        request, week, form, "note_form",
        lambda: services.set_note(actor=request.user, week=week, note=form.cleaned_data["note"]), "Đã ghi chú.",
    )  # fmt: skip


@login_required
@require_POST
def meeting_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves a meeting out of the calendar, or takes it in again."""
    week = _week(request, pk)
    ensure(permissions.can_prepare_week(request.user, week))
    form = ShowForm(request.POST)
    asked = form.cleaned_data.get("meeting") if form.is_valid() else None
    meeting = get_object_or_404(visible_meetings(request.user), pk=asked)
    shown = form.cleaned_data["shown"]
    return _do(
        request,
        week.pk,
        lambda: services.show_meeting(actor=request.user, week=week, meeting=meeting, shown=shown),
        "Đã đưa cuộc họp vào lịch." if shown else "Đã bỏ cuộc họp khỏi lịch.",
    )


@login_required
@require_safe
def week_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The calendar as it would print now."""
    week = _week(request, pk)
    try:
        content = services.preview_pdf(actor=request.user, week=week)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("calendar:week_detail", pk=pk)
    return made_file(content, "lich-cong-tac-tuan-xem-truoc.pdf")


@login_required
@require_POST
def week_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publishes the calendar or an update of it."""
    week = _week(request, pk)
    try:
        done = services.publish_week(actor=request.user, week=week)
    except (DomainError, ValidationError) as error:
        messages.error(request, first_message(error))
    else:
        told = f"Đã công bố {done.edition.label}, gửi thư tới {done.sent} thành viên."
        if done.unreachable:
            told += f" {done.unreachable} thành viên chưa có địa chỉ thư: cần gửi bản giấy."
        messages.success(request, told)
    return redirect("calendar:week_detail", pk=pk)


@login_required
@require_safe
def edition_file(request: HttpRequest, pk: int, kind: str) -> FileResponse:
    """A published calendar as PDF or Word; a file that is gone is 404."""
    edition = get_object_or_404(queries.visible_editions(request.user), pk=pk)
    try:
        content = files.read(edition.pdf if kind == "pdf" else edition.docx)
    except FileNotFoundError as error:
        raise Http404("missing file") from error
    name = f"lich-cong-tac-tuan-{edition.week.monday:%Y-%m-%d}-ban-{edition.number}.{kind}"
    return stored_file(content, name, TYPES[kind], save="tai" in request.GET)


def _week(request: HttpRequest, pk: int) -> WorkWeek:
    return get_object_or_404(queries.visible_weeks(request.user), pk=pk)


def _page(request: HttpRequest, week: WorkWeek, status: int = 200, **forms: Any) -> HttpResponse:
    editions = list(week.editions.select_related("published_by__person"))
    context: dict[str, Any] = {
        "week": week,
        "editions": editions,
        "is_over": week.sunday < clock.today(),
        "may_prepare": permissions.can_prepare_week(request.user, week),
        "may_publish": permissions.can_publish_week(request.user, week),
    }
    if context["may_publish"]:
        entries = queries.week_entries(week)
        digest = services.content_digest(week, [entry.row for entry in entries if entry.is_printed])
        context |= {
            "entries": entries,
            "timeline": timeline_of(week),
            "days_off": queries.days_off_of(week).items(),
            "is_changed": not editions or editions[0].content_sha256 != digest,
            "line_form": LineForm(week=week),
            "note_form": NoteForm(initial={"note": week.note}),
        }
    return render(request, "workbench/week_detail.html", context | forms, status=status)


def _with(
    request: HttpRequest,
    week: WorkWeek,
    form: Form,
    name: str,
    act: Callable[[], Any],
    done: str,
    **extra: Any,
) -> HttpResponse:
    """Validates, acts, returns to the page; what was refused stays typed."""
    ensure(
        permissions.can_prepare_week(request.user, week),
        "Chỉ văn phòng của cơ quan soạn được lịch công tác tuần.",
    )
    if form.is_valid():
        try:
            act()
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, done)
            return redirect("calendar:week_detail", pk=week.pk)
    return _page(request, week, status=422, **{name: form}, **extra)


def _do(request: HttpRequest, pk: int, act: Callable[[], Any], done: str) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("calendar:week_detail", pk=pk)
