"""From a message to the mail that leaves: plain text and HTML in seven bits, with its files."""

from email.charset import QP, Charset
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from hdnd.lib import files
from hdnd.outbox.models import Message

# Quoted-printable: every line is short ASCII, so that no relay between here and an old phone breaks a word or a
# link, and a person who looks at the source still reads it.
_SEVEN_BIT = Charset("utf-8")
_SEVEN_BIT.body_encoding = QP


def mail_of(message: Message, connection: Any = None) -> EmailMultiAlternatives:
    """The mail of a message, ready to send.

    Raises:
        FileNotFoundError: an attached file is gone.
    """
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=sender_line(message.from_name),
        to=[formataddr((message.to_name, message.to)) if message.to_name else message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        # The same id on every attempt lets a mailbox drop the copy that a killed worker may cause.
        headers={"Message-ID": message_id(message)},
        connection=connection,
    )
    mail.encoding = _SEVEN_BIT  # type: ignore[assignment]  # Django takes a Charset, its stubs do not
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for item in message.attachments:
        _attach(mail, item)
    return mail


def sender_line(name: str) -> str:
    """The `From` of a mail in that body's name; the address is the system's own, which its domain vouches for."""
    return formataddr(sender(name))


def sender(name: str) -> tuple[str, str]:
    """Name and address of the sender."""
    own_name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return name or own_name, address


def message_id(message: Message) -> str:
    """The `Message-ID`; it names the message and never changes."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].split("@")[-1]
    return f"<{message.pk}.{message.created_at:%Y%m%d%H%M%S}@{domain}>"


def _attach(mail: EmailMultiAlternatives, item: dict[str, str]) -> None:
    """Adds a stored file; a calendar also as an alternative, which is how mail programs offer an answer."""
    content = files.read(item["file"])
    if item["type"].startswith("text/calendar"):
        mail.attach_alternative(content.decode("utf-8"), item["type"])
        mail.attach(item["name"], content, "application/ics")
        return
    mail.attach(item["name"], content, item["type"])
