"""Documents a person may open, and the lines of the register they may see."""

from typing import Any

from django.db.models import Q, QuerySet

from councils.permissions import access, family_filter
from documents.models import Document

_ROW = (
    "symbol", "issued_on", "doc_type", "subject", "signer_name", "recipients", "state", "file", "organization"
)  # fmt: skip


def visible_documents(user: Any) -> QuerySet[Document]:
    """Papers issued by or addressed to the person's bodies."""
    return register_lines(user).with_paper()  # type: ignore[attr-defined,no-any-return]


def register_lines(user: Any) -> QuerySet[Document]:
    """The papers, and the numbers that their bodies reserved or voided."""
    roots = access(user).roots_of()
    if not roots:
        return Document.objects.none()
    received = Document.addressees.through.objects.filter(organization__in=roots).values("document_id")
    return Document.objects.filter(family_filter("organization", roots) | Q(pk__in=received))


def document_list(user: Any) -> QuerySet[Document]:
    """Visible papers with what a list row shows."""
    return visible_documents(user).select_related("organization")


def register_list(user: Any) -> QuerySet[Document]:
    """Lines of the register with what a list row shows."""
    return register_lines(user).select_related("organization", "issuer")


def register_parts(user: Any, way: str = "") -> list[QuerySet[Document]]:
    """`register_list` in two parts without a common row: what the person's bodies issued, what others sent to them.

    A page of the list is put together from both: an `OR` between a column and a subquery makes PostgreSQL look at all
    of a million papers.

    Args:
        way: `di` or `den` for one of the parts.
    """
    roots = access(user).roots_of()
    own = family_filter("organization", roots)
    received = Document.addressees.through.objects.filter(organization__in=roots).values("document_id")
    parts = {
        "di": Document.objects.filter(own),
        "den": Document.objects.filter(~own, pk__in=received),
    }  # fmt: skip
    return [part for name, part in parts.items() if way not in parts or way == name]


def register_rows() -> QuerySet[Document]:
    """All documents with what a row of the register shows, to be read by keys that are visible; few columns."""
    names = ("short_name", "name")
    return Document.objects.select_related("organization").only(
        *_ROW, *(f"organization__{name}" for name in names)
    )
