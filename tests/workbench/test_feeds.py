"""Links by which calendar programs read: who gets what, and how a link ends."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from hdnd.audit.models import Entry
from hdnd.lib import clock
from meetings.calendar import request_ics
from meetings.choices import MeetingState
from tests.cast import Cast
from tests.meetings import factories
from workbench.models import CalendarFeed
from workbench.queries.feeds import feed_of, token_for
from workbench.services.feeds import issue_feed, revoke_feed

NOW = datetime(2026, 6, 24, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture(autouse=True)
def _now(set_clock: Any) -> None:
    set_clock(NOW)


def address(feed: CalendarFeed) -> str:
    return reverse("calendar:feed_file", args=[token_for(feed)])


def events(client: Client, feed: CalendarFeed) -> list[tuple[str, str]]:
    response = client.get(address(feed))
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar = Calendar.from_ical(response.content)
    return [(str(row["summary"]), str(row["status"])) for row in calendar.walk("VEVENT")]


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_body_feed_holds_its_meetings_as_its_reader_may_see_them(cast: Cast, client: Client) -> None:
    world = cast.world
    factories.meeting(world, title="Đã mời", starts_at=NOW + timedelta(days=1))
    factories.meeting(world, title="Kế hoạch", starts_at=NOW + timedelta(days=2), state=MeetingState.PLANNED)
    factories.meeting(world, title="Hủy", starts_at=NOW + timedelta(days=3), state=MeetingState.CANCELLED)
    factories.meeting(world, title="Của Ban", host="BPC", starts_at=NOW)
    factories.meeting(world, title="61 ngày trước", starts_at=NOW - timedelta(days=61))
    factories.meeting(world, title="60 ngày trước", starts_at=NOW - timedelta(days=60))
    factories.meeting(world, title="366 ngày nữa", starts_at=NOW + timedelta(days=366))
    feed = issue_feed(actor=cast.secretary, organization=world["TTHDND"])
    assert events(client, feed) == [
        ("60 ngày trước", "CONFIRMED"), ("Đã mời", "CONFIRMED"), ("Kế hoạch", "TENTATIVE"), ("Hủy", "CANCELLED"),
    ]  # fmt: skip
    # A delegate's link to the same body does not show the plan.
    theirs = issue_feed(actor=cast.delegate, organization=world["TTHDND"])
    assert [title for title, _ in events(client, theirs)] == ["60 ngày trước", "Đã mời", "Hủy"]


def test_my_feed_holds_my_meetings_under_the_uid_of_the_mailed_entry(cast: Cast, client: Client) -> None:
    meeting = factories.meeting(cast.world, starts_at=NOW)
    factories.meeting(cast.world, host="BPC", chair=None, starts_at=NOW)
    feed = issue_feed(actor=cast.leader, organization=None)
    (read,) = Calendar.from_ical(client.get(address(feed)).content).walk("VEVENT")
    mailed = Calendar.from_ical(
        request_ics(meeting, attendee_email="a@b.test", attendee_name="A", organizer_name="B")
    ).walk("VEVENT")[0]
    for name in ("uid", "sequence", "dtstart", "dtend", "summary", "location", "description"):
        assert read[name] == mailed[name]
    assert str(read["url"]).endswith(f"/cuoc-hop/{meeting.pk}/")
    assert "attendee" not in read  # whoever subscribes learns no address


def test_a_link_is_long_signed_and_not_stored(cast: Cast) -> None:
    feed = issue_feed(actor=cast.leader, organization=None)
    token = token_for(feed)
    assert len(token) > 70
    assert feed_of(token) == feed
    stored = CalendarFeed.objects.values().get()
    assert token not in map(str, stored.values())
    assert [(row.user, row.organization, row.revoked_at) for row in CalendarFeed.objects.all()] == [
        (cast.leader, None, None)
    ]


def test_a_guessed_changed_or_foreign_link_is_404(cast: Cast, client: Client) -> None:
    feed, other = (issue_feed(actor=actor, organization=None) for actor in (cast.leader, cast.delegate))
    token = token_for(feed)
    guesses = [
        "1", "x" * 80, token[:-1], token[1:], token.swapcase(), f"{other.pk}{token[len(str(feed.pk)) :]}",
        f"{feed.pk}-{feed.nonce}", f"{feed.pk}-{feed.nonce}.", "%00", "..",
    ]  # fmt: skip
    for guess in guesses:
        assert client.get(f"/lich/feed/{guess}.ics").status_code == 404, guess
    assert client.get(address(feed)).status_code == 200


def test_a_revoked_link_and_a_closed_account_are_404(cast: Cast, client: Client) -> None:
    feed = issue_feed(actor=cast.leader, organization=None)
    revoke_feed(actor=cast.leader, feed=feed)
    assert client.get(address(feed)).status_code == 404
    assert verbs() == ["workbench.feed.issued", "workbench.feed.revoked"]
    revoke_feed(actor=cast.leader, feed=feed)  # again: nothing more is written
    assert len(verbs()) == 2

    body = issue_feed(actor=cast.secretary, organization=cast.world["TTHDND"])
    cast.secretary.is_active = False
    cast.secretary.save()
    assert client.get(address(body)).status_code == 404


def test_a_role_that_ends_empties_the_link(cast: Cast, client: Client) -> None:
    factories.meeting(cast.world, starts_at=NOW)
    feed = issue_feed(actor=cast.secretary, organization=cast.world["TTHDND"])
    assert len(events(client, feed)) == 1
    cast.secretary.roles.update(valid_to=NOW.date() - timedelta(days=1))
    assert events(client, feed) == []


def test_a_new_link_ends_the_old_one(cast: Cast, client: Client) -> None:
    old = issue_feed(actor=cast.leader, organization=None)
    new = issue_feed(actor=cast.leader, organization=None)
    assert (client.get(address(old)).status_code, client.get(address(new)).status_code) == (404, 200)
    assert verbs() == ["workbench.feed.issued", "workbench.feed.revoked", "workbench.feed.issued"]


def test_others_links_and_foreign_bodies_are_refused_and_nothing_is_written(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        issue_feed(actor=cast.outsider, organization=cast.world["TTHDND"])
    assert (CalendarFeed.objects.count(), verbs()) == (0, [])
    feed = issue_feed(actor=cast.leader, organization=None)
    with pytest.raises(PermissionDenied):
        revoke_feed(actor=cast.secretary, feed=feed)
    feed.refresh_from_db()
    assert (feed.revoked_at, verbs()) == (None, ["workbench.feed.issued"])


def test_nothing_new_is_304_and_a_change_is_not(cast: Cast, client: Client, set_clock: Any) -> None:
    meeting = factories.meeting(cast.world, starts_at=NOW)
    feed = issue_feed(actor=cast.leader, organization=None)
    first = client.get(address(feed))
    set_clock(NOW + timedelta(hours=3))
    again = client.get(address(feed), HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    meeting.place, meeting.version = "Hội trường lớn", 2
    meeting.save()
    changed = client.get(address(feed), HTTP_IF_NONE_MATCH=first["ETag"])
    (event,) = Calendar.from_ical(changed.content).walk("VEVENT")
    assert (changed.status_code, event["location"], event["sequence"]) == (200, "Hội trường lớn", 1)


def test_reading_is_noted_every_six_hours_at_most(cast: Cast, client: Client, set_clock: Any) -> None:
    feed = issue_feed(actor=cast.leader, organization=None)
    noted = []
    for hours in (0, 5, 7):
        set_clock(NOW + timedelta(hours=hours))
        client.get(address(feed))
        feed.refresh_from_db()
        noted.append(feed.last_read_at)
    assert noted == [NOW, NOW, NOW + timedelta(hours=7)]


def test_the_page_shows_address_and_code_of_ones_own_links(cast: Cast, client: Client) -> None:
    issue_feed(actor=cast.secretary, organization=cast.world["TTHDND"])
    client.force_login(cast.leader)
    assert client.post("/lich/dang-ky/").status_code == 302
    html = client.get("/lich/dang-ky/").content.decode()
    feed = CalendarFeed.objects.get(user=cast.leader)
    assert html.count(token_for(feed)) == 2  # to copy, to open; the code draws it
    assert html.count("data:image/svg+xml") == 1
    # The body's link is another person's: here one may only make one's own.
    assert html.count("Tạo đường dẫn</button>") == 1
    assert client.post(f"/lich/dang-ky/{feed.pk}/thu-hoi/").status_code == 302
    assert "data:image/svg+xml" not in client.get("/lich/dang-ky/").content.decode()
