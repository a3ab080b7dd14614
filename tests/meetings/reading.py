"""What is stored of a meeting, in the words of the tests."""

from coordination.models import Duty
from hdnd.lib import clock
from meetings.choices import Basis
from meetings.models import Attendance, Invitation, Meeting


def invited(meeting: Meeting) -> list[tuple[str, str, list[str]]]:
    """Code, basis and clauses of the invited, in order."""
    rows = meeting.invitations.filter(is_left_out=False).select_related("organization").order_by("pk")
    return [(row.organization.code, row.basis, row.clauses) for row in rows]


def duties(meeting: Meeting) -> list[tuple[str, str | None, str]]:
    """Clause, creditor and today's state, by clause."""
    rows = (
        Duty.objects.of(meeting)
        .select_related("clause", "creditor")
        .order_by("clause__code", "creditor__code")
    )
    return [
        (row.clause.code, row.creditor.code if row.creditor else None, str(row.state_on(clock.today())))
        for row in rows
    ]


def row_of(meeting: Meeting, code: str) -> Invitation:
    found: Invitation = meeting.invitations.get(organization__code=code)
    return found


PLANNED = [
    ("UBND", Basis.CLAUSE, ["R09"]),
    ("X01-TT", Basis.CLAUSE, ["R22"]),
    ("X03-TT", Basis.CLAUSE, ["R22"]),
    ("MTTQ", Basis.CLAUSE, ["R34"]),
    ("SXD", Basis.AGENDA, []),
]


def marks(meeting: Meeting) -> dict[str, tuple[str, str]]:
    """Person or body to presence and reason."""
    rows = Attendance.objects.filter(meeting=meeting).select_related(
        "membership__person", "invitation__organization"
    )
    return {
        row.membership.person.code if row.membership else row.invitation.organization.code: (
            row.presence,
            row.reason,
        )
        for row in rows
    }
