"""Reads of minutes and conclusions."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from councils.choices import RoleKind
from councils.permissions import OFFICE_KINDS, access, family_filter
from meetings.models import Conclusion, Meeting, Minutes, MinutesComment, MinutesEntry
from meetings.queries.meetings import visible_meetings


def minutes_meetings(user: Any) -> QuerySet[Meeting]:
    """Meetings whose minutes the person may read: those of their own bodies, not those they were guests at."""
    roots = access(user).roots_of(OFFICE_KINDS | {RoleKind.DELEGATE})
    return visible_meetings(user).filter(family_filter("host", roots)).select_related("host__area", "chair")


def minutes_versions(meeting: Meeting) -> list[Minutes]:
    """All versions, the newest first, with entries and comments; four queries."""
    entries = MinutesEntry.objects.select_related("item").order_by("item__position")
    comments = MinutesComment.objects.select_related("author__person", "item")
    found = meeting.minutes_versions.select_related("document", "supersedes__document")
    return list(
        found.prefetch_related(Prefetch("entries", entries), Prefetch("comments", comments)).order_by(
            "-number"
        )
    )


def entries_of(user: Any) -> QuerySet[MinutesEntry]:
    """Entries of the minutes a person's office writes."""
    roots = access(user).roots_of(OFFICE_KINDS)
    found = MinutesEntry.objects.filter(family_filter("minutes__meeting__host", roots))
    return found.select_related("minutes__meeting__host", "item")


def conclusions_of(user: Any) -> QuerySet[Conclusion]:
    """Conclusions of the meetings that a person's office holds."""
    roots = access(user).roots_of(OFFICE_KINDS)
    return Conclusion.objects.filter(family_filter("meeting__host", roots)).select_related(
        "meeting__host__area"
    )
