"""The list of meetings."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

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
    return page.response("meetings/meeting_list.html", {"may_plan": permissions.can_plan(request.user)})
