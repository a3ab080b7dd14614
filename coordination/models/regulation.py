"""Regulations and their clauses as data."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from coordination.choices import (
    AgendaKind,
    Confidence,
    EventKind,
    LeadUnit,
    Mode,
    OwedBy,
    RegulationKind,
    Scope,
    Trigger,
)
from councils.choices import Level, OrganizationKind
from councils.models import Area, Dated, DatedQuerySet, Organization
from councils.models.dated import Searchable


class Regulation(Searchable, Dated):
    """A signed coordination regulation, a law, a joint resolution or a practice, with its validity."""

    code = models.CharField("mã", max_length=40, unique=True)
    kind = models.CharField(
        "loại", max_length=20, choices=RegulationKind.choices, default=RegulationKind.REGULATION
    )
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    title = models.CharField("tên", max_length=300)
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name="áp dụng tại", null=True, blank=True, related_name="regulations",
        help_text="Áp dụng cho cơ quan tổ chức thuộc đơn vị này và cấp dưới. Bỏ trống: cả nước.",
    )  # fmt: skip
    parties = models.ManyToManyField(
        Organization, verbose_name="các bên ký", blank=True, related_name="regulations"
    )
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, verbose_name="thay thế", null=True, blank=True, related_name="replaced_by"
    )
    source = models.CharField("nguồn", max_length=500, blank=True)
    note = models.TextField("ghi chú", blank=True)

    search_fields = ("code", "number", "title")
    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "quy chế, văn bản căn cứ"
        verbose_name_plural = "quy chế, văn bản căn cứ"
        ordering = ("-valid_from", "code")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip() if self.number else self.title


class Clause(Searchable, Dated):
    """One obligation as coded fields: what triggers it, who owes what to whom, by when."""

    regulation = models.ForeignKey(Regulation, models.CASCADE, verbose_name="quy chế", related_name="clauses")
    code = models.CharField("mã", max_length=12, help_text="Ví dụ R09.")
    article = models.CharField("điều, khoản", max_length=60, help_text="Ví dụ: Điều 7 khoản 2.")
    sentence = models.TextField("nội dung", help_text="Một câu: khi nào, ai phải làm gì với ai.")
    trigger = models.CharField("phát sinh", max_length=12, choices=Trigger.choices, default=Trigger.EVENT)
    event_kinds = models.JSONField("loại sự kiện", default=list)
    host_kinds = models.JSONField("loại bên tổ chức", default=list)
    host_level = models.CharField("cấp của bên tổ chức", max_length=10, choices=Level.choices, blank=True)
    agenda_kind = models.CharField(
        "chỉ khi chương trình có", max_length=20, choices=AgendaKind.choices, blank=True
    )
    mode = models.CharField("việc phải làm", max_length=10, choices=Mode.choices, default=Mode.INVITE)
    owed_by = models.CharField("bên phải làm", max_length=12, choices=OwedBy.choices, default=OwedBy.HOST)
    counterpart_kinds = models.JSONField("loại bên kia", default=list)
    counterpart_scope = models.CharField(
        "phạm vi bên kia", max_length=10, choices=Scope.choices, default=Scope.SAME
    )
    counterpart_level = models.CharField(
        "cấp của bên kia", max_length=10, choices=Level.choices, blank=True,
        help_text="Bỏ trống: cùng cấp, hoặc cấp trên, dưới trực tiếp vào ngày diễn ra.",
    )  # fmt: skip
    counterpart_role = models.CharField(
        "thành phần", max_length=60, blank=True, help_text="Ví dụ: lãnh đạo, đại diện."
    )
    lead_days = models.PositiveSmallIntegerField("trước", default=5)
    lead_unit = models.CharField(
        "đơn vị", max_length=2, choices=LeadUnit.choices, default=LeadUnit.WORKING_DAYS
    )
    deliverable = models.CharField("sản phẩm", max_length=120, blank=True)
    source = models.CharField("nguồn", max_length=300, blank=True)
    confidence = models.CharField(
        "độ tin cậy", max_length=8, choices=Confidence.choices, default=Confidence.HIGH
    )

    search_fields = ("code", "article", "sentence")
    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "điều khoản"
        verbose_name_plural = "điều khoản"
        ordering = ("regulation", "code")
        constraints = (models.UniqueConstraint(fields=["regulation", "code"], name="clause_code_once"),)

    def __str__(self) -> str:
        return f"{self.code}, {self.basis}"

    @property
    def basis(self) -> str:
        """`Quy chế phối hợp 05/QC-…, Điều 7 khoản 2`."""
        return f"{self.regulation}, {self.article}"

    def clean(self) -> None:
        super().clean()
        lists = (
            ("event_kinds", EventKind, self.trigger == Trigger.EVENT),
            ("host_kinds", OrganizationKind, self.trigger == Trigger.EVENT),
            ("counterpart_kinds", OrganizationKind, True),
        )
        for name, kinds, required in lists:
            value = getattr(self, name)
            label = getattr(self._meta.get_field(name), "verbose_name", name)
            if not isinstance(value, list) or any(item not in kinds.values for item in value):
                raise ValidationError({name: f"Mục “{label}” có mã không hợp lệ. Chọn lại trong danh sách."})
            if required and not value:
                raise ValidationError({name: f"Chọn ít nhất một mục cho “{label}”."})
        if self.regulation_id and self.valid_from and not self.regulation.holds_on(self.valid_from):
            raise ValidationError(
                {
                    "valid_from": "Điều khoản không thể có hiệu lực ngoài thời gian hiệu lực của quy chế chứa nó."
                }
            )
