"""When to remind, what was reminded of, and which meetings are left alone."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from coordination.choices import EventKind
from councils.models import Organization
from hdnd.outbox.models import Message
from meetings.choices import ReminderKind
from meetings.law.reminders import FARTHEST
from meetings.models.invitation import Invitation
from meetings.models.meeting import AgendaItem, Meeting
from meetings.models.minutes import Conclusion


class ReminderRule(models.Model):
    """On which working days to remind; the row that says most about a meeting counts for it."""

    what = models.CharField("nhắc về", max_length=12, choices=ReminderKind.choices)
    event_kind = models.CharField(
        "loại cuộc họp", max_length=30, choices=EventKind.choices, blank=True, help_text="Bỏ trống: mọi loại."
    )
    host = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan tổ chức", null=True, blank=True, related_name="+",
        help_text="Bỏ trống: mọi cơ quan. Chọn HĐND thì dùng cho cả Thường trực và các Ban.",
    )  # fmt: skip
    days_before = models.JSONField("nhắc trước", default=list, blank=True)
    days_after = models.JSONField("nhắc sau hạn", default=list, blank=True)
    is_active = models.BooleanField(
        "có nhắc", default=True, help_text="Bỏ chọn: không nhắc trong các trường hợp này."
    )

    class Meta:
        verbose_name = "lịch nhắc việc"
        verbose_name_plural = "lịch nhắc việc"
        ordering = ("what", "event_kind", "host")
        constraints = (
            models.UniqueConstraint(fields=["what", "event_kind", "host"], name="reminder_rule_once"),
            models.UniqueConstraint(
                fields=["what", "event_kind"], name="reminder_rule_once_for_all", condition=Q(host=None),
                violation_error_message="Đã có lịch nhắc cho trường hợp này. Sửa dòng đã có thay vì thêm dòng mới.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        where = [
            self.get_event_kind_display() if self.event_kind else "",
            self.host.label if self.host else "",
        ]
        return ", ".join([self.get_what_display(), *(word for word in where if word)])

    def clean(self) -> None:
        super().clean()
        self._check("days_before", 0)
        self._check("days_after", 1)
        if self.days_after and self.what != ReminderKind.TASK:
            raise ValidationError(
                {
                    "days_after": "Chỉ nhiệm vụ mới nhắc sau hạn; cuộc họp đã qua thì không nhắc. Bỏ trống ô này."
                }
            )
        if self.is_active and not (self.days_before or self.days_after):
            raise ValidationError(
                {"days_before": "Ghi ít nhất một ngày, ví dụ 2, 1. Nếu không muốn nhắc, bỏ chọn “có nhắc”."}
            )

    def _check(self, name: str, least: int) -> None:
        days = getattr(self, name)
        if not isinstance(days, list) or not all(
            type(day) is int and least <= day <= FARTHEST for day in days
        ):
            raise ValidationError(
                {
                    name: f"Ghi số ngày làm việc từ {least} đến {FARTHEST}, cách nhau bằng dấu phẩy, ví dụ 2, 1."
                }
            )

    def specificity(self, meeting: Meeting) -> int:
        """How closely the rule fits the meeting; 0 when it does not."""
        if self.event_kind not in {"", meeting.kind}:
            return 0
        if self.host_id not in {None, meeting.host_id, meeting.host.family_root_id}:
            return 0
        host = 0 if self.host_id is None else 4 if self.host_id == meeting.host_id else 2
        return 1 + host + bool(self.event_kind)


class ReminderPause(models.Model):
    """A meeting of which nobody is reminded any more; the audit says who switched it off."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, verbose_name="cuộc họp", primary_key=True, related_name="reminder_pause"
    )

    class Meta:
        verbose_name = "cuộc họp không nhắc"
        verbose_name_plural = "cuộc họp không nhắc"

    def __str__(self) -> str:
        return str(self.meeting)


_ONE_THING = (
    Q(invitation__isnull=False, item__isnull=True, conclusion__isnull=True)
    | Q(invitation__isnull=True, item__isnull=False, conclusion__isnull=True)
    | Q(invitation__isnull=True, item__isnull=True, conclusion__isnull=False)
)


class ReminderSent(models.Model):
    """One thing of which one address was reminded on one day, and the mail that did it."""

    invitation = models.ForeignKey(
        Invitation, models.CASCADE, verbose_name="giấy mời", null=True, blank=True, related_name="reminders"
    )
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, verbose_name="nội dung", null=True, blank=True, related_name="reminders"
    )
    conclusion = models.ForeignKey(
        Conclusion, models.CASCADE, verbose_name="kết luận", null=True, blank=True, related_name="reminders"
    )
    to = models.CharField("địa chỉ", max_length=254)  # lower case
    sent_on = models.DateField("ngày nhắc")
    message = models.ForeignKey(Message, models.PROTECT, verbose_name="thư", related_name="+")

    class Meta:
        verbose_name = "lần nhắc"
        verbose_name_plural = "lần nhắc"
        constraints = (
            models.CheckConstraint(condition=_ONE_THING, name="reminder_of_one_thing"),
            models.UniqueConstraint(fields=["invitation", "to", "sent_on"], name="reminder_invitation_once"),
            models.UniqueConstraint(fields=["item", "to", "sent_on"], name="reminder_item_once"),
            models.UniqueConstraint(fields=["conclusion", "to", "sent_on"], name="reminder_conclusion_once"),
        )

    def __str__(self) -> str:
        return f"{self.sent_on:%d/%m/%Y} → {self.to}"
