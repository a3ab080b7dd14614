"""Celery's entry to documents: names in at most, one service call."""

from celery import shared_task

from documents.services import consultation_mails, reading


@shared_task(name="documents.tasks.read_file")
def read_file(file: str) -> None:
    """Reads what one stored file says."""
    reading.read_file(file=file)


@shared_task(name="documents.tasks.read_what_is_left")
def read_what_is_left() -> None:
    """Reads what a lost broker, a killed worker or a demo left unread."""
    reading.read_what_is_left()


@shared_task(name="documents.tasks.remind_of_consultations")
def remind_of_consultations() -> None:
    """Reminds those who have not given their opinion; beat calls it every hour of the working day."""
    consultation_mails.send_reminders()
