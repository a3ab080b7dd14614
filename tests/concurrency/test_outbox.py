"""Eight workers on one message send one mail."""

import time
from datetime import datetime
from threading import Lock
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from hdnd.lib import clock
from hdnd.outbox.models import Message, State
from hdnd.outbox.services import deliver, queue
from hdnd.outbox.tasks import sweep
from tests.concurrency.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]
NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)


class SlowServer(BaseEmailBackend):
    """Takes its time, so that a second copy would have its chance."""

    def __init__(self) -> None:
        super().__init__()
        self.lock, self.sent = Lock(), 0

    def send_messages(self, messages: list[Any]) -> int:
        time.sleep(0.1)
        with self.lock:
            self.sent += len(messages)
        return len(messages)


def queued(key: str) -> Message:
    with clock.at(NOW), transaction.atomic():
        message = queue(dedupe_key=key, to="a@coquan.test", subject="Giấy mời", text="Kính mời")
    assert message is not None
    return message


def test_eight_workers_send_one_mail() -> None:
    message, server = queued("k"), SlowServer()
    results = together(8, lambda _: deliver(message_id=message.pk, connection=server), at=NOW)
    assert (results.count(State.SENT), results.count(None), server.sent) == (1, 7, 1)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.SENT, 1)


def test_two_sweeps_share_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    server = SlowServer()
    monkeypatch.setattr("hdnd.outbox.services.get_connection", lambda: server)
    for number in range(10):
        queued(f"k{number}")
    assert together(2, lambda _: sweep(), at=NOW) == [None, None]
    assert server.sent == 10
    assert set(Message.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


def test_the_same_key_from_many_is_one_message() -> None:
    def attempt(_: int) -> Message | None:
        with transaction.atomic():
            return queue(dedupe_key="k", to="a@coquan.test", subject="x", text="x")

    results = together(8, attempt, at=NOW)
    assert [type(result).__name__ for result in results].count("Message") == 1
    assert results.count(None) == 7
    assert Message.objects.count() == 1
