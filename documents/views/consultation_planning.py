"""Planning a written consultation: the draft, its files, the form as it would go out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordination.law.working_days import day_off_reason
from coordination.queries import calendar_exceptions
from councils.permissions import ensure
from documents.forms.consultations import ConsultationForm, ConsultationPaperForm, QuestionSheet
from documents.models import Consultation
from documents.paper.html import paper_pdf
from documents.paper.word import WORD, paper_docx
from documents.queries import consultations as queries
from documents.services import consultation_planning as planning
from documents.services import consulting
from documents.views.consultations import act, own_consultation
from hdnd.lib.dates import long_date
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.http import made_file, refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_create(request: HttpRequest) -> HttpResponse:
    """Plans a consultation; it stays a draft."""
    own = queries.askers(request.user)
    ensure(own.exists(), planning.NOT_YOURS)
    acting = getattr(request, "acting", None)
    form = _form(request, {"organization": acting, "members_of": acting})
    sheet = QuestionSheet(request.POST, [])

    def verb() -> Consultation:
        return planning.plan_consultation(
            actor=request.user,
            organization=form.cleaned_data["organization"],
            data=form.consultation(sheet.texts),
        )

    return _planned(request, form, sheet, verb, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a draft."""
    row = own_consultation(request, pk)
    if not row.is_draft:
        messages.error(request, f"Việc lấy ý kiến này {row.get_state_display()} nên không sửa được nữa.")
        return redirect("documents:consultation_detail", pk=pk)
    form = _form(request, ConsultationForm.stored(row))
    form.fields["organization"].disabled = True
    sheet = QuestionSheet(request.POST, [question.text for question in row.questions.all()])

    def verb() -> Consultation:
        return planning.change_draft(
            actor=request.user,
            consultation=row,
            data=form.consultation(sheet.texts),
            version=_version(request, row),
        )

    return _planned(request, form, sheet, verb, row)


def _form(request: HttpRequest, initial: dict[str, Any]) -> ConsultationForm:
    return ConsultationForm(
        request.POST or None, initial=initial, own=queries.askers(request.user),
        electorates=queries.electorates(request.user), bodies=queries.bodies_to_ask(request.user),
    )  # fmt: skip


def _planned(
    request: HttpRequest,
    form: ConsultationForm,
    sheet: QuestionSheet,
    verb: Callable[[], Consultation],
    row: Consultation | None,
) -> HttpResponse:
    judged = request.method == "POST" and not sheet.adding
    version = _version(request, row)
    if judged and form.is_valid() and sheet.lines.is_valid():
        asked = form.cleaned_data["deadline"]
        try:
            saved = verb()
        except StaleEdit as error:
            # Sending it once more is then a decision made over what is stored now.
            version = row.version if row else 0
            refused(form, error)
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            _tell_deadline(request, saved, asked)
            return redirect("documents:consultation_detail", pk=saved.pk)
    if sheet.adding:
        form.errors.clear()
    context = {"form": form, "sheet": sheet, "consultation": row, "version": version}
    return render(request, "documents/consultation_form.html", context, status=422 if judged else 200)


def _version(request: HttpRequest, row: Consultation | None) -> int:
    """The version that the page was opened with."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else row.version if row else 0


def _tell_deadline(request: HttpRequest, row: Consultation, asked: Any) -> None:
    """Says so where the last day is a day off, or was moved for that."""
    why = day_off_reason(asked, calendar_exceptions())
    if row.deadline != asked:
        messages.warning(
            request, f"{long_date(asked)} là ngày nghỉ ({why}), hạn dời sang {long_date(row.deadline)}."
        )
    elif why:
        messages.warning(request, f"Đã lưu. Hạn {long_date(asked)} là ngày nghỉ ({why}).")
    else:
        messages.success(request, f"Đã lưu. Hạn trả lời đến hết {long_date(row.deadline)}.")


@login_required
@require_safe
def consultation_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as it would be issued, without a number; as PDF, or as a Word file (`dang=word`)."""
    row = own_consultation(request, pk)
    try:
        paper = consulting.preview(actor=request.user, consultation=row)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("documents:consultation_detail", pk=pk)
    if request.GET.get("dang") == "word":
        return made_file(paper_docx(paper), "phieu-lay-y-kien.docx", WORD, save=True)
    return made_file(paper_pdf(paper), "phieu-lay-y-kien.pdf")


@login_required
@require_POST
def consultation_paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a file to a draft."""
    row = own_consultation(request, pk)
    form = ConsultationPaperForm(request.POST, request.FILES)

    def verb() -> str:
        upload = form.cleaned_data["file"]
        paper = planning.add_paper(
            actor=request.user, consultation=row, title=form.cleaned_data["title"], file_name=upload.name,
            content=upload.read(),
        )  # fmt: skip
        return f"Đã thêm tài liệu {paper.title}."

    return act(request, row, form, verb, "paper_form")


@login_required
@require_POST
def consultation_paper_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a file away from a draft."""
    paper = get_object_or_404(queries.papers_of(request.user), pk=pk)
    row = own_consultation(request, paper.consultation_id)

    def verb() -> str:
        planning.remove_paper(actor=request.user, paper=paper)
        return f"Đã bỏ tài liệu {paper.title}."

    return act(request, row, None, verb)
