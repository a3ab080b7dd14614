"""Celery's entry to the outbox: ids in, one service call."""

from celery import shared_task

from hdnd.outbox import services


@shared_task(name="hdnd.outbox.tasks.deliver_message")
def deliver_message(message_id: int) -> None:
    """Sends one message."""
    services.deliver(message_id=message_id)


@shared_task(name="hdnd.outbox.tasks.sweep")
def sweep() -> None:
    """Sends what is due and was left behind, each over a connection of its own: one that broke harms only one."""
    for message_id in services.due_ids():
        services.deliver(message_id=message_id)
