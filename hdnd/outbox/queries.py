"""Reads of the outbox."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from hdnd.outbox.models import Message


def messages_about(model: type[models.Model], ids: Iterable[int]) -> QuerySet[Message]:
    """The messages about the given rows of one model, newest first."""
    about = ContentType.objects.get_for_model(model)
    return Message.objects.filter(content_type=about, object_id__in=[str(pk) for pk in ids]).order_by("-pk")
