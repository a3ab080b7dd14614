"""Answers: by signed link without an account, in the app, or written down by the secretary."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from councils.permissions import ensure
from councils.queries import members_on
from hdnd.lib import clock
from hdnd.lib.cells import linker
from hdnd.lib.dates import relative, short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import state_pill
from meetings.filters_answering import InvitationFilter
from meetings.forms.answering import AnswerForm, AnswerSheet, RecordForm
from meetings.models import Invitation
from meetings.permissions import can_answer, can_prepare
from meetings.queries import invitation_list as list_of
from meetings.queries import visible_invitations
from meetings.queries.detail import inviting_hosts
from meetings.queries.papers import papers_of
from meetings.queries.replies import people_of, with_replies
from meetings.services import answering
from meetings.services.links import invitation_of

to_meeting = linker("meetings:meeting_detail")
to_answer = linker("meetings:invitation_answer")


def until_cell(row: Any) -> str:
    """By when an answer is asked for, while it is missing."""
    if not row.answer_until:
        return ""
    day = row.answer_until
    left = relative(day, clock.today())
    return format_html('{}<br><span class="basis">{}</span>', short_date(day), left)


def answer_cell(row: Any) -> SafeString:
    """The answer given; while one may still be given, the way to it."""
    if row.meeting.is_called_off:
        return state_pill(row.meeting.state, row.meeting.get_state_display())
    is_open = row.meeting.starts_at > clock.now()
    if row.answer:
        pill = state_pill(row.answer, row.get_answer_display())
        return format_html("{} {}", pill, to_answer(row.pk, "Đổi")) if is_open and row.may_answer else pill
    if not is_open:
        return state_pill("void", "không trả lời")
    if row.may_answer:
        return to_answer(row.pk, "Trả lời, cử người", css="button small")
    return state_pill("waiting", "chưa trả lời")


COLUMNS = (
    Column(
        "han",
        "Trả lời trước",
        lambda row: row.answer_until or "",
        order=("waits", "answer_until", "-meeting__starts_at"),
        draw=until_cell,
    ),
    Column(
        "thoi-gian",
        "Thời gian",
        lambda row: row.meeting.starts_at,
        order=("meeting__starts_at",),
        labelled=False,
    ),
    Column(
        "cuoc-hop",
        "Cuộc họp",
        lambda row: row.meeting.title,
        order=("meeting__search",),
        heads=True,
        draw=lambda row: to_meeting(row.meeting_id, row.meeting.title),
    ),
    Column(
        "ben-moi",
        "Cơ quan mời",
        lambda row: row.meeting.host.name,
        order=("meeting__host__code",),
        draw=lambda row: row.meeting.host.label,
    ),
    Column(
        "duoc-moi",
        "Được mời",
        lambda row: row.organization.name,
        order=("organization__code",),
        draw=lambda row: row.organization.label,
    ),
    Column(
        "tra-loi",
        "Trả lời",
        lambda row: row.get_answer_display() or "chưa trả lời",
        order=("answer",),
        labelled=False,
        draw=answer_cell,
    ),
    Column("nguoi-du", "Người dự", lambda row: row.attendee_name, order=("attendee_name",)),
)  # fmt: skip


# Whoever could forge a post needs the token, and with it could answer anyway; an old phone or a proxy that drops
# cookies or the Referer must get through.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail; works without an account and without scripts."""
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "meetings/answer_link_invalid.html", status=404)
    sheet = AnswerSheet(AnswerForm, request.POST, seats=None, initial={}, others=[])
    if request.method == "POST" and not sheet.adding and sheet.is_valid():
        try:
            answering.answer_by_link(invitation=invitation, data=sheet.data_input())
        except (DomainError, ValidationError) as error:
            refused(sheet.form, error)
        else:
            return redirect("meetings:answer_link", token=token)
    context = {
        "invitation": invitation,
        "meeting": invitation.meeting,
        "sheet": sheet,
        "form": sheet.form,
        "people": people_of(with_replies([invitation])[0]),
        "papers": papers_of(invitation.meeting),
        "token": token,
        "closed": closed(invitation),
    }
    return render(request, "meetings/answer_link.html", context, status=_status(sheet))


@login_required
@require_GET
def invitation_list(request: HttpRequest) -> HttpResponse:
    """All invitations to the person's bodies, of all hosts, in one place; those to answer first."""
    found = InvitationFilter(request.GET, queryset=list_of(request.user), hosts=inviting_hosts(request.user))
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="han", name="giay-moi")
    return page.response("meetings/invitation_list.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The invited body answers in the app and assigns who goes; it may change that until the meeting begins."""
    invitation = get_object_or_404(visible_invitations(request.user), pk=pk)
    ensure(can_answer(request.user, invitation), "Chỉ cơ quan được mời mới trả lời được giấy mời này.")
    return _answer(
        request, invitation, answering.answer_in_app, "Đã ghi trả lời.", "meetings:invitation_list", None
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The host's secretary writes down an answer given by telephone, Zalo, on paper and the like."""
    invitation = get_object_or_404(visible_invitations(request.user), pk=pk)
    ensure(can_prepare(request.user, invitation.meeting))
    done = f"Đã ghi trả lời của {invitation.organization.label}."
    return _answer(
        request, invitation, answering.answer_for, done, "meetings:meeting_people", invitation.meeting_id
    )


def _answer(
    request: HttpRequest, invitation: Invitation, service: Any, done: str, target: str, target_pk: int | None
) -> HttpResponse:
    for_secretary = service is answering.answer_for
    [invitation] = with_replies([invitation])
    sheet = _sheet(request, invitation, RecordForm if for_secretary else AnswerForm)
    if request.method == "POST" and not sheet.adding and sheet.is_valid():
        try:
            service(actor=request.user, invitation=invitation, data=sheet.data_input())
        except (DomainError, ValidationError) as error:
            refused(sheet.form, error)
        else:
            messages.success(request, done)
            return redirect(target, pk=target_pk) if target_pk else redirect(target)
    context = {
        "invitation": invitation,
        "meeting": invitation.meeting,
        "sheet": sheet,
        "form": sheet.form,
        "replies": list(invitation.replies.all()),
        "closed": closed(invitation),
        "for_secretary": for_secretary,
    }
    return render(request, "meetings/invitation_answer.html", context, status=_status(sheet))


def _sheet(request: HttpRequest, invitation: Invitation, kind: type[AnswerForm]) -> AnswerSheet:
    """The form with the answer that stands in it."""
    seats = members_on(invitation.organization, invitation.meeting.day)
    by_person = {seat.person_id: seat.pk for seat in seats}
    people = [
        {
            "seat": by_person.get(one.person_id or 0), "name": one.name, "title": one.title, "phone": one.phone,
            "has_meal": one.has_meal,
        }
        for one in people_of(invitation)
    ]  # fmt: skip
    initial = {"answer": invitation.answer, "reason": invitation.declined_because, "given_at": clock.now()}
    initial |= people[0] if people else {}
    return AnswerSheet(kind, request.POST, seats=seats, initial=initial, others=people[1:])


def _status(sheet: AnswerSheet) -> int:
    """422 for what was refused; another line is no refusal."""
    return 422 if not sheet.adding and (sheet.form.errors or sheet.others.total_error_count()) else 200


def closed(invitation: Invitation) -> bool:
    """Whether no answer is taken: the meeting has begun, or is called off."""
    return clock.now() >= invitation.meeting.starts_at or invitation.meeting.is_called_off
