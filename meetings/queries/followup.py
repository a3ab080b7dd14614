"""What came of a meeting's duties, for the host's office."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects

from coordination.models import Duty, Evidence
from documents.models import Document


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
