"""Administrative units with validity and successors."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models

from councils.choices import LEVEL_OF_AREA, AreaKind, Level
from councils.models.dated import Dated, DatedQuerySet, Searchable


class AreaQuerySet(DatedQuerySet):
    """Areas in domain words."""

    def of_level(self, level: str) -> Self:
        """Areas of one level."""
        return self.filter(level=level)


class Area(Searchable, Dated):
    """A province, district or commune. A unit that changed its parent or was merged is a new row."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=120, help_text="Viết đủ, ví dụ: phường Tân Hòa.")
    kind = models.CharField("loại", max_length=20, choices=AreaKind.choices)
    # Follows from the kind; a column because it is filtered and indexed.
    level = models.CharField("cấp", max_length=10, choices=Level.choices, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="thuộc", null=True, blank=True, related_name="children"
    )
    successors = models.ManyToManyField(
        "self", verbose_name="đơn vị kế thừa", symmetrical=False, blank=True, related_name="predecessors"
    )
    is_mountainous = models.BooleanField("miền núi", default=False)

    search_fields = ("code", "name")
    derived_fields = ("search", "level")
    objects: ClassVar[AreaQuerySet] = AreaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        ordering = ("code",)
        # "all areas below on that day"
        indexes = (models.Index(fields=["parent", "level"], name="area_parent_level"),)

    def __str__(self) -> str:
        return self.name

    def refresh_derived(self) -> None:
        self.level = LEVEL_OF_AREA.get(self.kind, "")
        super().refresh_derived()

    def clean(self) -> None:
        super().clean()
        ranks = list(Level)
        if (
            self.parent
            and self.level
            and ranks.index(Level(self.parent.level)) >= ranks.index(Level(self.level))
        ):
            raise ValidationError(
                {
                    "parent": f"{self.parent} không ở cấp trên của đơn vị này. "
                    "Chọn một đơn vị cấp cao hơn, hoặc bỏ trống với cấp tỉnh."
                }
            )
