"""Attendance at the door, opening, votes, closing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from councils.permissions import ensure
from documents.services import issuer_of
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused
from meetings import papers, permissions
from meetings.choices import MeetingState
from meetings.forms.holding import VoteForm
from meetings.models import Meeting
from meetings.queries import attendance_sheet, live_quorum, vote_results
from meetings.queries.plan import plan_of
from meetings.services import holding


@login_required
@require_GET
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The page at the door."""
    return _page(request, _meeting(request, pk))


@login_required
@require_POST
def mark_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks one member: `member`, `presence` (empty takes the mark back), `reason`."""
    meeting = _meeting(request, pk)
    sheet = attendance_sheet(meeting)
    row = next((row for row in sheet.members if str(row.membership.pk) == request.POST.get("member")), None)
    if row is None:
        return _refused(request, meeting, "Người này không phải thành viên vào ngày họp. Tải lại trang.")
    return _run(
        request, meeting,
        lambda: holding.mark_member(
            actor=request.user, meeting=meeting, membership=row.membership,
            presence=request.POST.get("presence", ""), reason=request.POST.get("reason", ""),
        ),
    )  # fmt: skip


@login_required
@require_POST
def mark_guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks one invited body: `invitation`, `presence`, `name`, `title`."""
    meeting = _meeting(request, pk)
    sheet = attendance_sheet(meeting)
    row = next(
        (row for row in sheet.guests if str(row.invitation.pk) == request.POST.get("invitation")), None
    )
    if row is None:
        return _refused(request, meeting, "Cơ quan này không có trong danh sách mời. Tải lại trang.")
    return _run(
        request, meeting,
        lambda: holding.mark_guest(
            actor=request.user, meeting=meeting, invitation=row.invitation, presence=request.POST.get("presence", ""),
            name=request.POST.get("name", ""), title=request.POST.get("title", ""),
        ),
    )  # fmt: skip


@login_required
@require_POST
def meeting_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the meeting; short of the quorum it says so."""
    meeting = _meeting(request, pk)
    return _run(request, meeting, lambda: holding.open_meeting(actor=request.user, meeting=meeting))


@login_required
@require_POST
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends the meeting; the minutes come next."""
    meeting = _meeting(request, pk)
    try:
        holding.close_meeting(actor=request.user, meeting=meeting)
    except DomainError as error:
        return _refused(request, meeting, error.message)
    return redirect("meetings:minutes", pk=pk)


@login_required
@require_POST
def vote_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Records a tally."""
    meeting = _meeting(request, pk)
    form = VoteForm(request.POST, meeting=meeting)
    if form.is_valid():
        given = form.cleaned_data
        try:
            holding.record_vote(
                actor=request.user,
                meeting=meeting,
                item=given["item"],
                tally=form.tally(),
                motion=given["motion"],
                rule=given["rule"],
            )
        except DomainError as error:
            refused(form, error)
        else:
            return redirect("meetings:attendance", pk=pk)
    return _page(request, meeting, vote_form=form, status=422)


@login_required
@require_POST
def vote_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back a tally entered by mistake: `vote`, `reason`."""
    meeting = _meeting(request, pk)
    event = next(
        (event for event, _ in vote_results(meeting) if str(event.pk) == request.POST.get("vote")), None
    )
    if event is None:
        return _refused(request, meeting, "Kết quả này đã được xóa.")
    return _run(
        request,
        meeting,
        lambda: holding.remove_vote(actor=request.user, event=event, reason=request.POST.get("reason", "")),
    )


@login_required
@require_GET
def signin_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet to sign, as PDF."""
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    ensure(permissions.can_prepare(request.user, meeting))
    try:
        content = papers.signin_pdf(meeting, issuer_of(meeting.host))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("meetings:meeting_detail", pk=pk)
    return HttpResponse(content, content_type="application/pdf")


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """The visible meeting, while its secretariat may take attendance.

    Raises:
        Http404: another council's. PermissionDenied: not of the secretariat, or approved.
    """
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    ensure(
        permissions.can_take_attendance(request.user, meeting),
        "Chỉ thư ký cuộc họp điểm danh được, khi biên bản chưa duyệt.",
    )
    return meeting


def _run(request: HttpRequest, meeting: Meeting, verb: Callable[[], Any]) -> HttpResponse:
    try:
        verb()
    except DomainError as error:
        return _refused(request, meeting, error.message)
    return redirect("meetings:attendance", pk=meeting.pk)


def _refused(request: HttpRequest, meeting: Meeting, message: str) -> HttpResponse:
    messages.error(request, message)
    return _page(request, meeting, status=422)


def _page(request: HttpRequest, meeting: Meeting, *, status: int = 200, **context: Any) -> HttpResponse:
    sheet = attendance_sheet(meeting)
    page = {
        "meeting": meeting,
        "sheet": sheet,
        "quorum": live_quorum(meeting, sheet),
        "votes": vote_results(meeting),
        "vote_form": VoteForm(meeting=meeting),
        "can_open": meeting.may_become(MeetingState.HELD),
        "can_close": meeting.may_become(MeetingState.MINUTED),
        "is_held": meeting.opened_at is not None,
        **context,
    }
    return render(request, "meetings/attendance.html", page, status=status)
