"""Recurring meetings: the list, a new series with a look at all its days first, one series."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from councils.permissions import ensure
from hdnd.audit.queries import timeline_of
from hdnd.lib.cells import linker
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import state_pill
from meetings.choices import SeriesDayState
from meetings.filters_series import OVER, RUNNING, SeriesFilter
from meetings.forms.planning import HostForm
from meetings.forms.series import SeriesForm
from meetings.permissions import can_plan, can_run_series
from meetings.queries.plan import default_chair, default_host, hosts_of
from meetings.queries.series import SeriesDay, count_meetings, previewed, series_days, visible_series
from meetings.services import series as services

to_series = linker("meetings:series_detail")


COLUMNS = (
    Column(
        "ten", "Loạt họp", str, order=("search",), heads=True,
        draw=lambda row: to_series(row.pk, str(row)),
    ),
    Column("nhip", "Nhịp", lambda row: row.rhythm),
    Column(
        "co-quan", "Cơ quan tổ chức", lambda row: row.host.name, order=("host__code", "search"),
        draw=lambda row: row.host.label,
    ),
    Column("ke-tiep", "Kỳ kế tiếp", lambda row: row.next_at),
    Column("sap-hop", "Sắp họp", lambda row: row.planned_count, numeric=True),
    Column("da-hop", "Đã họp", lambda row: row.held_count, numeric=True),
    Column("den", "Đến ngày", lambda row: row.until, order=("until",)),
    Column(
        "trang-thai", "Trạng thái", lambda row: (OVER if row.is_over else RUNNING)[1], labelled=False,
        draw=lambda row: state_pill("void", OVER[1]) if row.is_over else state_pill("done", RUNNING[1]),
    ),
)  # fmt: skip


@login_required
@require_GET
def series_list(request: HttpRequest) -> HttpResponse:
    """The series of the person's offices."""
    found = SeriesFilter(request.GET, queryset=visible_series(request.user), request=request)
    page = ListPage(
        request, filterset=found, columns=COLUMNS, default_sort="ten", name="lich-hop-dinh-ky", finish=count_meetings,
    )  # fmt: skip
    return page.response("meetings/series_list.html", {"may_plan": can_plan(request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series_create(request: HttpRequest) -> HttpResponse:
    """A new series: first all its days, then, confirmed, the plans."""
    hosts = hosts_of(request.user)
    ensure(hosts.exists(), "Chỉ thư ký hoặc đầu mối của một cơ quan mới lập được loạt họp.")
    host = default_host(request.user, request.acting)  # type: ignore[attr-defined]
    posted = request.method == "POST"
    given = request.POST if posted else request.GET
    host_form = HostForm(given if "host" in given else None, hosts=hosts, initial={"host": host})
    if host_form.is_bound and host_form.is_valid():
        host = host_form.cleaned_data["host"]
    first = {"secretary_name": request.user.display_name, "chair": default_chair(host)}  # type: ignore[union-attr]
    form = SeriesForm(request.POST if posted else None, user=request.user, host=host, initial=first)
    context: dict[str, Any] = {"form": form, "host_form": host_form, "host": host}
    goes_on = posted and "sua" not in request.POST
    if goes_on and host_form.is_valid() and form.is_valid():
        asked: dict[str, Any] = {"actor": request.user, "host": host, "data": form.series()}
        try:
            if "xac_nhan" in request.POST:
                made = services.plan_series(**asked)
                messages.success(request, "Đã lập loạt họp. Kế hoạch từng kỳ đang được tạo.")
                return redirect("meetings:series_detail", pk=made.pk)
            draft = services.draft_series(**asked)
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            days = previewed(request.user, draft)
            context |= {"draft": draft, "days": days, "ahead": _count(days, SeriesDayState.WAITING)}
            return render(request, "meetings/series_create.html", context)
    return render(request, "meetings/series_create.html", context, status=422 if goes_on else 200)


def _count(days: list[SeriesDay], state: str) -> int:
    return sum(day.state == state for day in days)


@login_required
@require_GET
def series_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The days of a series, each with its meeting or why it has none; asks again while plans are being made."""
    series = get_object_or_404(visible_series(request.user), pk=pk)
    days = series_days(series)
    waiting = _count(days, SeriesDayState.WAITING)
    made = sum(day.meeting is not None for day in days)
    held = sum(day.takes_place for day in days)
    context = {
        "series": series,
        "days": days,
        "waiting": waiting,
        "made": made,
        "held": held,
        "off": len(days) - held,
        "total": made + waiting,
        "may_run": can_run_series(request.user, series),
        "timeline": timeline_of(series),
    }
    return render(request, "meetings/series_detail.html", context)


@login_required
@require_POST
def series_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the worker go on where it stopped."""
    series = get_object_or_404(visible_series(request.user), pk=pk)
    services.continue_filling(actor=request.user, series=series)
    messages.success(request, "Đang lập tiếp các kỳ còn thiếu.")
    return redirect("meetings:series_detail", pk=pk)
