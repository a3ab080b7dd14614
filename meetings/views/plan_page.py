"""The planning page as an answer: whole, or the parts of it that htmx picks, with whatever form is in progress."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from councils.permissions import ensure
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused
from meetings import permissions
from meetings.forms.planning import PLAN_NAMES, InviteeForm, ItemForm, PlanForm
from meetings.models import Meeting
from meetings.queries.clashes import clashes_of
from meetings.queries.invitees import invitees_with_grounds, rows_of, sendings_of, unfound_of
from meetings.queries.plan import plan_duties, plan_of
from meetings.views.meeting_page import steps_of


def plan_for(request: HttpRequest, pk: int) -> Meeting:
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


def show(request: HttpRequest, meeting: Meeting, *, status: int = 200, **context: Any) -> HttpResponse:
    """The planning page; `context` brings the forms in progress."""
    if not permissions.can_edit_plan(request.user, meeting):
        messages.info(request, "Giấy mời đã phát hành nên kế hoạch không sửa được nữa.")
        return away(request, "meetings:meeting_detail", meeting.pk)
    duties = plan_duties(meeting)
    invitees = invitees_with_grounds(rows_of(meeting), duties)
    page = {
        "meeting": meeting,
        "version": meeting.version,
        "steps": steps_of(meeting),
        "invitees": [row for row in invitees if not row.invitation.is_left_out],
        "left_out": [row for row in invitees if row.invitation.is_left_out],
        "sendings": sendings_of(meeting, duties),
        "unfound": unfound_of(duties),
        "clashes": clashes_of(request.user, meeting),
        "today": clock.today(),
        "total_minutes": sum(item.minutes or 0 for item in meeting.agenda.all()),
        **context,
    }
    page.setdefault("form", PlanForm(host=meeting.host, meeting=meeting, initial=_stored(meeting)))
    page.setdefault("item_form", ItemForm(meeting=meeting))
    page.setdefault("invitee_form", InviteeForm(meeting=meeting))
    if is_live(request) and ("item" in context or "adding" in context):
        page["item_form"].fields["title"].widget.attrs["autofocus"] = True
    response = render(request, "meetings/meeting_plan.html", page, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def after(request: HttpRequest, pk: int, **context: Any) -> HttpResponse:
    """After a change: a fresh page in place, or a redirect without scripts."""
    if is_live(request):
        return show(request, plan_for(request, pk), **context)
    return redirect("meetings:meeting_plan", pk=pk)


def away(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """To another page; from within a page htmx would swap a part of it into this one."""
    if is_live(request):
        return HttpResponseClientRedirect(resolve_url(name, pk=pk))
    return redirect(name, pk=pk)


def is_live(request: HttpRequest) -> bool:
    """Whether htmx asks, to swap parts of the page."""
    return bool(request.htmx)  # type: ignore[attr-defined]


def run(request: HttpRequest, pk: int, verb: Callable[[Meeting], Any]) -> HttpResponse:
    """Runs one verb that has no form and shows the plan again."""
    meeting = plan_for(request, pk)
    try:
        verb(meeting)
    except DomainError as error:
        messages.error(request, error.message)
    return after(request, pk)


def submit(
    request: HttpRequest,
    meeting: Meeting,
    form: Any,
    name: str,
    verb: Callable[[], Any],
    *,
    then: dict[str, Any] | None = None,
    **extra: Any,
) -> HttpResponse:
    """Runs one verb with a form's input; what is refused shows beside its field on the same page."""
    if form.is_valid():
        try:
            verb()
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            return after(request, meeting.pk, **(then or {}))
    return show(request, meeting, status=422, **{name: form}, **extra)


def _stored(meeting: Meeting) -> dict[str, Any]:
    return {name: getattr(meeting, name) for name in PLAN_NAMES} | {
        "areas": [area.pk for area in meeting.areas.all()]
    }
