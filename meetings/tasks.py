"""Celery's entry to meetings: one service call."""

from celery import shared_task

from meetings.services import reminding


@shared_task(name="meetings.tasks.send_reminders")
def send_reminders() -> None:
    """Sends what is owed now; beat calls it every hour of the working day, and most calls find nothing."""
    reminding.send_reminders()
