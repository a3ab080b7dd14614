"""Celery's entry to jobs: ids in, one service call."""

from celery import shared_task

from hdnd.jobs import services


@shared_task(name="hdnd.jobs.tasks.run_job")
def run_job(job_id: int) -> None:
    """Does one job."""
    services.run(job_id=job_id)


@shared_task(name="hdnd.jobs.tasks.sweep_jobs")
def sweep_jobs() -> None:
    """Hands on what was left, forgets what is old."""
    services.sweep()
