"""What happened: who was there, what was voted."""

from django.db import models
from django.db.models import Q

from councils.models import Membership
from hdnd.lib import clock
from meetings.choices import Presence, VoteRule
from meetings.models.invitation import Invitation
from meetings.models.meeting import AgendaItem, Meeting


class Attendance(models.Model):
    """One member or one guest at one meeting. Guests never count to quorum."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="cuộc họp", related_name="attendance")
    membership = models.ForeignKey(
        Membership,
        models.PROTECT,
        verbose_name="thành viên",
        null=True,
        blank=True,
        related_name="attendance",
    )
    invitation = models.ForeignKey(
        Invitation, models.CASCADE, verbose_name="khách mời", null=True, blank=True, related_name="attendance"
    )
    presence = models.CharField("điểm danh", max_length=8, choices=Presence.choices)
    reason = models.CharField("lý do vắng", max_length=300, blank=True)
    guest_name = models.CharField("người dự", max_length=200, blank=True)
    guest_title = models.CharField("chức vụ", max_length=200, blank=True)
    marked_at = models.DateTimeField("ghi lúc", default=clock.now)

    class Meta:
        verbose_name = "điểm danh"
        verbose_name_plural = "điểm danh"
        constraints = (
            models.CheckConstraint(
                condition=Q(membership__isnull=False, invitation__isnull=True)
                | Q(membership__isnull=True, invitation__isnull=False),
                name="attendance_member_or_guest",
            ),
            models.UniqueConstraint(fields=["meeting", "membership"], name="attendance_member_once"),
            models.UniqueConstraint(fields=["meeting", "invitation"], name="attendance_guest_once"),
        )

    def __str__(self) -> str:
        return f"{self.membership or self.invitation}: {self.get_presence_display()}"


class VoteEvent(models.Model):
    """A vote by tally; whether it passed is computed from the members in force that day."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="cuộc họp", related_name="votes")
    item = models.ForeignKey(AgendaItem, models.PROTECT, verbose_name="nội dung", related_name="votes")
    motion = models.CharField("nội dung biểu quyết", max_length=500)
    rule = models.CharField("tỷ lệ cần", max_length=12, choices=VoteRule.choices, default=VoteRule.MAJORITY)
    in_favour = models.PositiveSmallIntegerField("tán thành")
    against = models.PositiveSmallIntegerField("không tán thành", default=0)
    other = models.PositiveSmallIntegerField("ý kiến khác", default=0)
    not_voting = models.PositiveSmallIntegerField("không biểu quyết", default=0)
    # Facts of the moment of the vote, so that a later change of memberships does not rewrite it.
    members = models.PositiveSmallIntegerField("tổng số thành viên")
    present = models.PositiveSmallIntegerField("có mặt")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "biểu quyết"
        verbose_name_plural = "biểu quyết"
        ordering = ("item__position", "pk")

    def __str__(self) -> str:
        return self.motion
