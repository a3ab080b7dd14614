"""Remind by hand, and switch the reminders of one meeting off and on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hdnd.lib.errors import DomainError
from meetings.queries import visible_meetings
from meetings.services import reminding


@login_required
@require_POST
def remind_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Mails everybody who owes something to the meeting."""
    meeting = get_object_or_404(visible_meetings(request.user), pk=pk)
    try:
        sent = reminding.remind_now(actor=request.user, meeting=meeting)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Đã gửi thư nhắc tới {len(sent)} địa chỉ.")
    return redirect("meetings:meeting_people", pk=pk)


@login_required
@require_POST
def reminder_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Off, or on again with `bat=1`."""
    meeting = get_object_or_404(visible_meetings(request.user), pk=pk)
    if request.POST.get("bat"):
        reminding.resume_reminders(actor=request.user, meeting=meeting)
        messages.success(request, "Đã bật lại nhắc việc của cuộc họp này.")
    else:
        reminding.pause_reminders(actor=request.user, meeting=meeting)
        messages.success(request, "Đã tắt nhắc việc của cuộc họp này.")
    return redirect("meetings:meeting_people", pk=pk)
