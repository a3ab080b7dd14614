"""Văn bản: the register and the files."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from documents.book import book_line
from documents.choices import DocumentType
from documents.filters.register import DocumentFilter
from documents.models import Document
from documents.paper.register_book import HEADS, BookLine
from documents.queries import register_list, visible_documents
from documents.queries.book import shelf
from documents.queries.contents import note_passages
from documents.queries.papers import register_parts, register_rows
from hdnd.lib import files
from hdnd.lib.cells import escaped, linker
from hdnd.lib.http import PDF, stored_file
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.text import fold

logger = logging.getLogger(__name__)

TYPES = dict(DocumentType.choices)
"""Looked up by the row: Django builds the choices anew for each `get_…_display`."""

to_file = linker("documents:document_file")
to_number = linker("documents:number_detail")


def _subject(row: Any) -> str:
    """The subject, which leads to the paper's page, and below it where the paper says what was looked for."""
    subject, passage = to_number(row.pk, row.subject), getattr(row, "passage", "")
    return format_html('{}<br><span class="basis">{}</span>', subject, passage) if passage else subject


def _in_short(words: str, most: int = 90) -> SafeString:
    """The beginning of a long text, in small."""
    shown = words if len(words) <= most else f"{words[: most - 1]}…"
    return SafeString(f'<span class="basis">{escaped(shown)}</span>')


COLUMNS = (
    Column(
        "so",
        "Số, ký hiệu",
        lambda row: row.symbol,
        order=("year", "doc_type", "number"),
        heads=True,
        draw=lambda row: (to_file if row.has_paper else to_number)(row.pk, row.symbol),
    ),
    Column("ngay", "Ngày", lambda row: row.issued_on, order=("issued_on", "issued_at"), labelled=False),
    Column(
        "loai",
        "Loại",
        lambda row: TYPES[row.doc_type],
        order=("doc_type", "issued_on"),
        labelled=False,
    ),
    Column("trich-yeu", "Trích yếu", lambda row: row.subject, order=("subject",), draw=_subject),
    Column(
        "co-quan",
        "Cơ quan ban hành",
        lambda row: row.organization.name,
        order=("organization__code", "issued_on"),
        draw=lambda row: row.organization.label,
    ),
    Column(
        "nguoi-ky",
        "Người ký",
        lambda row: f"{row.signer_name} ({row.signer_title})",
        order=("signer_name",),
        draw=lambda row: row.signer_name if row.has_paper else row.get_state_display(),
    ),
    Column(
        "noi-nhan",
        "Nơi nhận",
        lambda row: "; ".join(row.recipients),
        draw=lambda row: _in_short("; ".join(row.recipients)),
    ),
)


def _exported() -> tuple[Column, ...]:
    """The book's columns (NĐ 30/2020, Phụ lục IV) in place of the page's; the page's sorts stay."""
    sorts = {"so": 0, "ngay": 1, "trich-yeu": 2, "nguoi-ky": 3}
    by_place = {place: next(c for c in COLUMNS if c.key == key) for key, place in sorts.items()}

    def column(at: int, head: str, write: Callable[[BookLine], str]) -> Column:
        like = by_place.get(at)
        return Column(
            like.key if like else f"cot-{at}",
            head,
            lambda row: write(book_line(row)),
            order=like.order if like else (),
        )

    return tuple(column(at, head, write) for at, (head, _, _, write) in enumerate(HEADS))


EXPORTED = _exported()


@login_required
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """The register: papers issued by or sent to the person's bodies."""
    user, exported = request.user, "xuat" in request.GET
    shelved, words = shelf(user), fold(request.GET.get("tim", "")).split()
    found = DocumentFilter(request.GET, queryset=register_list(user), request=request, shelf=shelved)
    page = ListPage(
        request, filterset=found, columns=EXPORTED if exported else COLUMNS, default_sort="-ngay", name="so-van-ban",
        finish=lambda rows: note_passages(rows, words),
        parts=register_parts(user, request.GET.get("chieu", "")), whole=register_rows(),
    )  # fmt: skip
    asked = {key: request.GET[key] for key in ("so", "nam", "loai") if request.GET.get(key)}
    return page.response(
        "documents/document_list.html",
        {
            "book": bool(shelved.books),
            "book_query": urlencode(asked),
            "may_register": shelved.may_write,
        },
    )


@login_required
@require_safe
def document_file(request: HttpRequest, pk: int) -> FileResponse:
    """The issued bytes as they were; `tai` downloads them.

    Raises:
        Http404: another body's, or a stored file that is missing or is no longer what was issued: a paper that has
            been tampered with is never shown as the issued one.
    """
    document = get_object_or_404(visible_documents(request.user), pk=pk)
    content = _issued_bytes(document)
    name = f"{document.symbol.replace('/', '-')}.pdf"
    return stored_file(content, name, PDF, save="tai" in request.GET)


def _issued_bytes(document: Document) -> bytes:
    try:
        content = files.read(document.file)
    except FileNotFoundError as error:
        logger.exception("The file of document %s is missing.", document.pk)
        raise Http404("missing file") from error
    if files.digest(content) != document.sha256:
        logger.error("The file of document %s no longer has the SHA-256 it was issued with.", document.pk)
        raise Http404("altered file")
    return content
