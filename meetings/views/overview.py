"""The list of meetings."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hdnd.lib import clock
from hdnd.lib.cells import linker
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import state_pill
from meetings import permissions
from meetings.filters import MeetingFilter
from meetings.models import Meeting
from meetings.queries import count_answers, meeting_rows

to_meeting = linker("meetings:meeting_detail")


def answered(row: Meeting) -> str:
    """`3/12`; nothing where nobody was invited."""
    return f"{row.answered_count}/{row.invited_count}" if row.invited_count else ""


COLUMNS = (
    Column("thoi-gian", "Thời gian", lambda row: row.starts_at, order=("starts_at",), labelled=False),
    Column(
        "ten",
        "Cuộc họp",
        lambda row: row.title,
        order=("search",),
        heads=True,
        draw=lambda row: to_meeting(row.pk, row.title),
    ),
    Column(
        "co-quan",
        "Cơ quan tổ chức",
        lambda row: row.host_name,
        order=("host__code", "starts_at"),
        draw=lambda row: row.host_short_name or row.host_name,
    ),
    Column("dia-diem", "Địa điểm", lambda row: row.place, order=("place",)),
    Column("tra-loi", "Đã trả lời", answered, numeric=True),
    Column(
        "trang-thai",
        "Trạng thái",
        lambda row: row.get_state_display(),
        order=("state", "starts_at"),
        labelled=False,
        draw=lambda row: state_pill(row.state, row.get_state_display()),
    ),
)


def spans(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Everything, what comes, what was: label, query string, whether it is shown. Other filters stay.

    A series plans months ahead, which puts the next meeting far down a list that begins with the newest.
    """
    today = clock.today()
    kinds: tuple[tuple[str, dict[str, str]], ...] = (
        ("Tất cả", {}),
        ("Sắp tới", {"tu": f"{today:%Y-%m-%d}", "sap": "thoi-gian"}),
        ("Đã qua", {"den": f"{today - timedelta(days=1):%Y-%m-%d}"}),
    )
    shown = (request.GET.get("tu", ""), request.GET.get("den", ""))
    found = []
    for label, asked in kinds:
        query = request.GET.copy()
        for key in ("tu", "den", "sap", "trang", "xuat"):
            query.pop(key, None)
        query.update(asked)
        found.append((label, query.urlencode(), (asked.get("tu", ""), asked.get("den", "")) == shown))
    return found


@login_required
@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings of the person's bodies and those they are invited to."""
    found = MeetingFilter(request.GET, queryset=meeting_rows(request.user), request=request)
    page = ListPage(
        request,
        filterset=found,
        columns=COLUMNS,
        default_sort="-thoi-gian",
        name="cuoc-hop",
        finish=count_answers,
    )
    extra = {"may_plan": permissions.can_plan(request.user), "spans": spans(request)}
    return page.response("meetings/meeting_list.html", extra)
