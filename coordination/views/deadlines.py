"""Terms set by law: the list, and the calculator that counts any term by the office's calendar."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from coordination.filters import DeadlineFilter
from coordination.forms import CalculatorForm
from coordination.models import Deadline
from coordination.months import months_of
from coordination.queries import deadline_codes, explain, reckon, visible_deadlines
from councils.permissions import can_administer
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import pill, state_pill

_TONE_OF_CONFIDENCE = {"high": "done", "medium": "info", "low": "waiting", "demo": "off"}


def _title(row: Deadline, *, address: str) -> str:
    link = f"{address}?{urlencode({'thoi_han': row.code, 'ngay': str(clock.today())})}"
    return format_html('<a href="{}">{}</a>', link, row.title)


def _source(row: Deadline) -> str:
    note = format_html('<br><span class="basis">{}</span>', row.note) if row.note else ""
    return format_html("{}{}", row.source, note)


def _validity(row: Deadline) -> str:
    today = clock.today()
    state, label = "void", "hết hiệu lực"
    if row.holds_on(today):
        state, label = "done", "đang hiệu lực"
    elif row.valid_from and row.valid_from > today:
        state, label = "draft", "chưa hiệu lực"
    return format_html('{}<br><span class="basis">{}</span>', state_pill(state, label), row.period)


def columns() -> tuple[Column, ...]:
    """The list's columns; addresses are looked up once for all rows."""
    address = reverse("coordination:deadline_calculator")
    return (
        Column("ma", "Mã", lambda row: row.code, order=("code", "valid_from"), labelled=False),
        Column(
            "viec", "Việc phải làm", lambda row: row.title, order=("title",), heads=True,
            draw=partial(_title, address=address),
        ),
        Column("thoi-han", "Thời hạn", lambda row: row.term, order=("value",)),
        Column("can-cu", "Căn cứ", lambda row: row.source, order=("source",), draw=_source),
        Column(
            "tin-cay", "Độ tin cậy", lambda row: row.get_confidence_display(), order=("confidence",),
            draw=lambda row: pill(_TONE_OF_CONFIDENCE[row.confidence], row.get_confidence_display()),
        ),
        Column(
            "hieu-luc", "Hiệu lực", lambda row: row.valid_from, order=("valid_from", "valid_to"), draw=_validity
        ),
    )  # fmt: skip


@login_required
@require_GET
def deadline_list(request: HttpRequest) -> HttpResponse:
    """Every term, dated: what holds today unless another day, or none, is asked for; how sure each is."""
    asked = request.GET.copy()
    asked.setdefault("ngay", str(clock.today()))
    found = DeadlineFilter(asked, queryset=visible_deadlines(request.user), request=request)
    page = ListPage(request, filterset=found, columns=columns(), default_sort="ma", name="thoi-han")
    return page.response("coordination/deadline_list.html", {"can_administer": can_administer(request.user)})


@login_required
@require_GET
def deadline_calculator(request: HttpRequest) -> HttpResponse:
    """The due day of a term of the law, or of any number of days, with how it is counted. The address can be kept."""
    form = CalculatorForm(
        request.GET or None, initial={"ngay": clock.today()}, codes=deadline_codes(request.user)
    )
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            context |= _answer(form.cleaned_data)
        except DomainError as error:
            refused(form, error)
    return render(request, "coordination/deadline_calculator.html", context)


def _answer(given: dict[str, Any]) -> dict[str, Any]:
    if given["thoi_han"]:
        deadline, due = explain(given["thoi_han"], given["ngay"])
    else:
        deadline, due = None, reckon(given["ngay"], given["so_ngay"], given["don_vi"], given["chieu"])
    return {"deadline": deadline, "due": due, "months": months_of(due)}
