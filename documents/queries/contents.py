"""Finding papers by what their files say."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat, Greatest, StrIndex, Substr

from documents.models import Document, FileText
from documents.models.file_text import FileTextQuerySet
from hdnd.lib.text import fold

BEFORE, LENGTH, IN_A_LIST = 60, 200, 110
"""Letters of a passage before the first word found, and all of it, on a page of its own and in a cell of a list."""

FEW = 5_000
"""So many matches a side are looked up by their keys; twice as many stay below what SQLite takes in one query."""


def said_inside(words: Sequence[str]) -> Q:
    """Rows with a `file` whose text holds every (folded) word."""
    return Q(file__in=FileText.objects.containing(words).values("file"))


def by_words(rows: QuerySet[Any], words: Sequence[str], few: Sequence[int] | None = None) -> QuerySet[Any]:
    """Rows that hold every word in their folded `search`, or every word inside their file.

    Args:
        few: what `few_by_words` found for these words.
    """
    if few is not None:
        return rows.filter(pk__in=few)
    return rows.filter(titled(words) | said_inside(words))


def few_by_words(words: Sequence[str]) -> list[int] | None:
    """Keys of all documents that hold the words, whoever may see them; None when more than `FEW` do.

    An `OR` of title and content has no index, so PostgreSQL looks at all of a million papers for a rare word, in every
    query of the page; each side alone has one. Of a common word a page is full soon, in whatever order it is read.
    """
    heard = list(FileText.objects.containing(words).values_list("file", flat=True)[: FEW + 1])
    if len(heard) > FEW:
        return None
    named = list(Document.objects.filter(titled(words)).order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(named) > FEW:
        return None
    inside = Document.objects.filter(file__in=heard).order_by().values_list("pk", flat=True) if heard else ()
    found = {*named, *inside}
    return sorted(found) if len(found) <= 2 * FEW else None


def titled(words: Sequence[str]) -> Q:
    """Rows with every (folded) word in their `search`."""
    found = Q()
    for word in words:
        found &= Q(search__contains=word)
    return found


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
