"""Meetings from plan to locked minutes."""

from meetings.models.change import MeetingChange
from meetings.models.invitation import Invitation
from meetings.models.meeting import (
    AgendaItem,
    AgendaPaper,
    Meeting,
    MeetingQuerySet,
    Session,
    VotingThreshold,
)
from meetings.models.minutes import Conclusion, Minutes, MinutesComment, MinutesEntry
from meetings.models.record import Attendance, VoteEvent

__all__ = [
    "AgendaItem",
    "AgendaPaper",
    "Attendance",
    "Conclusion",
    "Invitation",
    "Meeting",
    "MeetingChange",
    "MeetingQuerySet",
    "Minutes",
    "MinutesComment",
    "MinutesEntry",
    "Session",
    "VoteEvent",
    "VotingThreshold",
]
