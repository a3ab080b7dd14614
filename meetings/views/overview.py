"""The list of meetings, and one meeting with all that belongs to it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from hdnd.audit.queries import timeline_of
from hdnd.lib import clock
from hdnd.lib.cells import linker
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import state_pill
from meetings import permissions
from meetings.choices import LIFE, MeetingState
from meetings.filters import MeetingFilter
from meetings.models import Meeting
from meetings.queries import attendance_sheet, count_answers, live_quorum, vote_results
from meetings.queries import meeting_detail as detail_of
from meetings.queries import meeting_list as list_of
from meetings.queries.detail import answers_of, documents_of, own_invitations
from meetings.queries.followup import duty_lines
from meetings.queries.invitees import invitees_with_grounds, unfound_of
from meetings.queries.mailing import failed_messages, mails_of
from meetings.queries.papers import agenda_lines
from meetings.queries.plan import plan_duties
from meetings.queries.reminder_card import reminder_card
from meetings.queries.replies import outlook_of, own_seats

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
        lambda row: row.host.name,
        order=("host__code", "starts_at"),
        draw=lambda row: row.host.label,
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
    found = MeetingFilter(request.GET, queryset=list_of(request.user), request=request)
    page = ListPage(
        request,
        filterset=found,
        columns=COLUMNS,
        default_sort="-thoi-gian",
        name="cuoc-hop",
        finish=count_answers,
    )
    return page.response("meetings/meeting_list.html", {"may_plan": permissions.can_plan(request.user)})


@login_required
@require_GET
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: the host's office sees all of it, an invited body its own invitation and the agenda."""
    meeting = get_object_or_404(detail_of(request.user), pk=pk)
    is_office = permissions.is_host_office(request.user, meeting)
    context = _for_host(request, meeting) if is_office else {}
    held = meeting.opened_at is not None
    sheet = attendance_sheet(meeting) if held else None
    context |= {
        "meeting": meeting,
        "steps": steps_of(meeting),
        "agenda": agenda_lines(request.user, meeting, counts=is_office),
        "own": own_invitations(request.user, meeting),
        "own_seats": own_seats(request.user, meeting),
        "documents": documents_of(request.user, meeting),
        "sheet": sheet,
        "quorum": live_quorum(meeting, sheet) if sheet else None,
        "votes": vote_results(meeting) if held else [],
        "is_host_side": permissions.is_host_side(request.user, meeting),
        "now": clock.now(),
        "answers_open": meeting.state == MeetingState.INVITED and meeting.starts_at > clock.now(),
    }
    return render(request, "meetings/meeting_detail.html", context)


def _for_host(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    answers = answers_of(meeting)
    duties = plan_duties(meeting)
    rows = invitees_with_grounds(meeting.invitations.all(), duties)
    return {
        "is_office": True,
        "invitees": [row for row in rows if not row.invitation.is_left_out],
        "left_out": [row for row in rows if row.invitation.is_left_out],
        "answered": sum(bool(row.answer) for row in answers),
        "outlook": outlook_of(meeting) if meeting.state == MeetingState.INVITED else None,
        "duty_lines": duty_lines(duties),
        "unfound": unfound_of(duties),
        "mails": mails_of(meeting),
        "failed": failed_messages(meeting),
        "timeline": timeline_of(meeting),
        "reminders": reminder_card(meeting),
        "can_edit": permissions.can_edit_plan(request.user, meeting),
        "can_prepare": permissions.can_prepare(request.user, meeting),
        "can_change": permissions.can_change(request.user, meeting),
        "can_postpone": permissions.can_postpone(request.user, meeting),
        "can_take_attendance": meeting.state != MeetingState.PLANNED
        and permissions.can_take_attendance(request.user, meeting),
        "can_add_papers": permissions.can_add_papers(request.user, meeting),
        "has_minutes": meeting.state in {MeetingState.HELD, MeetingState.MINUTED, MeetingState.APPROVED},
    }


def steps_of(meeting: Meeting) -> list[tuple[str, str]]:
    """The life of the meeting for the stepper; one that is called off stands still."""
    if meeting.is_called_off:
        return [(meeting.get_state_display(), "current")]
    here = [str(state) for state in LIFE].index(meeting.state)
    last = len(LIFE) - 1
    return [
        (str(state.label), "past" if at < here or here == last else "current" if at == here else "")
        for at, state in enumerate(LIFE)
    ]
