"""Queue a message in the caller's transaction; deliver it once."""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models import Q

from hdnd.audit.services import record
from hdnd.lib import clock, files
from hdnd.lib.background import enqueue
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message, State

LEASE = timedelta(minutes=5)
"""How long a worker may hold a message; after it the sweep takes the message up again."""

BACKOFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720))
"""Waits between attempts; after the last one the message has failed for good."""

SWEEP_BATCH = 500


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
    from hdnd.outbox.tasks import deliver_message

    enqueue(deliver_message, message.pk)
    return message


def deliver(*, message_id: int, connection: Any = None) -> State | None:
    """Sends one message if it is due and nobody else holds it; None when there was nothing to do.

    The lease is taken in its own transaction before the mail leaves, the result is written after: a worker that
    dies between the server's acceptance and the commit is the only way to a second copy.
    """
    message = _take(message_id)
    if message is None:
        return None
    try:
        _mail(message, connection or get_connection()).send(fail_silently=False)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        return _failed(message, error)
    with transaction.atomic():
        message.state, message.sent_at, message.last_error = State.SENT, clock.now(), ""
        message.save(update_fields=["state", "sent_at", "last_error"])
    return State.SENT


def due_ids() -> list[int]:
    """Messages that a lost broker or a killed worker left, oldest first."""
    waiting = Message.objects.filter(
        state__in=[State.QUEUED, State.SENDING], next_attempt_at__lte=clock.now()
    )
    return list(waiting.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:SWEEP_BATCH])


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
    message.save(update_fields=["to", "state", "attempts", "next_attempt_at"])
    record("outbox.message.retried", message, actor=actor, changes=changes)
    from hdnd.outbox.tasks import deliver_message

    enqueue(deliver_message, message.pk)
    return message


@transaction.atomic
def _take(message_id: int) -> Message | None:
    """Leases the message; the row lock (SQLite: the write lock) lets one worker win."""
    now = clock.now()
    waiting = Q(state__in=[State.QUEUED, State.SENDING], next_attempt_at__lte=now)
    message = Message.objects.select_for_update().filter(waiting, pk=message_id).first()
    if message is None:
        return None
    message.state = State.SENDING
    message.attempts += 1
    message.next_attempt_at = now + LEASE
    message.save(update_fields=["state", "attempts", "next_attempt_at"])
    return message


def _mail(message: Message, connection: Any) -> EmailMultiAlternatives:
    sender = settings.DEFAULT_FROM_EMAIL
    if message.from_name:
        sender = formataddr((message.from_name, parseaddr(sender)[1]))
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=sender,
        to=[formataddr((message.to_name, message.to)) if message.to_name else message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        # The same id on every attempt lets a mailbox drop the copy that a killed worker may cause.
        headers={
            "Message-ID": f"<{message.pk}.{message.created_at:%Y%m%d%H%M%S}@{parseaddr(sender)[1].split('@')[-1]}>"
        },
        connection=connection,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for item in message.attachments:
        _attach(mail, item)
    return mail


def _attach(mail: EmailMultiAlternatives, item: dict[str, str]) -> None:
    """Adds a stored file; a calendar also as an alternative, which is how mail programs offer an answer."""
    content = files.read(item["file"])
    if item["type"].startswith("text/calendar"):
        mail.attach_alternative(content.decode("utf-8"), item["type"])
        mail.attach(item["name"], content, "application/ics")
        return
    mail.attach(item["name"], content, item["type"])


def _failed(message: Message, error: Exception) -> State:
    """Backs off, or gives up: at once when waiting cannot help, else after the last wait."""
    with transaction.atomic():
        held = Message.objects.select_for_update().get(pk=message.pk)
        if (held.state, held.attempts) != (State.SENDING, message.attempts):
            return State(held.state)  # our lease ran out and another worker has it; its result counts
        gives_up = _is_final(error) or message.attempts > len(BACKOFF)
        message.state = State.FAILED if gives_up else State.QUEUED
        message.last_error = str(error)[:2000]
        if not gives_up:
            message.next_attempt_at = clock.now() + BACKOFF[message.attempts - 1]
        message.save(update_fields=["state", "last_error", "next_attempt_at"])
        if gives_up:
            record("outbox.message.failed", message, actor=None, changes={"error": message.last_error})
    return State(message.state)


def _is_final(error: Exception) -> bool:
    """Whether another attempt cannot help: the server refuses address or content, or no mail can be made of it.

    A refused sender or sign-in is the office's own setting, so those wait for someone to mend it.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError)
