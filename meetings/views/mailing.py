"""The mails of a meeting: which arrived, what each says, and what to do about those that did not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from councils.permissions import ensure
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from hdnd.lib.http import first_message, refused, stored_file
from hdnd.lib.lists import Column, ListPage
from hdnd.outbox.mime import sender
from hdnd.outbox.models import Message, State
from meetings import permissions
from meetings.filters_mailing import MailFilter
from meetings.forms.mailing import ResendForm, ReturnedForm
from meetings.models import Meeting
from meetings.queries.mailing import addressee_of, body_of, mails_of, messages_of
from meetings.queries.plan import plan_of
from meetings.services import inviting, mailing
from meetings.services.letters import Letter
from meetings.services.links import without_token

COLUMNS = (
    Column("nguoi-nhan", "Người nhận", addressee_of, order=("to_name", "to")),
    Column("dia-chi", "Địa chỉ", lambda row: row.to, order=("to",)),
    Column("thu", "Thư", lambda row: row.subject, order=("subject",)),
    Column("trang-thai", "Trạng thái", lambda row: row.state_in_words, order=("state", "to_name")),
    Column("luc", "Gửi lúc", lambda row: row.sent_at, order=("sent_at",)),
    Column("ly-do", "Lý do, cách xử lý", lambda row: row.what_to_do),
)
# The mail as such: no script, no form, no foreign picture, no way out of the frame.
_FRAME_POLICY = "default-src 'none'; frame-ancestors 'self'; sandbox"


@login_required
@require_GET
def mail_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All mails of the meeting, those that did not arrive on top."""
    meeting = _meeting(request, pk)
    found = MailFilter(request.GET, queryset=messages_of(meeting))
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="trang-thai", name="thu-moi")
    context = {
        "meeting": meeting,
        "mails": mails_of(meeting),
    }
    return page.response("meetings/mail_list.html", context)


@login_required
@require_GET
def mail_detail(request: HttpRequest, pk: int, mail: int) -> HttpResponse:
    """One mail: to whom, what became of it, what it says."""
    meeting, message = _mail(request, pk, mail)
    return _page(request, meeting, message)


@login_required
@require_GET
def mail_body(request: HttpRequest, pk: int, mail: int) -> HttpResponse:
    """The mail's HTML for the frame on its page, its answer link dead."""
    _, message = _mail(request, pk, mail)
    return _framed(message.html)


@login_required
@require_GET
def mail_file(request: HttpRequest, pk: int, mail: int, number: int) -> FileResponse:
    """One attached file, counted from 1."""
    _, message = _mail(request, pk, mail)
    if not 1 <= number <= len(message.attachments):
        raise Http404
    item = message.attachments[number - 1]
    try:
        content = files.read(item["file"])
    except FileNotFoundError as error:
        raise Http404 from error
    return stored_file(content, item["name"], item["type"].split(";")[0])


@login_required
@require_POST
def mail_resend(request: HttpRequest, pk: int, mail: int) -> HttpResponse:
    """Sends a failed mail again, to a corrected address if one is given."""
    meeting, message = _mail(request, pk, mail)
    form = ResendForm(request.POST)
    return _do(
        request, meeting, message, form, "resend_form",
        lambda: mailing.resend(actor=request.user, meeting=meeting, message=message, to=form.cleaned_data["to"]),
        f"Đang gửi lại thư cho {addressee_of(message)}.",
    )  # fmt: skip


@login_required
@require_POST
def mail_returned(request: HttpRequest, pk: int, mail: int) -> HttpResponse:
    """Notes that a sent mail came back."""
    meeting, message = _mail(request, pk, mail)
    form = ReturnedForm(request.POST)
    return _do(
        request, meeting, message, form, "returned_form",
        lambda: mailing.mark_returned(actor=request.user, meeting=meeting, message=message, **form.cleaned_data),
        f"Đã ghi thư gửi {addressee_of(message)} bị trả lại. Sửa địa chỉ rồi gửi lại.",
    )  # fmt: skip


@login_required
@require_POST
def mail_test(request: HttpRequest, pk: int, mail: int) -> HttpResponse:
    """Sends the mail to the person's own address."""
    meeting, message = _mail(request, pk, mail)
    _test(request, meeting, message)
    return redirect("meetings:mail_detail", pk=pk, mail=mail)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Before issuing: what each of the invited will get, one after the other; POST tries it on oneself."""
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    post = _letters(request, meeting)
    if isinstance(post, HttpResponse):
        return post
    asked = request.GET.get("thu", "1")
    at = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), max(len(post), 1))
    letter = post[at - 1] if post else None
    if request.method == "POST" and letter:
        _test(request, meeting, letter)
        return redirect(f"{request.path}?thu={at}")
    context = {
        "meeting": meeting,
        "letters": post,
        "letter": letter,
        "at": at,
        "sender": sender(letter.from_name) if letter else (),
    }
    return render(request, "meetings/letter_preview.html", context)


@login_required
@require_GET
def letter_body(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The HTML of one mail before issuing, for the frame."""
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    post = _letters(request, meeting)
    if isinstance(post, HttpResponse) or not 1 <= number <= len(post):
        raise Http404
    return _framed(post[number - 1].html)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for the host's office: to others its mails are none of their business."""
    meeting: Meeting = get_object_or_404(plan_of(request.user), pk=pk)
    ensure(
        permissions.is_host_office(request.user, meeting),
        "Chỉ văn phòng của cơ quan tổ chức mới xem được thư của cuộc họp.",
    )
    return meeting


def _mail(request: HttpRequest, pk: int, mail: int) -> tuple[Meeting, Message]:
    meeting = _meeting(request, pk)
    return meeting, get_object_or_404(messages_of(meeting), pk=mail)


def _letters(request: HttpRequest, meeting: Meeting) -> list[Letter] | HttpResponse:
    """The mails as issuing would send them now, or the way back to what hinders it."""
    ensure(permissions.can_prepare(request.user, meeting))
    if not permissions.can_issue_invitations(request.user, meeting):
        return redirect("meetings:mail_list", pk=meeting.pk)
    try:
        return inviting.preview_mails(actor=request.user, meeting=meeting).letters
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("meetings:meeting_plan", pk=meeting.pk)


def _framed(html: str) -> HttpResponse:
    response = HttpResponse(without_token(html))
    response["Content-Security-Policy"] = _FRAME_POLICY
    return response


def _page(request: HttpRequest, meeting: Meeting, message: Message, **forms: Form) -> HttpResponse:
    may = permissions.can_prepare(request.user, meeting)
    context = {
        "meeting": meeting,
        "message": message,
        "addressee": addressee_of(message),
        "body": body_of(message),
        "sender": sender(message.from_name),
        "text": without_token(message.text),
        "can_prepare": may,
        "resend_form": ResendForm(initial={"to": message.to}) if message.state == State.FAILED else None,
        "returned_form": ReturnedForm() if message.state == State.SENT else None,
        "now": clock.now(),
        **forms,
    }
    return render(request, "meetings/mail_detail.html", context, status=422 if forms else 200)


def _do(
    request: HttpRequest,
    meeting: Meeting,
    message: Message,
    form: Form,
    name: str,
    verb: Callable[[], Any],
    done: str,
) -> HttpResponse:
    """Runs a verb on one mail; a refusal shows on the mail's page, what was typed kept."""
    ensure(permissions.can_prepare(request.user, meeting))
    if form.is_valid():
        try:
            verb()
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(request, done)
            return redirect("meetings:mail_list", pk=meeting.pk)
    return _page(request, meeting, message, **{name: form})


def _test(request: HttpRequest, meeting: Meeting, letter: Message | Letter) -> None:
    try:
        mailing.send_test(actor=request.user, meeting=meeting, letter=letter)
    except DomainError as error:
        messages.error(request, first_message(error))
    else:
        messages.success(request, f"Đang gửi thử tới {request.user.email}.")  # type: ignore[union-attr]
