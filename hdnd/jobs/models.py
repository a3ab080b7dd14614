"""A piece of long work that somebody started."""

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q

from hdnd.jobs.choices import JobState
from hdnd.lib import clock


class Job(models.Model):
    """One run of a kind of work, for the person who started it."""

    kind = models.CharField("loại việc", max_length=60)
    args = models.JSONField("tham số", default=dict, blank=True)
    # SHA-256 of kind, args and the caller's word for the content; empty: never the same work twice.
    fingerprint = models.CharField(max_length=64, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người yêu cầu", related_name="jobs"
    )
    title = models.CharField("việc", max_length=300)
    back = models.CharField("trang bắt đầu", max_length=300, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField("đã làm", default=0)
    total = models.PositiveIntegerField("tổng số", default=0)
    tries = models.PositiveSmallIntegerField("số lần chạy", default=0)
    # When the sweep should look at it: no worker came, or the lease of one that did has run out.
    due_at = models.DateTimeField("xem lại lúc", default=clock.now)
    file = models.CharField(max_length=120, blank=True)
    filename = models.CharField("tệp kết quả", max_length=200, blank=True)
    mime = models.CharField("loại tệp", max_length=100, blank=True)
    page = models.CharField("trang kết quả", max_length=300, blank=True)
    error = models.TextField("lỗi", blank=True)
    created_at = models.DateTimeField("tạo lúc", default=clock.now)
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "việc chạy nền"
        verbose_name_plural = "việc chạy nền"
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["due_at"], name="job_due", condition=Q(state__in=["queued", "running"])),
            models.Index(fields=["fingerprint"], name="job_fingerprint", condition=~Q(fingerprint="")),
            models.Index(fields=["created_at"], name="job_created"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether a worker has, or should have, its hands on it."""
        return self.state in {JobState.QUEUED, JobState.RUNNING}

    @property
    def opens(self) -> bool:
        """Whether a browser may show the result by itself: a PDF; nothing that could hold a script."""
        return self.mime == "application/pdf"

    @property
    def ending(self) -> str:
        """`PDF`, `XLSX`: what the result is, from its name."""
        return PurePath(self.filename).suffix.removeprefix(".").upper()
