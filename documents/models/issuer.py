"""Issuers with their letterhead, and their number series."""

from django.core.exceptions import ValidationError
from django.db import models

from councils.models import Organization
from documents.choices import DocumentType, PaperForm, SeriesScope
from documents.law import numbering


class Issuer(models.Model):
    """How one body issues papers: its letterhead, its symbol, how it counts."""

    organization = models.OneToOneField(
        Organization, models.PROTECT, verbose_name="cơ quan ban hành", related_name="issuer"
    )
    form = models.CharField("thể thức", max_length=5, choices=PaperForm.choices, default=PaperForm.ND30)
    superior_lines = models.TextField(
        "dòng cơ quan chủ quản", blank=True, help_text="Mỗi dòng một hàng; bỏ trống với HĐND, UBND."
    )
    name_lines = models.TextField(
        "dòng tên cơ quan", help_text="Mỗi dòng một hàng, viết như in trên văn bản."
    )
    place = models.CharField("địa danh", max_length=80, help_text="Ví dụ: Vĩnh Giang.")
    symbol_body = models.CharField("chữ viết tắt trong ký hiệu", max_length=40)
    symbol_template = models.CharField("mẫu ký hiệu", max_length=80, default=numbering.DEFAULT_TEMPLATE)
    legal_template = models.CharField(
        "mẫu ký hiệu văn bản quy phạm pháp luật", max_length=80, default=numbering.LEGAL_TEMPLATE,
        help_text="Có năm ban hành, ví dụ 12/2026/NQ-HĐND; mỗi loại một dãy số riêng.",
    )  # fmt: skip
    joint_symbol = models.CharField(
        "chữ viết tắt khi ban hành chung", max_length=40, blank=True,
        help_text="Ví dụ MTTQ trong 69/QCPH-HĐND-UBND-MTTQ; bỏ trống thì như ký hiệu riêng.",
    )  # fmt: skip
    series_scope = models.CharField(
        "cách đánh số", max_length=5, choices=SeriesScope.choices, default=SeriesScope.TYPE
    )
    register_of = models.ForeignKey(
        "self", models.PROTECT, verbose_name="dùng chung sổ với", null=True, blank=True, related_name="sharing",
        help_text="Ví dụ HĐND và Thường trực HĐND cùng một sổ, để số không trùng.",
    )  # fmt: skip
    # TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN: collective bodies sign on behalf (NĐ 30/2020, Điều 13)
    signs_for = models.CharField(
        "ký thay mặt", max_length=200, blank=True, help_text="Ví dụ: TM. THƯỜNG TRỰC HĐND."
    )
    drafting_unit = models.CharField("đơn vị soạn, nơi lưu", max_length=80, blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    mail_name = models.CharField(
        "tên người gửi thư", max_length=100, blank=True,
        help_text="Tên hiện trong hộp thư người nhận; bỏ trống thì dùng tên đầy đủ của cơ quan.",
    )  # fmt: skip
    # The sender's address stays the system's own: a domain that did not allow this server would have mails refused.
    reply_to = models.EmailField(
        "thư trả lời gửi về", blank=True,
        help_text="Hộp thư của văn phòng nhận thư trả lời, ví dụ vanthu@coquan.vn; bỏ trống thì về địa chỉ gửi.",
    )  # fmt: skip

    class Meta:
        verbose_name = "thể thức của cơ quan ban hành"
        verbose_name_plural = "thể thức của cơ quan ban hành"

    def __str__(self) -> str:
        return str(self.organization)

    def clean(self) -> None:
        super().clean()
        for name in ("symbol_template", "legal_template"):
            of_party = self.form == PaperForm.PARTY and name == "symbol_template"
            try:
                numbering.check_template(getattr(self, name), of_party=of_party)
            except ValueError as error:
                raise ValidationError({name: str(error)}) from error

    @property
    def book(self) -> "Issuer":
        """Whoever keeps the register this body counts in."""
        return self.register_of or self


class Series(models.Model):
    """One run of numbers: an issuer, a type (or all types), a year. From 01 on 1 January, never renumbered.

    Legal documents count apart, each type for itself, whatever the issuer decided for the others (Điều 15).
    """

    issuer = models.ForeignKey(Issuer, models.PROTECT, verbose_name="cơ quan", related_name="series")
    doc_type = models.CharField("loại", max_length=5, choices=DocumentType.choices, blank=True)
    is_legal = models.BooleanField("văn bản quy phạm pháp luật", default=False)
    year = models.PositiveSmallIntegerField("năm")
    last_number = models.PositiveIntegerField(
        "số gần nhất",
        default=0,
        help_text="Số đã dùng tới trước khi dùng hệ thống; văn bản tiếp theo lấy số kế tiếp.",
    )

    class Meta:
        verbose_name = "dãy số văn bản"
        verbose_name_plural = "dãy số văn bản"
        ordering = ("-year", "issuer", "doc_type")
        constraints = (
            models.UniqueConstraint(fields=["issuer", "doc_type", "is_legal", "year"], name="series_once"),
        )

    def __str__(self) -> str:
        return f"{self.doc_type or 'chung'} {self.year}, {self.issuer}"
