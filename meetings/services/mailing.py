"""What an office does with the mails of a meeting: send again, note a returned one, try one on itself."""

from typing import Any

from django.db import transaction

from councils.permissions import ensure
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.outbox import services as outbox
from hdnd.outbox.models import Message
from meetings.models import Meeting
from meetings.permissions import can_prepare
from meetings.services.letters import Letter
from meetings.services.links import without_token

_NOT_YOURS = "Chỉ thư ký của cơ quan tổ chức mới xử lý được thư của cuộc họp."
TEST_MARK = "[Thử] "


@transaction.atomic
def resend(*, actor: Any, meeting: Meeting, message: Message, to: str) -> Message:
    """Sends a failed mail of the meeting again, to a corrected address if one is given.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: it has not failed, or the address is none.
    """
    ensure(can_prepare(actor, meeting), _NOT_YOURS)
    return outbox.retry(actor=actor, message=message, to=to)


@transaction.atomic
def mark_returned(*, actor: Any, meeting: Meeting, message: Message, kind: str, note: str = "") -> Message:
    """Notes that a mail of the meeting came back to the office.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: it was not sent, or no such reason.
    """
    ensure(can_prepare(actor, meeting), _NOT_YOURS)
    return outbox.mark_bounced(actor=actor, message=message, kind=kind, note=note)


@transaction.atomic
def send_test(*, actor: Any, meeting: Meeting, letter: Message | Letter) -> Message:
    """Sends a mail of the meeting to the actor's own address, marked as a test, its answer link dead.

    Args:
        letter: a message that was queued, or one that issuing would send.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: the actor has no address, or tried the same mail a moment ago.
    """
    ensure(can_prepare(actor, meeting), _NOT_YOURS)
    if not actor.email:
        raise DomainError("Tài khoản của bạn chưa có địa chỉ thư. Thêm ở mục Thư điện tử rồi gửi thử lại.")
    files = [outbox.Attachment(**item) if isinstance(item, dict) else item for item in letter.attachments]
    key = letter.dedupe_key if isinstance(letter, Message) else letter.key
    message = outbox.queue(
        dedupe_key=f"test:{actor.pk}:{clock.now():%Y%m%d%H%M}:{key}"[:200],
        to=actor.email,
        to_name=actor.display_name,
        from_name=letter.from_name,
        reply_to=letter.reply_to,
        subject=TEST_MARK + letter.subject,
        text=without_token(letter.text),
        html=without_token(letter.html),
        attachments=files,
    )
    if message is None:
        raise DomainError(f"Vừa gửi thử thư này tới {actor.email}. Chờ một phút rồi gửi thử lại.")
    record("meetings.mail.tested", meeting, actor=actor, changes={"to": actor.email, "of": letter.to})
    return message
