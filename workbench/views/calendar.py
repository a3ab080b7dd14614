"""Lịch: month, week and list."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coordination.queries import calendar_exceptions
from councils.choices import COUNCIL_FAMILY
from hdnd.lib import clock
from hdnd.lib.lists import Column, ListPage
from workbench.calendar import Asked, days_of
from workbench.choices import View, Whose
from workbench.filters import CalendarFilter
from workbench.queries import calendar as queries

COLUMNS = (
    Column("luc", "Thời gian", lambda row: row.starts_at, order=("starts_at",)),
    Column("cuoc-hop", "Cuộc họp", lambda row: row.title, order=("title",)),
    Column("co-quan", "Cơ quan tổ chức", lambda row: row.host.name, order=("host__code", "starts_at")),
    Column("dia-diem", "Địa điểm", lambda row: row.place),
    Column("chu-tri", "Chủ trì", lambda row: row.chair.full_name if row.chair else ""),
    Column("trang-thai", "Trạng thái", lambda row: row.get_state_display(), order=("state", "starts_at")),
)
TEMPLATES = {View.MONTH: "workbench/calendar_month.html", View.WEEK: "workbench/calendar_week.html"}


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month, a week or a list: `xem`, `cua`, `ngay`; `han=1` adds due days."""
    user: Any = request.user
    acting = request.acting or None  # type: ignore[attr-defined]
    today = clock.today()
    # An account without a person behind it has no calendar of its own.
    asked = Asked.read(request.GET, today=today, whose=Whose.MINE if user.person_id else Whose.BODY)
    context = frame(asked, acting)
    if asked.view == View.LIST:
        found = queries.calendar_meetings(user, acting, asked.whose, asked.first, asked.last)
        filterset = CalendarFilter(request.GET, queryset=found.select_related("host", "chair"))
        page = ListPage(request, filterset=filterset, columns=COLUMNS, default_sort="luc", name="lich")
        return page.response("workbench/calendar_list.html", context)
    first, last = asked.shown[0], asked.shown[-1]
    meetings = queries.entries(queries.calendar_meetings(user, acting, asked.whose, first, last))
    meetings += queries.incoming_entries(queries.calendar_incoming(user, acting, asked.whose, first, last))
    meetings.sort(key=lambda entry: entry.starts_at)
    due = queries.due_between(user, acting, asked.whose, first, last) if asked.with_due else []
    days = days_of(asked, meetings, due, today=today, exceptions=calendar_exceptions())
    return render(request, TEMPLATES[asked.view], context | {"days": days, "is_empty": not (meetings or due)})


def frame(asked: Asked, acting: Any) -> dict[str, Any]:
    """What stands around the days: the other views, whose calendar, before and after."""
    council = Whose.COUNCIL.label if acting and acting.kind in COUNCIL_FAMILY else "Tất cả"
    whose = [(Whose.MINE, Whose.MINE.label), (Whose.BODY, Whose.BODY.label), (Whose.COUNCIL, council)]
    return {
        "asked": asked,
        "today": clock.today(),
        "views": [(view.label, replace(asked, view=view).query, view == asked.view) for view in View],
        "whose": [(label, replace(asked, whose=key).query, key == asked.whose) for key, label in whose],
        "now": replace(asked, day=clock.today()),
        "toggled": replace(asked, with_due=not asked.with_due),
        "week": f"xem={View.WEEK}&cua={asked.whose}",
    }
