"""Hand-overs: a form, the plan it leads to, and one press that carries out what was read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from councils.forms.handover import LiaisonForm, MergerForm, TermForm
from councils.handover.liaison import plan_liaison
from councils.handover.merger import plan_merger
from councils.handover.plan import Plan
from councils.handover.term import plan_term
from councils.permissions import can_administer, ensure
from councils.services import handing_over
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused


@dataclass(frozen=True)
class Action:
    """One kind of hand-over as its page shows it."""

    title: str
    about: str
    press: str
    done: str
    form: type[Any]
    plan: Callable[..., Plan]
    carry_out: Callable[..., Plan]


MERGER = Action(
    "Sáp nhập cơ quan",
    "Kết thúc một hay nhiều cơ quan và chuyển tài khoản, danh bạ, việc còn mở sang cơ quan kế thừa.",
    "Sáp nhập",
    "Đã sáp nhập.",
    MergerForm,
    plan_merger,
    handing_over.merge_bodies,
)
TERM = Action(
    "Chuyển nhiệm kỳ",
    "Kết thúc tư cách đại biểu, thành viên của khóa cũ và mở khóa mới của một HĐND.",
    "Chuyển nhiệm kỳ",
    "Đã chuyển nhiệm kỳ.",
    TermForm,
    plan_term,
    handing_over.change_term,
)
LIAISON = Action(
    "Bàn giao đầu mối",
    "Người phụ trách chuyển công tác: vai trò và danh bạ chuyển sang người nhận trong một bước.",
    "Bàn giao",
    "Đã bàn giao.",
    LiaisonForm,
    plan_liaison,
    handing_over.replace_liaison,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merger(request: HttpRequest) -> HttpResponse:
    """Bodies that pass into another."""
    return _guided(request, MERGER)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest) -> HttpResponse:
    """A council at the end of its term."""
    return _guided(request, TERM)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def liaison(request: HttpRequest) -> HttpResponse:
    """Someone who leaves, and who takes over."""
    return _guided(request, LIAISON)


def _guided(request: HttpRequest, action: Action) -> HttpResponse:
    """First the plan; then, when its mark comes back, the deed. What is typed stays in every case."""
    ensure(can_administer(request.user))
    form = action.form(request.POST if request.method == "POST" else None)
    plan = None
    if request.method == "POST" and form.is_valid():
        mark = request.POST.get("mark", "") if "confirm" in request.POST else ""
        try:
            if mark:
                action.carry_out(actor=request.user, mark=mark, **form.given())
                messages.success(request, action.done)
                return redirect("councils:manage")
        except (DomainError, ValidationError) as error:
            refused(form, error)
        try:
            plan = action.plan(**form.given())
        except DomainError as error:
            if not form.errors:
                refused(form, error)
    context = {"action": action, "form": form, "plan": plan}
    return render(request, "councils/handover.html", context, status=422 if form.errors else 200)
