"""Meetings from plan to locked minutes."""

from meetings.models.change import MeetingChange
from meetings.models.incoming import IncomingInvitation
from meetings.models.invitation import Invitation
from meetings.models.meeting import (
    AgendaItem,
    Meeting,
    MeetingQuerySet,
    Session,
    VotingThreshold,
)
from meetings.models.minutes import Conclusion, Minutes, MinutesComment, MinutesEntry
from meetings.models.pack import MeetingPack
from meetings.models.paper import AgendaPaper, PaperRead
from meetings.models.record import Attendance, VoteEvent
from meetings.models.reminder import ReminderPause, ReminderRule, ReminderSent
from meetings.models.reply import InvitationReply, InvitationReplyPerson, MemberReply
from meetings.models.series import MeetingSeries

__all__ = [
    "AgendaItem",
    "AgendaPaper",
    "Attendance",
    "Conclusion",
    "IncomingInvitation",
    "Invitation",
    "InvitationReply",
    "InvitationReplyPerson",
    "Meeting",
    "MeetingChange",
    "MeetingPack",
    "MeetingQuerySet",
    "MeetingSeries",
    "MemberReply",
    "Minutes",
    "MinutesComment",
    "MinutesEntry",
    "PaperRead",
    "ReminderPause",
    "ReminderRule",
    "ReminderSent",
    "Session",
    "VoteEvent",
    "VotingThreshold",
]
