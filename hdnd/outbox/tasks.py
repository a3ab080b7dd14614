"""Celery's entry to the outbox: ids in, one service call."""

from celery import shared_task

from hdnd.lib import health
from hdnd.outbox import services


@shared_task(name="hdnd.outbox.tasks.deliver_messages")
def deliver_messages(message_ids: list[int]) -> None:
    """Sends messages over one connection."""
    services.deliver_batch(message_ids=message_ids)


@shared_task(name="hdnd.outbox.tasks.sweep")
def sweep() -> None:
    """Sends what is due and was left behind; that it runs is the worker's sign of life."""
    services.deliver_due()
    health.pulse()
