"""Servers that a test may kill: a Redis and an SMTP server of its own, processes of the product beside them."""

import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.worker import WorkerProcess, environment


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Waits until the condition holds.

    Raises:
        AssertionError: not within the seconds.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.02)


def is_up(port: int) -> bool:
    """Whether something listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Town:
    """Redis, mail server, workers and the office, each a process; `accepted` is what the mail server took."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes = folder, list[Any]()
        self.redis_port, self.smtp_port = free_port(), free_port()
        self.log, self.release = folder / "accepted", folder / "release"
        self.servers = {
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
        }
        self.redis: Any = None

    def start_redis(self) -> None:
        """Empty, as after a crash without persistence."""
        self.redis = self._run(
            "redis-server", "--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "",
            "--appendonly", "no", "--dir", str(self.folder),
        )  # fmt: skip
        wait_for(lambda: is_up(self.redis_port), 10, "Redis")

    def start_mail_server(self, *, hold_after: int | None = None) -> None:
        """Logs what it accepts; see `tests.faults.sink`."""
        hold = [] if hold_after is None else [str(hold_after), str(self.release)]
        self._run(sys.executable, "-m", "tests.faults.sink", str(self.smtp_port), str(self.log), *hold)
        wait_for(lambda: self.log.exists() and is_up(self.smtp_port), 10, "mail server")

    def start_worker(self) -> WorkerProcess:
        """A worker of the product."""
        folder = self.folder / f"worker{len(self.processes)}"
        folder.mkdir()
        worker = WorkerProcess.start(folder, servers=self.servers)
        self.processes.append(worker.process)
        return worker

    def issue(self, count: int) -> None:
        """Another process commits that many messages; whether Redis is there must not matter to it."""
        office = [sys.executable, "-m", "tests.faults.office", str(count)]
        env = environment(self.folder) | self.servers
        subprocess.run(office, cwd=settings.BASE_DIR, env=env, check=True, timeout=60)

    def sweep(self) -> None:
        """Beat's next tick."""
        from hdnd.celery import app
        from hdnd.outbox import tasks

        with app.connection_for_write(self.servers["REDIS_URL"]) as broker:
            tasks.sweep.apply_async(connection=broker)

    @property
    def accepted(self) -> list[int]:
        """Keys of the messages the mail server took, in that order."""
        return [int(line) for line in self.log.read_text().split()]

    @property
    def doubles(self) -> int:
        """Copies beyond the first."""
        return sum(count - 1 for count in Counter(self.accepted).values())

    def _run(self, *command: str) -> Any:
        with (self.folder / "servers.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def stop(self) -> None:
        """Ends what still runs."""
        for process in reversed(self.processes):
            if process.poll() is None:
                process.kill()
                process.wait()


@pytest.fixture
def town(on_postgresql: None, transactional_db: None, tmp_path: Path) -> Iterator[Town]:
    """Nothing runs yet but the Redis."""
    made = Town(tmp_path)
    made.start_redis()
    yield made
    made.stop()
