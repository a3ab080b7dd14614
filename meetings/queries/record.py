"""Attendance, quorum and votes as they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from councils.models import Membership, Organization
from councils.queries import members_on
from meetings.choices import Presence
from meetings.law import quorum as law
from meetings.models import Attendance, Invitation, Meeting, MemberReply, VoteEvent, VotingThreshold


@dataclass(frozen=True)
class MemberRow:
    """One member at the door; `attendance` is None while nothing is marked, `said` what they said in advance."""

    membership: Membership
    attendance: Attendance | None
    said: MemberReply | None = None

    @property
    def presence(self) -> str:
        return self.attendance.presence if self.attendance else ""


@dataclass(frozen=True)
class GuestRow:
    """One invited body at the door."""

    invitation: Invitation
    attendance: Attendance | None

    @property
    def presence(self) -> str:
        return self.attendance.presence if self.attendance else ""


@dataclass(frozen=True)
class Sheet:
    """Everyone expected at a meeting and who came."""

    members: list[MemberRow]
    guests: list[GuestRow]

    @property
    def present(self) -> int:
        """Members present; guests never count."""
        return sum(row.presence == Presence.PRESENT for row in self.members)

    @property
    def guests_present(self) -> int:
        return sum(row.presence == Presence.PRESENT for row in self.guests)


def replies_of_members(meeting: Meeting) -> dict[int, MemberReply]:
    """What each member said in advance, by the key of the membership; one query."""
    return {row.membership_id: row for row in meeting.member_replies.all()}


def attendance_sheet(meeting: Meeting) -> Sheet:
    """Members in force on the day of the meeting and invited bodies, with their marks and what members said; four queries."""
    marks = list(meeting.attendance.all())
    by_member = {mark.membership_id: mark for mark in marks if mark.membership_id}
    by_guest = {mark.invitation_id: mark for mark in marks if mark.invitation_id}
    said = replies_of_members(meeting)
    members = [
        MemberRow(seat, by_member.get(seat.pk), said.get(seat.pk))
        for seat in members_on(meeting.host, meeting.day)
    ]
    invited = meeting.invitations.in_protocol_order()
    guests = [GuestRow(invitation, by_guest.get(invitation.pk)) for invitation in invited]
    return Sheet(members, guests)


def threshold_on(use: str, day: date) -> law.Threshold:
    """The dated share for a quorum (`quorum`) or a vote (`majority`, `two_thirds`).

    Falls back on the fractions that stand in the law's text when no row is entered for the day.
    """
    row = VotingThreshold.objects.on(day).filter(use=use).order_by("-valid_from").first()
    if row is None:
        return law.HALF if use == "majority" else law.TWO_THIRDS
    return law.Threshold(Fraction(row.numerator, row.denominator), row.is_strict, row.article)


def live_quorum(meeting: Meeting, sheet: Sheet | None = None) -> law.Quorum:
    """The quorum from the memberships in force on the day and the marks so far."""
    sheet = sheet or attendance_sheet(meeting)
    return law.quorum(len(sheet.members), sheet.present, threshold_on("quorum", meeting.day))


def vote_results(meeting: Meeting) -> list[tuple[VoteEvent, law.VoteResult]]:
    """Each vote with its computed result."""
    events = list(meeting.votes.select_related("item").order_by("item__position", "pk"))
    thresholds = {rule: threshold_on(rule, meeting.day) for rule in {event.rule for event in events}}
    return [(event, result_of(event, thresholds[event.rule])) for event in events]


def result_of(event: VoteEvent, threshold: law.Threshold) -> law.VoteResult:
    """The result of one tally against the members counted at the vote."""
    return law.vote(
        total=event.members,
        present=event.present,
        in_favour=event.in_favour,
        against=event.against,
        other=event.other,
        not_voting=event.not_voting,
        threshold=threshold,
    )


@dataclass(frozen=True)
class AttendanceRate:
    """How often one member came, of the meetings held while the membership was in force."""

    membership: Membership
    meetings: int
    present: int
    excused: int

    @property
    def absent(self) -> int:
        return self.meetings - self.present - self.excused


def attendance_rates(organization: Organization, first: date, last: date) -> list[AttendanceRate]:
    """Attendance by member; a member who joined in May was not absent in April. Four queries."""
    held = [
        (meeting.pk, meeting.day)
        for meeting in Meeting.objects.between(first, last).filter(host=organization, opened_at__isnull=False)
    ]
    seats = (
        Membership.objects.filter(organization=organization, post__is_member=True, valid_from__lte=last)
        .exclude(valid_to__lt=first)
        .select_related("person", "post")
    )
    marks: dict[int, dict[int, str]] = {}
    counted = Attendance.objects.filter(meeting__in=[pk for pk, _ in held], membership__isnull=False)
    for member, meeting, presence in counted.values_list("membership", "meeting", "presence"):
        marks.setdefault(member, {})[meeting] = presence
    return [_rate(seat, held, marks.get(seat.pk, {})) for seat in seats]


def _rate(seat: Membership, held: Iterable[tuple[int, date]], marks: dict[int, str]) -> AttendanceRate:
    counted = [pk for pk, day in held if seat.holds_on(day)]
    presences = [marks.get(pk) for pk in counted]
    return AttendanceRate(
        seat, len(counted), presences.count(Presence.PRESENT), presences.count(Presence.EXCUSED)
    )
