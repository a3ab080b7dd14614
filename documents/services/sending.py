"""Send an issued paper to the bodies it is addressed to."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from councils.models import Organization
from councils.permissions import can_serve_office, ensure
from councils.queries import addresses_of
from documents.models import Document
from documents.sender import sender_of
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from hdnd.outbox.services import Attachment, queue


@dataclass(frozen=True)
class Sent:
    """What sending did.

    Attributes:
        unreachable: addressees without an address in the contact book; they need paper.
    """

    messages: list[Message]
    unreachable: list[Organization]


@transaction.atomic
def send_document(*, actor: Any, document: Document) -> Sent:
    """Mails the paper to every address of its addressees; who got it before is not mailed again.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: there is no paper yet, or nobody to send it to.
    """
    ensure(
        can_serve_office(actor, document.organization), "Chỉ văn phòng của cơ quan ban hành mới gửi văn bản."
    )
    if not document.has_paper:
        raise DomainError(f"Số {document.symbol} chưa có văn bản để gửi.")
    bodies = list(document.addressees.select_related("area").order_by("level", "code"))
    if not bodies:
        raise DomainError("Văn bản chưa chọn cơ quan nhận. Gửi bản giấy, hoặc chọn cơ quan nhận khi soạn.")
    contacts = addresses_of([body.pk for body in bodies], clock.today())
    sender = sender_of(document.issuer)
    address = settings.SITE_URL + reverse("documents:document_file", args=[document.pk])
    attachment = Attachment(f"{document.symbol.replace('/', '-')}.pdf", "application/pdf", document.file)
    messages = []
    for body in bodies:
        context = {"document": document, "body": body, "address": address, "host": sender["from_name"]}
        text = render_to_string("documents/mail/document.txt", context)
        for contact in contacts.get(body.pk, []):
            made = queue(
                dedupe_key=f"document:{document.pk}:{contact.email.lower()}", to=contact.email,
                to_name=contact.name or body.label, text=text, about=document, attachments=[attachment],
                subject=f"{document.get_doc_type_display()} số {document.symbol}: {document.subject}", **sender,
            )  # fmt: skip
            messages += [made] if made else []
    unreachable = [body for body in bodies if body.pk not in contacts]
    record(
        "documents.document.sent", document, actor=actor,
        changes={"mails": len(messages), "unreachable": [body.name for body in unreachable]},
    )  # fmt: skip
    return Sent(messages, unreachable)
