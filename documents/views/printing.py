"""The books on paper: outgoing, incoming, follow-up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from councils.permissions import ensure
from documents.choices import DocumentType
from documents.models import Issuer
from documents.queries.book import books_of, default_book
from documents.services.printing import Asked, Book, print_book
from hdnd.jobs.models import Job
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.http import made_file

LISTS = {
    Book.OUTGOING: "documents:document_list",
    Book.INCOMING: "documents:incoming_list",
    Book.FOLLOWUP: "documents:incoming_followup",
}


@login_required
@require_POST
def book_print(request: HttpRequest) -> HttpResponse:
    """One keeper's book (`mau`) of one year, of one type or all, as the list is filtered; a long one leads to its job."""
    named, kind = request.GET.get("mau", ""), request.GET.get("loai", "")
    wanted = Book(named) if named in set(Book) else Book.OUTGOING
    asked = Asked(
        wanted, _keeper(request).pk, _year(request), kind if kind in DocumentType.values else ""
    )  # fmt: skip
    back = reverse(LISTS[wanted])
    try:
        made = print_book(actor=request.user, asked=asked, back=back)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(back)
    if isinstance(made, Job):
        return redirect("jobs:job", pk=made.pk)
    return made_file(made.content, made.filename, made.mime)


def _keeper(request: HttpRequest) -> Issuer:
    """The keeper asked for by `so`, else that of the body acted for."""
    asked, acting = request.GET.get("so", ""), getattr(request, "acting", None)
    if asked.isdecimal():
        chosen: Issuer = get_object_or_404(books_of(request.user), pk=asked)
        return chosen
    book = default_book(request.user, acting)
    ensure(book is not None, "Cơ quan của bạn chưa có sổ văn bản.")
    assert book is not None
    return book


def _year(request: HttpRequest) -> int:
    """The year asked for by `nam`, else this one."""
    given = request.GET.get("nam", "")
    return int(given) if given.isdecimal() and len(given) == 4 else clock.today().year
