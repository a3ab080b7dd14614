"""Queue a message in the caller's transaction; deliver it once."""

import smtplib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models import F, Q, QuerySet

from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.background import enqueue_together
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc
from hdnd.outbox import failure
from hdnd.outbox.backends import one_acceptance
from hdnd.outbox.mime import mail_of
from hdnd.outbox.models import Message, State

LEASE = timedelta(minutes=5)
"""How long a worker may hold a message; after it the sweep takes the message up again."""

BACKOFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720))
"""Waits between attempts; after the last one the message has failed for good."""

SWEEP_BATCH = 500

BATCH_SECONDS = 240
"""After this no further message is begun: the task must end before the broker gives it to another worker."""

_sweeping = threading.Lock()


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message: its name in the mail, its type and where it is stored."""

    name: str
    type: str
    file: str


def queue(
    *,
    dedupe_key: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    to_name: str = "",
    from_name: str = "",
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
    about: models.Model | None = None,
) -> Message | None:
    """Writes a message to be sent after commit; None when the same key was queued before.

    Raises:
        RuntimeError: called outside a transaction, where the message could part from what it tells.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("outbox.queue outside a transaction")
    message, created = Message.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "to": to,
            "to_name": to_name[:200],
            "from_name": from_name[:200],
            "reply_to": reply_to,
            "subject": " ".join(subject.split())[:500],
            "text": text,
            "html": html,
            "attachments": [vars(item) for item in attachments],
            "created_at": clock.now(),
            "next_attempt_at": clock.now(),
            "content_type": ContentType.objects.get_for_model(about) if about else None,
            "object_id": str(about.pk) if about else "",
        },
    )
    if not created:
        return None
    _enqueue(message)
    return message


def deliver(*, message_id: int, connection: Any = None) -> State | None:
    """Sends one message if it is due and nobody else holds it; None when there was nothing to do.

    The lease is written before the mail leaves, the result after: a worker that dies between the server's acceptance
    and the commit is the only way to a second copy.
    """
    message = _waiting().filter(pk=message_id).first()
    if message is None or not _lease(message):
        return None
    return _attempt(message, connection or get_connection())[0]


def deliver_batch(*, message_ids: Sequence[int]) -> bool:
    """Sends those of the messages that are due over one connection; each is leased and settled by itself.

    A refused address fails alone. A broken connection is opened again for the next message; one that breaks twice
    in a row ends the batch, and so do `BATCH_SECONDS` and the limit of mails in a minute. What is left stays due.

    Returns:
        Whether all were tried.
    """
    connection, until, broken = get_connection(), time.monotonic() + BATCH_SECONDS, 0
    try:
        for message in _waiting().filter(pk__in=message_ids).order_by("next_attempt_at", "pk"):
            if broken > 1 or time.monotonic() > until or not _within_limit():
                return False
            if not _lease(message):
                continue
            _, error = _attempt(message, connection, stay_open=True)
            broken = broken + 1 if error and failure.is_of_the_server(error) else 0
            if error:
                _close(connection)
    finally:
        _close(connection)
    return broken < 2


def deliver_due() -> None:
    """Sends all that is due, connection after connection; does nothing while another thread is at it."""
    if not _sweeping.acquire(blocking=False):
        return
    try:
        until, ids, size = time.monotonic() + BATCH_SECONDS, due_ids(), settings.EMAIL_PER_CONNECTION
        for start in range(0, len(ids), size):
            if time.monotonic() > until or not deliver_batch(message_ids=ids[start : start + size]):
                return
    finally:
        _sweeping.release()


def due_ids() -> list[int]:
    """Messages that a lost broker or a killed worker left, oldest first."""
    return list(_waiting().order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:SWEEP_BATCH])


@transaction.atomic
def retry(*, actor: Any, message: Message, to: str = "") -> Message:
    """Tries a failed message again, to a corrected address if one is given; the caller checks the right.

    Raises:
        DomainError: it has not failed, or the new address is none.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != State.FAILED:
        raise DomainError("Chỉ gửi lại được thư không gửi được.")
    to = to.strip()
    if to:
        try:
            validate_email(to)
        except ValidationError as error:
            raise DomainError("Địa chỉ thư không đúng. Ví dụ đúng: vanthu@coquan.vn.", field="to") from error
    changes = {"to": [message.to, to or message.to], "state": [message.state, State.QUEUED]}
    message.to = to or message.to
    message.state, message.attempts, message.next_attempt_at = State.QUEUED, 0, clock.now()
    message.sent_at, message.last_error = None, ""
    message.save(update_fields=["to", "state", "attempts", "next_attempt_at", "sent_at", "last_error"])
    record("outbox.message.retried", message, actor=actor, changes=changes)
    _enqueue(message)
    return message


@transaction.atomic
def mark_bounced(*, actor: Any, message: Message, kind: str, note: str = "") -> Message:
    """Records that a sent message came back to the office's mailbox; the caller checks the right.

    From then on it counts as failed and can be sent again to a corrected address.

    Raises:
        DomainError: it was not sent, or no such reason.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != State.SENT:
        raise DomainError("Chỉ thư đã gửi mới bị trả lại. Tải lại trang để xem trạng thái mới nhất của thư.")
    if kind not in failure.BOUNCES:
        raise DomainError("Chọn lý do ghi trong thư trả lại.", field="kind")
    message.state, message.last_error = State.FAILED, failure.bounce(failure.Kind(kind), nfc(note)[:500])
    message.save(update_fields=["state", "last_error"])
    changes = {"state": [State.SENT, State.FAILED], "kind": kind, "note": nfc(note)[:500]}
    record("outbox.message.bounced", message, actor=actor, changes=changes)
    return message


def _enqueue(message: Message) -> None:
    from hdnd.outbox.tasks import deliver_messages

    enqueue_together(deliver_messages, message.pk, size=settings.EMAIL_PER_CONNECTION)


def _waiting() -> QuerySet[Message]:
    """Due now: never tried, backed off, or leased by a worker that is gone."""
    return Message.objects.filter(state__in=[State.QUEUED, State.SENDING], next_attempt_at__lte=clock.now())


def _within_limit() -> bool:
    """Whether the mails of the last minute, those on their way included, leave room for one more.

    Threads that ask at the same moment may exceed the limit by one each.
    """
    if settings.EMAIL_PER_MINUTE <= 0:
        return True
    since = clock.now() - timedelta(minutes=1)
    on_their_way = Q(state=State.SENDING, next_attempt_at__gt=since + LEASE)
    recent = Message.objects.filter(Q(sent_at__gt=since) | on_their_way)
    return recent.count() < settings.EMAIL_PER_MINUTE


def _lease(message: Message) -> bool:
    """Takes the message for `LEASE` unless it was touched since it was read; one worker wins."""
    until = clock.now() + LEASE
    untouched = Message.objects.filter(
        pk=message.pk, state=message.state, next_attempt_at=message.next_attempt_at
    )
    if not untouched.update(state=State.SENDING, attempts=F("attempts") + 1, next_attempt_at=until):
        return False
    message.state, message.attempts, message.next_attempt_at = State.SENDING, message.attempts + 1, until
    return True


def _attempt(message: Message, connection: Any, *, stay_open: bool = False) -> tuple[State, Exception | None]:
    """Sends a leased message and writes what came of it; with the error, if one came."""
    try:
        mail = mail_of(message, connection)
        if stay_open:
            connection.open()
        with one_acceptance():
            mail.send(fail_silently=False)
            Message.objects.filter(pk=message.pk).update(state=State.SENT, sent_at=clock.now(), last_error="")
    except (smtplib.SMTPException, OSError, ValueError) as error:
        return _failed(message, error), error
    return State.SENT, None


def _close(connection: Any) -> None:
    """Ends a connection that may be broken already."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        connection.connection = None  # Django keeps it when saying goodbye fails


def _failed(message: Message, error: Exception) -> State:
    """Backs off, or gives up: at once when waiting cannot help, else after the last wait."""
    with transaction.atomic():
        held = Message.objects.select_for_update().get(pk=message.pk)
        if (held.state, held.attempts) != (State.SENDING, message.attempts):
            return State(held.state)  # our lease ran out and another worker has it; its result counts
        gives_up = failure.is_final(error) or message.attempts > len(BACKOFF)
        message.state = State.FAILED if gives_up else State.QUEUED
        message.last_error = str(error)[:2000]
        if not gives_up:
            message.next_attempt_at = clock.now() + BACKOFF[message.attempts - 1]
        message.save(update_fields=["state", "last_error", "next_attempt_at"])
        if gives_up:
            record("outbox.message.failed", message, actor=None, changes={"error": message.last_error})
    return State(message.state)
