"""Reads what stored files say, once each and after the fact: a paper is issued whether it can be read or not.

No audit entry: the text is derived from bytes whose own storing is on record, and can be derived again.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from documents.choices import TextGap
from documents.models import Document, FileText
from hdnd.lib import clock, files
from hdnd.lib.background import enqueue
from hdnd.lib.extraction import Extracted, extract
from hdnd.lib.text import fold_in_place

logger = logging.getLogger(__name__)

BATCH = 200
"""Files of one sweep; the next goes on."""
_sources: list[Callable[[], QuerySet[Any]]] = [Document.objects.with_paper]


def register_source(rows: Callable[[], QuerySet[Any]]) -> None:
    """Names more rows with a `file` that should be found by its words; higher apps call this in `apps.py`."""
    _sources.append(rows)


def read_later(file: str) -> None:
    """Hands the file to a worker once the transaction has committed; what is lost on the way the sweep finds."""
    from documents import tasks

    enqueue(tasks.read_file, file)


def read_file(*, file: str) -> None:
    """Stores what the file says; a second call finds it done."""
    if FileText.objects.filter(file=file).exists():
        return
    try:
        found = extract(file, files.read(file))
    except FileNotFoundError:
        logger.exception("The stored file %s is missing.", file)
        found = Extracted("", TextGap.MISSING)
    values = {
        "text": found.text,
        "search": fold_in_place(found.text),
        "gap": found.why,
        "read_at": clock.now(),
    }
    FileText.objects.get_or_create(file=file, defaults=values)


def read_what_is_left(*, limit: int = BATCH) -> int:
    """Reads files that no worker has read; returns their number."""
    done = 0
    for source in _sources:
        left = source().exclude(file="").exclude(file__in=FileText.objects.values("file"))
        names = left.order_by().values_list("file", flat=True).distinct()[: limit - done]
        for file in list(names):
            read_file(file=file)
            done += 1
    return done


def forget_failures() -> int:
    """Lets the next sweep try again what could not be read or was not there; returns the number."""
    failed = FileText.objects.filter(gap__in=(TextGap.MISSING, TextGap.UNREADABLE))
    return failed.delete()[0]
