"""Keep the list of the invited in step with what clauses and agenda ask for."""

from collections.abc import Iterable
from typing import Any

from coordination.models import Duty
from coordination.queries import claims_of
from coordination.services import raise_duties
from meetings.choices import NOTICE_MODES, Basis
from meetings.models import Invitation, Meeting
from meetings.occasion import occasion_of


def sync_invitations(*, actor: Any, meeting: Meeting) -> list[Duty]:
    """Brings duties and the list of the invited in step with clauses and agenda.

    Bodies that clauses name come first, then those an agenda item concerns; the host's own organs are convened.
    Rows the secretary added by hand stay; others no longer asked for go.
    """
    occasion = occasion_of(meeting)
    duties = raise_duties(occasion=occasion, actor=actor)
    wanted: dict[int, dict[str, Any]] = {}
    for duty in duties:
        named = duty.creditor_id if duty.debtor_id == meeting.host_id else None
        if named and duty.mode in NOTICE_MODES and not duty.void_reason:
            row = wanted.setdefault(named, {"basis": Basis.CLAUSE, "clauses": [], "reason": "", "role": ""})
            row["clauses"] = sorted({*row["clauses"], duty.clause.code})
            row["role"] = row["role"] or duty.clause.counterpart_role
            row["reason"] = row["reason"] or f"{duty.clause.basis}: {duty.clause.sentence}"[:500]
    for pk, reason in _concerned(meeting, occasion.agenda).items():
        wanted.setdefault(pk, {"basis": Basis.AGENDA, "clauses": [], "reason": reason, "role": ""})
    stored = {invitation.organization_id: invitation for invitation in meeting.invitations.all()}
    for pk, values in wanted.items():
        _put(meeting, pk, stored.get(pk), values)
    for pk, invitation in stored.items():
        if pk not in wanted and invitation.basis != Basis.HAND and not invitation.is_issued:
            invitation.delete()
    return duties


def bodies_asked_for(meeting: Meeting) -> set[int]:
    """Bodies that clauses or agenda ask for as the plan stands, also where an earlier duty is already settled."""
    occasion = occasion_of(meeting)
    named = {
        claim.creditor.pk
        for claim in claims_of(occasion)
        if claim.creditor and claim.debtor and claim.debtor.pk == meeting.host_id
        if claim.clause.mode in NOTICE_MODES and not claim.problem
    }
    return named | _concerned(meeting, occasion.agenda).keys()


def _put(meeting: Meeting, organization_id: int, row: Invitation | None, values: dict[str, Any]) -> None:
    if row is None:
        Invitation.objects.create(meeting=meeting, organization_id=organization_id, **values)
    elif not row.is_issued and any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))


def _concerned(meeting: Meeting, agenda: Iterable[Any]) -> dict[int, str]:
    """Bodies named by agenda items, outside the host's own council, with the numbers of the items."""
    numbers: dict[int, list[str]] = {}
    for position, point in enumerate(agenda, start=1):
        for body in point.organizations:
            if body.family_root_id != meeting.host.family_root_id and body.holds_on(meeting.day):
                numbers.setdefault(body.pk, []).append(str(position))
    return {pk: f"Nội dung {', '.join(positions)} của chương trình" for pk, positions in numbers.items()}
