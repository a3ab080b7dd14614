"""The health page and the health check of containers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import Error, connection
from django.test import Client

from hdnd.lib import clock, health
from hdnd.outbox import tasks

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)


class Down:
    """Refuses whatever is asked of it."""

    def __init__(self, error: type[Exception]) -> None:
        self.error = error

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise self.error("gone")


def test_all_is_well(db: None, client: Client) -> None:
    answer = client.get("/suc-khoe/")
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (
        200, b"ok", "max-age=0, no-cache, no-store, must-revalidate, private",
    )  # fmt: skip


def test_a_database_that_is_gone(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", Down(Error))
        answer = client.get("/suc-khoe/")
    assert (answer.status_code, answer.content.decode()) == (503, "không kết nối được: cơ sở dữ liệu")


def test_a_cache_that_is_gone(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(health.cache, "set", Down(ConnectionError))
        answer = client.get("/suc-khoe/")
    assert (answer.status_code, answer.content.decode()) == (
        503, "không kết nối được: bộ nhớ đệm và hàng đợi",
    )  # fmt: skip


def test_a_worker_is_well_while_it_sweeps(db: None, set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)
    cache.delete("pulse")
    with pytest.raises(CommandError, match="lâu rồi chưa quét thư"):
        call_command("healthy", "worker")
    tasks.sweep()
    call_command("healthy", "worker")
    set_clock(NOW + health.PULSE_LIMIT)
    call_command("healthy", "worker")
    set_clock(NOW + health.PULSE_LIMIT + timedelta(seconds=1))
    with pytest.raises(CommandError, match="lâu rồi chưa quét thư"):
        call_command("healthy", "worker")


@pytest.mark.django_db(transaction=True)
def test_a_web_process_is_asked_under_its_public_name(live_server: Any, settings: Any) -> None:
    port = int(live_server.url.rpartition(":")[2])
    settings.ALLOWED_HOSTS = ["hdnd.example.vn"]
    call_command("healthy", "web", "--port", str(port))
    settings.ALLOWED_HOSTS = ["*.none"]
    with pytest.raises(CommandError, match="web: 400"):
        call_command("healthy", "web", "--port", str(port))


def test_no_web_process(db: None) -> None:
    with pytest.raises(CommandError, match="web: "):
        call_command("healthy", "web", "--port", "1")
