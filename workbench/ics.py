"""A calendar to subscribe to (RFC 5545, RFC 7986)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from meetings.calendar import incoming_vevent, vevent
from meetings.choices import MeetingState
from meetings.models import IncomingInvitation, Meeting

REFRESH = timedelta(hours=1)


def feed_ics(
    name: str, meetings: Iterable[Meeting], incoming: Iterable[IncomingInvitation], *, stamp: datetime
) -> bytes:
    """The meetings and what was invited to on paper, under the name; equal meetings and stamp give equal bytes.

    Events carry the UID of the mailed entries, so that a program which holds both shows one; a plan is tentative.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Dieu phoi HDND//vi")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for meeting in meetings:
        event = vevent(meeting, stamp=stamp)
        if meeting.state == MeetingState.PLANNED:
            event["status"] = "TENTATIVE"
        page = reverse("meetings:meeting_detail", args=[meeting.pk])
        event.add("url", f"{settings.SITE_URL}{page}")
        calendar.add_component(event)
    for paper in incoming:
        event = incoming_vevent(paper, stamp=stamp)
        event.add("url", f"{settings.SITE_URL}{reverse('meetings:incoming_detail', args=[paper.pk])}")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
