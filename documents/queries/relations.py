"""What papers did to each other, and where a paper came from."""

from typing import Any

from documents.models import Document, DocumentRelation, Draft
from documents.queries.drafts import visible_drafts


def relations_of(document: Document) -> dict[str, list[DocumentRelation]]:
    """`later`: papers that act on this one; `earlier`: papers this one acts on."""
    rows: Any = DocumentRelation.objects.select_related("document", "target")
    return {
        "later": list(rows.filter(target=document)),
        "earlier": list(rows.filter(document=document)),
    }


def draft_behind(user: Any, document: Document) -> Draft | None:
    """The draft the paper was issued from, if the person may see it."""
    return visible_drafts(user).filter(document=document).first()
