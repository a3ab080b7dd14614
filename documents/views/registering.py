"""Registering papers made elsewhere; numbers reserved for them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.permissions import can_serve_office, ensure
from documents.forms.registering import PaperForm, RegisterForm, ReserveForm, VoidForm
from documents.models import Document
from documents.queries.book import issuing_bodies, joint_bodies
from documents.queries.contents import gap_of
from documents.queries.interchange import hand_over_of
from documents.queries.papers import register_list
from documents.queries.relations import draft_behind, relations_of
from documents.services import registering as services
from hdnd.audit.queries import timeline_of
from hdnd.lib import filetypes
from hdnd.lib.http import tried


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_register(request: HttpRequest) -> HttpResponse:
    """A signed paper under the next number."""
    form = RegisterForm(request.POST or None, request.FILES or None, **_choices(request))
    done = tried(
        request, form,
        lambda: services.register_paper(actor=request.user, paper=form.paper(), **form.number()),
    )  # fmt: skip
    if done:
        _told(request, form, done)
        return redirect("documents:document_list")
    return render(
        request, "documents/paper_register.html", {"form": form}, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def number_reserve(request: HttpRequest) -> HttpResponse:
    """Keeps the next numbers for papers made elsewhere."""
    form = ReserveForm(request.POST or None, **_choices(request))
    done = tried(
        request, form,
        lambda: services.reserve_numbers(
            actor=request.user, purpose=form.cleaned_data["purpose"], count=form.cleaned_data["count"], **form.number()
        ),
    )  # fmt: skip
    if done:
        messages.success(request, f"Đã giữ {', '.join(line.symbol for line in done)}.")
        return redirect("documents:number_detail", pk=done[0].pk)
    return render(
        request, "documents/number_reserve.html", {"form": form}, status=422 if form.errors else 200
    )


@login_required
@require_safe
def number_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the register: what it is kept for, or why it was given up."""
    return _show(request, _line(request, pk))


@login_required
@require_POST
def number_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed paper under a reserved number."""
    line = _kept(request, pk)
    form = PaperForm(request.POST, request.FILES)
    done = tried(
        request, form, lambda: services.fill_number(actor=request.user, line=line, paper=form.paper())
    )
    if done:
        _told(request, form, done)
        return redirect("documents:number_detail", pk=pk)
    return _show(request, line, status=422, paper_form=form)


def _told(request: HttpRequest, form: PaperForm, done: Document) -> None:
    messages.success(request, f"Đã vào sổ văn bản {done.symbol}.")
    if said := filetypes.remark(form.cleaned_data["file"]):
        messages.warning(request, said)


@login_required
@require_POST
def number_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a reserved number up."""
    line = _kept(request, pk)
    form = VoidForm(request.POST)
    done = tried(
        request, form,
        lambda: services.void_number(actor=request.user, line=line, reason=form.cleaned_data["reason"]),
    )  # fmt: skip
    if done:
        messages.success(request, f"Đã hủy số {done.symbol}. Số ở lại trong sổ với lý do.")
        return redirect("documents:number_detail", pk=pk)
    return _show(request, line, status=422, void_form=form)


def _choices(request: HttpRequest) -> dict[str, Any]:
    own = issuing_bodies(request.user)
    ensure(own.exists(), services.NOT_YOURS)
    acting = getattr(request, "acting", None)
    return {"own": own, "joint": joint_bodies(request.user), "initial": {"organization": acting}}


def _line(request: HttpRequest, pk: int) -> Document:
    found: Document = get_object_or_404(register_list(request.user), pk=pk)
    return found


def _kept(request: HttpRequest, pk: int) -> Document:
    line = _line(request, pk)
    ensure(can_serve_office(request.user, line.organization), services.NOT_YOURS)
    return line


def _show(request: HttpRequest, line: Document, status: int = 200, **forms: Form) -> HttpResponse:
    may_keep = line.is_reserved and can_serve_office(request.user, line.organization)
    context: dict[str, Any] = {"line": line, "timeline": timeline_of(line), "may_keep": may_keep}
    if line.has_paper:
        context |= {
            "hand_over": hand_over_of(request.user, line),
            "gap": gap_of(line.file),
            **relations_of(line),
        }
        context["may_follow"] = can_serve_office(request.user, line.organization)
        context["draft"] = draft_behind(request.user, line)
    if may_keep:
        context |= {"paper_form": PaperForm(initial={"subject": line.subject}), "void_form": VoidForm()}
    return render(request, "documents/number_detail.html", context | forms, status=status)
