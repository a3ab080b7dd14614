"""Where mails go: an SMTP server, or `.eml` files for an office without one, the demo and the walkthrough."""

import os
import smtplib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from hdnd.lib import clock


class EmlBackend(BaseEmailBackend):
    """Writes each mail to a file of its own that any mail program opens."""

    def __init__(self, folder: str | Path | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(folder or str(getattr(settings, "EMAIL_FILE_PATH", "var/mail")))

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Writes the mails; a half-written one never shows under its final name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            name = f"{clock.now():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}"
            draft = self.folder / f".{name}"
            draft.write_bytes(mail.message().as_bytes(linesep="\r\n"))
            os.replace(draft, self.folder / f"{name}.eml")
        return len(email_messages)


_accepting = threading.Lock()
_here = threading.local()


@contextmanager
def one_acceptance() -> Iterator[None]:
    """Within it, what follows a server's acceptance is done by one thread of the process at a time.

    The block sends one mail and commits that it was sent. A process killed in it then leaves at most one mail that
    the server has and the database does not know of, however many threads send.
    """
    _here.waits, _here.holds = True, False
    try:
        yield
    finally:
        _here.waits = False
        if _here.holds:
            _here.holds = False
            _accepting.release()


class _InTurn:
    """Takes its turn before the content of a mail is handed over: it is what the server answers by accepting."""

    def data(self, msg: Any) -> Any:
        if getattr(_here, "waits", False) and not _here.holds:
            _accepting.acquire()
            _here.holds = True
        return super().data(msg)  # type: ignore[misc]


class _Smtp(_InTurn, smtplib.SMTP):
    """Plain, or upgraded by STARTTLS."""


class _SmtpSsl(_InTurn, smtplib.SMTP_SSL):
    """TLS from the first byte."""


class SmtpBackend(EmailBackend):
    """Django's, with servers accepting in turn within `one_acceptance`."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SmtpSsl if self.use_ssl else _Smtp
