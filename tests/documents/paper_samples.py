"""The sample papers, as the paper tests call them."""

from documents.paper.samples.meeting import (
    ADDRESSEES,
    AGENDA,
    COUNCIL,
    DEPUTY_SIGNS,
    DISCUSSION,
    RECIPIENTS,
    STANDING_COMMITTEE,
    START,
    SUBJECT,
    VENUE,
    invitation_paper,
    minutes_paper,
    notice_paper,
    signin_paper,
    vote,
    work_week_paper,
)

__all__ = [
    "ADDRESSEES",
    "AGENDA",
    "COUNCIL",
    "DEPUTY_SIGNS",
    "DISCUSSION",
    "RECIPIENTS",
    "STANDING_COMMITTEE",
    "START",
    "SUBJECT",
    "VENUE",
    "invitation_paper",
    "minutes_paper",
    "notice_paper",
    "signin_paper",
    "vote",
    "work_week_paper",
]
