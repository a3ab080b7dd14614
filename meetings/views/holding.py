"""Attendance at the door, opening, votes, closing.

Every act is a plain POST that ends in a redirect; by htmx it swaps the row touched and the counts, or the votes, so
that nothing typed elsewhere on the page is lost.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from councils.permissions import ensure
from documents.services import issuer_of
from hdnd.lib.errors import DomainError
from hdnd.lib.http import first_message, made_file, refused
from meetings import papers, permissions
from meetings.choices import MeetingState
from meetings.forms.holding import (
    CloseForm,
    GuestMarkForm,
    MemberMarkForm,
    OpenForm,
    VoteForm,
    VoteRemoveForm,
)
from meetings.models import Meeting
from meetings.queries import attendance_sheet, live_quorum, vote_results
from meetings.queries.plan import plan_of
from meetings.queries.record import GuestRow, MemberRow, Sheet
from meetings.services import holding


@login_required
@require_safe
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The page at the door."""
    return _page(request, _meeting(request, pk))


@login_required
@require_POST
def mark_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks one member: `member`, `presence` (empty takes the mark back), `reason`."""
    meeting = _meeting(request, pk)
    form = MemberMarkForm(request.POST)
    given = form.cleaned_data if form.is_valid() else form.data
    row = _member(attendance_sheet(meeting), given.get("member"))
    if row is None:
        return _gone(
            request, meeting, "Người này không phải thành viên vào ngày họp. Danh sách vừa được tải lại."
        )

    def mark() -> None:
        holding.mark_member(
            actor=request.user,
            meeting=meeting,
            membership=row.membership,
            presence=form.cleaned_data["presence"],
            reason=form.cleaned_data["reason"],
        )

    error = _tried(form, mark)
    return _marked(request, meeting, {"member": row.membership.pk}, form, error)


@login_required
@require_POST
def mark_guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks one invited body: `invitation`, `presence`, `name`, `title`."""
    meeting = _meeting(request, pk)
    form = GuestMarkForm(request.POST)
    given = form.cleaned_data if form.is_valid() else form.data
    row = _guest(attendance_sheet(meeting), given.get("invitation"))
    if row is None:
        return _gone(
            request, meeting, "Cơ quan này không có trong danh sách mời. Danh sách vừa được tải lại."
        )

    def mark() -> None:
        holding.mark_guest(
            actor=request.user,
            meeting=meeting,
            invitation=row.invitation,
            presence=form.cleaned_data["presence"],
            name=form.cleaned_data["name"],
            title=form.cleaned_data["title"],
        )

    error = _tried(form, mark)
    return _marked(request, meeting, {"guest": row.invitation.pk}, form, error)


@login_required
@require_POST
def meeting_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the meeting; short of the quorum it says so."""
    meeting = _meeting(request, pk)
    form = OpenForm(request.POST)

    def opened() -> None:
        holding.open_meeting(actor=request.user, meeting=meeting, at=form.cleaned_data["opened_at"])

    if _tried(form, opened):
        return _moment_refused(request, meeting, "open_form", form)
    return _onward(request, reverse("meetings:attendance", args=[pk]))


@login_required
@require_POST
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends the meeting; the minutes come next."""
    meeting = _meeting(request, pk)
    form = CloseForm(request.POST)

    def closed() -> None:
        holding.close_meeting(actor=request.user, meeting=meeting, at=form.cleaned_data["closed_at"])

    if _tried(form, closed):
        return _moment_refused(request, meeting, "close_form", form)
    return _onward(request, reverse("meetings:minutes", args=[pk]))


@login_required
@require_POST
def vote_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Records a tally; ballots that do not add up come back as typed."""
    meeting = _meeting(request, pk)
    form = VoteForm(request.POST, meeting=meeting)

    def add() -> None:
        given = form.cleaned_data
        holding.record_vote(
            actor=request.user,
            meeting=meeting,
            item=given["item"],
            tally=form.tally(),
            motion=given["motion"],
            rule=given["rule"],
        )

    error = _tried(form, add)
    return _voted(request, meeting, bool(error), **({"vote_form": form} if error else {}))


@login_required
@require_POST
def vote_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back a tally entered by mistake: `vote`, `reason`."""
    meeting = _meeting(request, pk)
    form = VoteRemoveForm(request.POST)
    asked = form.cleaned_data["vote"] if form.is_valid() else form.data.get("vote")
    event = next((event for event, _ in vote_results(meeting) if str(event.pk) == str(asked)), None)
    if event is None:
        return _gone(request, meeting, "Kết quả này đã được xóa.")

    def remove() -> None:
        holding.remove_vote(actor=request.user, event=event, reason=form.cleaned_data["reason"])

    error = _tried(form, remove)
    return _voted(request, meeting, bool(error), remove_error=error, remove_pk=event.pk, remove_form=form)


@login_required
@require_safe
def signin_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet to sign, as PDF."""
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    ensure(permissions.can_prepare(request.user, meeting))
    try:
        content = papers.signin_pdf(meeting, issuer_of(meeting.host))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("meetings:meeting_detail", pk=pk)
    return made_file(content, "danh-sach-ky-ten.pdf")


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


def _tried(form: Form, verb: Callable[[], Any]) -> str:
    """Runs the service on a clean form; what was refused, in one line, or nothing."""
    if form.is_valid():
        try:
            verb()
        except (DomainError, ValidationError) as error:
            refused(form, error)
            return first_message(error)
    return str(next((message for errors in form.errors.values() for message in errors), ""))


def _member(sheet: Sheet, pk: Any) -> MemberRow | None:
    return next((row for row in sheet.members if str(row.membership.pk) == str(pk)), None)


def _guest(sheet: Sheet, pk: Any) -> GuestRow | None:
    return next((row for row in sheet.guests if str(row.invitation.pk) == str(pk)), None)


def _marked(
    request: HttpRequest, meeting: Meeting, which: dict[str, int], form: Form, error: str
) -> HttpResponse:
    """After a mark: by htmx the row and the counts, else the page."""
    context: dict[str, Any] = {"typed": form if error else None, "error": error, "touched": True}
    if not request.htmx:  # type: ignore[attr-defined]
        if not error:
            return redirect("meetings:attendance", pk=meeting.pk)
        messages.error(request, error)
        return _page(request, meeting, status=422)
    sheet = attendance_sheet(meeting)
    context |= {"meeting": meeting, "sheet": sheet, "quorum": live_quorum(meeting, sheet)}
    context["member"] = _member(sheet, which.get("member"))
    context["guest"] = _guest(sheet, which.get("guest"))
    return render(request, "meetings/door_swap.html", context, status=422 if error else 200)


def _moment_refused(request: HttpRequest, meeting: Meeting, name: str, form: Form) -> HttpResponse:
    """The form of the opening or the end with its refusal: in its place by htmx, else on the page."""
    if not request.htmx:  # type: ignore[attr-defined]
        return _page(request, meeting, status=422, **{name: form})
    context = {
        "meeting": meeting,
        "form": form,
        "is_opening": name == "open_form",
        "quorum": live_quorum(meeting),
    }
    return render(request, "meetings/door_moment.html", context, status=422)


def _onward(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, by htmx too."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)  # type: ignore[attr-defined]


def _voted(request: HttpRequest, meeting: Meeting, is_refused: bool, **context: Any) -> HttpResponse:
    """After a vote: by htmx the votes, else the page."""
    status = 422 if is_refused else 200
    if request.htmx:  # type: ignore[attr-defined]
        page = {"meeting": meeting, **_votes(meeting), **context}
        return render(request, "meetings/door_votes.html", page, status=status)
    if is_refused:
        return _page(request, meeting, status=status, **context)
    return redirect(f"{reverse('meetings:attendance', args=[meeting.pk])}#bieu-quyet")


def _gone(request: HttpRequest, meeting: Meeting, message: str) -> HttpResponse:
    """What was pressed is no longer there: the page anew, with the reason."""
    messages.error(request, message)
    if request.htmx:  # type: ignore[attr-defined]
        return _onward(request, reverse("meetings:attendance", args=[meeting.pk]))
    return _page(request, meeting, status=422)


def _votes(meeting: Meeting) -> dict[str, Any]:
    return {"votes": vote_results(meeting), "vote_form": VoteForm(meeting=meeting)}


def _page(request: HttpRequest, meeting: Meeting, *, status: int = 200, **context: Any) -> HttpResponse:
    sheet = attendance_sheet(meeting)
    page = {
        "meeting": meeting,
        "sheet": sheet,
        "quorum": live_quorum(meeting, sheet),
        **_votes(meeting),
        "open_form": OpenForm() if meeting.may_become(MeetingState.HELD) else None,
        "close_form": CloseForm() if meeting.may_become(MeetingState.MINUTED) else None,
        "is_held": meeting.opened_at is not None,
        **context,
    }
    return render(request, "meetings/attendance.html", page, status=status)
