"""Papers that arrived: entered, handed on, settled."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordination.queries import calendar_exceptions
from councils.permissions import can_serve_office, ensure
from documents.forms.incoming import ArrivalForm, HandlingForm, NewArrivalForm, SettleForm, VoidArrivalForm
from documents.law.incoming import due_note
from documents.models import IncomingDocument
from documents.queries.book import default_book
from documents.queries.incoming import (
    addressed_body,
    answer_by_symbol,
    arrival_list,
    authors_near,
    handlers,
    receiving_bodies,
    waiting_papers,
)
from documents.services import incoming as services
from hdnd.audit.queries import timeline_of
from hdnd.lib import clock, files, filetypes
from hdnd.lib.errors import DomainError
from hdnd.lib.http import first_message, refused, stored_file, tried


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incoming_register(request: HttpRequest) -> HttpResponse:
    """Enters a paper; one that looks like a paper in the book is shown beside it and asked about."""
    own = receiving_bodies(request.user)
    ensure(own.exists(), services.NOT_YOURS)
    book = default_book(request.user, getattr(request, "acting", None))
    keeper = book.organization if book else own[0]
    form = NewArrivalForm(
        request.POST or None, request.FILES or None, own=own, authors=authors_near(request.user),
        people=handlers(keeper, clock.today()), initial={"organization": keeper, "arrived_on": clock.today()},
    )  # fmt: skip
    twin = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            line = services.register_arrival(
                actor=request.user, organization=given["organization"], arrival=form.arrival(),
                handling=form.handling(), is_another=given["is_another"],
            )  # fmt: skip
        except services.DuplicatePaper as error:
            twin = error.twin
            form.ask_whether_another()
            refused(form, error)
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, f"Đã vào sổ với số đến {line.number_text}.")
            return redirect("documents:incoming_detail", pk=line.pk)
    context = {"form": form, "twin": twin}
    return render(request, "documents/incoming_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def incoming_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters a paper that a body of this system sent, in one press."""
    document = get_object_or_404(waiting_papers(request.user), pk=pk)
    body = addressed_body(request.user, document)
    try:
        line = services.take_in(actor=request.user, organization=body, document=document)  # type: ignore[arg-type]
    except services.DuplicatePaper as error:
        messages.warning(request, first_message(error))
        return redirect("documents:incoming_detail", pk=error.twin.pk)
    except (DomainError, ValidationError) as error:
        messages.error(request, first_message(error))
        return redirect("documents:incoming_waiting")
    messages.success(request, f"Đã vào sổ với số đến {line.number_text}. Chọn người xử lý và hạn.")
    return redirect("documents:incoming_detail", pk=line.pk)


@login_required
@require_safe
def incoming_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the book with its stamp, who handles it and what came of it."""
    return _show(request, _line(request, pk))


@login_required
@require_safe
def incoming_file(request: HttpRequest, pk: int) -> FileResponse:
    """The paper, opened in the browser.

    Raises:
        Http404: another body's, or none was stored.
    """
    line = _line(request, pk)
    if not line.file:
        raise Http404("no scan")
    return stored_file(files.read(line.file), line.file_name, filetypes.of_stored(line.file).mime)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incoming_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects what was entered of the paper."""
    line = _kept(request, pk)
    form = ArrivalForm(
        request.POST or None, request.FILES or None, authors=authors_near(request.user), line=line
    )
    done = tried(
        request, form,
        lambda: services.change_arrival(actor=request.user, line=line, arrival=form.arrival()),
    )  # fmt: skip
    if done:
        messages.success(request, "Đã sửa văn bản đến.")
        return redirect("documents:incoming_detail", pk=pk)
    context = {"form": form, "line": line}
    return render(request, "documents/incoming_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def incoming_hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Says who handles the paper and by when."""
    line = _kept(request, pk)
    form = HandlingForm(request.POST, people=handlers(line.book.organization, clock.today()))
    return _submit(
        request, line, form, "handling_form", "Đã chuyển xử lý.",
        lambda: services.hand_on(actor=request.user, line=line, handling=form.handling()),
    )  # fmt: skip


@login_required
@require_POST
def incoming_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes that the paper is dealt with."""
    line = _kept(request, pk)
    form = SettleForm(request.POST)

    def settle() -> IncomingDocument:
        given = form.cleaned_data
        answer = answer_by_symbol(request.user, given["answer"]) if given["answer"] else None
        if given["answer"] and answer is None:
            raise DomainError(
                f"Sổ văn bản đi không có số {given['answer']}. Vào sổ văn bản đó trước, "
                "hoặc bỏ trống và ghi kết quả xử lý.",
                field="answer",
            )
        return services.settle_arrival(
            actor=request.user, line=line, done_on=given["done_on"], result=given["result"], answer=answer
        )

    return _submit(request, line, form, "settle_form", "Đã ghi kết quả xử lý.", settle)


@login_required
@require_POST
def incoming_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the note back that the paper is dealt with."""
    line = _kept(request, pk)
    try:
        services.reopen_arrival(actor=request.user, line=line)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Đã mở lại xử lý.")
    return redirect("documents:incoming_detail", pk=pk)


@login_required
@require_POST
def incoming_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Strikes out what was entered by mistake."""
    line = _kept(request, pk)
    form = VoidArrivalForm(request.POST)
    return _submit(
        request, line, form, "void_form", f"Đã hủy số đến {line.number_text}. Số ở lại trong sổ với lý do.",
        lambda: services.void_arrival(actor=request.user, line=line, reason=form.cleaned_data["reason"]),
    )  # fmt: skip


def _line(request: HttpRequest, pk: int) -> IncomingDocument:
    found: IncomingDocument = get_object_or_404(arrival_list(request.user), pk=pk)
    return found


def _kept(request: HttpRequest, pk: int) -> IncomingDocument:
    """The visible line, for those who keep the book."""
    line = _line(request, pk)
    ensure(can_serve_office(request.user, line.book.organization), services.NOT_YOURS)
    return line


def _submit(
    request: HttpRequest, line: IncomingDocument, form: Form, name: str, done: str, verb: Callable[[], Any]
) -> HttpResponse:
    if tried(request, form, verb):
        messages.success(request, done)
        return redirect("documents:incoming_detail", pk=line.pk)
    return _show(request, line, status=422, **{name: form})


def _show(request: HttpRequest, line: IncomingDocument, status: int = 200, **forms: Form) -> HttpResponse:
    may_keep = can_serve_office(request.user, line.book.organization) and not line.voided_because
    context: dict[str, Any] = {
        "line": line,
        "state": line.state_on(clock.today()),
        "due_note": due_note(line.due_on, calendar_exceptions()) if line.due_on and not line.done_on else "",
        "timeline": timeline_of(line),
        "may_keep": may_keep,
    }
    if may_keep:
        context |= {
            "handling_form": HandlingForm(
                people=handlers(line.book.organization, clock.today()), line=line
            ),
            "settle_form": SettleForm(initial={"done_on": clock.today()}),
            "void_form": VoidArrivalForm(),
        }  # fmt: skip
    return render(request, "documents/incoming_detail.html", context | forms, status=status)
