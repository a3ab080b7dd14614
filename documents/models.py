"""Issuers with their letterhead, number series, and issued documents whose bytes never change."""

from typing import ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models

from councils.models import Organization
from councils.models.dated import DatedQuerySet, Searchable
from documents.choices import DocumentState, DocumentType, SeriesScope
from documents.law import numbering
from hdnd.lib import clock


class Issuer(models.Model):
    """How one body issues papers: its letterhead, its symbol, how it counts."""

    organization = models.OneToOneField(
        Organization, models.PROTECT, verbose_name="cơ quan ban hành", related_name="issuer"
    )
    superior_lines = models.TextField(
        "dòng cơ quan chủ quản", blank=True, help_text="Mỗi dòng một hàng; bỏ trống với HĐND, UBND."
    )
    name_lines = models.TextField(
        "dòng tên cơ quan", help_text="Mỗi dòng một hàng, viết như in trên văn bản."
    )
    place = models.CharField("địa danh", max_length=80, help_text="Ví dụ: Vĩnh Giang.")
    symbol_body = models.CharField("chữ viết tắt trong ký hiệu", max_length=40)
    symbol_template = models.CharField("mẫu ký hiệu", max_length=80, default=numbering.DEFAULT_TEMPLATE)
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
        try:
            numbering.check_template(self.symbol_template)
        except ValueError as error:
            raise ValidationError({"symbol_template": str(error)}) from error


class Series(models.Model):
    """One run of numbers: an issuer, a type (or all types), a year. From 01 on 1 January, never renumbered."""

    issuer = models.ForeignKey(Issuer, models.PROTECT, verbose_name="cơ quan", related_name="series")
    doc_type = models.CharField("loại", max_length=5, choices=DocumentType.choices, blank=True)
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
        constraints = (models.UniqueConstraint(fields=["issuer", "doc_type", "year"], name="series_once"),)

    def __str__(self) -> str:
        return f"{self.doc_type or 'chung'} {self.year}, {self.issuer}"


class DocumentQuerySet(DatedQuerySet):
    """Documents in domain words."""

    def of(self, target: models.Model) -> Self:
        """Documents about one object."""
        return self.filter(content_type=ContentType.objects.get_for_model(target), object_id=target.pk)


class Document(Searchable):
    """An issued paper: number, symbol, subject, signer and recipients as they stood, and the file."""

    issuer = models.ForeignKey(
        Issuer, models.PROTECT, verbose_name="cơ quan ban hành", related_name="documents"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan", related_name="documents_issued"
    )
    doc_type = models.CharField("loại", max_length=5, choices=DocumentType.choices)
    year = models.PositiveSmallIntegerField("năm")
    series = models.ForeignKey(Series, models.PROTECT, verbose_name="dãy số", related_name="documents")
    number = models.PositiveIntegerField("số")
    symbol = models.CharField("số, ký hiệu", max_length=80)
    issued_on = models.DateField("ngày ban hành")
    issued_at = models.DateTimeField("phát hành lúc", default=clock.now)
    subject = models.CharField("trích yếu", max_length=1000)
    signer_name = models.CharField("người ký", max_length=120)
    signer_title = models.CharField("chức vụ người ký", max_length=200)
    recipients = models.JSONField("nơi nhận", default=list)
    state = models.CharField(
        "trạng thái", max_length=10, choices=DocumentState.choices, default=DocumentState.ISSUED
    )
    file = models.CharField("tệp", max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    page_count = models.PositiveSmallIntegerField("số trang", default=1)
    # Bodies that got it and may therefore open it.
    addressees = models.ManyToManyField(Organization, blank=True, related_name="documents_received")
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    about = GenericForeignKey("content_type", "object_id")

    search_fields = ("symbol", "subject", "signer_name")
    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ("-issued_on", "-pk")
        constraints = (models.UniqueConstraint(fields=["series", "number"], name="document_number_once"),)
        indexes = (
            models.Index(fields=["content_type", "object_id"], name="document_about"),
            # the register of one body, newest first
            models.Index(fields=["organization", "-issued_on"], name="document_register"),
        )

    def __str__(self) -> str:
        return f"{self.get_doc_type_display()} {self.symbol}"
