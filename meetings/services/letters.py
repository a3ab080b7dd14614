"""The mails of an invitation as each person will get them: composed once, for sending and for looking at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from councils.models import Membership, Organization
from councils.queries import invitation_addresses
from documents import heading
from documents.models import Document, Issuer
from documents.sender import sender_of
from hdnd.lib import clock, files
from hdnd.outbox.models import Message
from hdnd.outbox.services import Attachment, queue
from meetings import papers
from meetings.calendar import request_ics
from meetings.models import Invitation, Meeting
from meetings.services.links import DEAD, token_for


@dataclass(frozen=True)
class Letter:
    """One mail to one address.

    Attributes:
        about: the invitation, or the meeting for a member of the host.
        attachments: empty in a preview, where nothing is stored.
    """

    key: str
    to: str
    to_name: str
    from_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    about: Any
    attachments: tuple[Attachment, ...] = ()

    @property
    def body_name(self) -> str:
        """The invited body; empty for a member of the host."""
        return self.about.organization.name if isinstance(self.about, Invitation) else ""


@dataclass(frozen=True)
class Post:
    """All mails of one invitation.

    Attributes:
        unreachable: invited bodies without an address in the contact book; they need paper or a telephone.
    """

    letters: list[Letter]
    unreachable: list[Organization]


def compose(
    meeting: Meeting,
    invitations: Iterable[Invitation],
    members: Iterable[Membership],
    issuer: Issuer,
    document: Document | None,
) -> Post:
    """The mails of the invitation: one to each address of the invited bodies, one to each member of the host.

    Args:
        document: the issued paper; None composes a preview, without a number, an answer link and files.
    """
    write = _writer(meeting, issuer, document)
    letters: list[Letter] = []
    unreachable: list[Organization] = []
    for row in invitations:
        contacts = invitation_addresses(row.organization, clock.today())
        if not contacts:
            unreachable.append(row.organization)
        link = settings.SITE_URL + reverse(
            "meetings:answer_link", args=[token_for(row) if document else DEAD]
        )
        letters += [
            write(
                key=f"invitation:{row.pk}:{contact.email.lower()}", to=contact.email,
                to_name=contact.name or row.organization.label, addressee=papers.addressed(row), link=link, about=row,
            )
            for contact in contacts
        ]  # fmt: skip
    # The host's own members are convened by the same paper; they have nothing to answer by link.
    letters += [
        write(
            key=f"convened:{meeting.pk}:{seat.person_id}", to=seat.person.email, to_name=seat.person.full_name,
            addressee=seat.person.styled_name, link="", about=meeting,
        )
        for seat in members
        if seat.person.email
    ]  # fmt: skip
    return Post(letters, unreachable)


def send(letter: Letter) -> Message | None:
    """Queues the letter; None when it was queued before."""
    return queue(
        dedupe_key=letter.key,
        to=letter.to,
        to_name=letter.to_name,
        from_name=letter.from_name,
        reply_to=letter.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        attachments=letter.attachments,
        about=letter.about,
    )


def _writer(meeting: Meeting, issuer: Issuer, document: Document | None) -> Callable[..., Letter]:
    """What all mails of the invitation share, ready to be addressed."""
    host, sender = heading.full_name(meeting.host), sender_of(issuer)
    symbol = document.symbol if document else f"…/GM-{issuer.symbol_body}"
    shared = {
        "meeting": meeting,
        "agenda": list(meeting.agenda.order_by("position")),
        "symbol": symbol,
        "host": host,
        "chair": papers.chair_line(meeting),
        "contact": issuer.phone,
    }

    def attached(to: str, to_name: str) -> tuple[Attachment, ...]:
        if document is None:
            return ()
        ics = request_ics(meeting, attendee_email=to, attendee_name=to_name, organizer_name=host)
        return (
            Attachment(f"{symbol.replace('/', '-')}.pdf", "application/pdf", document.file),
            Attachment("cuoc-hop.ics", "text/calendar; method=REQUEST", files.store(ics, ".ics")),
        )

    def write(*, key: str, to: str, to_name: str, addressee: str, link: str, about: Any) -> Letter:
        context = shared | {"addressee": addressee, "link": link}
        return Letter(
            key=key,
            to=to,
            to_name=to_name,
            subject=f"Giấy mời số {symbol}: {meeting.title}",
            text=render_to_string("meetings/mail/invitation.txt", context),
            html=render_to_string("meetings/mail/invitation.html", context),
            about=about,
            attachments=attached(to, to_name),
            **sender,
        )

    return write
