"""What must be sent, to whom, once. A message is a row written in the caller's transaction."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from hdnd.lib import clock
from hdnd.lib.dates import date_time
from hdnd.outbox.failure import Failure, failure_of


class State(models.TextChoices):
    """Life of a message; `sending` carries a lease, so a killed worker's message is taken up again."""

    QUEUED = "queued", "chờ gửi"
    SENDING = "sending", "đang gửi"
    SENT = "sent", "đã gửi"
    FAILED = "failed", "không gửi được"


class Message(models.Model):
    """One mail to one address."""

    dedupe_key = models.CharField(max_length=200, unique=True)
    to = models.CharField("người nhận", max_length=254)
    to_name = models.CharField("tên người nhận", max_length=200, blank=True)
    from_name = models.CharField("tên người gửi", max_length=200, blank=True)
    reply_to = models.CharField("trả lời tới", max_length=254, blank=True)
    subject = models.CharField("tiêu đề", max_length=500)
    text = models.TextField("nội dung")
    html = models.TextField("nội dung HTML", blank=True)
    # [{"name", "type", "file"}]: stored files by content, so a retry sends the same bytes
    attachments = models.JSONField("tệp kèm", default=list)
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    next_attempt_at = models.DateTimeField("lần thử tới", default=clock.now)
    last_error = models.TextField("lỗi gần nhất", blank=True)
    created_at = models.DateTimeField("tạo lúc", default=clock.now)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    about = GenericForeignKey("content_type", "object_id")

    class Meta:
        verbose_name = "thư"
        verbose_name_plural = "thư đi"
        ordering = ("-pk",)
        indexes = (
            # the sweep: what is due
            models.Index(
                fields=["next_attempt_at"], name="outbox_due", condition=Q(state__in=["queued", "sending"])
            ),
            # the limit of mails in a minute
            models.Index(fields=["sent_at"], name="outbox_sent"),
            # the messages of one invitation or meeting
            models.Index(fields=["content_type", "object_id"], name="outbox_about"),
        )

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def failure(self) -> Failure | None:
        """Why it did not arrive, or not yet; None when nothing went wrong."""
        return failure_of(self.last_error) if self.last_error else None

    @property
    def short_subject(self) -> str:
        """What comes before the colon, which is what tells mails of one meeting apart."""
        return self.subject.partition(":")[0]

    @property
    def state_in_words(self) -> str:
        """The state as people see it: one that came back was sent first."""
        is_returned = self.state == State.FAILED and self.sent_at is not None
        return "bị trả lại" if is_returned else str(State(self.state).label)

    @property
    def what_to_do(self) -> str:
        """Why it has not arrived and what to do about it, in one or two sentences; empty when all is well."""
        failure = self.failure
        if failure is None or self.state == State.SENT:
            return ""
        if self.state == State.FAILED:
            return f"{failure.what}. {failure.advice}"
        return f"{failure.what}. Hệ thống tự gửi lại lúc {date_time(self.next_attempt_at)}."
