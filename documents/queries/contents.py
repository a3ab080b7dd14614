"""Finding papers by what their files say."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat, Greatest, StrIndex, Substr

from documents.models import FileText
from documents.models.file_text import FileTextQuerySet
from hdnd.lib.text import fold

BEFORE, LENGTH, IN_A_LIST = 60, 200, 110
"""Letters of a passage before the first word found, and all of it, on a page of its own and in a cell of a list."""


def said_inside(words: Sequence[str]) -> Q:
    """Rows with a `file` whose text holds every (folded) word."""
    return Q(file__in=FileText.objects.containing(words).values("file"))


def by_words(rows: QuerySet[Any], words: Sequence[str]) -> QuerySet[Any]:
    """Rows that hold every word in their folded `search`, or every word inside their file."""
    titled = Q()
    for word in words:
        titled &= Q(search__contains=word)
    return rows.filter(titled | said_inside(words))


def found_inside(rows: QuerySet[Any], words: Sequence[str]) -> QuerySet[Any]:
    """Those of the rows whose file holds every word, each with `passage`: where it says the first."""
    texts = _passages(FileText.objects.containing(words).filter(file=OuterRef("file")), words)
    found: QuerySet[Any] = rows.filter(said_inside(words)).annotate(
        passage=Subquery(texts.values("part")[:1])
    )
    return found


def note_passages(rows: Sequence[Any], words: Sequence[str]) -> None:
    """Gives rows of a list their `passage`, where their file holds every word; one query."""
    if not words:
        return
    texts = FileText.objects.containing(words).filter(file__in=[row.file for row in rows if row.file])
    parts = dict(_passages(texts, words, IN_A_LIST).values_list("file", "part"))
    for row in rows:
        row.passage = framed(parts.get(row.file), words)


def gap_of(file: str) -> str:
    """Why the words of a file are not all found, in words; "" when they are, or nobody has read it yet."""
    row = FileText.objects.filter(file=file).only("gap").first()
    return row.get_gap_display() if row else ""


def _passages(texts: FileTextQuerySet, words: Sequence[str], length: int = LENGTH) -> QuerySet[Any]:
    place = Greatest(StrIndex("search", Value(words[0])) - min(BEFORE, length // 3), 1)
    # Blanks around it: a passage then begins after one and ends before one, at either end of the text too.
    text = Concat(Value(" "), "text", Value(" "), output_field=TextField())
    return texts.annotate(part=Substr(text, place, length))


def framed(passage: str | None, words: Sequence[str]) -> str:
    """A passage as it is shown: whole words, with dots where the text goes on; "" when there is none."""
    if not passage:
        return ""
    first, _, rest = passage.partition(" ")
    begun = passage if words[0] in fold(first) else rest
    return f"… {begun.rpartition(' ')[0]} …"
