"""Answers: by signed link without an account, in the app, or written down by the secretary."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from councils.permissions import ensure
from councils.queries import members_on
from hdnd.lib import clock
from hdnd.lib.cells import linker
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import state_pill
from meetings.filters_answering import InvitationFilter
from meetings.forms.answering import AnswerForm
from meetings.models import Invitation
from meetings.permissions import can_answer, can_prepare
from meetings.queries import invitation_list as list_of
from meetings.queries import visible_invitations
from meetings.services import answering
from meetings.services.links import invitation_of

to_meeting = linker("meetings:meeting_detail")
to_answer = linker("meetings:invitation_answer")


def answer_cell(row: Invitation) -> SafeString:
    """The answer given; while one may still be given, the way to it."""
    if row.answer:
        return state_pill(row.answer, row.get_answer_display())
    if row.meeting.starts_at > clock.now():
        return to_answer(row.pk, "Trả lời", css="button small")
    return state_pill("void", "không trả lời")


COLUMNS = (
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
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail; works without an account and without scripts."""
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "meetings/answer_link_invalid.html", status=404)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answering.answer_by_link(invitation=invitation, data=form.data_input())
        except DomainError as error:
            refused(form, error)
        else:
            return redirect("meetings:answer_link", token=token)
    context = {
        "invitation": invitation,
        "meeting": invitation.meeting,
        "form": form,
        "closed": closed(invitation),
    }
    return render(request, "meetings/answer_link.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def invitation_list(request: HttpRequest) -> HttpResponse:
    """All invitations to the person's bodies, of all hosts, in one place."""
    found = InvitationFilter(request.GET, queryset=list_of(request.user))
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="-thoi-gian", name="giay-moi")
    return page.response("meetings/invitation_list.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The invited body answers in the app; it may change its answer until the meeting begins."""
    invitation = get_object_or_404(visible_invitations(request.user), pk=pk)
    ensure(can_answer(request.user, invitation), "Chỉ cơ quan được mời mới trả lời được giấy mời này.")
    return _answer(
        request, invitation, answering.answer_in_app, "Đã ghi trả lời.", "meetings:invitation_list", None
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The host's secretary writes down an answer given by telephone or on paper."""
    invitation = get_object_or_404(visible_invitations(request.user), pk=pk)
    ensure(can_prepare(request.user, invitation.meeting))
    done = f"Đã ghi trả lời của {invitation.organization.label}."
    return _answer(
        request, invitation, answering.answer_for, done, "meetings:meeting_detail", invitation.meeting_id
    )


def _answer(
    request: HttpRequest, invitation: Invitation, service: Any, done: str, target: str, target_pk: int | None
) -> HttpResponse:
    seats = members_on(invitation.organization, invitation.meeting.day)
    initial = {
        "answer": invitation.answer,
        "name": invitation.attendee_name,
        "title": invitation.attendee_title,
        "reason": invitation.declined_because,
    }
    form = AnswerForm(request.POST or None, seats=seats, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            service(actor=request.user, invitation=invitation, data=form.data_input())
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(request, done)
            return redirect(target, pk=target_pk) if target_pk else redirect(target)
    context = {
        "invitation": invitation,
        "meeting": invitation.meeting,
        "form": form,
        "closed": closed(invitation),
        "for_secretary": service is answering.answer_for,
    }
    return render(request, "meetings/invitation_answer.html", context, status=422 if form.errors else 200)


def closed(invitation: Invitation) -> bool:
    """Whether the meeting has begun, so that no answer is taken."""
    return clock.now() >= invitation.meeting.starts_at
