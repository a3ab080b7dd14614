"""Bound sets of a meeting's papers, a version each time they are bound."""

from django.conf import settings
from django.db import models

from documents.models import Document
from hdnd.lib import clock
from meetings.models.meeting import Meeting


class MeetingPack(models.Model):
    """One version of the papers bound to one file; what was printed is never changed, the next is another version."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="cuộc họp", related_name="packs")
    number = models.PositiveSmallIntegerField("bản")
    made_at = models.DateTimeField("lập lúc", default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", related_name="+"
    )
    file = models.CharField(max_length=120)
    size = models.PositiveIntegerField("dung lượng (byte)")
    page_count = models.PositiveIntegerField("số trang")
    # SHA-256 of all that it was bound from.
    fingerprint = models.CharField(max_length=64)
    # [{"key", "number", "title", "labels", "since"}]: what each paper was numbered, which later versions keep.
    parts = models.JSONField("tài liệu", default=list)
    # [{"title", "why"}]: what could not be printed.
    left_out = models.JSONField("không in được", default=list, blank=True)
    # Issued papers it holds: only who may open all of them may open the pack.
    documents = models.ManyToManyField(
        Document, verbose_name="văn bản trong tập", blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "tập tài liệu"
        verbose_name_plural = "tập tài liệu"
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["meeting", "number"], name="pack_number_once"),)

    def __str__(self) -> str:
        return f"Tập tài liệu, bản {self.number}"
