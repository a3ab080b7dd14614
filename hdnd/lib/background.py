"""The one way to hand work to Celery: after the transaction has committed, with ids only."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from celery import Task
from django.db import connection, transaction

_silenced: ContextVar[bool] = ContextVar("silenced", default=False)


def enqueue(task: "Task[Any, Any]", *ids: int | str) -> None:
    """Queues a task once the surrounding transaction commits; nothing is queued if it rolls back.

    A broker that is down must not undo what was written: the sweep finds the rows later.
    """
    if not _silenced.get():
        transaction.on_commit(lambda: task.apply_async(args=ids, retry=False), robust=True)


class _Together:
    """Keys that one transaction hands over, queued as few tasks once it commits."""

    def __init__(self, task: "Task[Any, Any]", size: int) -> None:
        self.task, self.size, self.keys = task, size, list[int]()

    def send(self) -> None:
        for start in range(0, len(self.keys), self.size):
            self.task.apply_async(args=(self.keys[start : start + self.size],), retry=False)


def enqueue_together(task: "Task[Any, Any]", key: int, *, size: int) -> None:
    """As `enqueue`, but keys that follow each other in a transaction become lists of at most `size` for one task."""
    if _silenced.get():
        return
    hooks = connection.run_on_commit
    last = getattr(hooks[-1][1], "__self__", None) if hooks else None
    if not (isinstance(last, _Together) and last.task is task):
        last = _Together(task, size)
        transaction.on_commit(last.send, robust=True)
    last.keys.append(key)


@contextmanager
def silenced() -> Iterator[None]:
    """Queues nothing within the block: for loading a demo or replaying the past."""
    token = _silenced.set(True)
    try:
        yield
    finally:
        _silenced.reset(token)
