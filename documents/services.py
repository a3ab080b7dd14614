"""Issue a paper: take its number, render it, store its bytes, audit — in the caller's transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from councils.models import Organization
from councils.permissions import can_serve_office, ensure
from documents.choices import SeriesScope
from documents.law.numbering import symbol
from documents.models import Document, Issuer, Series
from hdnd.audit.services import record
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError


@dataclass(frozen=True)
class Numbered:
    """A number just taken, for the renderer."""

    number: int
    symbol: str
    year: int
    series: Series


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
    is_ensured: bool = False,
    render: Callable[[Issuer, Numbered], bytes],
) -> Document:
    """Issues a document with the next number of its series.

    The number is taken and the paper rendered in one transaction under the lock of the series row: a paper that
    can't be rendered takes no number, and numbers have neither gaps nor doubles.

    Args:
        is_ensured: the caller has checked a right of its own, as the chair's to approve minutes.
        render: makes the PDF once issuer and number are known.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: the body has no letterhead yet.
    """
    ensure(
        is_ensured or can_serve_office(actor, organization),
        "Chỉ văn phòng của cơ quan ban hành mới phát hành được văn bản.",
    )
    issuer = issuer_of(organization)
    taken = take_number(issuer=issuer, doc_type=doc_type)
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
        page_count=page_count(content),
        **_number_fields(taken),
        **_file_fields(content),
        **_about_fields(about),
    )
    # All three may be empty: a paper for the own members only, a paper about nothing that is stored.
    document.full_clean(exclude=["recipients", "content_type", "object_id"])
    document.save()
    document.addressees.set(addressees)
    record(
        "documents.document.issued",
        document,
        actor=actor,
        changes={"symbol": document.symbol, "sha256": document.sha256},
    )
    return document


def _number_fields(taken: Numbered) -> dict[str, Any]:
    return {"year": taken.year, "series": taken.series, "number": taken.number, "symbol": taken.symbol}


def _file_fields(content: bytes) -> dict[str, Any]:
    return {"file": files.store(content, ".pdf"), "sha256": files.digest(content)}


def _about_fields(about: models.Model | None) -> dict[str, Any]:
    if about is None:
        return {}
    return {"content_type": ContentType.objects.get_for_model(about), "object_id": about.pk}


def issuer_of(organization: Organization) -> Issuer:
    """The letterhead of the body.

    Raises:
        DomainError: none is set up.
    """
    issuer = Issuer.objects.filter(organization=organization).select_related("organization").first()
    if issuer is None:
        raise DomainError(
            f"{organization} chưa có thể thức văn bản (tiêu đề, ký hiệu). Nhờ quản trị khai báo ở mục "
            "“Thể thức của cơ quan ban hành” rồi phát hành lại."
        )
    return issuer


@transaction.atomic
def take_number(*, issuer: Issuer, doc_type: str) -> Numbered:
    """The next number of the series of this year, locked until the transaction ends."""
    year = clock.today().year
    book = issuer.register_of or issuer  # whoever keeps the book says how it counts
    key: dict[str, Any] = {
        "issuer": book,
        "doc_type": doc_type if book.series_scope == SeriesScope.TYPE else "",
        "year": year,
    }
    Series.objects.get_or_create(**key)
    series = Series.objects.select_for_update().get(**key)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    text = symbol(
        template=issuer.symbol_template,
        number=series.last_number,
        type_code=doc_type,
        body=issuer.symbol_body,
        year=year,
    )
    return Numbered(series.last_number, text, year, series)


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
