"""Văn bản: the register and the files."""

import io

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from documents.filters import DocumentFilter
from documents.queries import document_list as list_of
from documents.queries import visible_documents
from hdnd.lib import files
from hdnd.lib.lists import Column, ListPage

# The columns of NĐ 30/2020's register of outgoing papers, as far as the system knows them.
COLUMNS = (
    Column("so", "Số, ký hiệu", lambda row: row.symbol, order=("year", "doc_type", "number")),
    Column("ngay", "Ngày", lambda row: row.issued_on, order=("issued_on", "issued_at")),
    Column("loai", "Loại", lambda row: row.get_doc_type_display(), order=("doc_type", "issued_on")),
    Column("trich-yeu", "Trích yếu", lambda row: row.subject, order=("search",)),
    Column(
        "co-quan",
        "Cơ quan ban hành",
        lambda row: row.organization.name,
        order=("organization__code", "issued_on"),
    ),
    Column(
        "nguoi-ky", "Người ký", lambda row: f"{row.signer_name} ({row.signer_title})", order=("signer_name",)
    ),
    Column("noi-nhan", "Nơi nhận", lambda row: "; ".join(row.recipients)),
    Column("so-trang", "Số trang", lambda row: row.page_count, numeric=True),
)


@login_required
@require_GET
def document_list(request: HttpRequest) -> HttpResponse:
    """The register: papers issued by or sent to the person's bodies."""
    found = DocumentFilter(request.GET, queryset=list_of(request.user), request=request)
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="-ngay", name="so-van-ban")
    return page.response("documents/document_list.html")


@login_required
@require_GET
def document_file(request: HttpRequest, pk: int) -> FileResponse:
    """The issued bytes as they were; `tai` downloads them."""
    document = get_object_or_404(visible_documents(request.user), pk=pk)
    name = f"{document.symbol.replace('/', '-')}.pdf"
    response = FileResponse(
        io.BytesIO(files.read(document.file)),
        as_attachment="tai" in request.GET,
        filename=name,
        content_type="application/pdf",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
