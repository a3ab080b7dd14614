"""Opinions taken in writing: what is asked of whom until when, and every answer."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from councils.models import Organization, Person
from councils.models.dated import DatedQuerySet, Searchable
from documents.choices_consultation import Audience, ConsultationState, Opinion, OpinionChannel, TallyRule
from documents.law import consultation as law
from documents.models.document import Document
from hdnd.lib import clock, filetypes


class ConsultationQuerySet(DatedQuerySet):
    """Consultations in domain words."""

    def told(self) -> Self:
        """Those whose form went out."""
        return self.filter(opened_at__isnull=False)


class Consultation(Searchable):
    """Questions put in writing instead of a meeting, to members (a voice each) or to bodies (opinions only).

    Who counts among members is asked of the day of the deadline, never stored. What an answer came to is computed.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan lấy ý kiến", related_name="consultations"
    )
    title = models.CharField("nội dung lấy ý kiến", max_length=300)
    introduction = models.TextField("lời dẫn", blank=True)
    audience = models.CharField("lấy ý kiến của", max_length=8, choices=Audience.choices)
    # Whose members; empty when bodies are asked.
    members_of = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="thành viên của", null=True, blank=True, related_name="+"
    )
    # The last day, itself in time.
    deadline = models.DateField("hạn trả lời")
    rule = models.CharField("điều kiện thông qua", max_length=10, choices=TallyRule.choices)
    rule_basis = models.CharField("căn cứ của điều kiện", max_length=300, blank=True)
    counts_late = models.BooleanField("tính cả ý kiến quá hạn", default=False)
    # Working days before the deadline; empty: nobody is reminded by itself.
    remind_before = models.PositiveSmallIntegerField(
        "nhắc trước", null=True, blank=True, default=2, validators=[MaxValueValidator(law.FARTHEST)]
    )
    state = models.CharField(
        "trạng thái", max_length=10, choices=ConsultationState.choices, default=ConsultationState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField("lập lúc", default=clock.now)
    opened_at = models.DateTimeField("phát hành lúc", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    cancelled_because = models.CharField("lý do dừng", max_length=500, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="phiếu lấy ý kiến", null=True, blank=True, related_name="+"
    )
    result = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản kết quả", null=True, blank=True, related_name="+"
    )

    search_fields = ("title",)
    objects: ClassVar[ConsultationQuerySet] = ConsultationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lấy ý kiến bằng văn bản"
        verbose_name_plural = "lấy ý kiến bằng văn bản"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(audience=Audience.MEMBERS, members_of__isnull=False)
                | Q(audience=Audience.BODIES, members_of__isnull=True, rule=TallyRule.COLLECT),
                name="consultation_audience",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(document__isnull=False), name="consultation_has_form"
            ),
        )
        indexes = (
            # the list of one body, and what is open for the hourly reminder
            models.Index(fields=["organization", "-deadline"], name="consultation_list"),
            models.Index(fields=["state", "deadline"], name="consultation_open"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == ConsultationState.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether answers are taken, late ones included."""
        return self.state == ConsultationState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == ConsultationState.CLOSED

    @property
    def asks_members(self) -> bool:
        return self.audience == Audience.MEMBERS

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return law.is_late(clock.today(), self.deadline)


class ConsultationQuestion(models.Model):
    """One question; each is counted for itself."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("nội dung xin ý kiến", max_length=1000)

    class Meta:
        verbose_name = "nội dung xin ý kiến"
        verbose_name_plural = "nội dung xin ý kiến"
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["consultation", "position"], name="consultation_question_once"),
        )

    def __str__(self) -> str:
        return self.text


class ConsultationPaper(models.Model):
    """A file that goes with the questions."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="papers")
    title = models.CharField("tên tài liệu", max_length=300)
    file = models.CharField(max_length=120)
    file_name = models.CharField("tên tệp", max_length=200)
    size = models.PositiveIntegerField("dung lượng (byte)")

    class Meta:
        verbose_name = "tài liệu lấy ý kiến"
        verbose_name_plural = "tài liệu lấy ý kiến"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> filetypes.FileType:
        """PDF, Word and so on."""
        return filetypes.of_stored(self.file)


class ConsultationVoice(models.Model):
    """A person or a body that is asked. Rows of persons are made when the form goes out."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="voices")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="người", null=True, blank=True, related_name="voices"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan", null=True, blank=True, related_name="voices"
    )
    # Part of the signed link; changing it ends every link sent before.
    nonce = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = "phiếu"
        verbose_name_plural = "phiếu"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, organization__isnull=False),
                name="consultation_voice_of_one",
            ),
            models.UniqueConstraint(fields=["consultation", "person"], name="consultation_person_once"),
            models.UniqueConstraint(fields=["consultation", "organization"], name="consultation_body_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The person's name or the body's short one."""
        return str(self.person) if self.person else self.organization.label if self.organization else ""


class ConsultationAnswer(models.Model):
    """One answer to all questions. Rows are only added; which of them counts says `law.consultation.standing`."""

    voice = models.ForeignKey(ConsultationVoice, models.CASCADE, related_name="answers")
    channel = models.CharField("cách trả lời", max_length=10, choices=OpinionChannel.choices)
    answered_by = models.CharField("người trả lời", max_length=200, blank=True)
    # When it was said; the secretary may note it later.
    given_at = models.DateTimeField("trả lời lúc")
    recorded_at = models.DateTimeField("ghi lúc", default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    note = models.CharField("ghi chú", max_length=500, blank=True)
    scan = models.CharField("bản quét", max_length=120, blank=True)

    class Meta:
        verbose_name = "lần cho ý kiến"
        verbose_name_plural = "các lần cho ý kiến"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.voice}, {self.get_channel_display()}"

    @property
    def given_on(self) -> date:
        """The day in Vietnam on which it was given."""
        return clock.local(self.given_at).date()


class ConsultationOpinion(models.Model):
    """What an answer says to one question."""

    answer = models.ForeignKey(ConsultationAnswer, models.CASCADE, related_name="opinions")
    question = models.ForeignKey(ConsultationQuestion, models.PROTECT, related_name="opinions")
    opinion = models.CharField("ý kiến", max_length=10, choices=Opinion.choices)
    text = models.TextField("lý do, nội dung ý kiến", blank=True)

    class Meta:
        verbose_name = "ý kiến"
        verbose_name_plural = "ý kiến"
        ordering = ("question__position",)
        constraints = (
            models.UniqueConstraint(fields=["answer", "question"], name="consultation_opinion_once"),
        )

    def __str__(self) -> str:
        return self.get_opinion_display()
