"""Reads of the audit."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from hdnd.audit.models import Entry

LIMIT = 60


def timeline_of(target: models.Model) -> list[Entry]:
    """What was done to one object, newest first; one query."""
    kind = ContentType.objects.get_for_model(target)
    return list(
        Entry.objects.filter(content_type=kind, object_id=str(target.pk)).order_by("-at", "-pk")[:LIMIT]
    )
