"""Reads of jobs."""

from typing import Any

from django.db.models import QuerySet

from hdnd.jobs.choices import JobState
from hdnd.jobs.models import Job


def jobs_of(user: Any) -> QuerySet[Job]:
    """What the person started; nobody sees another's."""
    return Job.objects.filter(actor=user.pk)


def open_job(user: Any, kind: str, **args: Any) -> Job | None:
    """The person's newest job of the kind that is not over, with these among its args; for the page it was started on."""
    waiting = jobs_of(user).filter(kind=kind, state__in=[JobState.QUEUED, JobState.RUNNING])
    return next((job for job in waiting.order_by("-pk") if args.items() <= job.args.items()), None)
