"""What stored files say, for search."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.db import models

from documents.choices import TextGap
from hdnd.lib import clock


class FileTextQuerySet(models.QuerySet["FileText"]):
    """Texts in domain words."""

    def containing(self, words: Sequence[str]) -> Self:
        """Texts that hold every word; the words are folded."""
        found = self
        for word in words:
            found = found.filter(search__contains=word)
        return found


class FileText(models.Model):
    """The text of one stored file, whoever names the file: read once, since what is stored never changes.

    Nobody may read it but through the row that names the file, of which the person's rights are known.
    """

    file = models.CharField("tệp", max_length=120, unique=True)
    text = models.TextField("nội dung", blank=True)
    # As long as `text`, letter by letter: see `fold_in_place`. On PostgreSQL it has a trigram index (migration 0007).
    search = models.TextField(editable=False, default="", blank=True)
    gap = models.CharField("phần thiếu", max_length=12, choices=TextGap.choices, blank=True)
    read_at = models.DateTimeField("đọc lúc", default=clock.now)

    objects: ClassVar[FileTextQuerySet] = FileTextQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "nội dung tệp"
        verbose_name_plural = "nội dung tệp"

    def __str__(self) -> str:
        return self.file
