"""To whom an issued paper went."""

from django.contrib.contenttypes.models import ContentType

from documents.models import Document
from hdnd.outbox.models import Message


def deliveries_of(document: Document) -> list[Message]:
    """The mails that carried the paper, in the order in which they were queued."""
    kind = ContentType.objects.get_for_model(Document)
    return list(Message.objects.filter(content_type=kind, object_id=str(document.pk)).order_by("pk"))
