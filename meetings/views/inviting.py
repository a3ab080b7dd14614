"""Whom to invite, what the invitation looks like, and issuing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reselect, retarget

from councils.permissions import ensure
from hdnd.lib.errors import DomainError
from hdnd.lib.http import made_file, refused
from meetings import permissions
from meetings.forms.planning import InviteeForm, ReasonForm
from meetings.queries import visible_meetings
from meetings.queries.clashes import clashes_of
from meetings.queries.invitees import (
    invitees_with_grounds,
    late_if_issued_today,
    reach_of,
    rows_of,
    unfound_of,
)
from meetings.queries.plan import invitees_of, plan_duties, plan_of
from meetings.services import inviting, planning
from meetings.views.plan_page import after, is_live, plan_for, run, submit


@login_required
@require_POST
def invitee_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Invites a body no clause names."""
    meeting = plan_for(request, pk)
    form = InviteeForm(request.POST, meeting=meeting)
    return submit(
        request, meeting, form, "invitee_form",
        lambda: planning.invite_by_hand(
            actor=request.user, meeting=meeting, organization=form.cleaned_data["organization"],
            reason=form.cleaned_data["why"],
        ),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitee_leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Strikes a body from the list; one that a clause names asks for the reason. In a dialog, or as a page."""
    invitation = get_object_or_404(invitees_of(request.user), pk=pk)
    meeting = plan_for(request, invitation.meeting_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.leave_out(actor=request.user, invitation=invitation, reason=form.cleaned_data["reason"])
        except DomainError as error:
            refused(form, error)
        else:
            return after(request, meeting.pk)
    grounds = invitees_with_grounds([invitation], plan_duties(meeting))
    context = {"form": form, "row": grounds[0], "invitation": invitation, "meeting": meeting}
    response = render(request, "meetings/invitee_leave_out.html", context, status=422 if form.errors else 200)
    if is_live(request) and form.errors:
        retarget(response, "#leave-out-body")
        reselect(response, "#leave-out-body")
    patch_vary_headers(response, ["HX-Request"])  # a page, or what a dialog holds
    return response


@login_required
@require_POST
def invitee_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a struck body back in."""
    invitation = get_object_or_404(invitees_of(request.user), pk=pk)
    return run(
        request,
        invitation.meeting_id,
        lambda meeting: planning.restore(actor=request.user, invitation=invitation),
    )


@login_required
@require_GET
def invitation_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The invitation as it would print now."""
    meeting = get_object_or_404(visible_meetings(request.user), pk=pk)
    try:
        content = inviting.preview(actor=request.user, meeting=meeting)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("meetings:meeting_plan", pk=pk)
    return made_file(content, "giay-moi-xem-truoc.pdf")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what will happen, then issues: one number, one paper, one mail to each address."""
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    ensure(
        permissions.can_prepare(request.user, meeting),
        "Chỉ thư ký của cơ quan tổ chức mới phát hành được giấy mời.",
    )
    can_issue = permissions.can_issue_invitations(request.user, meeting)
    if request.method == "POST":
        try:
            issued = inviting.issue_invitations(actor=request.user, meeting=meeting)
        except DomainError as error:
            messages.error(request, error.message)
            return redirect("meetings:meeting_plan" if can_issue else "meetings:meeting_detail", pk=pk)
        _tell(request, issued, len(meeting.invitations.in_protocol_order()))
        return redirect("meetings:meeting_detail", pk=pk)
    if not can_issue:
        messages.info(request, "Giấy mời của cuộc họp này đã phát hành.")
        return redirect("meetings:meeting_detail", pk=pk)
    duties = plan_duties(meeting)
    rows = invitees_with_grounds(rows_of(meeting), duties)
    invited = [row.invitation.organization for row in rows if not row.invitation.is_left_out]
    context = {
        "meeting": meeting,
        "invited": invited,
        "left_out": [row for row in rows if row.invitation.is_left_out],
        "reach": reach_of(meeting, invited),
        "late": late_if_issued_today(meeting, duties),
        "unfound": unfound_of(duties),
        "clashes": clashes_of(request.user, meeting),
    }
    return render(request, "meetings/invitation_issue.html", context)


def _tell(request: HttpRequest, issued: inviting.Issued, bodies: int) -> None:
    """What issuing did, and what it could not do."""
    messages.success(
        request,
        f"Đã phát hành giấy mời {issued.document.symbol} tới {bodies} cơ quan, {len(issued.messages)} địa chỉ thư.",
    )
    if issued.unreachable:
        names = ", ".join(body.label for body in issued.unreachable)
        messages.warning(request, f"Chưa có địa chỉ thư, cần gửi giấy hoặc gọi điện: {names}.")
