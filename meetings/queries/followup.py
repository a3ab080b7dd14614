"""What came of a meeting's duties and mails, for the host's office."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, prefetch_related_objects

from coordination.models import Duty, Evidence
from documents.models import Document
from hdnd.outbox.models import State
from hdnd.outbox.queries import messages_about
from meetings.models import Invitation, Meeting


@dataclass(frozen=True)
class Proof:
    """One piece of evidence; `document` is the key of the paper that proves it, if one does."""

    evidence: Evidence
    document: int | None

    @property
    def text(self) -> str:
        return self.evidence.note or self.evidence.get_kind_display().capitalize()


@dataclass(frozen=True)
class DutyLine:
    """A duty with what proves it was done."""

    duty: Duty
    proofs: list[Proof]


def duty_lines(duties: list[Duty]) -> list[DutyLine]:
    """The duties that arose, each with its evidence; one query for all. Void ones are left to the audit."""
    arisen = [duty for duty in duties if not duty.void_reason]
    prefetch_related_objects(arisen, "evidence")
    papers = ContentType.objects.get_for_model(Document).pk
    return [
        DutyLine(
            duty,
            [
                Proof(evidence, evidence.object_id if evidence.content_type_id == papers else None)
                for evidence in duty.evidence.all()
            ],
        )
        for duty in arisen
    ]


@dataclass(frozen=True)
class Mails:
    """How many mails of a meeting stand in which state."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.waiting + self.failed


def mails_of(meeting: Meeting, invitations: list[Invitation]) -> Mails:
    """The mails about the meeting and its invitations, counted in one query."""
    own = messages_about(Meeting, [meeting.pk])
    guests = messages_about(Invitation, [row.pk for row in invitations])
    counted = (own | guests).order_by().values_list("state").annotate(Count("pk"))
    found = dict(counted)
    return Mails(
        sent=found.get(State.SENT, 0),
        waiting=found.get(State.QUEUED, 0) + found.get(State.SENDING, 0),
        failed=found.get(State.FAILED, 0),
    )
