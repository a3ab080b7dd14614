"""What was invited to on paper stands beside the meetings: on the calendar, in the feed, in the week's calendar."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from councils.models import Organization
from hdnd.lib import clock
from meetings.models import IncomingInvitation
from tests.cast import Cast
from workbench.choices import Whose
from workbench.ics import feed_ics
from workbench.models import WorkWeek
from workbench.queries import calendar as queries
from workbench.queries.weeks import week_entries

WHEN = datetime(2026, 6, 25, 8, 0, tzinfo=clock.VIETNAM)
DAY = WHEN.date()


@pytest.fixture
def paper(cast: Cast) -> IncomingInvitation:
    """The Front of the province invites the standing committee on Thursday; P01 is sent."""
    made = IncomingInvitation.objects.create(
        host=cast.world["MTTQ"], organization=cast.world["TTHDND"], kind="other", title="Hội nghị phản biện",
        place="Trụ sở MTTQ", starts_at=WHEN, received_on=DAY, search="",
    )  # fmt: skip
    made.people.set([cast.world.people["P01"]])
    return made


def titles(user: Any, acting: Organization | None, whose: Whose) -> list[str]:
    found = queries.calendar_incoming(user, acting, whose, DAY, DAY)
    return [entry.title for entry in queries.incoming_entries(found)]


def test_on_the_calendar_of_whom_it_concerns(cast: Cast, paper: IncomingInvitation) -> None:
    host = cast.world["TTHDND"]
    assert titles(cast.secretary, host, Whose.BODY) == ["Hội nghị phản biện"]
    assert titles(cast.secretary, host, Whose.COUNCIL) == ["Hội nghị phản biện"]
    assert titles(cast.secretary, host, Whose.MINE) == []
    assert titles(cast.outsider, cast.world["X01-TT"], Whose.COUNCIL) == []
    paper.withdrawn_because = "Vào sổ nhầm"
    paper.save()
    assert titles(cast.secretary, host, Whose.BODY) == []


def test_the_page_leads_to_the_paper(cast: Cast, client: Client, paper: IncomingInvitation) -> None:
    client.force_login(cast.secretary)
    page = client.get(
        reverse("calendar:calendar"), {"xem": "tuan", "cua": "co-quan", "ngay": DAY.isoformat()}
    )
    text = page.content.decode()
    assert text.count(f'href="{reverse("meetings:incoming_detail", args=[paper.pk])}"') == 1
    assert "Giấy mời đến" in text


def test_in_the_feed_with_the_uid_of_the_mail(paper: IncomingInvitation) -> None:
    calendar = Calendar.from_ical(feed_ics("Lịch", [], [paper], stamp=WHEN))
    (event,) = calendar.walk("VEVENT")
    assert (str(event["uid"]).partition("@")[0], clock.local(event.decoded("dtstart"))) == (
        f"giay-moi-den-{paper.pk}",
        WHEN,
    )


def test_in_the_week_of_the_office_until_it_declines(cast: Cast, paper: IncomingInvitation) -> None:
    week = WorkWeek.objects.create(organization=cast.world["TTHDND"], monday=date(2026, 6, 22))
    (entry,) = week_entries(week)
    assert (entry.incoming, entry.row.content, entry.is_printed) == (paper, "Hội nghị phản biện", True)
    assert entry.row.attendees.startswith("Nguyễn Đình Lâm, ")
    paper.absent_because = "Trùng lịch"
    paper.save()
    assert week_entries(week) == []
