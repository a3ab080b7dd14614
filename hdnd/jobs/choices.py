"""Life of a job."""

from django.db import models


class JobState(models.TextChoices):
    """`running` carries a lease, so a killed worker's job is taken up again."""

    QUEUED = "queued", "chờ chạy"
    RUNNING = "running", "đang chạy"
    DONE = "done", "đã xong"
    FAILED = "failed", "không xong"
