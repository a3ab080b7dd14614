"""Who may do what with a meeting. Rights depend on the role and on the state."""

from typing import Any

from councils.choices import RoleKind
from councils.models import Membership
from councils.permissions import OFFICE_KINDS, STAFF_KINDS, access, can_answer_for, can_lead, can_serve_office
from meetings.choices import MeetingState
from meetings.models import Invitation, Meeting, MeetingSeries, Minutes


def can_plan(user: Any) -> bool:
    """Secretary or liaison of a body that exists today; no query once the rights are read."""
    rights = access(user)
    return any(
        body.holds_on(rights.day) and rights.serves(body, STAFF_KINDS) for body in rights.organizations
    )


def is_host_office(user: Any, meeting: Meeting) -> bool:
    """Secretary or leader of the host or of its council: sees plans, answers, drafts."""
    return access(user).serves(meeting.host, OFFICE_KINDS)


def is_host_side(user: Any, meeting: Meeting) -> bool:
    """The host's office or a delegate of its council."""
    return access(user).serves(meeting.host, OFFICE_KINDS | {RoleKind.DELEGATE})


def may_sit(user: Any, meeting: Meeting) -> bool:
    """A leader or delegate of the host's council, who may have a seat in the host; secretaries record for others."""
    return access(user).serves(meeting.host, frozenset({RoleKind.LEADER, RoleKind.DELEGATE}))


def can_prepare(user: Any, meeting: Meeting) -> bool:
    """The host's secretariat."""
    return can_serve_office(user, meeting.host)


def can_edit_plan(user: Any, meeting: Meeting) -> bool:
    """While nothing has been issued."""
    return meeting.state == MeetingState.PLANNED and can_prepare(user, meeting)


def can_run_series(user: Any, series: MeetingSeries) -> bool:
    """The host's secretariat, until the series is ended."""
    return series.ended_at is None and can_serve_office(user, series.host)


def can_issue_invitations(user: Any, meeting: Meeting) -> bool:
    """Once, before the meeting."""
    return meeting.state == MeetingState.PLANNED and can_prepare(user, meeting)


def can_add_papers(user: Any, meeting: Meeting) -> bool:
    """The host's secretariat, until the minutes are approved or the meeting is given up."""
    over = {MeetingState.APPROVED, MeetingState.CANCELLED, MeetingState.DROPPED}
    return meeting.state not in over and can_prepare(user, meeting)


def can_change(user: Any, meeting: Meeting) -> bool:
    """Once invited, until it begins; a postponed one until it has a new day."""
    return meeting.state in {MeetingState.INVITED, MeetingState.POSTPONED} and can_prepare(user, meeting)


def can_postpone(user: Any, meeting: Meeting) -> bool:
    """Once invited; one that is already postponed gets a new day or is cancelled."""
    return meeting.state == MeetingState.INVITED and can_prepare(user, meeting)


def can_answer(user: Any, invitation: Invitation) -> bool:
    """The invited body's own accounts."""
    return can_answer_for(user, invitation.organization)


def can_take_attendance(user: Any, meeting: Meeting) -> bool:
    """The host's secretariat, until the minutes are approved."""
    open_states = {MeetingState.PLANNED, MeetingState.INVITED, MeetingState.HELD, MeetingState.MINUTED}
    return meeting.state in open_states and can_prepare(user, meeting)


def can_write_minutes(user: Any, minutes: Minutes) -> bool:
    """The host's secretariat, until they are locked."""
    return not minutes.is_locked and can_prepare(user, minutes.meeting)


def can_approve_minutes(user: Any, minutes: Minutes) -> bool:
    """The chair of the meeting, or a leader of the host when the chair has no account."""
    if minutes.is_locked:
        return False
    chair = minutes.meeting.chair_id
    return (chair is not None and user.person_id == chair) or can_lead(user, minutes.meeting.host)


def can_comment_minutes(user: Any, minutes: Minutes) -> bool:
    """Whoever belongs to the host side, while comments are asked for."""
    return minutes.state == "circulated" and is_host_side(user, minutes.meeting)


def can_reply_as_member(user: Any, meeting: Meeting, membership: Membership) -> bool:
    """The member in person, or the host's secretariat for one who telephones."""
    is_self = user.person_id is not None and user.person_id == membership.person_id
    return is_self or can_prepare(user, meeting)
