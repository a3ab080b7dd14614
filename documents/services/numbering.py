"""Take numbers: the next of a series, under its lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from councils.models import Organization
from documents.choices import DocumentType, SeriesScope
from documents.law.numbering import joint_body, may_be_legal, symbol
from documents.models import Issuer, Series
from hdnd.lib import clock
from hdnd.lib.errors import DomainError


@dataclass(frozen=True)
class Numbered:
    """A number just taken, for the renderer."""

    number: int
    symbol: str
    year: int
    series: Series


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
def take_number(
    *,
    issuer: Issuer,
    doc_type: str,
    is_legal: bool = False,
    co_issuers: Sequence[Organization] = (),
    year: int | None = None,
) -> Numbered:
    """The next number of the series, locked until the transaction ends.

    Args:
        co_issuers: who issues jointly with the lead `issuer`, whose series gives the number.
        year: whose series; this year's when not given.

    Raises:
        DomainError: a type that is never a legal document, a body named twice or one without a letterhead.
    """
    if is_legal and not may_be_legal(doc_type):
        raise DomainError(
            f"{DocumentType(doc_type).label} không phải văn bản quy phạm pháp luật: chỉ nghị quyết của HĐND, quyết định "
            "của UBND. Bỏ dấu chọn hoặc chọn loại khác.",
            field="is_legal",
        )
    body = _symbol_body(issuer, co_issuers)
    year = year or clock.today().year
    book = issuer.book  # whoever keeps the book says how it counts
    apart = is_legal or book.series_scope == SeriesScope.TYPE
    key: dict[str, Any] = {
        "issuer": book,
        "doc_type": doc_type if apart else "",
        "is_legal": is_legal,
        "year": year,
    }
    Series.objects.get_or_create(**key)
    series = Series.objects.select_for_update().get(**key)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    text = symbol(
        template=issuer.legal_template if is_legal else issuer.symbol_template,
        number=series.last_number,
        type_code=doc_type,
        body=body,
        year=year,
    )
    return Numbered(series.last_number, text, year, series)


def _symbol_body(issuer: Issuer, co_issuers: Sequence[Organization]) -> str:
    if not co_issuers:
        return issuer.symbol_body
    named = [issuer.organization_id, *(body.pk for body in co_issuers)]
    if len(set(named)) < len(named):
        raise DomainError("Một cơ quan được nêu hai lần. Mỗi cơ quan chỉ chọn một lần.", field="co_issuers")
    try:
        others = [issuer_of(body) for body in co_issuers]
    except DomainError as error:
        raise DomainError(error.message, field="co_issuers") from error
    return joint_body([one.joint_symbol or one.symbol_body for one in (issuer, *others)])
