"""One mail over a real SMTP server: PDF, calendar, Vietnamese names; and an address the server refuses."""

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import get_connection
from django.db import transaction
from icalendar import Calendar

from hdnd.lib import clock, files
from hdnd.outbox.models import Message, State
from hdnd.outbox.services import deliver, queue
from meetings.choices import MeetingState
from meetings.services import inviting
from tests.cast import Cast
from tests.ledger import verbs
from tests.meetings import factories


class Sink:
    """Keeps what it gets; knows nobody at `khongco.test`."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address.endswith("@khongco.test"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, Any]]:
    """The server's memory and a Django connection to it."""
    handler = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield (
            handler,
            get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port),
        )
    finally:
        controller.stop()


def test_an_invitation_arrives_whole(cast: Cast, sink: tuple[Sink, Any]) -> None:
    handler, connection = sink
    factories.issuer(cast.world["TTHDND"])
    cast.world.people["P01"].email = "p01@hdnd.test"
    cast.world.people["P01"].save()
    with clock.at(factories.PLANNED_ON):
        meeting = factories.meeting(cast.world, state=MeetingState.PLANNED)
        issued = inviting.issue_invitations(actor=cast.secretary, meeting=meeting)
        assert deliver(message_id=issued.messages[0].pk, connection=connection) == State.SENT
    (envelope,) = handler.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("khong-tra-loi@hdnd.test", ["p01@hdnd.test"])
    read = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert read["to"].addresses[0].display_name == "Nguyễn Đình Lâm"
    # Python folds a long subject before its first word; the blank belongs to the fold.
    assert read["subject"].strip() == f"Giấy mời số 31/GM-HĐND: {factories.TITLE}"
    parts = {part.get_content_type(): part for part in read.walk()}
    pdf = parts["application/pdf"]
    assert (pdf.get_filename(), pdf.get_content()) == ("31-GM-HĐND.pdf", files.read(issued.document.file))
    calendar = parts["text/calendar"]
    assert calendar["content-type"].params["method"] == "REQUEST"
    assert str(Calendar.from_ical(calendar.get_content())["method"]) == "REQUEST"
    assert factories.TITLE in parts["text/plain"].get_content()


def test_an_address_the_server_refuses_fails_at_once(db: None, sink: tuple[Sink, Any]) -> None:
    handler, connection = sink
    with clock.at(datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)):
        with transaction.atomic():
            message = queue(dedupe_key="k", to="ai@khongco.test", subject="Giấy mời", text="Kính mời")
        assert message is not None
        assert deliver(message_id=message.pk, connection=connection) == State.FAILED
    stored = Message.objects.get(pk=message.pk)
    assert "550" in stored.last_error
    assert "no such user" in stored.last_error
    assert verbs(stored) == ["outbox.message.failed"]
    assert handler.envelopes == []
