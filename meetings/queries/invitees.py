"""Who is invited and on what ground, what must be sent by when, and to how many addresses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from coordination.choices import DutyState, Mode
from coordination.models import Duty
from councils.models import Contact, Organization
from councils.queries import members_on
from hdnd.lib import clock
from meetings.choices import NOTICE_MODES
from meetings.models import Invitation, Meeting
from meetings.queries.replies import with_replies


@dataclass(frozen=True)
class Invitee:
    """One row of the list with the duties that name it; none when the agenda or the secretary does."""

    invitation: Invitation
    duties: list[Duty] = field(default_factory=list)

    @property
    def waived_because(self) -> str:
        """Why it is not invited although a clause names it."""
        return next((duty.waived_reason for duty in self.duties if duty.waived_reason), "")


def invitees_with_grounds(invitations: Iterable[Invitation], duties: Iterable[Duty]) -> list[Invitee]:
    """The rows in order of protocol, each with the duties of the host towards it; no query of its own.

    Args:
        invitations: with `organization__area` at hand.
        duties: of the meeting, with `clause__regulation` at hand.
    """
    grounds: dict[int, list[Duty]] = {}
    for duty in duties:
        if _is_notice(duty) and not duty.void_reason and duty.creditor_id is not None:
            grounds.setdefault(duty.creditor_id, []).append(duty)
    rows = sorted(invitations, key=lambda row: row.organization.protocol_key)
    return [Invitee(row, grounds.get(row.organization_id, [])) for row in rows]


def rows_of(meeting: Meeting) -> list[Invitation]:
    """All rows of one plan, struck ones included; one query."""
    return list(meeting.invitations.select_related("organization__area", "person", "document"))


def rows_with_replies(meeting: Meeting) -> list[Invitation]:
    """The same with every answer ever given; three more queries."""
    return with_replies(rows_of(meeting))


@dataclass(frozen=True)
class Sending:
    """What one day asks for: the same step towards one or more bodies, due for the same reason.

    Attributes:
        by_host: False for what the invited owe the host.
    """

    mode: Mode
    due_on: date
    due_why: str
    by_host: bool
    duties: list[Duty]

    @property
    def open(self) -> list[Duty]:
        """Those still to be done."""
        return [duty for duty in self.duties if not (duty.settled_on or duty.waived_reason)]

    @property
    def is_done(self) -> bool:
        return not self.open

    @property
    def is_in_time(self) -> bool:
        """Whether doing it today is in time."""
        return clock.today() <= self.due_on

    @property
    def title(self) -> str:
        """`Giấy mời 4 cơ quan`; for what others owe, what they do."""
        if self.by_host and self.mode in NOTICE_MODES:
            return f"Giấy mời {len(self.duties)} cơ quan"
        return str(self.mode.label).capitalize()


def sendings_of(meeting: Meeting, duties: Iterable[Duty]) -> list[Sending]:
    """The duties of a meeting by the day they are due, void ones aside; no query."""
    groups: dict[tuple[date, str, str, bool], list[Duty]] = {}
    for duty in duties:
        if duty.void_reason or duty.creditor_id is None or duty.debtor_id is None:
            continue
        key = (duty.due_on, duty.due_why, duty.mode, duty.debtor_id == meeting.host_id)
        groups.setdefault(key, []).append(duty)
    return [
        Sending(Mode(mode), due_on, why, by_host, rows)
        for (due_on, why, mode, by_host), rows in sorted(groups.items(), key=lambda item: item[0])
    ]


def late_if_issued_today(meeting: Meeting, duties: Iterable[Duty]) -> list[Duty]:
    """The host's duties of notice whose day has passed."""
    return [
        duty
        for duty in duties
        if duty.debtor_id == meeting.host_id
        and _is_notice(duty)
        and duty.state_on(clock.today()) in {DutyState.DUE, DutyState.MISSED}
        and duty.due_on < clock.today()
    ]


def unfound_of(duties: Iterable[Duty]) -> list[Duty]:
    """Duties whose other side does not exist on the day; each says why."""
    return [duty for duty in duties if duty.creditor_id is None or duty.debtor_id is None]


@dataclass(frozen=True)
class Reach:
    """To how many addresses the invitation would go today."""

    guests: int
    members: int
    unreachable: list[Organization]

    @property
    def total(self) -> int:
        return self.guests + self.members


def reach_of(meeting: Meeting, bodies: Iterable[Organization]) -> Reach:
    """Counts as issuing does: each address of each body once, each member with an address once; two queries."""
    invited = list(bodies)
    contacts = Contact.objects.on(clock.today()).filter(
        organization__in=[body.pk for body in invited], receives_invitations=True
    )
    addresses = {(body, email.lower()) for body, email in contacts.values_list("organization", "email")}
    reached = {body for body, _ in addresses}
    members = members_on(meeting.host, meeting.day).exclude(person__email="").values_list("person", flat=True)
    return Reach(len(addresses), len(set(members)), [body for body in invited if body.pk not in reached])


def _is_notice(duty: Duty) -> bool:
    return duty.mode in NOTICE_MODES
