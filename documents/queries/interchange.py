"""A paper as it is handed over."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from councils.models import Organization
from councils.permissions import can_serve_office
from documents.choices import DocumentState
from documents.interchange.record import Party, Record
from documents.models import Document
from documents.queries.papers import visible_documents


def documents_to_hand_over(user: Any) -> QuerySet[Document]:
    """Visible papers with all that a record says."""
    return visible_documents(user).select_related("organization__parent", "issuer")


def record_of(document: Document) -> Record:
    """The record of a paper; bodies that got it stand in the order of protocol."""
    number, _, notation = document.symbol.partition("/")
    sent_to = sorted(document.addressees.select_related("parent"), key=lambda body: body.protocol_key)
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


@dataclass(frozen=True)
class HandOver:
    """What the page of a paper offers.

    Attributes:
        may_send: the person may make a package.
        refused: why there is none all the same; "" when there is one.
        without_code: names of the addressees that are not in it, for want of an electronic identifier.
    """

    may_send: bool
    refused: str = ""
    without_code: tuple[str, ...] = ()


def hand_over_of(user: Any, document: Document) -> HandOver:
    """What may be taken from a paper by the person."""
    if not can_serve_office(user, document.organization):
        return HandOver(may_send=False)
    record = record_of(document)
    missing = tuple(party.name for party in record.addressees if not party.code)
    return HandOver(True, against(document, record), missing)


def against(document: Document, record: Record) -> str:
    """What stands against a package; "" when nothing does."""
    if document.state != DocumentState.ISSUED:
        return f"Văn bản {document.symbol} {document.get_state_display()} nên không gửi đi nữa."
    if not record.issuer.code:
        return f"{record.issuer.name} chưa có mã định danh điện tử. Nhờ quản trị ghi vào mục “Cơ quan, tổ chức” rồi tạo lại gói."
    if not any(party.code for party in record.addressees):
        return "Chưa cơ quan nhận nào có mã định danh điện tử. Nhờ quản trị ghi mã vào mục “Cơ quan, tổ chức” rồi tạo lại gói."
    return ""


def _party(body: Organization) -> Party:
    return Party(body.name, body.identifier, body.parent.name if body.parent else "")
