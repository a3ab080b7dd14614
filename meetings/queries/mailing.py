"""The mails of a meeting, for the host's office."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Count, QuerySet

from councils.models import Organization
from hdnd.outbox.models import Message, State
from hdnd.outbox.queries import messages_about
from meetings.models import Invitation, Meeting


def messages_of(meeting: Meeting, invitations: Iterable[int] | None = None) -> QuerySet[Message]:
    """Mails about the meeting and its invitations, each with what it is about at hand.

    Args:
        invitations: the keys of all its invitations where they are known; else they are read.
    """
    keys = meeting.invitations.values_list("pk", flat=True) if invitations is None else invitations
    guests = list(keys)
    found = messages_about(Meeting, [meeting.pk]) | messages_about(Invitation, guests)
    about = GenericPrefetch(
        "about", [Invitation.objects.select_related("organization"), Meeting.objects.all()]
    )
    return found.prefetch_related(about)


def failed_messages(meeting: Meeting, invitations: Iterable[int] | None = None) -> list[Message]:
    """Mails that did not arrive, for the secretary to mend by name; `invitations` as in `messages_of`."""
    return list(messages_of(meeting, invitations).filter(state=State.FAILED).order_by("to_name", "pk"))


def body_of(message: Message) -> Organization | None:
    """The invited body a mail went to; None for a member of the host and for who got a task."""
    about = message.about
    return about.organization if isinstance(about, Invitation) else None


def addressee_of(message: Message) -> str:
    """`Sở Xây dựng, Văn thư`, `Nguyễn Đình Lâm`: whom a mail is for, as precisely as is known."""
    body = body_of(message)
    name = message.to_name or message.to
    return f"{body.label}, {name}" if body and name != body.label else name


@dataclass(frozen=True)
class Mails:
    """How many mails of a meeting stand in which state."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.waiting + self.failed


def mails_of(meeting: Meeting) -> Mails:
    """The mails about the meeting and its invitations, counted in one query."""
    counted = messages_of(meeting).order_by().values_list("state").annotate(Count("pk"))
    found = dict(counted)
    return Mails(
        sent=found.get(State.SENT, 0),
        waiting=found.get(State.QUEUED, 0) + found.get(State.SENDING, 0),
        failed=found.get(State.FAILED, 0),
    )
