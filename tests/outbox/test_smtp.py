"""One mail over a real SMTP server: PDF, calendar, Vietnamese names; and an address the server refuses."""

import email
import email.policy
import re
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from icalendar import Calendar

from hdnd.lib import clock, files
from hdnd.outbox.models import Message, State
from hdnd.outbox.services import deliver, deliver_batch, queue
from meetings.choices import MeetingState
from meetings.services import inviting
from meetings.services.links import invitation_of
from tests import factories as make
from tests.cast import Cast
from tests.ledger import verbs
from tests.meetings import factories
from tests.smtp import Sink, smtp_sink


@pytest.fixture
def sink() -> Iterator[tuple[Sink, Any]]:
    """The server's memory and a Django connection to it."""
    with smtp_sink() as handler:
        yield (
            handler,
            get_connection(
                "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=handler.port
            ),
        )


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


def test_it_survives_the_oldest_relay_and_the_oldest_phone(cast: Cast, sink: tuple[Sink, Any]) -> None:
    """Seven bits, short lines, no style or script; the link stands whole on a line of its own in both versions."""
    handler, connection = sink
    factories.issuer(cast.world["TTHDND"])
    make.contact(cast.world["UBND"], "vanthu@ubnd.test")
    with clock.at(factories.PLANNED_ON):
        meeting = factories.meeting(cast.world, state=MeetingState.PLANNED)
        factories.invitation(meeting, cast.world["UBND"], issued_at=None)
        issued = inviting.issue_invitations(actor=cast.secretary, meeting=meeting)
        assert deliver(message_id=issued.messages[0].pk, connection=connection) == State.SENT
    (envelope,) = handler.envelopes
    assert max(envelope.content) < 128
    assert max(len(line) for line in envelope.content.split(b"\r\n")) <= 78
    read = email.message_from_bytes(envelope.content, policy=email.policy.default)
    parts = {part.get_content_type(): part.get_content() for part in read.walk() if not part.is_multipart()}
    (line,) = [line for line in parts["text/plain"].splitlines() if "/tra-loi/" in line]
    assert line.startswith(f"{settings.SITE_URL}/cuoc-hop/tra-loi/")
    assert invitation_of(line.rstrip("/").rpartition("/")[2]) == meeting.invitations.get()
    assert len(line) < 200
    html = parts["text/html"]
    assert html.count(f'<a href="{line}">') == 2
    assert html.count(f">{line}</a>") == 1
    assert re.findall(r"<(?:style|script|link|img|table)|style=|class=", html) == []


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


def through(settings: Any, port: int, timeout: float = 5) -> None:
    """Mails go to that port as `EMAIL_URL` would have them go."""
    settings.EMAIL_BACKEND = "hdnd.outbox.backends.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, timeout


def to(*addresses: str) -> list[int]:
    """A queued message for each address."""
    made = []
    with transaction.atomic():
        for address in addresses:
            made.append(queue(dedupe_key=address, to=address, subject="Giấy mời", text="Kính mời"))
    return [message.pk for message in made if message]


def test_one_refused_address_of_forty_over_a_real_connection(
    db: None, sink: tuple[Sink, Any], settings: Any
) -> None:
    handler, connection = sink
    through(settings, connection.port)
    ids = to(*(f"a{n}@{'khongco' if n == 17 else 'coquan'}.test" for n in range(40)))
    assert deliver_batch(message_ids=ids) is True
    assert len(handler.envelopes) == 39
    failed = Message.objects.exclude(state=State.SENT).get()
    assert (failed.to, failed.what_to_do[:25]) == ("a17@khongco.test", "Hộp thư này không tồn tại")
    # One up to the refusal, one for what came after it.
    assert len({id(session) for session in handler.sessions}) == 2


@pytest.mark.parametrize("listens", [True, False], ids=["silent", "down"])
def test_a_server_that_is_silent_or_down(db: None, settings: Any, listens: bool) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if listens:
            silent.listen()
        through(settings, silent.getsockname()[1], timeout=0.2)
        assert deliver_batch(message_ids=to(*(f"a{n}@coquan.test" for n in range(40)))) is False
    assert (
        sorted(Message.objects.values_list("state", "attempts")) == [("queued", 0)] * 38 + [("queued", 1)] * 2
    )
    tried = Message.objects.exclude(last_error="")
    assert {message.failure.kind for message in tried} == {"server"}
    assert {message.what_to_do[:50] for message in tried} == {
        "Máy chủ thư không trả lời. Hệ thống tự gửi lại lúc"
    }
