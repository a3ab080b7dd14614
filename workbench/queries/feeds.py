"""Links to a calendar: whose they are, which one a token stands for, and what a calendar program reads by it."""

from datetime import date, timedelta
from typing import Any

from django.core import signing
from django.db.models import QuerySet

from hdnd.lib import clock
from meetings.models import IncomingInvitation, Meeting
from workbench.choices import Whose
from workbench.models import CalendarFeed
from workbench.queries.calendar import calendar_incoming, calendar_meetings

BACK, AHEAD = timedelta(days=60), timedelta(days=365)
"""How far a subscribed calendar reaches."""
# A dot, not the usual colon, which some calendar programs escape; the secret key is what makes a link.
_SIGNER = signing.Signer(salt="workbench.feed", sep=".")


def own_feeds(user: Any) -> QuerySet[CalendarFeed]:
    """The person's links that still work."""
    return CalendarFeed.objects.filter(user=user.pk, revoked_at=None).select_related("organization")


def token_for(feed: CalendarFeed) -> str:
    """The secret part of the link, over 70 characters; forging one needs the server's key."""
    return _SIGNER.sign(f"{feed.pk}-{feed.nonce}")


def feed_of(token: str) -> CalendarFeed | None:
    """The link a token stands for; None when it is guessed, revoked, or its account is closed."""
    try:
        pk, _, nonce = _SIGNER.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    found = CalendarFeed.objects.filter(pk=pk, nonce=nonce, revoked_at=None, user__is_active=True)
    return found.select_related("user", "organization").first()


def feed_meetings(feed: CalendarFeed) -> QuerySet[Meeting]:
    """What its owner may see today, of themselves or of the body, from 60 days back to a year ahead."""
    found = calendar_meetings(feed.user, feed.organization, *_span(feed))
    return found.select_related("host", "chair").prefetch_related("agenda")


def feed_incoming(feed: CalendarFeed) -> QuerySet[IncomingInvitation]:
    """What they are invited to on paper in the same days, unless they said they do not go."""
    return calendar_incoming(feed.user, feed.organization, *_span(feed)).order_by("starts_at", "pk")


def _span(feed: CalendarFeed) -> tuple[Whose, date, date]:
    today = clock.today()
    return Whose.BODY if feed.organization else Whose.MINE, today - BACK, today + AHEAD
