"""One invited body at one meeting, with its answer."""

from typing import Any, ClassVar

from django.db import models

from councils.models import Organization, Person
from documents.models import Document
from meetings.choices import Answer, AnswerChannel, Basis
from meetings.models.meeting import Meeting


class InvitationQuerySet(models.QuerySet[Any]):
    """Invitations in domain words."""

    def in_protocol_order(self) -> list[Any]:
        """The invited bodies that were not struck, as papers name them; one query."""
        rows = self.filter(is_left_out=False).select_related("organization__area", "person", "document")
        return sorted(rows, key=lambda row: row.organization.protocol_key)


class Invitation(models.Model):
    """A body invited to a meeting; its own members are convened, not invited, and have no row here."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="cuộc họp", related_name="invitations")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan được mời", related_name="invitations"
    )
    basis = models.CharField("căn cứ mời", max_length=8, choices=Basis.choices, default=Basis.HAND)
    # Codes of the clauses that name the body, as they stood when the invitation was issued.
    clauses = models.JSONField("điều khoản", default=list)
    reason = models.CharField("vì sao mời", max_length=500, blank=True)
    role = models.CharField("thành phần", max_length=60, blank=True)
    # Struck from the plan; when a clause names the body, its duties carry the reason.
    is_left_out = models.BooleanField("không mời", default=False)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="giấy mời", null=True, blank=True, related_name="invitations"
    )
    issued_at = models.DateTimeField("phát hành lúc", null=True, blank=True)
    # Part of the signed link; changing it ends every link sent before.
    nonce = models.CharField(max_length=16, blank=True)

    answer = models.CharField("trả lời", max_length=12, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.CharField("người trả lời", max_length=200, blank=True)
    channel = models.CharField("cách trả lời", max_length=10, choices=AnswerChannel.choices, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="người dự", null=True, blank=True, related_name="invitations"
    )
    attendee_name = models.CharField("người dự", max_length=200, blank=True)
    attendee_title = models.CharField("chức vụ người dự", max_length=200, blank=True)
    declined_because = models.TextField("lý do không dự", blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "giấy mời"
        verbose_name_plural = "giấy mời"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["meeting", "organization"], name="invitation_once"),)
        # "what invitations has my organization, not yet answered"
        indexes = (models.Index(fields=["organization", "answer"], name="invitation_org_answer"),)

    def __str__(self) -> str:
        return f"{self.organization.label}, {self.meeting}"

    @property
    def is_issued(self) -> bool:
        """Whether the invitation has left the office."""
        return self.issued_at is not None

    @property
    def standing(self) -> Any:
        """The `InvitationReply` that stands, the last one recorded; None while the body has not answered.

        The answers must be at hand (`queries.replies.with_replies`), or each row asks for them.
        """
        replies = list(self.replies.all())  # type: ignore[attr-defined]
        return replies[-1] if self.answer and replies else None
