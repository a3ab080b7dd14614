"""Tell those a body sends to a meeting: a mail with the invitation and a calendar entry, once for each time and place."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from documents import heading
from documents.sender import sender_for
from hdnd.lib import files
from hdnd.outbox.models import Message
from hdnd.outbox.services import Attachment, queue
from meetings.calendar import request_ics
from meetings.models import InvitationReply, InvitationReplyPerson


def tell_assigned(*, reply: InvitationReply) -> list[Message]:
    """One mail to each person on record with an address; the same person is not told the same time twice.

    Raises:
        RuntimeError: called outside a transaction.
    """
    rows = reply.people.select_related("person").exclude(person=None).exclude(person__email="")
    sent = [_mail(reply, row) for row in rows]
    return [message for message in sent if message]


def _earlier(reply: InvitationReply) -> list[int]:
    """Keys of the answers before this one."""
    return list(reply.invitation.replies.filter(pk__lt=reply.pk).values_list("pk", flat=True))


def tell_released(*, reply: InvitationReply, before: InvitationReply | None) -> list[Message]:
    """A short mail to each person who was sent by the answer before and is not any more.

    Raises:
        RuntimeError: called outside a transaction.
    """
    if before is None:
        return []
    kept = set(reply.people.exclude(person=None).values_list("person", flat=True))
    rows = before.people.select_related("person").exclude(person=None).exclude(person__email="")
    sent = [_release(reply, row) for row in rows if row.person_id not in kept]
    return [message for message in sent if message]


def _release(reply: InvitationReply, row: InvitationReplyPerson) -> Message | None:
    invitation, person = reply.invitation, row.person
    assert person is not None
    sender = heading.full_name(invitation.organization)
    context = {"meeting": invitation.meeting, "addressee": person.styled_name, "sender": sender}
    return queue(
        dedupe_key=f"released:{reply.pk}:{person.pk}",
        to=person.email,
        to_name=person.full_name,
        **sender_for(invitation.organization),
        subject=f"Không cử dự nữa: {invitation.meeting.title}",
        text=render_to_string("meetings/mail/released.txt", context),
        about=reply,
    )


def _mail(reply: InvitationReply, row: InvitationReplyPerson) -> Message | None:
    invitation = reply.invitation
    meeting, person = invitation.meeting, row.person
    assert person is not None
    sender = heading.full_name(invitation.organization)
    host = heading.full_name(meeting.host)
    context: dict[str, Any] = {
        "meeting": meeting,
        "addressee": person.styled_name,
        "sender": sender,
        "host": host,
        "link": settings.SITE_URL + reverse("meetings:meeting_detail", args=[meeting.pk]),
        "document": invitation.document,
    }
    ics = request_ics(
        meeting, attendee_email=person.email, attendee_name=person.full_name, organizer_name=host
    )
    attachments = [Attachment("cuoc-hop.ics", "text/calendar; method=REQUEST", files.store(ics, ".ics"))]
    if invitation.document:
        name = f"{invitation.document.symbol.replace('/', '-')}.pdf"
        attachments.insert(0, Attachment(name, "application/pdf", invitation.document.file))
    # Sent once for each time and place, and again to one who was released in between.
    released = Message.objects.filter(
        dedupe_key__in=[f"released:{key}:{person.pk}" for key in _earlier(reply)]
    ).count()
    return queue(
        dedupe_key=f"assigned:{invitation.pk}:{person.pk}:{meeting.version}:{released}",
        to=person.email,
        to_name=person.full_name,
        **sender_for(invitation.organization),
        subject=f"Cử dự: {meeting.title}",
        text=render_to_string("meetings/mail/assigned.txt", context),
        html=render_to_string("meetings/mail/assigned.html", context),
        attachments=attachments,
        # About the reply, not the invitation: the host's office follows its own mails only.
        about=reply,
    )
