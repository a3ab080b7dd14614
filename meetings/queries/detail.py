"""The parts of one meeting's page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from councils.models import Organization
from councils.permissions import access
from documents.models import Document
from documents.queries import visible_documents
from meetings.models import Invitation, Meeting
from meetings.queries.meetings import visible_meetings
from meetings.queries.replies import replies_prefetch


def meeting_page(user: Any) -> QuerySet[Meeting]:
    """Visible meetings with host and chair: what the head and the facts of every page of a meeting show."""
    return visible_meetings(user).select_related("host", "chair")


@dataclass(frozen=True)
class Answers:
    """How many of the invited have answered.

    Attributes:
        keys: of all invitations, struck ones too.
        own: the invitations of the person's bodies, once issued.
    """

    keys: list[int]
    invited: int
    answered: int
    own: list[Invitation]


def answers_of(user: Any, meeting: Meeting) -> Answers:
    """One query; three more where the person's own bodies are invited."""
    rows = Invitation.objects.filter(meeting=meeting)
    roots = access(user).roots_of()
    found = list(rows.order_by("pk").values_list("pk", "organization", "answer", "issued_at", "is_left_out"))
    standing = [row for row in found if not row[4]]
    own = [pk for pk, organization, _, issued_at, _ in standing if issued_at and organization in roots]
    return Answers(
        keys=[row[0] for row in found],
        invited=len(standing),
        answered=sum(bool(row[2]) for row in standing),
        own=list(rows.filter(pk__in=own).select_related("organization").prefetch_related(replies_prefetch()))
        if own
        else [],
    )


def documents_of(user: Any, meeting: Meeting, *, all_of_them: bool) -> list[Document]:
    """Papers of the meeting that the person may open, oldest first.

    Args:
        all_of_them: the person is of the host's office, which issued them.
    """
    found = Document.objects.of(meeting).order_by("issued_at")
    return list(found if all_of_them else found.filter(pk__in=visible_documents(user).values("pk")))


def inviting_hosts(user: Any) -> list[tuple[int, str]]:
    """Keys and names of bodies that invited the person's bodies, for the filter."""
    inviting = Invitation.objects.filter(
        organization__in=access(user).roots_of(), issued_at__isnull=False
    ).values("meeting__host")
    hosts = Organization.objects.filter(pk__in=inviting).order_by("code")
    return list(hosts.values_list("pk", "name"))
