"""Links to the calendar: issued, read, revoked."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from councils.models import Organization, User
from councils.permissions import access, ensure
from hdnd.audit.services import record
from hdnd.lib import clock
from workbench.models import CalendarFeed

READ_NOTED_EVERY = timedelta(hours=6)


@transaction.atomic
def issue_feed(*, actor: Any, organization: Organization | None) -> CalendarFeed:
    """A new link to the person's own calendar, or to that of a body they have a role for; the old one ends.

    Raises:
        PermissionDenied: no role for the body.
    """
    ensure(
        organization is None or access(actor).serves(organization),
        "Chỉ người có vai trò ở cơ quan mới đăng ký được lịch của cơ quan.",
    )
    User.objects.select_for_update().get(pk=actor.pk)
    for old in CalendarFeed.objects.filter(user=actor, organization=organization, revoked_at=None):
        _revoke(actor, old)
    feed = CalendarFeed(user=actor, organization=organization, nonce=get_random_string(32))
    feed.full_clean()
    feed.save()
    record("workbench.feed.issued", feed, actor=actor)
    return feed


@transaction.atomic
def revoke_feed(*, actor: Any, feed: CalendarFeed) -> None:
    """Ends the link at once; a second time does nothing.

    Raises:
        PermissionDenied: another person's link.
    """
    feed = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    ensure(feed.user_id == actor.pk, "Chỉ chủ tài khoản thu hồi được đường dẫn lịch của mình.")
    if feed.revoked_at is None:
        _revoke(actor, feed)


def note_read(*, feed: CalendarFeed) -> None:
    """Remembers that a calendar program reads by the link; written at most every six hours."""
    now = clock.now()
    if feed.last_read_at is None or feed.last_read_at < now - READ_NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=now)


def _revoke(actor: Any, feed: CalendarFeed) -> None:
    feed.revoked_at = clock.now()
    feed.save(update_fields=["revoked_at"])
    record("workbench.feed.revoked", feed, actor=actor)
