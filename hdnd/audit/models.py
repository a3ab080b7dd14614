"""Who did what to which object, when, and what changed. Rows are only ever added."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from hdnd.audit.verbs import in_words
from hdnd.lib import clock


class Entry(models.Model):
    """One service call, written in its transaction."""

    at = models.DateTimeField("thời điểm", default=clock.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người làm",
        null=True,
        blank=True,
        related_name="+",
    )
    # The name is kept besides the key: answers by link have no account, and accounts get renamed.
    actor_name = models.CharField("tên người làm", max_length=200)
    verb = models.CharField("việc", max_length=80, db_index=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    object = GenericForeignKey("content_type", "object_id")
    object_name = models.CharField("đối tượng", max_length=300)
    changes = models.JSONField("thay đổi", default=dict)

    class Meta:
        verbose_name = "mục nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ("-at", "-pk")
        # The timeline of one record.
        indexes = (models.Index(fields=["content_type", "object_id", "-at"], name="audit_object_at"),)

    def __str__(self) -> str:
        return f"{self.verb}: {self.object_name}"

    @property
    def in_words(self) -> str:
        """What was done, in Vietnamese."""
        return in_words(self.verb)
