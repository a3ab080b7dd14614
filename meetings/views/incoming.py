"""Invitations that came in on paper: the list, the paper, who attends, what came of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from councils.permissions import can_serve_office, ensure
from hdnd.audit.queries import timeline_of
from hdnd.lib import clock, files, filetypes
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused, stored_file
from hdnd.lib.lists import Column, ListPage
from meetings.filters_incoming import IncomingFilter
from meetings.forms.incoming import AssignForm, IncomingForm, ResultForm
from meetings.forms.planning import ReasonForm
from meetings.models import IncomingInvitation
from meetings.queries.followup import duty_lines
from meetings.queries.incoming import incoming_hosts, incoming_list, people_for, visible_incoming
from meetings.queries.plan import bodies_near, default_host, hosts_of, plan_duties
from meetings.services import incoming as services

NOT_YOURS = "Chỉ thư ký của cơ quan được mời mới ghi được giấy mời đến."
COLUMNS = (
    Column("thoi-gian", "Thời gian", lambda row: row.starts_at, order=("starts_at",)),
    Column("noi-dung", "Mời dự", lambda row: row.title, order=("search",)),
    Column("ben-moi", "Cơ quan mời", lambda row: row.host.name, order=("host__code", "starts_at")),
    Column("so", "Số, ký hiệu", lambda row: row.symbol, order=("symbol",)),
    Column("nhan", "Ngày nhận", lambda row: row.received_on, order=("received_on",)),
    Column("duoc-moi", "Được mời", lambda row: row.organization.name, order=("organization__code",)),
    Column("nguoi-du", "Người dự", lambda row: ", ".join(map(str, row.people.all()))),
    Column("tinh-trang", "Tình trạng", lambda row: row.outcome[1]),
)


@login_required
@require_GET
def list_incoming(request: HttpRequest) -> HttpResponse:
    """Papers that invite the person's bodies, or to which the person is sent."""
    found = IncomingFilter(
        request.GET, queryset=incoming_list(request.user), hosts=incoming_hosts(request.user)
    )
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="-thoi-gian", name="giay-moi-den")
    return page.response("meetings/incoming_list.html", {"may_register": hosts_of(request.user).exists()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_incoming(request: HttpRequest) -> HttpResponse:
    """Enters a paper."""
    own = hosts_of(request.user)
    ensure(own.exists(), NOT_YOURS)
    body = default_host(request.user, request.acting)  # type: ignore[attr-defined]
    form = IncomingForm(
        request.POST or None, request.FILES or None, hosts=bodies_near(body), own=own,
        initial={"organization": body, "received_on": clock.today()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register(
                actor=request.user, organization=form.cleaned_data["organization"], data=form.paper()
            )
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, "Đã vào sổ giấy mời đến. Chọn người dự.")
            return redirect("meetings:incoming_detail", pk=made.pk)
    return render(request, "meetings/incoming_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_GET
def show_incoming(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper with its duties, who attends and what came of it."""
    return _show(request, _visible(request, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_incoming(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects what was entered."""
    row = _kept(request, pk)
    form = IncomingForm(
        request.POST or None, request.FILES or None, hosts=bodies_near(row.organization), incoming=row
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change(actor=request.user, incoming=row, data=form.paper())
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, "Đã sửa giấy mời đến.")
            return redirect("meetings:incoming_detail", pk=pk)
    context = {"form": form, "incoming": row}
    return render(request, "meetings/incoming_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def assign_incoming(request: HttpRequest, pk: int) -> HttpResponse:
    """Says who attends."""
    row = _kept(request, pk)
    form = AssignForm(request.POST, people=people_for(row.organization, row.day))
    return _submit(
        request, row, form, "assign_form", "Đã ghi người dự.",
        lambda: services.assign(actor=request.user, incoming=row, people=form.cleaned_data["people"]),
    )  # fmt: skip


@login_required
@require_POST
def result_incoming(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes whether the body attended."""
    row = _kept(request, pk)
    form = ResultForm(request.POST)
    return _submit(
        request, row, form, "result_form", "Đã ghi kết quả.",
        lambda: services.record_result(
            actor=request.user, incoming=row, attended=form.attended, reason=form.cleaned_data["reason"]
        ),
    )  # fmt: skip


@login_required
@require_POST
def withdraw_incoming(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back what was registered by mistake."""
    row = _kept(request, pk)
    form = ReasonForm(request.POST)
    return _submit(
        request, row, form, "reason_form", "Đã rút giấy mời đến.",
        lambda: services.withdraw_incoming(
            actor=request.user, incoming=row, reason=form.cleaned_data["reason"]
        ),
    )  # fmt: skip


@login_required
@require_GET
def file_incoming(request: HttpRequest, pk: int) -> FileResponse:
    """The scan, opened in the browser."""
    row = _visible(request, pk)
    if not row.file:
        raise Http404
    return stored_file(files.read(row.file), row.file_name, filetypes.of_stored(row.file).mime)


def _visible(request: HttpRequest, pk: int) -> IncomingInvitation:
    found: IncomingInvitation = get_object_or_404(visible_incoming(request.user), pk=pk)
    return found


def _kept(request: HttpRequest, pk: int) -> IncomingInvitation:
    """The visible paper, for those who keep it."""
    row = _visible(request, pk)
    ensure(can_serve_office(request.user, row.organization), NOT_YOURS)
    return row


def _submit(
    request: HttpRequest, row: IncomingInvitation, form: Form, name: str, done: str, verb: Callable[[], Any]
) -> HttpResponse:
    if form.is_valid():
        try:
            verb()
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, done)
            return redirect("meetings:incoming_detail", pk=row.pk)
    return _show(request, row, status=422, **{name: form})


def _show(request: HttpRequest, row: IncomingInvitation, status: int = 200, **forms: Form) -> HttpResponse:
    context: dict[str, Any] = {
        "incoming": row,
        "duty_lines": duty_lines(plan_duties(row)),
        "timeline": timeline_of(row),
        "may_keep": can_serve_office(request.user, row.organization) and not row.withdrawn_because,
    }
    if context["may_keep"]:
        result = "co" if row.attended_on else "khong" if row.absent_because else ""
        context |= {
            "assign_form": AssignForm(
                people=people_for(row.organization, row.day), initial={"people": row.people.all()}
            ),
            "result_form": ResultForm(initial={"result": result, "reason": row.absent_because}),
            "reason_form": ReasonForm(),
        }
    return render(request, "meetings/incoming_detail.html", context | forms, status=status)
