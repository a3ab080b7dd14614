"""Rows of a meeting's mails: an affair of the host's office. Its leader looks, its secretary acts."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from hdnd.lib import clock, files
from hdnd.outbox.models import Message, State
from hdnd.outbox.services import Attachment, queue
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories as make
from tests.permissions.row import NOT_ALLOWED, Row, everyone
from tests.permissions.rows_meetings import PLAN, pk, planned

# Its delegates and the invited see the meeting, not to whom its mails went.
LOOK = everyone(404, secretary=200, leader=200, delegate=403, partner=403)
ACT = everyone(404, secretary=302, leader=403, delegate=403, partner=403)


def mailed(cast: Cast) -> Message:
    """A mail of an issued invitation that the server took."""
    make.issuer(cast.world["TTHDND"])
    meeting = make.meeting(cast.world, starts_at=clock.now() + timedelta(days=20))
    row = make.invitation(meeting, cast.world["UBND"])
    with transaction.atomic():
        message = queue(
            dedupe_key="k", to="vanthu@ubnd.test", subject="Giấy mời", text="Kính mời", html="<p>Kính mời</p>", about=row,
            attachments=[Attachment("a.pdf", "application/pdf", files.store(BLANK, ".pdf"))],
        )  # fmt: skip
    assert message is not None
    Message.objects.filter(pk=message.pk).update(state=State.SENT, sent_at=clock.now())
    return message


def failed(cast: Cast) -> Message:
    """The same, refused."""
    message = mailed(cast)
    Message.objects.filter(pk=message.pk).update(state=State.FAILED, last_error="550", sent_at=None)
    return message


def of_meeting(cast: Cast, made: Message) -> dict[str, Any]:
    return {"pk": made.about.meeting_id}


def mail(cast: Cast, made: Message) -> dict[str, Any]:
    return {"pk": made.about.meeting_id, "mail": made.pk}


def attachment(cast: Cast, made: Message) -> dict[str, Any]:
    return {**mail(cast, made), "number": 1}


def reachable(cast: Cast) -> Any:
    """A plan whose chair has an address."""
    cast.world.people["P01"].email = "p01@hdnd.test"
    cast.world.people["P01"].save()
    return planned(cast)


ROWS = (
    Row("meetings:mail_list", LOOK, NOT_ALLOWED, args=of_meeting, setup=mailed),
    Row("meetings:mail_detail", LOOK, NOT_ALLOWED, args=mail, setup=mailed),
    Row("meetings:mail_body", LOOK, NOT_ALLOWED, args=mail, setup=mailed),
    Row("meetings:mail_file", LOOK, NOT_ALLOWED, args=attachment, setup=mailed),
    Row("meetings:mail_resend", NOT_ALLOWED, ACT, args=mail, setup=failed, data=lambda cast, made: {"to": "moi@ubnd.test"}),
    Row("meetings:mail_returned", NOT_ALLOWED, ACT, args=mail, setup=mailed, data=lambda cast, made: {"kind": "unknown"}),
    Row("meetings:mail_test", NOT_ALLOWED, ACT, args=mail, setup=mailed),
    Row("meetings:letter_preview", everyone(404, secretary=200, **PLAN), everyone(404, secretary=302, **PLAN), args=pk, setup=reachable),
    Row(
        "meetings:letter_body", everyone(404, secretary=200, **PLAN), NOT_ALLOWED, setup=reachable,
        args=lambda cast, made: {"pk": made.pk, "number": 1},
    ),
)  # fmt: skip
