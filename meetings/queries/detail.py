"""The parts of one meeting's page."""

from typing import Any

from councils.models import Organization
from councils.permissions import access
from documents.models import Document
from documents.queries import visible_documents
from meetings.models import Invitation, Meeting


def answers_of(meeting: Meeting) -> list[Invitation]:
    """Invited bodies with their answers, as papers name them."""
    return sorted(
        (row for row in meeting.invitations.all() if not row.is_left_out),
        key=lambda row: row.organization.protocol_key,
    )


def own_invitations(user: Any, meeting: Meeting) -> list[Invitation]:
    """The invitations of the person's own bodies, once issued."""
    roots = access(user).roots_of()
    return [
        row for row in meeting.invitations.all()
        if row.is_issued and not row.is_left_out and row.organization.family_root_id in roots
    ]  # fmt: skip


def documents_of(user: Any, meeting: Meeting) -> list[Document]:
    """Papers of the meeting that the person may open, oldest first."""
    mine = visible_documents(user).values("pk")
    return list(Document.objects.of(meeting).filter(pk__in=mine).order_by("issued_at"))


def inviting_hosts(user: Any) -> list[tuple[int, str]]:
    """Keys and names of bodies that invited the person's bodies, for the filter."""
    inviting = Invitation.objects.filter(
        organization__in=access(user).roots_of(), issued_at__isnull=False
    ).values("meeting__host")
    hosts = Organization.objects.filter(pk__in=inviting).order_by("code")
    return list(hosts.values_list("pk", "name"))
