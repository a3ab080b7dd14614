"""Registering papers made elsewhere; numbers reserved for them; the book on paper."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.permissions import can_serve_office, ensure
from documents.book import book_of
from documents.choices import DocumentType
from documents.forms.registering import PaperForm, RegisterForm, ReserveForm, VoidForm
from documents.models import Document
from documents.paper.html import paper_pdf
from documents.paper.register_book import register_book
from documents.queries.book import book_lines, books_of, default_book, issuing_bodies, joint_bodies
from documents.queries.papers import register_list
from documents.services import registering as services
from hdnd.audit.queries import timeline_of
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused

PRINT_LIMIT = 1_000
"""Lines of one PDF: some 70 pages, some ten seconds."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_register(request: HttpRequest) -> HttpResponse:
    """A signed paper under the next number."""
    form = RegisterForm(request.POST or None, request.FILES or None, **_choices(request))
    done = _tried(
        request, form,
        lambda: services.register_paper(actor=request.user, paper=form.paper(), **form.number()),
    )  # fmt: skip
    if done:
        messages.success(request, f"Đã vào sổ văn bản {done.symbol}.")
        return redirect("documents:document_list")
    return render(
        request, "documents/paper_register.html", {"form": form}, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def number_reserve(request: HttpRequest) -> HttpResponse:
    """Keeps the next numbers for papers made elsewhere."""
    form = ReserveForm(request.POST or None, **_choices(request))
    done = _tried(
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
    done = _tried(
        request, form, lambda: services.fill_number(actor=request.user, line=line, paper=form.paper())
    )
    if done:
        messages.success(request, f"Đã vào sổ văn bản {done.symbol}.")
        return redirect("documents:number_detail", pk=pk)
    return _show(request, line, status=422, paper_form=form)


@login_required
@require_POST
def number_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a reserved number up."""
    line = _kept(request, pk)
    form = VoidForm(request.POST)
    done = _tried(
        request, form,
        lambda: services.void_number(actor=request.user, line=line, reason=form.cleaned_data["reason"]),
    )  # fmt: skip
    if done:
        messages.success(request, f"Đã hủy số {done.symbol}. Số ở lại trong sổ với lý do.")
        return redirect("documents:number_detail", pk=pk)
    return _show(request, line, status=422, void_form=form)


@login_required
@require_safe
def book_print(request: HttpRequest) -> HttpResponse:
    """The book as PDF: one keeper, one year, one type or all, as the list is filtered."""
    asked, acting = request.GET.get("so", ""), getattr(request, "acting", None)
    book = (
        get_object_or_404(books_of(request.user), pk=asked)
        if asked.isdecimal()
        else default_book(request.user, acting)
    )
    ensure(book is not None, "Cơ quan của bạn chưa có sổ văn bản đi.")
    assert book is not None
    given = request.GET.get("nam", "")
    year = int(given) if given.isdecimal() and len(given) == 4 else clock.today().year
    kind = request.GET.get("loai", "")
    lines = list(
        book_lines(request.user, book, year, kind if kind in DocumentType.values else "")[: PRINT_LIMIT + 1]
    )
    if len(lines) > PRINT_LIMIT:
        messages.error(
            request,
            f"Sổ năm {year} có hơn {PRINT_LIMIT} dòng. Lọc theo loại văn bản rồi in từng loại, hoặc xuất Excel.",
        )
        return redirect("documents:document_list")
    content = paper_pdf(register_book(book_of(book, year, lines, clock.today())))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = (
        content_disposition_header(False, f"so-van-ban-di-{year}.pdf") or "inline"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


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


def _tried(request: HttpRequest, form: Form, verb: Callable[[], Any]) -> Any:
    """What the verb made; None when nothing was sent or it was refused, which the form then says."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return verb()
    except (DomainError, ValidationError) as error:
        refused(form, error)
        return None


def _show(request: HttpRequest, line: Document, status: int = 200, **forms: Form) -> HttpResponse:
    may_keep = line.is_reserved and can_serve_office(request.user, line.organization)
    context: dict[str, Any] = {"line": line, "timeline": timeline_of(line), "may_keep": may_keep}
    if may_keep:
        context |= {"paper_form": PaperForm(initial={"subject": line.subject}), "void_form": VoidForm()}
    return render(request, "documents/number_detail.html", context | forms, status=status)
