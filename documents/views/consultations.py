"""Lấy ý kiến bằng văn bản: the list, the plan, the page of one, its acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from coordination.law.working_days import day_off_reason
from coordination.queries import calendar_exceptions
from councils.permissions import ensure
from documents.consultation_papers import rule_in_words
from documents.filters.consultations import ConsultationFilter
from documents.forms.consultations import (
    ConsultationPaperForm,
    ExtendForm,
    ResultForm,
    StopForm,
)
from documents.models import Consultation
from documents.permissions.consultation import can_consult, can_see_answers
from documents.queries import consultations as queries
from documents.queries.tallies import count_of
from documents.services import consultation_mails, consulting
from documents.services.consultation_mails import Told
from documents.services.consultation_planning import NOT_YOURS
from hdnd.audit.queries import timeline_of
from hdnd.lib import clock
from hdnd.lib.cells import linker
from hdnd.lib.dates import relative, short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.http import first_message, refused
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import state_pill

to_detail = linker("documents:consultation_detail")
to_file = linker("documents:document_file")


def _deadline(row: Any) -> SafeString:
    """The last day, and how far it is while answers are taken."""
    left = relative(row.deadline, clock.today()) if row.is_open else ""
    return format_html('{}<br><span class="basis">{}</span>', short_date(row.deadline), left)


def _state(row: Any) -> SafeString:
    waits = state_pill("due", "chờ tôi") if row.waits else ""
    return format_html("{} {}", state_pill(row.state, row.get_state_display()), waits)


COLUMNS = (
    Column(
        "viec",
        "Về việc",
        lambda row: row.title,
        order=("search",),
        heads=True,
        draw=lambda row: to_detail(row.pk, row.title),
    ),
    Column(
        "co-quan",
        "Cơ quan lấy ý kiến",
        lambda row: row.organization.name,
        order=("organization__code", "-deadline"),
        draw=lambda row: row.organization.label,
    ),
    Column("han", "Hạn trả lời", lambda row: row.deadline, order=("deadline",), draw=_deadline),
    Column(
        "tra-loi",
        "Đã trả lời",
        lambda row: f"{row.answered}/{row.asked}" if row.opened_at else "",
        order=("answered",),
    ),
    Column(
        "trang-thai",
        "Trạng thái",
        lambda row: row.get_state_display(),
        order=("state", "deadline"),
        labelled=False,
        draw=_state,
    ),
    Column(
        "ket-qua",
        "Kết quả",
        lambda row: row.result.symbol if row.result else "",
        draw=lambda row: to_file(row.result_id, row.result.symbol) if row.result else "",
    ),
)


@login_required
@require_safe
def consultation_list(request: HttpRequest) -> HttpResponse:
    """Those that the person's office runs, and those in which they are asked."""
    rows = queries.consultation_list(request.user)
    found = ConsultationFilter(request.GET, queryset=rows, request=request)
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="-han", name="lay-y-kien")
    return page.response(
        "documents/consultation_list.html", {"may_plan": queries.askers(request.user).exists()}
    )


@login_required
@require_safe
def consultation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole for the office; whoever is only asked goes to their own form."""
    row = visible(request, pk)
    if not can_see_answers(request.user, row):
        return redirect("documents:opinion_give", pk=queries.own_voice_in(request.user, row))
    return show(request, row)


def show(request: HttpRequest, row: Consultation, status: int = 200, **forms: Form) -> HttpResponse:
    count = count_of(row)
    context: dict[str, Any] = {
        "consultation": row,
        "count": count,
        "rule": rule_in_words(row),
        "failed": queries.failed_mails(row),
        "day_off": day_off_reason(row.deadline, calendar_exceptions()),
        "may_consult": can_consult(request.user, row),
        "own_voice": queries.own_voice_in(request.user, row) if row.is_open else None,
        "papers": list(row.papers.all()),
        "timeline": timeline_of(row),
        "steps": _steps(row),
        "paper_form": ConsultationPaperForm(),
        "extend_form": ExtendForm(),
        "stop_form": StopForm(),
        "result_form": ResultForm(),
    }
    return render(request, "documents/consultation_detail.html", context | forms, status=status)


def _steps(row: Consultation) -> list[tuple[str, str]]:
    """The life of a consultation for the stepper."""
    at = 3 if row.result_id else 2 if row.is_closed else 1 if row.opened_at else 0
    labels = ("Soạn phiếu", "Lấy ý kiến", "Kết thúc, kiểm phiếu", "Phát hành kết quả")
    done = at == len(labels) - 1
    return [
        (label, "past" if place < at or (done and place == at) else "current" if place == at else "")
        for place, label in enumerate(labels)
    ]


@login_required
@require_POST
def consultation_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Issues the form and mails it."""
    row = own_consultation(request, pk)
    return _mailed(request, row, consulting.open_consultation, "Đã phát hành phiếu")


@login_required
@require_POST
def consultation_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Reminds those who have not answered."""
    row = own_consultation(request, pk)
    return _mailed(request, row, consultation_mails.remind_now, "Đã nhắc")


@login_required
@require_POST
def consultation_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives more time."""
    row = own_consultation(request, pk)
    form = ExtendForm(request.POST)
    return _mailed(request, row, consulting.extend_deadline, "Đã gia hạn", form, "extend_form")


@login_required
@require_POST
def consultation_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes no more answers."""
    row = own_consultation(request, pk)

    def verb() -> str:
        consulting.close_consultation(actor=request.user, consultation=row)
        return "Đã kết thúc lấy ý kiến. Xem kết quả rồi phát hành văn bản."

    return act(request, row, None, verb)


@login_required
@require_POST
def consultation_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Calls it off."""
    row = own_consultation(request, pk)
    form = StopForm(request.POST)
    return _mailed(request, row, consulting.cancel_consultation, "Đã dừng lấy ý kiến", form, "stop_form")


@login_required
@require_POST
def consultation_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Issues what it came to."""
    row = own_consultation(request, pk)
    form = ResultForm(request.POST)
    return _mailed(request, row, consulting.issue_result, "Đã phát hành kết quả", form, "result_form")


def visible(request: HttpRequest, pk: int) -> Consultation:
    found: Consultation = get_object_or_404(queries.consultation_detail(request.user), pk=pk)
    return found


def own_consultation(request: HttpRequest, pk: int) -> Consultation:
    """The visible one; only its secretariat passes.

    Raises:
        PermissionDenied: anybody else.
    """
    row = visible(request, pk)
    ensure(can_consult(request.user, row), NOT_YOURS)
    return row


def act(
    request: HttpRequest, row: Consultation, form: Form | None, verb: Callable[[], str], name: str = ""
) -> HttpResponse:
    """Does it and says so; a refusal stands beside the form, or as a notice where there is none."""
    if form is None or form.is_valid():
        try:
            messages.success(request, verb())
            return redirect("documents:consultation_detail", pk=row.pk)
        except (DomainError, ValidationError) as error:
            if form is None:
                messages.error(request, first_message(error))
                return redirect("documents:consultation_detail", pk=row.pk)
            refused(form, error)
    assert form is not None
    return show(request, row, status=422, **{name: form})


def _mailed(
    request: HttpRequest,
    row: Consultation,
    verb: Callable[..., Told],
    done: str,
    form: Form | None = None,
    name: str = "",
) -> HttpResponse:
    """Does what ends in mails."""

    def mailed() -> str:
        given = form.cleaned_data if form else {}
        return _told(done, verb(actor=request.user, consultation=row, **given))

    return act(request, row, form, mailed, name)


def _told(done: str, told: Told) -> str:
    """What was mailed, and who needs paper or a telephone."""
    text = f"{done}. Gửi {len(told.messages)} thư." if told.messages else f"{done}."
    if told.unreachable:
        names = ", ".join(voice.name for voice in told.unreachable)
        text += f" Chưa có địa chỉ thư điện tử: {names}; gửi giấy hoặc gọi điện."
    return text
