"""Reads of the audit."""

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from hdnd.audit.models import Entry
from hdnd.audit.verbs import verbs_like
from hdnd.lib import clock
from hdnd.lib.text import nfc

LIMIT = 60


def timeline_of(target: models.Model) -> list[Entry]:
    """What was done to one object, newest first; one query."""
    kind = ContentType.objects.get_for_model(target)
    return list(
        Entry.objects.filter(content_type=kind, object_id=str(target.pk)).order_by("-at", "-pk")[:LIMIT]
    )


def journal() -> QuerySet[Entry]:
    """All entries with what a list shows of them; who may read it is the caller's to say."""
    return Entry.objects.select_related("content_type")


def search(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Entries in which every word stands in the act, its object or its actor.

    There is no folded column, and SQLite tells "đ" from "Đ": the usual spellings are all tried. Acts are also found
    by their Vietnamese words, without accents too.
    """
    for word in nfc(text).split():
        found = Q(verb__in=verbs_like(word)) | Q(verb__contains=word.lower())
        for spelling in {word, word.lower(), word.upper(), word.capitalize()}:
            found |= Q(object_name__contains=spelling) | Q(actor_name__contains=spelling)
        entries = entries.filter(found)
    return entries


def between(entries: QuerySet[Entry], first: date | None, last: date | None) -> QuerySet[Entry]:
    """Entries from a day to a day, both included, in Vietnam's time."""
    if first:
        entries = entries.filter(at__gte=clock.at_time(first, 0))
    if last:
        entries = entries.filter(at__lt=clock.at_time(last + timedelta(days=1), 0))
    return entries


def kinds_of_objects() -> list[ContentType]:
    """What there are entries about; a probe of the index for each kind, however long the journal."""
    told = Entry.objects.filter(content_type=OuterRef("pk"))
    return list(ContentType.objects.filter(Exists(told)))
