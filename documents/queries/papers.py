"""Documents a person may open, and the lines of the register they may see."""

from typing import Any

from django.db.models import Q, QuerySet

from councils.permissions import access, family_filter
from documents.models import Document


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
