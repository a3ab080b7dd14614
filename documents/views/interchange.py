"""Handing a paper over: its data as JSON or XML, and the edXML package."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from documents.interchange import nd30
from documents.models import Document
from documents.queries.interchange import documents_to_hand_over, record_of
from documents.services import handing_over
from hdnd.lib.errors import DomainError
from hdnd.lib.http import made_file

FORMATS = {"json": (nd30.as_json, "application/json"), "xml": (nd30.as_xml, "application/xml")}


@login_required
@require_safe
def document_data(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The data fields of a paper; for whoever may open the paper."""
    if kind not in FORMATS:
        raise Http404("unknown format")
    document = _document(request, pk)
    write, mime = FORMATS[kind]
    return made_file(write(record_of(document)), _name(document, kind), mime)


@login_required
@require_safe
def document_edxml(request: HttpRequest, pk: int) -> HttpResponse:
    """The package; what stands against it is said on the paper's page."""
    document = _document(request, pk)
    try:
        content = handing_over.edxml_package(actor=request.user, document=document)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("documents:number_detail", pk=pk)
    return made_file(content, _name(document, "edxml"), "application/xml")


def _document(request: HttpRequest, pk: int) -> Document:
    found: Document = get_object_or_404(documents_to_hand_over(request.user), pk=pk)
    return found


def _name(document: Document, ending: str) -> str:
    return f"{document.symbol.replace('/', '-')}.{ending}"
