"""What came of a meeting's duties, for the host's office."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects

from coordination.models import Duty, Evidence
from documents.models import Document
from documents.paper.change_notice import Changed
from meetings.models import Conclusion, Meeting, MeetingChange
from meetings.papers_of_change import changes_in_words


def conclusions_of_meeting(meeting: Meeting) -> list[Conclusion]:
    """The conclusions in their order, each with whom it was given to."""
    return list(meeting.conclusions.select_related("assignee").order_by("position"))


@dataclass(frozen=True)
class ChangeLine:
    """One change after the invitation was out, with what differs in words."""

    change: MeetingChange
    points: list[Changed]


def changes_of(meeting: Meeting) -> list[ChangeLine]:
    """The changes of the meeting with their notices, the latest first; one query."""
    changes = meeting.changes.select_related("document", "made_by__person").order_by("-pk")
    return [ChangeLine(change, changes_in_words(change.differences)) for change in changes]


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
                if not evidence.withdrawn_reason
            ],
        )
        for duty in arisen
    ]
