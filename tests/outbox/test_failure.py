"""A server's refusal in an office's words; a mail that came back counts as failed."""

import smtplib
from datetime import datetime

import pytest
from django.db import transaction

from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.outbox.failure import ADVICE, BOUNCES, Kind, failure_of
from hdnd.outbox.models import Message, State
from hdnd.outbox.services import deliver, mark_bounced, queue, retry
from tests import factories as make
from tests.ledger import entries, refused


def of(code: int, said: str) -> str:
    """As `deliver` stores a refused address."""
    return str(smtplib.SMTPRecipientsRefused({"a550.quota@coquan.test": (code, said.encode())}))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (of(550, "5.1.1 The email account that you tried to reach does not exist"), Kind.UNKNOWN),
        (of(550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found"), Kind.UNKNOWN),
        (of(550, "no such user"), Kind.UNKNOWN),
        (of(553, "sorry, no mailbox here by that name"), Kind.UNKNOWN),
        (of(552, "5.2.2 mailbox full"), Kind.FULL),
        (of(452, "4.2.2 The recipient's inbox is out of storage space"), Kind.FULL),
        (of(552, "5.3.4 Message size exceeds fixed limit"), Kind.TOO_BIG),
        (str(smtplib.SMTPDataError(552, b"too big")), Kind.TOO_BIG),
        (str(smtplib.SMTPAuthenticationError(535, b"5.7.8 bad password")), Kind.SIGN_IN),
        (str(smtplib.SMTPDataError(554, b"5.7.1 rejected as spam")), Kind.BLOCKED),
        (of(550, "5.7.1 relaying denied"), Kind.BLOCKED),
        (of(450, "4.2.0 greylisted, try again later"), Kind.BUSY),
        (of(451, "temporary local problem"), Kind.BUSY),
        (of(421, "service not available, closing transmission channel"), Kind.SERVER),
        ("[Errno 111] Connection refused", Kind.SERVER),
        ("Connection unexpectedly closed: timed out", Kind.SERVER),
        ("[Errno -2] Name or service not known", Kind.SERVER),
        ("[Errno 2] No such file or directory: '/x/00/none.pdf'", Kind.FILE),
        (of(571, "nothing we know"), Kind.OTHER),
        ("", Kind.OTHER),
        ("bounced full: từ văn thư", Kind.FULL),
        ("bounced nonsense", Kind.OTHER),
    ],
)
def test_what_a_refusal_means(error: str, kind: Kind) -> None:
    assert failure_of(error).kind == kind


def test_every_kind_says_what_to_do() -> None:
    assert set(ADVICE) == set(Kind)
    assert {text[-1] for text in ADVICE.values()} == {"."}


@pytest.fixture
def sent(db: None) -> Message:
    """A message that the server took."""
    with clock.at(datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)):
        with transaction.atomic():
            message = queue(dedupe_key="k", to="a@coquan.test", subject="Giấy mời", text="Kính mời")
        assert message is not None
        deliver(message_id=message.pk)
        message.refresh_from_db()
    return message


def test_a_mail_that_came_back_counts_as_failed_and_can_go_again(sent: Message) -> None:
    actor = make.user("thuky")
    bounced = mark_bounced(actor=actor, message=sent, kind=Kind.UNKNOWN, note="  hộp thư đã khóa ")
    bounced.refresh_from_db()
    assert (bounced.state, bounced.sent_at, bounced.failure.said, bounced.failure.is_bounce) == (
        State.FAILED, sent.sent_at, "hộp thư đã khóa", True,
    )  # fmt: skip
    assert bounced.failure.what == "Thư bị trả lại: hộp thư này không tồn tại"
    (entry,) = entries(bounced)
    assert (entry.verb, entry.actor, entry.changes) == (
        "outbox.message.bounced", actor,
        {"state": ["sent", "failed"], "kind": "unknown", "note": "hộp thư đã khóa"},
    )  # fmt: skip
    retry(actor=actor, message=bounced, to="moi@coquan.test")
    bounced.refresh_from_db()
    assert (bounced.state, bounced.to, bounced.sent_at, bounced.failure) == (
        State.QUEUED, "moi@coquan.test", None, None,
    )  # fmt: skip


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING, State.FAILED])
def test_only_what_was_sent_can_come_back(sent: Message, state: State) -> None:
    Message.objects.filter(pk=sent.pk).update(state=state)
    with refused(DomainError):
        mark_bounced(actor=None, message=sent, kind=Kind.FULL)


@pytest.mark.parametrize("kind", ["", "nonsense", *(kind for kind in Kind if kind not in BOUNCES)])
def test_a_returned_mail_has_one_of_the_reasons_an_office_can_read(sent: Message, kind: str) -> None:
    with refused(DomainError, field="kind"):
        mark_bounced(actor=None, message=sent, kind=kind)
