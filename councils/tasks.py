"""Celery's entry to long imports: ids in, one service call."""

from celery import shared_task

from councils.services import importing


@shared_task(name="councils.tasks.check_import")
def check_import(run_id: int) -> None:
    """Checks an uploaded file."""
    importing.check_import(run_id=run_id)


@shared_task(name="councils.tasks.write_import")
def write_import(run_id: int) -> None:
    """Writes a confirmed file."""
    importing.write_import(run_id=run_id)


@shared_task(name="councils.tasks.sweep_imports")
def sweep_imports() -> None:
    """Hands on what a worker left unfinished."""
    importing.take_up_left()
