"""What became of an invitation after it was issued."""

from django.conf import settings
from django.db import models

from documents.models import Document
from hdnd.lib import clock
from meetings.choices import ChangeKind
from meetings.models.meeting import Meeting


class MeetingChange(models.Model):
    """One change of an issued invitation, with the numbered notice that told of it. Rows are only added."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="cuộc họp", related_name="changes")
    kind = models.CharField("thay đổi", max_length=10, choices=ChangeKind.choices)
    reason = models.TextField("lý do")
    # {"starts_at": [old, new], "place": …, "agenda": [[titles], [titles]]}: only what differs
    differences = models.JSONField("khác trước", default=dict)
    # The old time was answered for; those who had answered were asked again.
    asks_again = models.BooleanField("hỏi lại", default=False)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="thông báo", related_name="meeting_changes"
    )
    made_at = models.DateTimeField("lúc", default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người làm", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "thay đổi cuộc họp"
        verbose_name_plural = "thay đổi cuộc họp"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.meeting}"
