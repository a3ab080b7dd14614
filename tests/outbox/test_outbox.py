"""A message is a row: queued with its cause, delivered once, tried again, given up in the open."""

import email
import email.policy
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as Locmem
from django.db import transaction

from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from hdnd.outbox import tasks
from hdnd.outbox.backends import EmlBackend
from hdnd.outbox.models import Message, State
from hdnd.outbox.queries import messages_about
from hdnd.outbox.services import BACKOFF, LEASE, Attachment, deliver, due_ids, queue, retry
from tests import factories as make
from tests.ledger import entries, refused, verbs

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture(autouse=True)
def _now(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


def queued(key: str = "k", **values: Any) -> Message:
    """A queued message."""
    values = {"to": "a@coquan.test", "subject": "Giấy mời", "text": "Kính mời", **values}
    with transaction.atomic():
        message = queue(dedupe_key=key, **values)
    assert message is not None
    return message


class Refusing:
    """A server that raises what it was given, then takes the mail."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.sent: list[Any] = []

    def send_messages(self, messages: list[Any]) -> int:
        if self.errors:
            raise self.errors.pop(0)
        self.sent += messages
        return len(messages)


class TestQueue:
    def test_the_same_key_is_queued_once(self, db: None) -> None:
        queued()
        with transaction.atomic():
            assert queue(dedupe_key="k", to="b@coquan.test", subject="x", text="x") is None
        assert [message.to for message in Message.objects.all()] == ["a@coquan.test"]

    @pytest.mark.django_db(transaction=True)
    def test_outside_a_transaction_it_is_a_mistake_of_the_program(self) -> None:
        with pytest.raises(RuntimeError, match="outside a transaction"):
            queue(dedupe_key="k", to="a@coquan.test", subject="x", text="x")
        assert Message.objects.count() == 0

    def test_a_rollback_queues_nothing(
        self, db: None, eager_tasks: None, django_capture_on_commit_callbacks: Any
    ) -> None:
        def breaks() -> None:
            with transaction.atomic():
                queue(dedupe_key="k", to="a@coquan.test", subject="x", text="x")
                raise ZeroDivisionError

        with django_capture_on_commit_callbacks(execute=True) as callbacks, pytest.raises(ZeroDivisionError):
            breaks()
        assert (callbacks, Message.objects.count(), mail.outbox) == ([], 0, [])

    def test_a_commit_sends(
        self, db: None, eager_tasks: None, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            message = queued()
        message.refresh_from_db()
        assert (message.state, message.attempts, message.sent_at) == (State.SENT, 1, NOW)
        assert [sent.to for sent in mail.outbox] == [["a@coquan.test"]]

    def test_line_breaks_in_a_subject_become_blanks(self, db: None) -> None:
        assert queued(subject="Giấy mời\r\nBcc: x@y.test").subject == "Giấy mời Bcc: x@y.test"

    def test_messages_of_an_object_are_found(self, db: None) -> None:
        body = make.organization()
        mine = queued(about=body)
        queued("other", about=make.organization())
        assert list(messages_about(type(body), [body.pk])) == [mine]


class TestDelivery:
    def test_once(self, db: None) -> None:
        message = queued()
        assert [deliver(message_id=message.pk), deliver(message_id=message.pk)] == [State.SENT, None]
        assert len(mail.outbox) == 1

    def test_what_does_not_exist(self, db: None) -> None:
        assert deliver(message_id=0) is None

    def test_what_it_looks_like(self, db: None) -> None:
        pdf = Attachment("31-GM-HĐND.pdf", "application/pdf", files.store(b"%PDF-1.7 x", ".pdf"))
        ics = Attachment(
            "cuoc-hop.ics", "text/calendar; method=REQUEST", files.store("BEGIN:Đ".encode(), ".ics")
        )
        message = queued(
            to_name="Văn thư, UBND", from_name="Thường trực HĐND tỉnh", reply_to="phong@hdnd.test", html="<p>Kính mời</p>",
            attachments=[pdf, ics],
        )  # fmt: skip
        deliver(message_id=message.pk)
        read = email.message_from_bytes(mail.outbox[0].message().as_bytes(), policy=email.policy.default)
        (sender,), (to,) = read["from"].addresses, read["to"].addresses
        assert (sender.display_name, sender.addr_spec) == ("Thường trực HĐND tỉnh", "khong-tra-loi@hdnd.test")
        assert (to.display_name, to.addr_spec) == ("Văn thư, UBND", "a@coquan.test")
        assert (read["subject"], read["reply-to"], read["message-id"]) == (
            "Giấy mời", "phong@hdnd.test", f"<{message.pk}.20260615020000@hdnd.test>",
        )  # fmt: skip
        parts = {part.get_content_type(): part for part in read.walk()}
        assert list(parts) == [
            "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/pdf",
            "application/ics",
        ]  # fmt: skip
        calendar = parts["text/calendar"]
        assert (calendar["content-type"].params["method"], calendar["content-type"].params["charset"]) == (
            "REQUEST", "utf-8",
        )  # fmt: skip
        assert calendar["content-type"].defects == ()
        assert calendar.get_content().rstrip("\n") == "BEGIN:Đ"
        assert parts["application/pdf"].get_filename() == "31-GM-HĐND.pdf"
        assert parts["application/pdf"].get_content() == b"%PDF-1.7 x"

    def test_the_lease_keeps_others_off_until_it_runs_out(
        self, db: None, set_clock: Callable[[datetime], None]
    ) -> None:
        message = queued()
        Message.objects.filter(pk=message.pk).update(
            state=State.SENDING, attempts=1, next_attempt_at=NOW + LEASE
        )
        assert (deliver(message_id=message.pk), due_ids()) == (None, [])
        set_clock(NOW + LEASE)
        assert due_ids() == [message.pk]
        tasks.sweep()
        message.refresh_from_db()
        assert (message.state, message.attempts, len(mail.outbox)) == (State.SENT, 2, 1)

    def test_a_worker_that_lost_its_lease_does_not_overwrite_the_other_s_result(self, db: None) -> None:
        message = queued()

        class Slow:
            def send_messages(self, messages: list[Any]) -> int:
                with clock.at(NOW + LEASE):
                    assert deliver(message_id=message.pk, connection=Locmem()) == State.SENT
                raise ConnectionResetError("too late")

        assert deliver(message_id=message.pk, connection=Slow()) == State.SENT
        message.refresh_from_db()
        assert (message.state, message.last_error, len(mail.outbox)) == (State.SENT, "", 1)

    def test_the_sweep_takes_the_oldest_first_and_not_what_is_done(self, db: None) -> None:
        for key, minutes, state in (
            ("late", 5, State.QUEUED), ("early", 9, State.QUEUED), ("sent", 9, State.SENT), ("failed", 9, State.FAILED),
            ("future", -1, State.QUEUED),
        ):  # fmt: skip
            message = queued(key)
            Message.objects.filter(pk=message.pk).update(
                state=state, next_attempt_at=NOW - timedelta(minutes=minutes)
            )
        assert [Message.objects.get(pk=pk).dedupe_key for pk in due_ids()] == ["early", "late"]

    def test_one_message_that_fails_does_not_keep_the_sweep_from_the_next(
        self, db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bad, good = queued("bad", to="a@b\r\nBcc: x@y.test"), queued("good")
        tasks.sweep()
        assert [Message.objects.get(pk=message.pk).state for message in (bad, good)] == [
            State.FAILED,
            State.SENT,
        ]


class TestFailure:
    def test_each_wait_is_longer_and_the_last_is_the_end(
        self, db: None, set_clock: Callable[[datetime], None]
    ) -> None:
        message = queued()
        server = Refusing(*[ConnectionRefusedError("no route")] * 9)
        waits = []
        for _ in BACKOFF:
            assert deliver(message_id=message.pk, connection=server) == State.QUEUED
            assert deliver(message_id=message.pk, connection=server) is None  # not before its time
            message.refresh_from_db()
            waits.append(message.next_attempt_at - clock.now())
            set_clock(message.next_attempt_at)
        assert waits == list(BACKOFF) == sorted(BACKOFF)
        assert verbs(message) == []
        assert deliver(message_id=message.pk, connection=server) == State.FAILED
        message.refresh_from_db()
        assert (message.attempts, message.last_error, due_ids()) == (7, "no route", [])
        assert verbs(message) == ["outbox.message.failed"]

    @pytest.mark.parametrize(
        "error",
        [
            smtplib.SMTPRecipientsRefused({"a@coquan.test": (550, b"no such user")}),
            smtplib.SMTPDataError(552, b"too big"),
            ValueError("header"),
            UnicodeEncodeError("ascii", "ă", 0, 1, "no"),
        ],
        ids=["address", "content", "header", "unicode"],
    )
    def test_what_waiting_cannot_help_fails_at_once(self, db: None, error: Exception) -> None:
        message = queued()
        assert deliver(message_id=message.pk, connection=Refusing(error)) == State.FAILED
        message.refresh_from_db()
        assert (message.state, message.attempts, message.last_error) == (State.FAILED, 1, str(error))
        assert verbs(message) == ["outbox.message.failed"]

    @pytest.mark.parametrize(
        "error",
        [
            smtplib.SMTPRecipientsRefused({"a@coquan.test": (450, b"mailbox busy")}),
            smtplib.SMTPDataError(451, b"try later"),
            smtplib.SMTPAuthenticationError(535, b"bad password"),
            smtplib.SMTPServerDisconnected("gone"),
            TimeoutError("slow"),
        ],
        ids=["busy", "later", "sign-in", "gone", "slow"],
    )
    def test_what_may_pass_waits(self, db: None, error: Exception) -> None:
        message = queued()
        assert deliver(message_id=message.pk, connection=Refusing(error)) == State.QUEUED
        assert verbs(message) == []

    def test_an_attachment_that_is_gone_waits(self, db: None) -> None:
        message = queued(attachments=[Attachment("x.pdf", "application/pdf", "00/none.pdf")])
        assert deliver(message_id=message.pk) == State.QUEUED
        assert mail.outbox == []

    def test_retry_to_a_corrected_address(self, db: None) -> None:
        actor, message = make.user("thuky"), queued()
        refusal = smtplib.SMTPRecipientsRefused({"a@coquan.test": (550, b"no such user")})
        deliver(message_id=message.pk, connection=Refusing(refusal))
        retry(actor=actor, message=message, to=" dung@coquan.test ")
        assert deliver(message_id=message.pk) == State.SENT
        assert [sent.to for sent in mail.outbox] == [["dung@coquan.test"]]
        entry = entries(message)[-1]
        assert (entry.verb, entry.actor, entry.changes) == (
            "outbox.message.retried", actor,
            {"to": ["a@coquan.test", "dung@coquan.test"], "state": ["failed", "queued"]},
        )  # fmt: skip

    @pytest.mark.parametrize("state", [State.QUEUED, State.SENDING, State.SENT])
    def test_only_a_failed_message_is_tried_again(self, db: None, state: str) -> None:
        message = queued()
        Message.objects.filter(pk=message.pk).update(state=state)
        with refused(DomainError):
            retry(actor=None, message=message)

    def test_a_corrected_address_must_be_one(self, db: None) -> None:
        message = queued()
        Message.objects.filter(pk=message.pk).update(state=State.FAILED)
        with refused(DomainError, field="to"):
            retry(actor=None, message=message, to="vanthu@")


class TestEmlBackend:
    def test_each_mail_is_a_whole_file(self, db: None, tmp_path: Path) -> None:
        folder = tmp_path / "mail"
        for key in ("a", "b"):
            deliver(message_id=queued(key).pk, connection=EmlBackend(folder))
        found = sorted(folder.iterdir())
        assert [path.suffix for path in found] == [".eml", ".eml"]
        read = email.message_from_bytes(found[0].read_bytes(), policy=email.policy.default)
        assert (read["subject"], read.get_content().strip()) == ("Giấy mời", "Kính mời")
        assert b"\r\n" in found[0].read_bytes()

    def test_a_folder_that_cannot_be_written_waits(self, db: None, tmp_path: Path) -> None:
        blocked = tmp_path / "file"
        blocked.write_text("x")
        message = queued()
        assert deliver(message_id=message.pk, connection=EmlBackend(blocked / "mail")) == State.QUEUED
