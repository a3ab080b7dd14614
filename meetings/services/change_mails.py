"""The mails of a change: to each body and member it concerns, with the notice and an entry that moves or goes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from councils.models import Membership, Organization
from councils.queries import invitation_addresses
from documents import heading
from documents.models import Document
from documents.paper.invitation import time_sentence
from documents.sender import sender_of
from hdnd.lib import clock, files
from hdnd.outbox.models import Message
from hdnd.outbox.services import Attachment, queue
from meetings import papers
from meetings.calendar import request_ics
from meetings.models import Invitation, MeetingChange
from meetings.papers_of_change import changes_in_words, verb_of
from meetings.services.change_audience import Audience
from meetings.services.links import token_for


def mail_change(
    *,
    change: MeetingChange,
    audience: Audience,
    members: Iterable[Membership],
    before: Mapping[str, Any],
) -> tuple[list[Message], list[Organization]]:
    """Queues one mail per address; returns them, and the bodies that have no address."""
    mails = _Mails(change, before)
    unreachable = []
    for row in [*audience.told, *audience.gone]:
        contacts = invitation_addresses(row.organization, clock.today())
        if not contacts:
            unreachable.append(row.organization)
        for contact in contacts:
            mails.to_body(
                row, contact.email, contact.name, is_new=row in audience.added, is_gone=row in audience.gone
            )
    for seat in members:
        mails.to_member(seat)
    return mails.queued, unreachable


class _Mails:
    """What the mails of one change have in common."""

    def __init__(self, change: MeetingChange, before: Mapping[str, Any]) -> None:
        self.change, self.meeting = change, change.meeting
        self.host = heading.full_name(self.meeting.host)
        self.verb = verb_of(change.kind, change.differences)
        self.is_off = self.meeting.is_called_off
        self.shared = {
            "meeting": self.meeting,
            "change": change,
            "document": change.document,
            "host": self.host,
            "verb": self.verb,
            "was": f"{time_sentence(before['starts_at'])}, tại {before['place']}",
            "points": changes_in_words(change.differences),
            "is_off": self.is_off,
            "contact": change.document.issuer.phone,
        }
        self.queued: list[Message] = []

    def to_body(self, row: Invitation, email: str, name: str, *, is_new: bool, is_gone: bool) -> None:
        link = ""
        if not (self.is_off or is_gone or row.answer):
            link = settings.SITE_URL + reverse("meetings:answer_link", args=[token_for(row)])
        self._queue(
            f"change:{self.change.pk}:{row.pk}:{email.lower()}",
            email,
            name or row.organization.label,
            row,
            {"addressee": papers.addressed(row), "link": link, "is_new": is_new, "is_gone": is_gone},
        )

    def to_member(self, seat: Membership) -> None:
        person = seat.person
        if person.email:
            key = f"change:{self.change.pk}:member:{person.pk}"
            context = {"addressee": person.styled_name, "link": "", "is_new": False, "is_gone": False}
            self._queue(key, person.email, person.full_name, self.meeting, context)

    def _queue(self, key: str, to: str, to_name: str, about: Any, context: dict[str, Any]) -> None:
        context |= self.shared
        method = "CANCEL" if self.is_off or context["is_gone"] else "REQUEST"
        ics = request_ics(
            self.meeting, attendee_email=to, attendee_name=to_name, organizer_name=self.host, method=method
        )
        message = queue(
            dedupe_key=key,
            to=to,
            to_name=to_name,
            **sender_of(self.change.document.issuer),
            subject=f"Thông báo số {self.change.document.symbol}: {self.verb} {self.meeting.title}",
            text=render_to_string("meetings/mail/change.txt", context),
            html=render_to_string("meetings/mail/change.html", context),
            attachments=[
                _paper(self.change.document),
                Attachment("cuoc-hop.ics", f"text/calendar; method={method}", files.store(ics, ".ics")),
            ],
            about=about,
        )
        self.queued += [message] if message else []


def _paper(document: Document) -> Attachment:
    return Attachment(f"{document.symbol.replace('/', '-')}.pdf", "application/pdf", document.file)
