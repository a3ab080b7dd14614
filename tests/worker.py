"""A real Celery worker for a test, on the test's own database, broker and files."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

START_SECONDS = 30
STOP_SECONDS = 10


@dataclass
class WorkerProcess:
    """A running worker; `log` is all it wrote, `mail_folder` holds the mails it sent as files."""

    process: "subprocess.Popen[bytes]"
    log_file: Path
    mail_folder: Path

    @classmethod
    def start(
        cls,
        folder: Path,
        site_url: str | None = None,
        servers: dict[str, str] | None = None,
        include: str = "",
    ) -> "WorkerProcess":
        """Starts a worker that writes into `folder` and waits until it takes tasks.

        Args:
            servers: `REDIS_URL` of a test that kills its own, `EMAIL_URL` of one with a mail server.
            include: a module with further tasks.

        Raises:
            AssertionError: it ended, or was not ready in time; the message holds its log.
        """
        if "REDIS_URL" not in (servers or {}):
            _purge()
        mail_folder, log_file = folder / "mail", folder / "worker.log"
        mail_folder.mkdir()
        with log_file.open("wb") as log:
            process = subprocess.Popen(
                [
                    sys.executable, "-m", "celery", "-A", "hdnd", "worker", "-P", "threads", "-c", "4",
                    "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO",
                    *(["--include", include] if include else []),
                ],
                cwd=settings.BASE_DIR, env=environment(mail_folder, site_url) | (servers or {}), stdout=log, stderr=log,
            )  # fmt: skip
        worker = cls(process, log_file, mail_folder)
        worker.wait_for(lambda: " ready." in worker.log, START_SECONDS)
        return worker

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, condition, seconds: float = 15.0) -> None:
        """Waits until the condition holds.

        Raises:
            AssertionError: not within the seconds, or the worker ended.
        """
        deadline = time.monotonic() + seconds
        while not condition():
            assert self.process.poll() is None, f"the worker ended\n{self.log}"
            assert time.monotonic() < deadline, f"nothing after {seconds} s\n{self.log}"
            time.sleep(0.05)

    def kill(self) -> None:
        """Ends it as a power cut would: without a word."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ends it in order: what runs is finished first."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()


def _purge() -> None:
    """Tasks of earlier tests, about rows that are gone."""
    from hdnd.celery import app

    with app.connection_for_write() as broker:
        broker.default_channel.queue_declare("celery", durable=True)
        broker.default_channel.queue_purge("celery")


def environment(mail_folder: Path, site_url: str | None = None) -> dict[str, str]:
    """What a process of the product needs to work on the test's own data."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "hdnd.settings",
        "DATABASE_URL": _database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "VAR_DIR": str(settings.VAR_DIR),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "SECRET_KEY": settings.SECRET_KEY,
        "SITE_URL": site_url or settings.SITE_URL,
        "EMAIL_URL": f"file://{quote(str(mail_folder))}",
    }


def _database_url() -> str:
    """The address of the test database: its name is known only after it was made."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{quote(str(database['NAME']))}"
    user, password = quote(database["USER"]), quote(database["PASSWORD"])
    server = f"host={quote(database['HOST'], safe='')}&port={database['PORT']}"
    return f"postgres://{user}:{password}@/{database['NAME']}?{server}"
