"""After the invitation is out: change the meeting, postpone it, cancel it; or give up a plan."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from councils.permissions import ensure
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.http import refused
from meetings.forms.changing import CallOffForm, ChangeForm, agenda_formset, change_input
from meetings.models import Meeting
from meetings.papers_of_change import changes_in_words
from meetings.permissions import can_change, can_edit_plan, can_postpone, can_prepare
from meetings.queries.clashes import clashes_of
from meetings.queries.plan import plan_of
from meetings.services import changing
from meetings.services.announcing import Changed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_change(request: HttpRequest, pk: int) -> HttpResponse:
    """New time, place or agenda: first what it means and for whom, then, confirmed, the numbered notice."""
    meeting = _meeting(request, pk, can_change)
    posted = request.method == "POST"
    form = ChangeForm(request.POST if posted else None, initial=ChangeForm.stored(meeting))
    agenda = agenda_formset(meeting, request.POST if posted else None)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() else meeting.version
    context: dict[str, Any] = {"meeting": meeting, "form": form, "agenda": agenda, "version": version}
    goes_on = posted and "sua" not in request.POST
    if goes_on and form.is_valid() and agenda.is_valid():
        given: dict[str, Any] = {
            "actor": request.user, "meeting": meeting, "data": change_input(form, agenda), "version": version,
        }  # fmt: skip
        try:
            if "xac_nhan" in request.POST:
                return _done(request, changing.change_meeting(**given))
            rehearsed = changing.rehearse(changing.change_meeting, **given)
        except StaleEdit as error:
            # Sending it once more is then a decision made over what is stored now.
            context |= {"version": meeting.version, "stored": meeting}
            refused(form, error)
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            return render(request, "meetings/meeting_change.html", context | _review(request, rehearsed))
    return render(request, "meetings/meeting_change.html", context, status=422 if goes_on else 200)


def _review(request: HttpRequest, rehearsed: Changed) -> dict[str, Any]:
    """What the change will do, to be confirmed."""
    audience = rehearsed.audience
    return {
        "review": rehearsed,
        "points": changes_in_words(rehearsed.change.differences),
        "told": [row for row in audience.told if row not in audience.added],
        "clashes": clashes_of(request.user, rehearsed.change.meeting),
    }


@dataclass(frozen=True)
class _Way:
    """One way of calling a meeting off."""

    verb: Callable[..., Any]
    allowed: Callable[[Any, Meeting], bool]
    heading: str
    button: str
    says: str


_WAYS = {
    "hoan": _Way(
        changing.postpone_meeting, can_postpone, "Hoãn cuộc họp", "Phát hành thông báo hoãn",
        "Cuộc họp chưa có thời gian mới. Khi có, chọn “Định lại thời gian”; mọi cơ quan được mời trả lời lại.",
    ),
    "huy": _Way(
        changing.cancel_meeting, can_change, "Hủy cuộc họp", "Phát hành thông báo hủy",
        "Cuộc họp không diễn ra. Nghĩa vụ còn mở không phát sinh nữa; giấy mời và thông báo vẫn lưu trong sổ.",
    ),
    "bo": _Way(
        changing.drop_plan, can_edit_plan, "Bỏ kế hoạch họp", "Bỏ kế hoạch",
        "Giấy mời chưa phát hành nên không gửi thông báo cho ai. Kế hoạch vẫn lưu để tra cứu.",
    ),
}  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_call_off(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """Postpones, cancels or drops a meeting, with the reason."""
    how = _WAYS[way]
    meeting = _meeting(request, pk, how.allowed)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            result = how.verb(actor=request.user, meeting=meeting, reason=form.cleaned_data["reason"])
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            if isinstance(result, Changed):
                return _done(request, result)
            messages.success(request, f"Đã bỏ kế hoạch {meeting.title}.")
            return redirect("meetings:meeting_list")
    told = [row.organization for row in meeting.invitations.in_protocol_order() if row.is_issued]
    context = {"meeting": meeting, "form": form, "how": how, "told": told}
    return render(request, "meetings/meeting_call_off.html", context, status=422 if form.errors else 200)


def _meeting(request: HttpRequest, pk: int, allowed: Callable[[Any, Meeting], bool]) -> Meeting:
    """The visible meeting, for its secretariat, while its state allows the step.

    Raises:
        Http404: another council's. PermissionDenied: not of the secretariat, or not in this state any more.
    """
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    ensure(can_prepare(request.user, meeting), "Chỉ thư ký của cơ quan tổ chức mới thay đổi được cuộc họp.")
    ensure(
        allowed(request.user, meeting),
        f"Cuộc họp đang ở trạng thái “{meeting.get_state_display()}” nên không làm được việc này.",
    )
    return meeting


def _done(request: HttpRequest, changed: Changed) -> HttpResponse:
    symbol = changed.change.document.symbol
    messages.success(
        request, f"Đã phát hành thông báo {symbol}, gửi tới {len(changed.messages)} địa chỉ thư."
    )
    if changed.unreachable:
        names = ", ".join(body.label for body in changed.unreachable)
        messages.warning(request, f"Chưa có địa chỉ thư, cần gửi giấy hoặc gọi điện: {names}.")
    return redirect("meetings:meeting_detail", pk=changed.change.meeting_id)
