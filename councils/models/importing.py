"""One run of an import: the file as it came, what the check said of each row, and what was written."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from councils.choices import ImportKind, ImportState, RowOutcome
from hdnd.lib import clock


class ImportRun(models.Model):
    """A file that was checked and, once confirmed, written. The file itself is kept under its hash."""

    kind = models.CharField("loại dữ liệu", max_length=20, choices=ImportKind.choices)
    file = models.CharField(max_length=100, editable=False)
    filename = models.CharField("tệp", max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người nhập", related_name="+"
    )
    at = models.DateTimeField("tải lên lúc", default=clock.now)
    state = models.CharField(
        "trạng thái", max_length=10, choices=ImportState.choices, default=ImportState.CHECKING
    )
    # The columns that were recognised, in the file's order.
    columns = models.JSONField(default=list)
    total = models.PositiveIntegerField("số dòng", default=0)
    # Why the run went back to its check.
    problem = models.TextField("vướng mắc", blank=True)
    written = models.PositiveIntegerField("số dòng đã ghi", default=0)
    # When its state last changed: the sweep takes up what a killed worker left.
    moved_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "lần nhập"
        verbose_name_plural = "lần nhập"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.filename}"

    @property
    def is_running(self) -> bool:
        """Whether a worker has, or should have, its hands on it."""
        return self.state in {ImportState.CHECKING, ImportState.IMPORTING}


class ImportRowQuerySet(models.QuerySet[Any]):
    """Rows of a check in domain words."""

    def valid(self) -> Self:
        """Rows that an import would write."""
        return self.filter(outcome__in=[RowOutcome.NEW, RowOutcome.CHANGED])


class ImportRow(models.Model):
    """What the check says of one row of the file."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("dòng")
    outcome = models.CharField("kết quả", max_length=8, choices=RowOutcome.choices)
    title = models.CharField("nội dung", max_length=300, blank=True)
    # The cells as they came, in the order of the file's columns.
    cells = models.JSONField(default=list)
    # [column, before, after]
    changes = models.JSONField("thay đổi", default=list)
    # [column, cell, why and how to mend it]
    errors = models.JSONField("lỗi", default=list)

    objects: ClassVar[ImportRowQuerySet] = ImportRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "dòng của lần nhập"
        verbose_name_plural = "dòng của lần nhập"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["run", "number"], name="import_row_once"),)

    def __str__(self) -> str:
        return f"dòng {self.number}: {self.title}"

    @property
    def reason(self) -> str:
        """All that is wrong with the row, as one text."""
        return "; ".join(f"{label}: {why}" if label else why for label, _, why in self.errors)

    @property
    def difference(self) -> str:
        """All that would change, as one text."""
        return "; ".join(
            f"{label}: {before or '–'} → {after or '–'}" for label, before, after in self.changes
        )
