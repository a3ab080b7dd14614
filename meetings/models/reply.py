"""Every answer ever given: by a body to its invitation, by a member of the host in advance."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from councils.models import Membership, Person
from hdnd.lib import clock
from meetings.choices import Answer, AnswerChannel
from meetings.models.invitation import Invitation
from meetings.models.meeting import Meeting


class InvitationReplyQuerySet(models.QuerySet[Any]):
    """Replies in domain words."""

    def standing(self) -> Self:
        """Those that stand: the last one recorded of each invitation that counts as answered."""
        later = InvitationReply.objects.filter(invitation=OuterRef("invitation"), pk__gt=OuterRef("pk"))
        return self.exclude(invitation__answer="").filter(~Exists(later))


class InvitationReply(models.Model):
    """One answer of an invited body. Rows are only added; the last one recorded stands.

    What stands is copied to the invitation by `services.answering`, for lists and the door.
    """

    invitation = models.ForeignKey(
        Invitation, models.CASCADE, verbose_name="giấy mời", related_name="replies"
    )
    answer = models.CharField("trả lời", max_length=12, choices=Answer.choices)
    channel = models.CharField("cách trả lời", max_length=10, choices=AnswerChannel.choices)
    answered_by = models.CharField("người trả lời", max_length=200, blank=True)
    # When the body said so; it may be written down later.
    given_at = models.DateTimeField("trả lời lúc")
    recorded_at = models.DateTimeField("ghi lúc", default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    reason = models.TextField("lý do không dự", blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    objects: ClassVar[InvitationReplyQuerySet] = InvitationReplyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lần trả lời"
        verbose_name_plural = "các lần trả lời"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.invitation.organization.label}: {self.get_answer_display()}"


class InvitationReplyPerson(models.Model):
    """One of the people a body sends, in its own order."""

    reply = models.ForeignKey(InvitationReply, models.CASCADE, related_name="people")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="người dự", null=True, blank=True, related_name="sent_to"
    )
    name = models.CharField("họ và tên", max_length=200)
    title = models.CharField("chức vụ", max_length=200, blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    has_meal = models.BooleanField("ăn trưa", default=False)

    class Meta:
        verbose_name = "người được cử dự"
        verbose_name_plural = "người được cử dự"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.name}, {self.title}" if self.title else self.name


class MemberReply(models.Model):
    """What a member of the host said in advance; a member who said nothing has no row. The audit keeps earlier words."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="cuộc họp", related_name="member_replies"
    )
    membership = models.ForeignKey(
        Membership, models.PROTECT, verbose_name="thành viên", related_name="meeting_replies"
    )
    comes = models.BooleanField("dự")
    reason = models.CharField("lý do vắng", max_length=300, blank=True)
    has_meal = models.BooleanField("ăn trưa", default=False)
    channel = models.CharField("cách báo", max_length=10, choices=AnswerChannel.choices)
    recorded_at = models.DateTimeField("ghi lúc", default=clock.now)

    class Meta:
        verbose_name = "báo dự họp"
        verbose_name_plural = "báo dự họp"
        constraints = (models.UniqueConstraint(fields=["meeting", "membership"], name="member_reply_once"),)

    def __str__(self) -> str:
        return f"{self.membership.person}: {'dự' if self.comes else 'vắng'}"
