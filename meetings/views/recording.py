"""Minutes beside the agenda, conclusions, the notice."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reselect, reswap, retarget

from councils.permissions import ensure
from documents.paper.model import PaperError
from documents.services import issuer_of
from hdnd.lib import clock
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.http import made_file, refused
from meetings import papers, permissions
from meetings.choices import MinutesState
from meetings.forms.recording import CirculateForm, CommentForm, ConclusionForm, CorrectForm, SecretaryForm
from meetings.models import Meeting, Minutes
from meetings.queries import attendance_sheet, live_quorum, vote_results
from meetings.queries.minutes import conclusions_of, entries_of, minutes_meetings, minutes_versions
from meetings.services import concluding, recording


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes page; a POST starts the draft."""
    meeting = _meeting(request, pk)
    if request.method == "POST":
        try:
            recording.start_minutes(actor=request.user, meeting=meeting)
        except DomainError as error:
            messages.error(request, error.message)
        return redirect("meetings:minutes", pk=pk)
    return _page(request, meeting)


@login_required
@require_POST
def entry_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves what was said on one item; a stale save shows both versions, nothing is lost."""
    entry = get_object_or_404(entries_of(request.user), pk=pk)
    ensure(
        permissions.can_write_minutes(request.user, entry.minutes), "Chỉ thư ký viết được biên bản chưa khóa."
    )
    # After a stale edit one may take the stored version as it is, or one's own as it was, or merge them by hand.
    keep, version = request.POST.get("keep", ""), request.POST.get("version", "")
    text = _typed(request, "mine" if keep == "mine" else "text")
    context: dict[str, Any] = {"entry": entry}
    status = 200
    try:
        if keep != "stored":
            context["entry"] = recording.save_entry(
                actor=request.user, entry=entry, text=text, version=int(version) if version.isdecimal() else 0
            )
            context["saved_at"] = clock.now()
    except StaleEdit as error:
        context |= {"entry": error.stored, "mine": text, "stale": error.message}
        status = 409
    if request.htmx:  # type: ignore[attr-defined]
        response = render(request, "meetings/minutes_entry.html", context, status=status)
        if status == 409:  # the whole form, with both versions, not just the word "saved"
            return retarget(
                reswap(reselect(response, f"#entry-{entry.pk}"), "outerHTML"), f"#entry-{entry.pk}"
            )
        return response
    if status == 409:
        return _page(request, entry.minutes.meeting, stale=context, status=409)
    return redirect(f"{reverse('meetings:minutes', args=[entry.minutes.meeting_id])}#entry-{entry.pk}")


@login_required
@require_POST
def minutes_secretary(request: HttpRequest, pk: int) -> HttpResponse:
    """Who signs on the left."""
    meeting = _meeting(request, pk)
    form = SecretaryForm(request.POST)
    return _with(
        request, meeting, form, "secretary_form",
        lambda: recording.set_secretary(actor=request.user, meeting=meeting, name=form.cleaned_data["secretary_name"]),
    )  # fmt: skip


@login_required
@require_safe
def minutes_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as they would print now."""
    meeting = _meeting(request, pk)
    current = _current(meeting)
    try:
        content = recording.draft_pdf(actor=request.user, minutes=current)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("meetings:minutes", pk=pk)
    return made_file(content, "bien-ban-xem-truoc.pdf")


@login_required
@require_POST
def minutes_circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the draft to comments."""
    meeting = _meeting(request, pk)
    form, current = CirculateForm(request.POST), _current(meeting)
    return _with(
        request, meeting, form, "circulate_form",
        lambda: recording.circulate(actor=request.user, minutes=current, comment_until=form.cleaned_data["comment_until"]),
    )  # fmt: skip


@login_required
@require_POST
def minutes_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A remark on circulated minutes."""
    meeting = _meeting(request, pk)
    form, current = CommentForm(request.POST, meeting=meeting), _current(meeting)
    return _with(
        request, meeting, form, "comment_form",
        lambda: recording.comment(
            actor=request.user, minutes=current, text=form.cleaned_data["text"], item=form.cleaned_data["item"]
        ),
    )  # fmt: skip


@login_required
@require_POST
def minutes_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair approves; the minutes are numbered, printed and locked."""
    meeting = _meeting(request, pk)
    current = _current(meeting)
    return _do(
        request,
        meeting,
        lambda: recording.approve(actor=request.user, minutes=current),
        "Đã duyệt và khóa biên bản.",
    )


@login_required
@require_POST
def minutes_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version that names the old."""
    meeting = _meeting(request, pk)
    form, current = CorrectForm(request.POST), _current(meeting)
    return _with(
        request, meeting, form, "correct_form",
        lambda: recording.correct(actor=request.user, minutes=current, reason=form.cleaned_data["reason"]),
    )  # fmt: skip


@login_required
@require_POST
def conclusion_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes down a conclusion."""
    meeting = _meeting(request, pk)
    form = ConclusionForm(request.POST, meeting=meeting)
    return _with(
        request, meeting, form, "conclusion_form",
        lambda: concluding.add_conclusion(actor=request.user, meeting=meeting, data=form.conclusion()),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conclusion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a conclusion not yet announced."""
    row = get_object_or_404(conclusions_of(request.user), pk=pk)
    meeting = _meeting(request, row.meeting_id)
    form = ConclusionForm(request.POST or None, meeting=meeting, conclusion=row)
    if request.method != "POST":
        return _page(request, meeting, conclusion_form=form, editing=row)
    return _with(
        request, meeting, form, "conclusion_form",
        lambda: concluding.change_conclusion(actor=request.user, conclusion=row, data=form.conclusion()), editing=row,
    )  # fmt: skip


@login_required
@require_POST
def conclusion_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back a conclusion not yet announced."""
    row = get_object_or_404(conclusions_of(request.user), pk=pk)
    meeting = _meeting(request, row.meeting_id)
    return _do(
        request,
        meeting,
        lambda: concluding.remove_conclusion(actor=request.user, conclusion=row),
        "Đã bỏ kết luận.",
    )


@login_required
@require_safe
def notice_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of conclusions as it would print now."""
    meeting = _meeting(request, pk)
    ensure(permissions.can_prepare(request.user, meeting))
    try:
        content = papers.notice_pdf(meeting, issuer_of(meeting.host), None)
    except (DomainError, PaperError) as error:
        messages.error(request, getattr(error, "message", "Chưa có kết luận nào để in."))
        return redirect("meetings:minutes", pk=pk)
    return made_file(content, "thong-bao-ket-luan-xem-truoc.pdf")


@login_required
@require_POST
def notice_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issues the notice and mails it to those who got a task."""
    meeting = _meeting(request, pk)
    return _do(
        request,
        meeting,
        lambda: concluding.issue_notice(actor=request.user, meeting=meeting),
        "Đã phát hành thông báo kết luận.",
    )


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """A meeting of the person's own bodies.

    Raises:
        Http404: another council's, or one they were only a guest at.
    """
    return get_object_or_404(minutes_meetings(request.user), pk=pk)


def _typed(request: HttpRequest, name: str) -> str:
    """A text as typed: line ends alike whether a browser or htmx sent it, and no NUL, which no database keeps."""
    return request.POST.get(name, "").replace("\r\n", "\n").replace("\x00", "")


def _current(meeting: Meeting) -> Minutes:
    """The newest version.

    Raises:
        Http404: the minutes have not been started.
    """
    return get_object_or_404(meeting.minutes_versions.order_by("-number")[:1])


def _do(request: HttpRequest, meeting: Meeting, verb: Callable[[], Any], done: str) -> HttpResponse:
    try:
        verb()
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("meetings:minutes", pk=meeting.pk)


def _with(
    request: HttpRequest, meeting: Meeting, form: Any, name: str, verb: Callable[[], Any], **extra: Any
) -> HttpResponse:
    if form.is_valid():
        try:
            verb()
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            return redirect("meetings:minutes", pk=meeting.pk)
    return _page(request, meeting, status=422, **{name: form}, **extra)


def _page(request: HttpRequest, meeting: Meeting, *, status: int = 200, **context: Any) -> HttpResponse:
    can_prepare = permissions.can_prepare(request.user, meeting)
    versions = minutes_versions(meeting)
    if not (can_prepare or permissions.is_host_office(request.user, meeting)):
        # Delegates read what was circulated or approved; a draft, a correction's too, is the office's own.
        versions = [row for row in versions if row.state != MinutesState.DRAFT]
    current = versions[0] if versions else None
    sheet = attendance_sheet(meeting)
    rows = list(meeting.conclusions.select_related("assignee", "report_to", "notice").order_by("position"))
    votes: dict[int, list[Any]] = {}
    for event, result in vote_results(meeting):
        votes.setdefault(event.item_id, []).append((event, result))
    page = {
        "meeting": meeting,
        "minutes": current,
        "versions": versions,
        "entries": [(entry, votes.get(entry.item_id, [])) for entry in current.entries.all()]
        if current
        else [],
        "sheet": sheet,
        "quorum": live_quorum(meeting, sheet),
        "conclusions": rows,
        "notice": next((row.notice for row in rows if row.notice), None),
        "can_prepare": can_prepare,
        "can_write": current is not None and permissions.can_write_minutes(request.user, current),
        "can_approve": current is not None and permissions.can_approve_minutes(request.user, current),
        "can_comment": current is not None and permissions.can_comment_minutes(request.user, current),
        "secretary_form": SecretaryForm(initial={"secretary_name": meeting.secretary_name}),
        "circulate_form": CirculateForm(),
        "comment_form": CommentForm(meeting=meeting),
        "correct_form": CorrectForm(),
        "conclusion_form": ConclusionForm(meeting=meeting),
        **context,
    }
    return render(request, "meetings/minutes.html", page, status=status)
