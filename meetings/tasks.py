"""Celery's entry to meetings: ids in, one service call."""

from celery import shared_task

from meetings.services import reminding, series


@shared_task(name="meetings.tasks.send_reminders")
def send_reminders() -> None:
    """Sends what is owed now; beat calls it every hour of the working day, and most calls find nothing."""
    reminding.send_reminders()


@shared_task(name="meetings.tasks.fill_series")
def fill_series(series_id: int, actor_id: int) -> None:
    """Creates the missing plans of a series."""
    series.fill_series(series_id=series_id, actor_id=actor_id)


@shared_task(name="meetings.tasks.sweep_series")
def sweep_series() -> None:
    """Goes on with the series that a killed worker or a lost broker left half planned."""
    series.sweep()
