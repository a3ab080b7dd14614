"""The one way to hand work to Celery: after the transaction has committed, with ids only."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from celery import Task
from django.db import transaction

_silenced: ContextVar[bool] = ContextVar("silenced", default=False)


def enqueue(task: "Task[Any, Any]", *ids: int | str) -> None:
    """Queues a task once the surrounding transaction commits; nothing is queued if it rolls back.

    A broker that is down must not undo what was written: the sweep finds the rows later.
    """
    if not _silenced.get():
        transaction.on_commit(lambda: task.apply_async(args=ids, retry=False), robust=True)


@contextmanager
def silenced() -> Iterator[None]:
    """Queues nothing within the block: for loading a demo or replaying the past."""
    token = _silenced.set(True)
    try:
        yield
    finally:
        _silenced.reset(token)
