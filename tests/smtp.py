"""An SMTP server for tests, in a thread of the test: what a worker process sends to it really crosses a socket."""

import email
import email.policy
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """Keeps what it gets; knows nobody at `khongco.test`."""

    def __init__(self) -> None:
        self.port = 0
        self.envelopes: list[Any] = []
        self.sessions: list[Any] = []

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address.endswith("@khongco.test"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.envelopes.append(envelope)
        self.sessions.append(session)
        return "250 OK"

    def received(self, address: str, subject: str) -> list[EmailMessage]:
        """The mails to that address with those words in the subject, in the order they came."""
        mails = [
            email.message_from_bytes(envelope.content, policy=email.policy.default)
            for envelope in list(self.envelopes)
            if address in envelope.rcpt_tos
        ]
        return [mail for mail in mails if subject in mail["subject"]]

    def wait_for_mail(self, address: str, subject: str, seconds: float = 30) -> EmailMessage:
        """The one mail to that address with those words in the subject, once it is there.

        Raises:
            AssertionError: none in time, or more than one.
        """
        deadline = time.monotonic() + seconds
        while not (found := self.received(address, subject)):
            assert time.monotonic() < deadline, f"no mail {subject!r} to {address} within {seconds} s"
            time.sleep(0.05)
        (mail,) = found
        return mail


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """A running server; `port` says where."""
    sink = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        sink.port = probe.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def parts_of(mail: EmailMessage) -> dict[str, EmailMessage]:
    """The leaves of a mail by their content type."""
    return {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}  # type: ignore[misc]
