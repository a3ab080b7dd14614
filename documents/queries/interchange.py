"""A paper as it is handed over."""

from typing import Any

from django.db.models import QuerySet

from councils.models import Organization
from documents.interchange.record import Party, Record
from documents.models import Document
from documents.queries.papers import visible_documents


def documents_to_hand_over(user: Any) -> QuerySet[Document]:
    """Visible papers with all that a record says."""
    return (
        visible_documents(user)
        .select_related("organization__parent", "issuer")
        .prefetch_related("addressees__parent")
    )


def record_of(document: Document) -> Record:
    """The record of a paper; bodies that got it stand in the order of protocol."""
    number, _, notation = document.symbol.partition("/")
    sent_to = sorted(document.addressees.all(), key=lambda body: body.protocol_key)
    return Record(
        number=number,
        notation=notation,
        issued_on=document.issued_on,
        subject=document.subject,
        type_code=document.doc_type,
        type_name=document.get_doc_type_display(),
        issuer=_party(document.organization),
        place=document.issuer.place,
        signer_name=document.signer_name,
        signer_title=document.signer_title,
        recipients=tuple(document.recipients),
        addressees=tuple(_party(body) for body in sent_to),
        state=document.state,
        pages=document.page_count,
        copies=document.copies,
        file_name=f"{document.symbol.replace('/', '-')}.pdf",
        sha256=document.sha256,
    )


def _party(body: Organization) -> Party:
    return Party(body.name, body.identifier, body.parent.name if body.parent else "")
