"""Drafts: the working copy, the versions that were put forward, who has to sign them off, and what was said."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q

from councils.models import Membership, Organization
from councils.models.dated import Dated, DatedQuerySet, Searchable
from documents.choices import (
    EDITABLE,
    WAITING,
    DraftState,
    RelationKind,
    SigningForm,
    UrgencyMark,
    Verdict,
    VersionSource,
)
from documents.models.document import Document
from documents.paper.kinds import Kind, kind_of
from hdnd.lib import clock


class Draft(Searchable):
    """A paper before it is issued: the working copy and where it stands."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan ban hành", related_name="drafts"
    )
    kind_code = models.CharField("loại văn bản", max_length=20)
    subject = models.CharField("trích yếu", max_length=1000)
    body = models.TextField("nội dung", blank=True)
    salutation = models.TextField("kính gửi", blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    urgency = models.CharField("độ khẩn", max_length=12, choices=UrgencyMark.choices, blank=True)
    is_legal = models.BooleanField("văn bản quy phạm pháp luật", default=False)
    # Bodies that will get it and may then open it.
    addressees = models.ManyToManyField(Organization, verbose_name="gửi tới", blank=True, related_name="+")
    state = models.CharField(
        "trạng thái", max_length=10, choices=DraftState.choices, default=DraftState.DRAFTING
    )
    # Counts saves of the working copy, so that a stale one is noticed.
    version = models.PositiveIntegerField("lần lưu", default=1)
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người soạn", related_name="drafts"
    )
    created_at = models.DateTimeField("lập lúc", default=clock.now)
    changed_at = models.DateTimeField("sửa lúc", default=clock.now)
    # What it will do to an issued paper.
    relation = models.CharField("quan hệ", max_length=10, choices=RelationKind.choices, blank=True)
    target = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản trước", null=True, blank=True, related_name="+"
    )
    # The line of the register: reserved while it is signed on paper, issued at the end.
    document = models.OneToOneField(
        Document, models.PROTECT, verbose_name="văn bản", null=True, blank=True, related_name="draft"
    )
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey("content_type", "object_id")

    search_fields = ("subject",)
    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "dự thảo"
        verbose_name_plural = "dự thảo"
        ordering = ("-changed_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(relation="", target=None) | (~Q(relation="") & Q(target__isnull=False)),
                name="draft_relation_has_target",
            ),
        )
        # the drafts of one body, last touched first
        indexes = (models.Index(fields=["organization", "-changed_at"], name="draft_of_body"),)

    def __str__(self) -> str:
        return f"{self.kind.name} {self.subject}"

    @property
    def kind(self) -> Kind:
        """What sort of paper it is."""
        return kind_of(self.kind_code)

    @property
    def is_editable(self) -> bool:
        """The drafting office may write."""
        return self.state in EDITABLE

    @property
    def is_waiting(self) -> bool:
        """Somebody has to decide."""
        return self.state in WAITING

    @property
    def has_number(self) -> bool:
        """A number waits for the copy signed on paper."""
        return self.document is not None and self.document.is_reserved


class DraftSigner(models.Model):
    """Who will sign: the first for the issuer, a second and third for those who issue it jointly."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="signers")
    position = models.PositiveSmallIntegerField("thứ tự")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="ký cho cơ quan", related_name="+"
    )
    seat = models.ForeignKey(Membership, models.PROTECT, verbose_name="người ký", related_name="+")
    form = models.CharField("hình thức ký", max_length=3, choices=SigningForm.choices, blank=True)
    authority = models.CharField("dòng quyền hạn", max_length=200, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["draft", "position"], name="draft_signer_place_once"),
            models.UniqueConstraint(fields=["draft", "organization"], name="draft_signer_body_once"),
        )


class DraftVersion(models.Model):
    """The text as it was put forward, or as it came back from Word. Never changed."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("bản")
    content = models.JSONField("nội dung")
    source = models.CharField("nguồn", max_length=8, choices=VersionSource.choices)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    at = models.DateTimeField("lúc", default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The Word file it was read from.
    file = models.CharField("tệp", max_length=120, blank=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["draft", "number"], name="draft_version_once"),)

    def __str__(self) -> str:
        return f"Bản {self.number}"


class SignOffQuerySet(models.QuerySet["SignOff"]):
    """Sign-offs in domain words."""

    def open(self) -> Self:
        """Whose turn it is: open ones with no open one in an earlier step."""
        earlier = SignOff.objects.filter(
            version=OuterRef("version"), verdict=Verdict.PENDING, step__lt=OuterRef("step")
        )
        return self.filter(~Exists(earlier), verdict=Verdict.PENDING)


class SignOff(models.Model):
    """One person's word on one version. Within a step all are asked at once, the next step after all agreed.

    `user` is empty for a signer without an account, whose paper is signed by hand.
    """

    version = models.ForeignKey(DraftVersion, models.CASCADE, related_name="sign_offs")
    step = models.PositiveSmallIntegerField("bước")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField("người được hỏi", max_length=150)
    # The signer's step: agreeing is signing.
    signer = models.ForeignKey(DraftSigner, models.SET_NULL, null=True, related_name="sign_offs")
    verdict = models.CharField("ý kiến", max_length=8, choices=Verdict.choices, default=Verdict.PENDING)
    note = models.TextField("ghi chú", blank=True)
    decided_at = models.DateTimeField("lúc", null=True)
    # Differs from `user` where somebody decided on their behalf.
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ("step", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "step", "user"], name="sign_off_once", condition=Q(user__isnull=False)
            ),
        )
        indexes = (
            # what waits for one person
            models.Index(fields=["user"], name="sign_off_open", condition=Q(verdict="pending")),
        )

    @property
    def on_behalf(self) -> bool:
        """Decided by somebody in their place."""
        return self.decided_by_id is not None and self.decided_by_id != self.user_id


class DraftComment(models.Model):
    """A remark on a paragraph, or on the whole. Where it stands in a later text follows from the words it quotes."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="comments")
    version = models.ForeignKey(DraftVersion, models.CASCADE, null=True, related_name="+")
    place = models.PositiveSmallIntegerField("đoạn", null=True, blank=True)
    quote = models.TextField("nguyên văn", blank=True)
    text = models.TextField("góp ý")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", default=clock.now)
    answer = models.TextField("trả lời", blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    @property
    def is_open(self) -> bool:
        """Nobody has answered it yet."""
        return self.answered_at is None


class Delegation(Dated):
    """Somebody decides on drafts in another's place for some days."""

    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người vắng", related_name="delegations"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người thay", related_name="delegated"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan", related_name="delegations"
    )
    basis = models.CharField("căn cứ", max_length=300)
    ended_at = models.DateTimeField("kết thúc sớm lúc", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("lập lúc", default=clock.now)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "ủy quyền duyệt văn bản"
        verbose_name_plural = "ủy quyền duyệt văn bản"
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(principal=models.F("deputy")), name="delegation_to_another"),
        )

    def __str__(self) -> str:
        return f"{self.deputy} thay mặt {self.principal}"


class DocumentRelation(models.Model):
    """What a later paper did to an earlier one."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="acts_on")
    target = models.ForeignKey(Document, models.PROTECT, related_name="acted_on_by")
    kind = models.CharField("quan hệ", max_length=10, choices=RelationKind.choices)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["document", "target"], name="document_relation_once"),
            models.CheckConstraint(
                condition=~Q(document=models.F("target")), name="document_relation_to_another"
            ),
        )
