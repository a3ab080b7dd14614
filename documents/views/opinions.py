"""Cho ý kiến: in the app, behind the link in the mail, or noted by the secretary; files that go with the questions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from councils.permissions import ensure
from documents.forms.consultations import NoteForm, OpinionForm
from documents.models import ConsultationPaper, ConsultationVoice
from documents.permissions.consultation import can_consult, can_give_opinion, can_see_answers
from documents.queries import consultations as queries
from documents.queries.tallies import voice_row
from documents.services import opining
from documents.services.consultation_mails import voice_of
from documents.services.consultation_planning import NOT_YOURS
from hdnd.lib import files, filetypes
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused, stored_file

DONE = "Đã ghi ý kiến. Có thể sửa cho đến khi kết thúc lấy ý kiến."


# Whoever could forge a post needs the token, and with it could answer anyway; an old phone or a proxy that drops
# cookies or the Referer must get through.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opinion_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail; works without an account, a cookie and scripts."""
    voice = voice_of(token)
    if voice is None:
        return render(request, "documents/opinion_link_invalid.html", status=404)
    form, context = _asked(request, voice, OpinionForm)
    if request.method == "POST" and form.is_valid():
        try:
            opining.answer_by_link(voice=voice, data=form.opinions())
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            return redirect("documents:opinion_link", token=token)
    context |= {"token": token}
    return render(request, "documents/opinion_link.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opinion_give(request: HttpRequest, pk: int) -> HttpResponse:
    """The person asked, or somebody in the name of the body asked, answers in the app."""
    voice = get_object_or_404(queries.own_voices(request.user), pk=pk)
    ensure(can_give_opinion(request.user, voice))
    form, context = _asked(request, voice, OpinionForm)
    if request.method == "POST" and form.is_valid():
        try:
            opining.answer_in_app(actor=request.user, voice=voice, data=form.opinions())
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, DONE)
            return redirect("documents:opinion_give", pk=pk)
    context |= {
        "sees_all": can_see_answers(request.user, voice.consultation),
        "result": queries.shown_result(request.user, voice.consultation),
    }
    return render(request, "documents/opinion_give.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opinion_note(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretary notes an answer given on paper, by telephone and the like."""
    voice = get_object_or_404(queries.voices_of(request.user), pk=pk)
    ensure(can_consult(request.user, voice.consultation), NOT_YOURS)
    form, context = _asked(request, voice, NoteForm)
    if request.method == "POST" and form.is_valid():
        try:
            opining.note_answer(actor=request.user, voice=voice, data=form.opinions())
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, f"Đã ghi ý kiến của {voice.name}.")
            return redirect("documents:consultation_detail", pk=voice.consultation_id)
    context |= {"for_secretary": True, "sees_all": True}
    return render(request, "documents/opinion_give.html", context, status=422 if form.errors else 200)


def _asked(
    request: HttpRequest, voice: ConsultationVoice, kind: type[OpinionForm]
) -> tuple[OpinionForm, dict[str, Any]]:
    """The form with the answer last given in it, and what the page says of the questions."""
    consultation = voice.consultation
    row = voice_row(voice)
    last = row.answers[-1] if row.answers else None
    form = kind(
        request.POST or None, request.FILES or None, voice=voice,
        questions=list(consultation.questions.all()), standing=last,
    )  # fmt: skip
    return form, {
        "voice": voice,
        "row": row,
        "last": last,
        "consultation": consultation,
        "papers": list(consultation.papers.all()),
        "form": form,
    }


@login_required
@require_safe
def consultation_paper(request: HttpRequest, pk: int) -> FileResponse:
    """A file for whoever sees the consultation."""
    return _file(get_object_or_404(queries.papers_of(request.user), pk=pk))


@never_cache
@require_safe
def paper_by_link(request: HttpRequest, token: str, pk: int) -> FileResponse:
    """The same for whoever comes by the link in the mail."""
    voice = voice_of(token)
    if voice is None:
        raise Http404
    return _file(get_object_or_404(voice.consultation.papers, pk=pk))


def _file(paper: ConsultationPaper) -> FileResponse:
    """PDF and pictures open in the browser, others are saved."""
    return stored_file(files.read(paper.file), paper.file_name, paper.kind.mime)


@login_required
@require_safe
def opinion_scan(request: HttpRequest, pk: int) -> FileResponse:
    """The scan of an answer on paper, for the office that asked."""
    answer = get_object_or_404(queries.scanned_answers(request.user), pk=pk)
    kind = filetypes.of_stored(answer.scan)
    return stored_file(files.read(answer.scan), f"phieu-y-kien-{answer.pk}{kind.suffix}", kind.mime)
