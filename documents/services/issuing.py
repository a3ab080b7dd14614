"""Issue a paper: take its number, render it, store its bytes, audit — in the caller's transaction."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from councils.models import Organization
from councils.permissions import can_serve_office, ensure
from documents.models import Document, Issuer
from documents.services.numbering import Numbered, issuer_of, take_number
from documents.services.reading import read_later
from hdnd.audit.services import record
from hdnd.lib import clock, files


@transaction.atomic
def issue(
    *,
    actor: Any,
    organization: Organization,
    doc_type: str,
    subject: str,
    signer_name: str,
    signer_title: str,
    recipients: Iterable[str],
    addressees: Iterable[Organization] = (),
    about: models.Model | None = None,
    co_issuers: Sequence[Organization] = (),
    is_legal: bool = False,
    is_ensured: bool = False,
    render: Callable[[Issuer, Numbered], bytes],
) -> Document:
    """Issues a document with the next number of its series.

    All under the lock of the series row: a paper that can't be rendered takes no number; neither gaps nor doubles.

    Args:
        co_issuers: who issues it with the lead `organization`, in the symbol's order; they may open it.
        is_legal: a legal document, counted apart and with its year in the symbol.
        is_ensured: the caller has checked a right of its own, as the chair's to approve minutes.
        render: makes the PDF once the number is known.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: the body has no letterhead yet, or as `take_number`.
    """
    ensure(
        is_ensured or can_serve_office(actor, organization),
        "Chỉ văn phòng của cơ quan ban hành mới phát hành được văn bản.",
    )
    issuer = issuer_of(organization)
    taken = take_number(issuer=issuer, doc_type=doc_type, is_legal=is_legal, co_issuers=co_issuers)
    content = render(issuer, taken)
    document = Document(
        issuer=issuer,
        organization=organization,
        doc_type=doc_type,
        issued_on=clock.today(),
        issued_at=clock.now(),
        subject=subject,
        signer_name=signer_name,
        signer_title=signer_title,
        recipients=list(recipients),
        **number_fields(taken),
        **file_fields(content),
        **about_fields(about),
    )
    # All three may be empty: a paper for the own members only, a paper about nothing that is stored.
    document.full_clean(exclude=["recipients", "content_type", "object_id"])
    document.save()
    document.addressees.set([*addressees, *co_issuers])
    changes = {"symbol": document.symbol, "sha256": document.sha256}
    record("documents.document.issued", document, actor=actor, changes=changes)
    return document


def number_fields(taken: Numbered) -> dict[str, Any]:
    """What a taken number says on the line of the register."""
    return {"year": taken.year, "series": taken.series, "number": taken.number, "symbol": taken.symbol}


def file_fields(content: bytes) -> dict[str, Any]:
    """The stored PDF: where, its SHA-256, its pages; a worker reads it for the search."""
    pages = page_count(content)  # first: what can't be opened is not stored
    file = files.store(content, ".pdf")
    read_later(file)
    return {
        "page_count": pages,
        "file": file,
        "sha256": files.digest(content),
    }


def about_fields(about: models.Model | None) -> dict[str, Any]:
    """The generic link to what a paper is about."""
    if about is None:
        return {}
    return {"content_type": ContentType.objects.get_for_model(about), "object_id": about.pk}


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
