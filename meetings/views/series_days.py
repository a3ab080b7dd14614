"""What becomes of a series: a day left out or taken back, a change of later days, its end."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from councils.permissions import can_serve_office, ensure
from hdnd.lib import clock, dates
from hdnd.lib.errors import DomainError
from hdnd.lib.http import first_message, refused
from meetings.forms.series import DayForm, EndForm, SeriesChangeForm, SkipForm
from meetings.models import MeetingSeries
from meetings.queries.series import day_of, series_days, visible_series
from meetings.services import series_days as services


def _series(request: HttpRequest, pk: int) -> MeetingSeries:
    """The visible series, for its secretariat.

    Raises:
        Http404: another council's. PermissionDenied: not of the secretariat.
    """
    series = get_object_or_404(visible_series(request.user), pk=pk)
    ensure(
        can_serve_office(request.user, series.host), "Chỉ thư ký của cơ quan tổ chức mới sửa được loạt họp."
    )
    return series


def _shown(request: HttpRequest, name: str, series: MeetingSeries, form: Any, **more: Any) -> HttpResponse:
    context = {"series": series, "form": form, **more}
    return render(request, f"meetings/{name}.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series_skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves out the day that `day` names, with the reason."""
    series = _series(request, pk)
    posted = request.method == "POST"
    asked = DayForm(request.POST if posted else request.GET)
    row = day_of(series, asked.cleaned_data["day"]) if asked.is_valid() else None
    if row is None:
        raise Http404
    form = SkipForm(request.POST if posted else None, initial={"day": row.slot.day})
    if posted and form.is_valid():
        try:
            services.skip_day(actor=request.user, series=series, **form.cleaned_data)
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, f"Kỳ {dates.long_date(row.slot.day)} nghỉ, không họp.")
            return redirect("meetings:series_detail", pk=pk)
    return _shown(request, "series_skip", series, form, row=row)


@login_required
@require_POST
def series_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a day back in."""
    series = _series(request, pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        meeting = services.restore_day(actor=request.user, series=series, day=form.cleaned_data["day"])
    except (DomainError, ValidationError) as error:
        messages.error(request, first_message(error))
    else:
        messages.success(request, f"Đã lập lại {meeting.title}, {dates.date_time(meeting.starts_at)}.")
    return redirect("meetings:series_detail", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series_change(request: HttpRequest, pk: int) -> HttpResponse:
    """New time, place or chair from a day on."""
    series = _series(request, pk)
    first = SeriesChangeForm.stored(series) | {"from_on": clock.today() + timedelta(days=1)}
    form = SeriesChangeForm(
        request.POST if request.method == "POST" else None, host=series.host, initial=first
    )
    if request.method == "POST" and form.is_valid():
        try:
            outcome = services.change_series(
                actor=request.user, series=series, data=form.change(), from_on=form.cleaned_data["from_on"]
            )
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            _tell(request, f"Đã sửa {len(outcome.touched)} kế hoạch.", outcome)
            return redirect("meetings:series_detail", pk=pk)
    return _shown(request, "series_change", series, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends the series, with the reason."""
    series = _series(request, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = services.end_series(
                actor=request.user, series=series, reason=form.cleaned_data["reason"]
            )
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            _tell(request, f"Đã kết thúc loạt họp, bỏ {len(outcome.touched)} kế hoạch.", outcome)
            return redirect("meetings:series_detail", pk=pk)
    dropped = [day for day in series_days(series) if day.can_skip]
    return _shown(request, "series_end", series, form, dropped=dropped)


def _tell(request: HttpRequest, done: str, outcome: services.Outcome) -> None:
    messages.success(request, done)
    if outcome.left:
        left = "; ".join(dates.date_time(meeting.starts_at) for meeting in outcome.left)
        messages.warning(request, f"{len(outcome.left)} kỳ giữ nguyên vì đã mời hoặc đã sửa riêng: {left}.")
