"""Minutes written item by item, commented, approved, locked; conclusions that become tasks."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from councils.models import Organization
from documents.models import Document
from hdnd.lib import clock
from meetings.choices import MinutesState
from meetings.models.meeting import AgendaItem, Meeting


class Minutes(models.Model):
    """One version of a meeting's minutes. A correction is a new version that names the old."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, verbose_name="cuộc họp", related_name="minutes_versions"
    )
    number = models.PositiveSmallIntegerField("bản", default=1)
    state = models.CharField(
        "trạng thái", max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT
    )
    opening = models.TextField("mở đầu", blank=True)
    closing = models.TextField("kết thúc", blank=True)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="đính chính bản",
        null=True,
        blank=True,
        related_name="corrected_by",
    )
    correction_reason = models.TextField("lý do đính chính", blank=True)
    circulated_at = models.DateTimeField("lấy ý kiến từ", null=True, blank=True)
    comment_until = models.DateField("góp ý đến hết ngày", null=True, blank=True)
    locked_at = models.DateTimeField("khóa lúc", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản", null=True, blank=True, related_name="minutes"
    )
    # Optimistic lock: each save of the text carries the version it was read with.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "biên bản"
        verbose_name_plural = "biên bản"
        ordering = ("meeting", "-number")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_number_once"),
            models.CheckConstraint(
                condition=~Q(state=MinutesState.LOCKED) | Q(locked_at__isnull=False), name="minutes_locked_at"
            ),
        )

    def __str__(self) -> str:
        return f"Biên bản {self.meeting}" + (f", bản {self.number}" if self.number > 1 else "")

    @property
    def is_locked(self) -> bool:
        """Approved by the chair; never changed afterwards."""
        return self.state == MinutesState.LOCKED


class MinutesEntry(models.Model):
    """What was said on one agenda item."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="entries")
    item = models.ForeignKey(AgendaItem, models.PROTECT, verbose_name="nội dung", related_name="entries")
    text = models.TextField("diễn biến, ý kiến", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "diễn biến"
        verbose_name_plural = "diễn biến"
        ordering = ("item__position",)
        constraints = (models.UniqueConstraint(fields=["minutes", "item"], name="minutes_entry_once"),)

    def __str__(self) -> str:
        return str(self.item)


class MinutesComment(models.Model):
    """A participant's remark on circulated minutes."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người góp ý")
    item = models.ForeignKey(AgendaItem, models.PROTECT, verbose_name="nội dung", null=True, blank=True)
    text = models.TextField("ý kiến")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "góp ý biên bản"
        verbose_name_plural = "góp ý biên bản"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:80]


class Conclusion(models.Model):
    """A conclusion of the chair: who does what by when, reporting to whom. It is the task."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="cuộc họp", related_name="conclusions")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, verbose_name="nội dung", null=True, blank=True, related_name="conclusions"
    )
    position = models.PositiveSmallIntegerField("số", default=1)
    assignee = models.ForeignKey(Organization, models.PROTECT, verbose_name="giao cho", related_name="tasks")
    text = models.TextField("việc phải làm")
    due_on = models.DateField("hạn", null=True, blank=True)
    report_to = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="báo cáo", null=True, blank=True, related_name="+"
    )
    notice = models.ForeignKey(
        Document,
        models.PROTECT,
        verbose_name="thông báo kết luận",
        null=True,
        blank=True,
        related_name="conclusions",
    )
    done_on = models.DateField("hoàn thành ngày", null=True, blank=True)
    done_note = models.TextField("kết quả", blank=True)

    class Meta:
        verbose_name = "kết luận"
        verbose_name_plural = "kết luận"
        ordering = ("meeting", "position")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "position"], name="conclusion_position_once"),
        )
        indexes = (
            # the desk: open tasks of one body by due day
            models.Index(fields=["assignee", "due_on"], name="task_open", condition=Q(done_on=None)),
        )

    def __str__(self) -> str:
        return self.text[:120]
