"""What was answered: every answer of a body, who comes for it, what members said, and what follows for seats and quorum."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from councils.models import Membership
from councils.queries import members_on
from meetings.choices import Answer
from meetings.law import quorum as law
from meetings.models import Invitation, InvitationReply, InvitationReplyPerson, Meeting, MemberReply
from meetings.queries.record import replies_of_members, threshold_on


@dataclass(frozen=True)
class Seat:
    """One expected person. The name is empty while a body has not said whom it sends.

    Attributes:
        body: where the person comes from, as papers name it; empty for a member of the host.
        said: whether they, or their body, said they come.
    """

    name: str
    title: str
    body: str = ""
    phone: str = ""
    has_meal: bool = False
    said: bool = True


@dataclass(frozen=True)
class SeatList:
    """Who needs a seat, members first, then guests by protocol; bodies that have not answered are apart."""

    members: list[Seat]
    guests: list[Seat]
    silent: list[Invitation]

    @property
    def seats(self) -> int:
        """Chairs to put out for those expected; none for bodies that have not answered."""
        return len(self.members) + len(self.guests)

    @property
    def meals(self) -> int:
        return sum(seat.has_meal for seat in (*self.members, *self.guests))


def replies_prefetch() -> Any:
    """All answers of an invitation with their people, oldest first; three queries whatever the number."""
    return Prefetch(
        "replies", InvitationReply.objects.select_related("recorded_by__person").prefetch_related("people")
    )


def with_replies(invitations: Iterable[Invitation]) -> list[Invitation]:
    """The invitations with all their answers at hand."""
    rows = list(invitations)
    prefetch_related_objects(rows, replies_prefetch())
    return rows


def people_of(invitation: Invitation) -> list[InvitationReplyPerson]:
    """Those the body sends by the answer that stands; the answers must be at hand."""
    reply = invitation.standing
    return list(reply.people.all()) if reply else []


def seats_of(invitation: Invitation, body: str) -> list[Seat]:
    """A seat for each person a body sends; one without a name while it has named nobody, none when it declines.

    Args:
        body: its name as papers write it.
    """
    if invitation.answer == Answer.DECLINED:
        return []
    said = bool(invitation.answer)
    people = [Seat(one.name, one.title, body, one.phone, one.has_meal, said) for one in people_of(invitation)]
    return people or [Seat(invitation.attendee_name, invitation.attendee_title, body, said=said)]


def seat_list(meeting: Meeting) -> SeatList:
    """Who needs a seat and a meal, from the answers so far; six queries."""
    replies = replies_of_members(meeting)
    members = [
        _member_seat(seat, replies.get(seat.pk))
        for seat in members_on(meeting.host, meeting.day)
        if seat.pk not in replies or replies[seat.pk].comes
    ]
    invitations = with_replies(meeting.invitations.in_protocol_order())
    guests = [seat for row in invitations if row.answer for seat in seats_of(row, row.organization.name)]
    return SeatList(members, guests, [row for row in invitations if not row.answer])


def _member_seat(seat: Membership, reply: MemberReply | None) -> Seat:
    person = seat.person
    meal = bool(reply and reply.has_meal)
    return Seat(person.full_name, seat.post.name, "", person.phone, meal, reply is not None)


@dataclass(frozen=True)
class MemberLine:
    """One member with what they said; None while they said nothing."""

    membership: Membership
    reply: MemberReply | None


@dataclass(frozen=True)
class Outlook:
    """Members with their words, and the quorum if those who said yes come."""

    members: list[MemberLine]
    forecast: law.Forecast


def outlook_of(meeting: Meeting) -> Outlook:
    """What to expect of the members; three queries."""
    replies = replies_of_members(meeting)
    lines = [MemberLine(seat, replies.get(seat.pk)) for seat in members_on(meeting.host, meeting.day)]
    given = [line.reply.comes for line in lines if line.reply]
    return Outlook(
        lines,
        law.forecast(len(lines), given.count(True), given.count(False), threshold_on("quorum", meeting.day)),
    )


def own_seats(user: Any, meeting: Meeting) -> list[MemberLine]:
    """The person's own seats in the host on the day, with what they said; no query for an account without a person."""
    if user.person_id is None:
        return []
    seats: QuerySet[Membership] = members_on(meeting.host, meeting.day).filter(person=user.person_id)
    found = list(seats)
    replies = replies_of_members(meeting) if found else {}
    return [MemberLine(seat, replies.get(seat.pk)) for seat in found]


def member_seats(meeting: Meeting) -> QuerySet[Membership]:
    """The host's members on the day of the meeting."""
    return members_on(meeting.host, meeting.day).select_related("person", "post", "organization")


def invitations_for(user: Any) -> dict[int, int]:
    """Invitation to meeting, where a body sends the person behind the account by the answer that stands.

    Keys, not a condition to be nested, and in SQL: who sees a meeting is asked on every page, and almost nobody is sent.
    """
    person = getattr(user, "person_id", None)
    return {row.pk: row.meeting_id for row in Invitation.objects.raw(_SENT, [person])} if person else {}


_SENT = """
    SELECT invitation.id, invitation.meeting_id
    FROM meetings_invitationreplyperson person
    JOIN meetings_invitationreply reply ON reply.id = person.reply_id
    JOIN meetings_invitation invitation ON invitation.id = reply.invitation_id
    WHERE person.person_id = %s AND invitation.answer <> '' AND NOT invitation.is_left_out AND NOT EXISTS (
        SELECT 1 FROM meetings_invitationreply later
        WHERE later.invitation_id = reply.invitation_id AND later.id > reply.id
    )
"""


def sent_to(person: int) -> QuerySet[Invitation]:
    """Invitations to which a body sends the person by the answer that stands."""
    sent = InvitationReply.objects.filter(people__person=person).standing()
    return Invitation.objects.filter(pk__in=sent.values("invitation"), is_left_out=False)
