"""What papers did to each other."""

from typing import Any

from documents.models import Document, DocumentRelation


def relations_of(document: Document) -> dict[str, list[DocumentRelation]]:
    """`later`: papers that act on this one; `earlier`: papers this one acts on."""
    rows: Any = DocumentRelation.objects.select_related("document", "target")
    return {
        "later": list(rows.filter(target=document)),
        "earlier": list(rows.filter(document=document)),
    }
