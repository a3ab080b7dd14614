"""What journeys share: the demo's province, and a worker whose mails reach a real SMTP server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coordination.demo import load_regulations
from councils.demo import load_accounts, load_bodies
from documents.demo import load_issuers
from tests.smtp import Sink, smtp_sink
from tests.worker import WorkerProcess


@pytest.fixture
def demo_province(transactional_db: None) -> None:
    """The demo's bodies, accounts, regulations and letterheads."""
    load_bodies()
    load_accounts()
    load_regulations()
    load_issuers()


@pytest.fixture
def post_office(transactional_db: None, live_server: Any, settings: Any, tmp_path: Path) -> Iterator[Sink]:
    """A real SMTP server; a real worker, and the site itself, send their mails to it."""
    with smtp_sink() as sink:
        settings.EMAIL_BACKEND = "hdnd.outbox.backends.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        servers = {"EMAIL_URL": f"smtp://127.0.0.1:{sink.port}"}
        worker = WorkerProcess.start(tmp_path, live_server.url, servers)
        yield sink
        worker.stop()
