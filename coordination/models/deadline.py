"""Terms set by law, joint resolution or practice, as rows that an administrator may change."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from coordination.choices import Confidence, Direction, LeadUnit
from coordination.law.working_days import MOST_DAYS
from councils.models import Dated, DatedQuerySet
from councils.models.dated import Searchable
from hdnd.lib.dates import short_date


class Deadline(Searchable, Dated):
    """One term: how long before or after which event something must be done. A code has one row for each period."""

    code = models.CharField(
        "mã", max_length=8, help_text="Ví dụ D13. Cùng một mã có thể có nhiều dòng, mỗi dòng cho một thời kỳ.",
        validators=[RegexValidator(r"^[A-Z]+\d+[A-Z]?$", "Mã gồm chữ in hoa và số, ví dụ D13 hoặc D13B.")],
    )  # fmt: skip
    title = models.CharField("việc phải làm", max_length=200)
    value = models.PositiveSmallIntegerField(
        "số ngày", help_text="0: ngay trong ngày mốc.",
        validators=[MaxValueValidator(MOST_DAYS, f"Số ngày không quá {MOST_DAYS}.")],
    )  # fmt: skip
    unit = models.CharField("đơn vị", max_length=2, choices=LeadUnit.choices, default=LeadUnit.DAYS)
    direction = models.CharField("tính", max_length=6, choices=Direction.choices, default=Direction.BEFORE)
    anchor = models.CharField("mốc", max_length=150, help_text="Ví dụ: ngày khai mạc kỳ họp.")
    source = models.CharField("căn cứ", max_length=300, help_text="Văn bản, điều, khoản.")
    confidence = models.CharField(
        "độ tin cậy", max_length=8, choices=Confidence.choices, default=Confidence.HIGH
    )
    note = models.CharField("ghi chú", max_length=300, blank=True)

    search_fields = ("code", "title", "anchor", "source", "note")
    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "thời hạn theo quy định"
        verbose_name_plural = "thời hạn theo quy định"
        ordering = ("code", "valid_from")
        indexes = (models.Index(fields=["code", "valid_from"], name="deadline_code"),)

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"

    @property
    def term(self) -> str:
        """`20 ngày trước ngày khai mạc`."""
        if not self.value:
            return f"chậm nhất {self.anchor}"
        return f"{self.value} {self.get_unit_display()} {self.get_direction_display()} {self.anchor}"

    @property
    def period(self) -> str:
        """`từ 01/07/2016 đến 28/02/2026`; empty when it has no bounds."""
        first = f"từ {short_date(self.valid_from)}" if self.valid_from else ""
        last = f"đến {short_date(self.valid_to)}" if self.valid_to else ""
        return f"{first} {last}".strip()

    def clean(self) -> None:
        super().clean()
        same = Deadline.objects.filter(code=self.code).exclude(pk=self.pk)
        if self.valid_from:
            same = same.filter(Q(valid_to=None) | Q(valid_to__gte=self.valid_from))
        if self.valid_to:
            same = same.filter(Q(valid_from=None) | Q(valid_from__lte=self.valid_to))
        if other := same.first():
            raise ValidationError(
                {
                    "valid_from": f"Mã {self.code} đã có một dòng trùng thời gian ({other.period or 'mọi ngày'}). "
                    "Nhập “đến hết ngày” cho dòng cũ trước, hoặc sửa ngày của dòng này."
                }
            )
