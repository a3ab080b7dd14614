"""Reads of jobs."""

from typing import Any

from django.db.models import QuerySet

from hdnd.jobs.models import Job


def jobs_of(user: Any) -> QuerySet[Job]:
    """What the person started; nobody sees another's."""
    return Job.objects.filter(actor=user.pk)
