"""Checking digital signatures: of any PDF, and of an issued paper."""

import logging
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from documents.forms.signing import CheckForm
from documents.queries import visible_documents
from documents.queries.signatures import report_of, report_on

logger = logging.getLogger(__name__)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("content")
def signature_check(request: HttpRequest) -> HttpResponse:
    """What the signatures of an uploaded PDF are worth. The file is read and not kept.

    Done at once: a paper with two signatures takes a third of a second, one with many about one.
    """
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        context |= {"file_name": upload.name, "report": report_on(upload.read())}
    return render(request, "documents/signature_check.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def document_signatures(request: HttpRequest, pk: int) -> HttpResponse:
    """The signatures of an issued paper, alone for htmx and as a page without it.

    Raises:
        Http404: another body's, or its stored file is missing.
    """
    document = get_object_or_404(visible_documents(request.user), pk=pk)
    try:
        report = report_of(document)
    except FileNotFoundError as error:
        logger.exception("The file of document %s is missing.", pk)
        raise Http404("missing file") from error
    asked: Any = getattr(request, "htmx", None)
    page = "documents/document_signatures.html" + ("#report" if asked else "")
    return render(request, page, {"document": document, "report": report})
