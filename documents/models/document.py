"""The register of outgoing papers: issued ones whose bytes never change, and numbers reserved or voided."""

from typing import ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from councils.models import Organization
from councils.models.dated import DatedQuerySet, Searchable
from documents.choices import NUMBER_ONLY, DocumentState, DocumentType
from documents.models.issuer import Issuer, Series
from hdnd.lib import clock


class DocumentQuerySet(DatedQuerySet):
    """Documents in domain words."""

    def with_paper(self) -> Self:
        """What was issued; not the numbers that are only reserved or were voided."""
        return self.exclude(state__in=NUMBER_ONLY)

    def of(self, target: models.Model) -> Self:
        """Documents about one object."""
        return self.filter(content_type=ContentType.objects.get_for_model(target), object_id=target.pk)


class Document(Searchable):
    """A line of the register: number, symbol, subject, signer and recipients as they stood, and the file.

    A number that is only reserved, or was voided, is a line without a file: so a series never has two lines of one
    number, and its book shows every number. Until its paper is registered, `subject` says what it is reserved for
    and `issued_on` when it was reserved.
    """

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
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=200, blank=True)
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=DocumentState.choices, default=DocumentState.ISSUED
    )
    file = models.CharField("tệp", max_length=120, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    page_count = models.PositiveSmallIntegerField("số trang", default=1)
    copies = models.PositiveIntegerField("số lượng bản", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
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
        constraints = (
            models.UniqueConstraint(fields=["series", "number"], name="document_number_once"),
            models.CheckConstraint(
                condition=(Q(state__in=NUMBER_ONLY) & Q(file=""))
                | (~Q(state__in=NUMBER_ONLY) & ~Q(file="") & ~Q(sha256="") & ~Q(signer_name="")),
                name="document_has_paper",
            ),
        )
        indexes = (
            models.Index(fields=["content_type", "object_id"], name="document_about"),
            # the register of one body, newest first
            models.Index(fields=["organization", "-issued_on"], name="document_register"),
            # one type of one body, newest first: counted and read from the index alone
            models.Index(
                fields=["organization", "doc_type", "-issued_on", "-issued_at", "-id"],
                name="document_own_kind",
            ),
            # the register of many bodies, newest first, whoever they are; whose it is stands in the index (PostgreSQL)
            models.Index(
                fields=["-issued_on", "-issued_at", "-id"], include=["organization"], name="document_newest"
            ),
            # papers whose file says a rare word
            models.Index(fields=["file"], name="document_file"),
            # one type, newest first, of one year or all
            models.Index(
                fields=["doc_type", "-issued_on", "-issued_at", "-id"],
                include=["organization"],
                name="document_kind_newest",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_doc_type_display()} {self.symbol}"

    @property
    def is_reserved(self) -> bool:
        """A number that waits for its paper."""
        return self.state == DocumentState.RESERVED

    @property
    def has_paper(self) -> bool:
        """There is a file to open."""
        return self.state not in NUMBER_ONLY
