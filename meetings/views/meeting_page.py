"""One meeting: what it is, who comes, what is owed, what became of it. A part to a page, so that each opens at once."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from councils.permissions import ensure
from hdnd.audit.queries import timeline_of
from hdnd.lib import clock
from meetings import permissions
from meetings.choices import LIFE, MeetingState
from meetings.models import Meeting
from meetings.queries import attendance_sheet, live_quorum, vote_results
from meetings.queries.detail import answers_of, documents_of, meeting_page
from meetings.queries.followup import changes_of, conclusions_of_meeting, duty_lines
from meetings.queries.invitees import invitees_with_grounds, rows_with_replies, unfound_of
from meetings.queries.mailing import failed_messages, mails_of
from meetings.queries.papers import agenda_of
from meetings.queries.plan import plan_duties
from meetings.queries.reminder_card import reminder_card
from meetings.queries.replies import outlook_of, own_seats


@login_required
@require_GET
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What, when, where, the agenda with its papers, one's own invitation, and once held what was decided."""
    meeting = get_object_or_404(meeting_page(request.user), pk=pk)
    context = head_of(request, meeting)
    is_office, is_host_side = context["is_office"], permissions.is_host_side(request.user, meeting)
    agenda = agenda_of(request.user, meeting, counts=is_office)
    held = meeting.opened_at is not None
    sheet = attendance_sheet(meeting) if held else None
    answers = answers_of(request.user, meeting)
    context |= {
        "agenda": agenda,
        "ends_at": meeting.ends_with(agenda.minutes),
        "answers": answers,
        "answerable": [row.pk for row in answers.own if permissions.can_answer(request.user, row)],
        "own_seats": own_seats(request.user, meeting) if permissions.may_sit(request.user, meeting) else [],
        "documents": documents_of(request.user, meeting, all_of_them=is_office),
        "failed": failed_messages(meeting, answers.keys)
        if is_office and meeting.state == MeetingState.INVITED
        else [],
        "sheet": sheet,
        "quorum": live_quorum(meeting, sheet) if sheet else None,
        "votes": vote_results(meeting) if held else [],
        "conclusions": conclusions_of_meeting(meeting) if held and is_host_side else [],
        "can_add_papers": permissions.can_add_papers(request.user, meeting),
    }
    return render(request, "meetings/meeting_detail.html", context)


@login_required
@require_GET
def meeting_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the host invited and why, what they answered, how the mails fare, who is reminded next."""
    meeting, context = _for_office(request, pk)
    rows = invitees_with_grounds(rows_with_replies(meeting), plan_duties(meeting))
    invitees = [row for row in rows if not row.invitation.is_left_out]
    context |= {
        "invitees": invitees,
        "left_out": [row for row in rows if row.invitation.is_left_out],
        "answered": sum(bool(row.invitation.answer) for row in invitees),
        "outlook": outlook_of(meeting) if meeting.state == MeetingState.INVITED else None,
        "mails": mails_of(meeting),
        "failed": failed_messages(meeting),
        "reminders": reminder_card(meeting),
    }
    return render(request, "meetings/meeting_people.html", context)


@login_required
@require_GET
def meeting_duties(request: HttpRequest, pk: int) -> HttpResponse:
    """What the meeting makes its sides owe each other, and what proves it was done."""
    meeting, context = _for_office(request, pk)
    duties = plan_duties(meeting)
    context |= {"duty_lines": duty_lines(duties), "unfound": unfound_of(duties)}
    return render(request, "meetings/meeting_duties.html", context)


@login_required
@require_GET
def meeting_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed after the invitation was out, and who did what when."""
    meeting, context = _for_office(request, pk)
    context |= {"changes": changes_of(meeting), "timeline": timeline_of(meeting)}
    return render(request, "meetings/meeting_history.html", context)


def _for_office(request: HttpRequest, pk: int) -> tuple[Meeting, dict[str, Any]]:
    """The visible meeting, for the office of its host.

    Raises:
        Http404: not visible. PermissionDenied: a guest's or a delegate's.
    """
    meeting = get_object_or_404(meeting_page(request.user), pk=pk)
    context = head_of(request, meeting)
    ensure(context["is_office"], "Phần này dành cho văn phòng của cơ quan tổ chức.")
    return meeting, context


def head_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the head of each page shows: title, state, what may be done; no query."""
    user = request.user
    return {
        "meeting": meeting,
        "steps": steps_of(meeting),
        "now": clock.now(),
        "answers_open": meeting.state == MeetingState.INVITED and meeting.starts_at > clock.now(),
        "is_office": permissions.is_host_office(user, meeting),
        "can_edit": permissions.can_edit_plan(user, meeting),
        "can_prepare": permissions.can_prepare(user, meeting),
        "can_change": permissions.can_change(user, meeting),
        "can_postpone": permissions.can_postpone(user, meeting),
        "can_take_attendance": meeting.state != MeetingState.PLANNED
        and permissions.can_take_attendance(user, meeting),
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
