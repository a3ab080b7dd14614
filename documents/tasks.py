"""Celery's entry to documents: names in, one service call."""

from celery import shared_task

from documents.services import reading


@shared_task(name="documents.tasks.read_file")
def read_file(file: str) -> None:
    """Reads what one stored file says."""
    reading.read_file(file=file)


@shared_task(name="documents.tasks.read_what_is_left")
def read_what_is_left() -> None:
    """Reads what a lost broker, a killed worker or a demo left unread."""
    reading.read_what_is_left()
