"""The embedded Celery broker: kombu's filesystem transport, made safe against half-written files.

kombu's own transport opens a message's final name before it writes. A worker that looks in between
reads an empty file, fails on it and the message is lost. Here a message is written under a name that
no reader looks for and then renamed, and is taken by renaming it, both of which are atomic.
"""

import fcntl
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

SCHEME = "safefile"
POLL_SECONDS = 0.05
# Redis gives an unacknowledged task of a killed worker back after this; must exceed the longest task.
REDIS_VISIBILITY_SECONDS = 600


class Channel(filesystem.Channel):
    """Messages as files `<time>_<uuid>.<queue>.msg`; whatever starts with a dot is nobody's message yet."""

    def _put(  # type: ignore[override]  # as kombu's own, which its stubs of the base class contradict
        self, queue: str, payload: dict[str, Any], **_options: Any
    ) -> None:
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        _write_atomically(Path(self.data_folder_out) / name, dumps(payload))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        folder = Path(self.data_folder_in)
        # partition, as in kombu: a queue's own name may contain dots, time and uuid can't
        for name in sorted(name for name in os.listdir(folder) if name.partition(".")[2] == f"{queue}.msg"):
            taken = folder / f".taken-{name}"
            try:
                os.rename(folder / name, taken)
            except FileNotFoundError:
                continue  # another worker was faster
            payload = loads(taken.read_bytes())
            taken.unlink()
            return payload
        raise Empty

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str | None
    ) -> None:
        file: Path = self._exchange_file(exchange)  # type: ignore[attr-defined]  # not in the stubs
        with _locked(file.with_name(f".{file.name}.lock")):
            table = self.get_table(exchange)
            binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
            if binding not in table:
                _write_atomically(file, dumps([binding, *table]))


class Transport(filesystem.Transport):
    """kombu's filesystem transport with the safe channel."""

    Channel = Channel


TRANSPORT_ALIASES[SCHEME] = "hdnd.broker:Transport"


def celery_settings(redis_url: str | None, var_dir: Path) -> dict[str, object]:
    """Django settings of the namespace CELERY: Redis when its URL is given, else files in `var_dir`/broker.

    Acknowledged late and prefetched one by one: a task that dies with its worker is given back by Redis
    (after `REDIS_VISIBILITY_SECONDS`) but not by the embedded broker. What must not be lost is a row first.

    With Redis the worker counts what it runs instead of what it has not acknowledged: tasks that ended while Redis
    was away can't be acknowledged, and a worker full of those would never ask Redis again.
    """
    settings: dict[str, object] = {
        "CELERY_TIMEZONE": "Asia/Ho_Chi_Minh",
        "CELERY_TASK_ACKS_LATE": True,
        "CELERY_TASK_IGNORE_RESULT": True,
        "CELERY_TASK_SERIALIZER": "json",
        "CELERY_ACCEPT_CONTENT": ["json"],
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        # Broadcast queues for remote control only gather files nobody reads.
        "CELERY_WORKER_ENABLE_REMOTE_CONTROL": False,
        "CELERY_WORKER_HIJACK_ROOT_LOGGER": False,
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
    }
    if redis_url:
        options: dict[str, object] = {"visibility_timeout": REDIS_VISIBILITY_SECONDS}
        return settings | {
            "CELERY_BROKER_URL": redis_url,
            "CELERY_BROKER_TRANSPORT_OPTIONS": options,
            "CELERY_WORKER_DISABLE_PREFETCH": True,
            "CELERY_WORKER_PREFETCH_MULTIPLIER": 0,
        }
    messages, control = var_dir / "broker" / "messages", var_dir / "broker" / "control"
    for folder in (messages, control):
        folder.mkdir(parents=True, exist_ok=True)
    return settings | {
        "CELERY_BROKER_URL": f"{SCHEME}://localhost",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(messages),
            "data_folder_out": str(messages),
            "control_folder": str(control),
            "polling_interval": POLL_SECONDS,
        },
    }


def _write_atomically(file: Path, content: str) -> None:
    """The file appears with all its content or not at all."""
    draft = file.with_name(f".{uuid.uuid4()}.draft")
    draft.write_text(content, encoding="utf-8")
    os.rename(draft, file)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """One process at a time; the lock ends with the process."""
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
