"""Many messages over one connection: each leased and settled by itself, what the server allows kept."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from hdnd.lib import clock
from hdnd.outbox import services, tasks
from hdnd.outbox.models import Message, State
from hdnd.outbox.services import BACKOFF, LEASE, deliver_batch, deliver_due, queue
from tests.ledger import entries

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)
UNKNOWN = {"code": 550, "said": b"5.1.1 no such user"}


class Server(BaseEmailBackend):
    """Counts connections; answers an address with the error given for it, once for each in the list."""

    def __init__(self, **errors: list[Exception]) -> None:
        super().__init__()
        self.errors, self.opened, self.is_open, self.sent = errors, 0, False, list[str]()

    def open(self) -> bool:
        if self.is_open:
            return False
        if self.errors.get("open"):
            raise self.errors["open"].pop(0)
        self.is_open, self.opened = True, self.opened + 1
        return True

    def close(self) -> None:
        self.is_open = False

    def send_messages(self, messages: Any) -> int:
        assert self.is_open
        for mail in messages:
            address = mail.recipients()[0].split("@")[0]
            if self.errors.get(address):
                raise self.errors[address].pop(0)
            self.sent.append(address)
        return len(messages)


@pytest.fixture(autouse=True)
def _now(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Server]:
    """Puts a server in the place of the configured one."""

    def put(**errors: list[Exception]) -> Server:
        server = Server(**errors)
        monkeypatch.setattr("hdnd.outbox.services.get_connection", lambda: server)
        return server

    return put


def queued(count: int) -> list[int]:
    """Messages to a1@, a2@ and so on."""
    ids = []
    with transaction.atomic():
        for number in range(1, count + 1):
            made = queue(
                dedupe_key=f"k{number}", to=f"a{number}@coquan.test", subject="Giấy mời", text="Kính mời"
            )
            assert made is not None
            ids.append(made.pk)
    return ids


def states() -> dict[str, int]:
    """How many messages stand in which state."""
    found = list(Message.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in sorted(set(found))}


def test_forty_go_over_one_connection(db: None, serve: Callable[..., Server]) -> None:
    server, ids = serve(), queued(40)
    assert deliver_batch(message_ids=ids) is True
    assert (server.opened, server.is_open, server.sent) == (1, False, [f"a{n}" for n in range(1, 41)])
    assert set(Message.objects.values_list("state", "attempts", "sent_at")) == {(State.SENT, 1, NOW)}


def test_one_refused_address_of_forty_fails_alone_and_by_name(db: None, serve: Callable[..., Server]) -> None:
    refusal = smtplib.SMTPRecipientsRefused({"a17@coquan.test": (550, b"5.1.1 no such user")})
    server, ids = serve(a17=[refusal]), queued(40)
    assert deliver_batch(message_ids=ids) is True
    assert (len(server.sent), states()) == (39, {State.FAILED: 1, State.SENT: 39})
    failed = Message.objects.get(state=State.FAILED)
    assert (failed.to, failed.failure.kind, failed.sent_at) == ("a17@coquan.test", "unknown", None)
    assert [entry.verb for entry in entries(failed)] == ["outbox.message.failed"]


def test_a_broken_connection_is_opened_again(db: None, serve: Callable[..., Server]) -> None:
    server, ids = serve(a2=[smtplib.SMTPServerDisconnected("gone")]), queued(4)
    assert deliver_batch(message_ids=ids) is True
    assert (server.opened, server.sent) == (2, ["a1", "a3", "a4"])
    waiting = Message.objects.get(state=State.QUEUED)
    assert (waiting.to, waiting.next_attempt_at) == ("a2@coquan.test", NOW + BACKOFF[0])


def test_a_server_that_is_down_costs_two_tries_and_not_fifty(db: None, serve: Callable[..., Server]) -> None:
    server, ids = serve(open=[ConnectionRefusedError(111, "Connection refused")] * 9), queued(40)
    assert deliver_batch(message_ids=ids) is False
    assert (server.sent, len(server.errors["open"])) == ([], 7)
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0] * 38 + [1, 1]
    assert states() == {State.QUEUED: 40}
    # It is back: what was not tried is due at once, the two after their wait.
    server.errors.clear()
    deliver_due()
    assert len(server.sent) == 38
    with clock.at(NOW + BACKOFF[0]):
        deliver_due()
    assert states() == {State.SENT: 40}


def test_a_slow_server_does_not_hold_a_task_longer_than_the_broker_waits(
    db: None, serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, ids = serve(), queued(5)
    ticks = iter(range(0, 10_000, 100))
    monkeypatch.setattr("hdnd.outbox.services.time.monotonic", lambda: next(ticks))
    assert deliver_batch(message_ids=ids) is False
    assert (server.sent, states()) == (["a1", "a2"], {State.QUEUED: 3, State.SENT: 2})


def test_what_another_worker_holds_or_has_changed_is_left_alone(
    db: None, serve: Callable[..., Server]
) -> None:
    server, ids = serve(), queued(3)
    Message.objects.filter(pk=ids[0]).update(state=State.SENDING, next_attempt_at=NOW + LEASE)
    read = Message.objects.get(pk=ids[1])
    Message.objects.filter(pk=ids[1]).update(next_attempt_at=NOW - timedelta(seconds=1))
    assert services._lease(read) is False
    deliver_batch(message_ids=ids)
    assert server.sent == ["a2", "a3"]


def test_so_many_mails_a_minute_and_no_more(db: None, serve: Callable[..., Server], settings: Any) -> None:
    settings.EMAIL_PER_MINUTE = 3
    server, ids = serve(), queued(8)
    Message.objects.filter(pk=ids[0]).update(state=State.SENDING, next_attempt_at=NOW + LEASE)  # on its way
    for second, count in ((0, 2), (59, 2), (60, 5), (90, 5), (120, 7)):
        with clock.at(NOW + timedelta(seconds=second)):
            deliver_due()
        assert len(server.sent) == count, second


def test_so_many_mails_a_connection_and_no_more(
    db: None, serve: Callable[..., Server], settings: Any
) -> None:
    settings.EMAIL_PER_CONNECTION = 3
    server, _ = serve(), queued(8)
    deliver_due()
    assert (server.opened, len(server.sent)) == (3, 8)


def test_a_transaction_hands_its_messages_over_in_few_tasks(
    db: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    tasks_queued: list[list[int]] = []
    monkeypatch.setattr(
        tasks.deliver_messages, "apply_async", lambda args, retry: tasks_queued.append(args[0])
    )
    with django_capture_on_commit_callbacks(execute=True):
        ids = queued(120)
    assert tasks_queued == [ids[:50], ids[50:100], ids[100:]]


def test_what_is_rolled_back_to_a_savepoint_is_not_handed_over(
    db: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    tasks_queued: list[list[int]] = []
    monkeypatch.setattr(
        tasks.deliver_messages, "apply_async", lambda args, retry: tasks_queued.append(args[0])
    )

    def undone() -> None:
        with transaction.atomic():
            queue(dedupe_key="x", to="x@coquan.test", subject="x", text="x")
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            undone()
        ids = queued(2)
    assert tasks_queued == [ids]


def test_a_broker_that_is_down_does_not_undo_what_was_written(
    db: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def down(args: Any, retry: bool) -> None:
        raise ConnectionError("Redis is gone")

    monkeypatch.setattr(tasks.deliver_messages, "apply_async", down)
    with django_capture_on_commit_callbacks(execute=False) as hooks:
        queued(3)
    # Django names the hook in its log, which takes a function or a method.
    assert [hook.__qualname__ for hook in hooks] == ["_Together.send"]
    with pytest.raises(ConnectionError):
        hooks[0]()
    assert states() == {State.QUEUED: 3}
