"""Planning on one page: the meeting, its agenda, and beside it who must be invited and by when."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from councils.permissions import ensure
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.http import refused
from meetings import permissions
from meetings.forms.planning import HostForm, InviteeForm, ItemForm, PaperForm, PlanForm, ReasonForm
from meetings.models import Meeting
from meetings.queries import visible_meetings
from meetings.queries.plan import (
    default_chair,
    default_host,
    hosts_of,
    invitees_of,
    item_of,
    paper_of,
    plan_duties,
    plan_of,
    unreachable_of,
    warnings_of,
)
from meetings.services import inviting, planning
from meetings.views.overview import steps_of

PLAN_NAMES = (
    "kind",
    "title",
    "starts_at",
    "ends_at",
    "place",
    "format",
    "chair",
    "secretary_name",
    "answer_by",
    "note",
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create(request: HttpRequest) -> HttpResponse:
    """Begins a plan: whose meeting, what, when, where."""
    hosts = hosts_of(request.user)
    ensure(hosts.exists(), "Chỉ thư ký hoặc đầu mối của một cơ quan mới lập được cuộc họp.")
    host = default_host(request.user, request.acting)  # type: ignore[attr-defined]
    given = request.POST if request.method == "POST" else request.GET
    host_form = HostForm(given if "host" in given else None, hosts=hosts, initial={"host": host})
    if host_form.is_bound and host_form.is_valid():
        host = host_form.cleaned_data["host"]
    first = {"secretary_name": request.user.display_name, "chair": default_chair(host)}  # type: ignore[union-attr]
    form = PlanForm(request.POST if request.method == "POST" else None, host=host, initial=first)
    if request.method == "POST" and host_form.is_valid() and form.is_valid():
        try:
            meeting = planning.create_meeting(actor=request.user, host=host, plan=form.plan())
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            return redirect("meetings:meeting_plan", pk=meeting.pk)
    context = {"form": form, "host_form": host_form, "host": host}
    return render(
        request, "meetings/meeting_create.html", context, status=422 if request.method == "POST" else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The planning page; a POST saves time, place and the like."""
    meeting = _plan(request, pk)
    if request.method != "POST":
        return _page(request, meeting)
    form = PlanForm(request.POST, host=meeting.host, meeting=meeting)
    if not form.is_valid():
        return _page(request, meeting, form=form, status=422)
    version = request.POST.get("version", "")
    try:
        planning.update_meeting(
            actor=request.user,
            meeting=meeting,
            plan=form.plan(),
            version=int(version) if version.isdigit() else 0,
        )
    except StaleEdit as error:
        stored = error.stored
        return _page(request, meeting, form=form, stored=_both(form, stored), status=409)
    except (DomainError, ValidationError) as error:
        refused(form, error)
        return _page(request, meeting, form=form, status=422)
    return redirect("meetings:meeting_plan", pk=pk)


@login_required
@require_POST
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds an agenda item."""
    meeting = _plan(request, pk)
    form = ItemForm(request.POST, meeting=meeting)
    return _with(
        request,
        meeting,
        form,
        "item_form",
        lambda: planning.add_item(actor=request.user, meeting=meeting, item=form.item()),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes an agenda item."""
    item = get_object_or_404(item_of(request.user), pk=pk)
    meeting = _plan(request, item.meeting_id)
    if request.method != "POST":
        return _page(request, meeting, item=item, item_form=ItemForm(meeting=meeting, item=item))
    form = ItemForm(request.POST, meeting=meeting, item=item)
    return _with(
        request, meeting, form, "item_form",
        lambda: planning.change_item(actor=request.user, item=item, data=form.item()), item=item,
    )  # fmt: skip


@login_required
@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an item off the agenda."""
    item = get_object_or_404(item_of(request.user), pk=pk)
    return _do(request, item.meeting_id, lambda meeting: planning.remove_item(actor=request.user, item=item))


@login_required
@require_POST
def item_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves one item up or down: `item` and `step` (-1 or 1)."""

    def move(meeting: Meeting) -> None:
        order = [item.pk for item in meeting.agenda.all()]
        chosen, step = request.POST.get("item", ""), request.POST.get("step", "")
        at = order.index(int(chosen)) if chosen.isdigit() and int(chosen) in order else -1
        to = at + (-1 if step == "-1" else 1)
        if at >= 0 and 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            planning.order_items(actor=request.user, meeting=meeting, order=order)

    return _do(request, pk, move)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a paper to an agenda item."""
    item = get_object_or_404(item_of(request.user), pk=pk)
    ensure(permissions.can_prepare(request.user, item.meeting))
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            planning.add_paper(
                actor=request.user,
                item=item,
                title=form.cleaned_data["title"],
                file_name=upload.name,
                content=upload.read(),
            )
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, "Đã thêm tài liệu.")
            return redirect("meetings:meeting_detail", pk=item.meeting_id)
    context = {"form": form, "item": item, "meeting": item.meeting}
    return render(request, "meetings/paper_add.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def paper_file(request: HttpRequest, pk: int) -> FileResponse:
    """A paper of an agenda item, for whoever sees the meeting."""
    import io

    paper = get_object_or_404(paper_of(request.user), pk=pk)
    return FileResponse(
        io.BytesIO(files.read(paper.file)), filename=paper.file_name, content_type="application/pdf"
    )


@login_required
@require_POST
def invitee_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Invites a body no clause names."""
    meeting = _plan(request, pk)
    form = InviteeForm(request.POST, meeting=meeting)
    return _with(
        request, meeting, form, "invitee_form",
        lambda: planning.invite_by_hand(actor=request.user, meeting=meeting, organization=form.cleaned_data["organization"]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitee_leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Strikes a body from the list; one that a clause names asks for the reason."""
    invitation = get_object_or_404(invitees_of(request.user), pk=pk)
    meeting = _plan(request, invitation.meeting_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.leave_out(actor=request.user, invitation=invitation, reason=form.cleaned_data["reason"])
        except DomainError as error:
            refused(form, error)
        else:
            return redirect("meetings:meeting_plan", pk=meeting.pk)
    context = {"form": form, "invitation": invitation, "meeting": meeting}
    return render(request, "meetings/invitee_leave_out.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def invitee_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a struck body back in."""
    invitation = get_object_or_404(invitees_of(request.user), pk=pk)
    return _do(
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
    return HttpResponse(content, content_type="application/pdf")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what will happen, then issues: one number, one paper, one mail to each address."""
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    ensure(
        permissions.can_prepare(request.user, meeting),
        "Chỉ thư ký của cơ quan tổ chức mới phát hành được giấy mời.",
    )
    if request.method == "POST":
        try:
            issued = inviting.issue_invitations(actor=request.user, meeting=meeting)
        except DomainError as error:
            messages.error(request, error.message)
            return redirect(
                "meetings:meeting_plan"
                if permissions.can_edit_plan(request.user, meeting)
                else "meetings:meeting_detail",
                pk=pk,
            )
        count = meeting.invitations.in_protocol_order()
        messages.success(
            request,
            f"Đã phát hành giấy mời {issued.document.symbol} tới {len(count)} cơ quan, {len(issued.messages)} địa chỉ thư.",
        )
        if issued.unreachable:
            names = ", ".join(body.label for body in issued.unreachable)
            messages.warning(request, f"Chưa có địa chỉ thư, cần gửi giấy hoặc gọi điện: {names}.")
        return redirect("meetings:meeting_detail", pk=pk)
    if not permissions.can_issue_invitations(request.user, meeting):
        return redirect("meetings:meeting_detail", pk=pk)
    late = [
        duty
        for duty in plan_duties(meeting)
        if not duty.void_reason and not duty.waived_reason and duty.due_on < clock.today()
    ]
    context = {
        "meeting": meeting,
        "invited": meeting.invitations.in_protocol_order(),
        "unreachable": unreachable_of(meeting),
        "late": late,
        "warnings": warnings_of(request.user, meeting),
    }
    return render(request, "meetings/invitation_issue.html", context)


def _plan(request: HttpRequest, pk: int) -> Meeting:
    """The visible meeting, for its secretariat.

    Raises:
        Http404: another council's. PermissionDenied: not of the secretariat.
    """
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    ensure(
        permissions.can_prepare(request.user, meeting),
        "Chỉ thư ký của cơ quan tổ chức mới sửa được cuộc họp.",
    )
    return meeting


def _do(request: HttpRequest, pk: int, verb: Callable[[Meeting], Any]) -> HttpResponse:
    """Runs one verb and shows the plan again."""
    meeting = _plan(request, pk)
    try:
        verb(meeting)
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("meetings:meeting_plan", pk=pk)


def _with(
    request: HttpRequest, meeting: Meeting, form: Any, name: str, verb: Callable[[], Any], **extra: Any
) -> HttpResponse:
    """Runs one verb with a form's input; what is refused shows beside its field on the same page."""
    if form.is_valid():
        try:
            verb()
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            return redirect("meetings:meeting_plan", pk=meeting.pk)
    return _page(request, meeting, status=422, **{name: form}, **extra)


def _page(request: HttpRequest, meeting: Meeting, *, status: int = 200, **context: Any) -> HttpResponse:
    """The planning page with whatever forms are in progress."""
    if not permissions.can_edit_plan(request.user, meeting):
        messages.info(request, "Giấy mời đã phát hành nên kế hoạch không sửa được nữa.")
        return redirect("meetings:meeting_detail", pk=meeting.pk)
    stored = {name: getattr(meeting, name) for name in PLAN_NAMES} | {
        "areas": [area.pk for area in meeting.areas.all()]
    }
    duties = plan_duties(meeting)
    invitations = meeting.invitations.in_protocol_order()
    page = {
        "meeting": meeting,
        "steps": steps_of(meeting),
        "form": PlanForm(host=meeting.host, meeting=meeting, initial=stored),
        "item_form": ItemForm(meeting=meeting),
        "invitee_form": InviteeForm(meeting=meeting),
        "invitations": invitations,
        "left_out": [
            row for row in invitees_of(request.user) if row.meeting_id == meeting.pk and row.is_left_out
        ],
        "duties": duties,
        "problems": [duty for duty in duties if duty.creditor_id is None],
        "warnings": warnings_of(request.user, meeting),
        "today": clock.today(),
        "total_minutes": sum(item.minutes or 0 for item in meeting.agenda.all()),
        **context,
    }
    return render(request, "meetings/meeting_plan.html", page, status=status)


def _both(form: PlanForm, stored: Any) -> list[tuple[str, str, str]]:
    """Label, stored and own value of each field where they differ, for a stale edit."""
    rows = []
    for name in PLAN_NAMES:
        mine, theirs = form.cleaned_data.get(name), getattr(stored, name)
        if (mine or "") != (theirs or ""):
            rows.append((str(form.fields[name].label), _shown(theirs), _shown(mine)))
    return rows


def _shown(value: Any) -> str:
    from datetime import datetime

    from hdnd.lib.dates import date_time

    return date_time(value) if isinstance(value, datetime) else str(value or "để trống")
