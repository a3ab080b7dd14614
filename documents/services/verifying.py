"""Whether what was issued is still what is stored."""

from collections.abc import Iterator
from dataclasses import dataclass

from documents.models import Document
from hdnd.lib import files


@dataclass(frozen=True)
class Harm:
    """A document whose file is `missing` or `changed`."""

    document: int
    symbol: str
    year: int
    file: str
    what: str


def harmed_documents() -> Iterator[Harm]:
    """Every issued document whose stored bytes no longer have the SHA-256 they were issued with; one file at a time."""
    rows = Document.objects.with_paper().order_by("pk")
    for document in rows.only("symbol", "year", "file", "sha256").iterator(chunk_size=500):
        try:
            found = files.digest(files.read(document.file))
        except FileNotFoundError:
            yield Harm(document.pk, document.symbol, document.year, document.file, "missing")
            continue
        if found != document.sha256:
            yield Harm(document.pk, document.symbol, document.year, document.file, "changed")
