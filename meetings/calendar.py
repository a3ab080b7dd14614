"""Meetings as iCalendar (RFC 5545, RFC 5546)."""

from datetime import datetime

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from hdnd.lib import clock
from meetings.models import Meeting


def uid(meeting: Meeting) -> str:
    """Stable over all changes of the meeting."""
    return f"cuoc-hop-{meeting.pk}@{settings.ICS_DOMAIN}"


def vevent(meeting: Meeting, *, stamp: datetime) -> Event:
    """The meeting as an event: the same in a mailed entry and in a calendar that is subscribed to.

    Args:
        stamp: when the event was written (DTSTAMP).
    """
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.version - 1)
    event.add("dtstamp", stamp)
    event.add("dtstart", clock.local(meeting.starts_at))
    event.add("dtend", clock.local(meeting.expected_end))
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("status", "CANCELLED" if meeting.is_called_off else "CONFIRMED")
    event.add("description", "\n".join(f"{item.position}. {item.title}" for item in meeting.agenda.all()))
    event.add("transp", "OPAQUE")
    return event


def request_ics(
    meeting: Meeting,
    *,
    attendee_email: str,
    attendee_name: str,
    organizer_name: str,
    method: str = "REQUEST",
) -> bytes:
    """A calendar for one invited address, with its VTIMEZONE.

    Args:
        method: REQUEST puts the meeting, as it stands, into the calendar; CANCEL takes it out again.
    """
    event = vevent(meeting, stamp=clock.now())
    if method == "CANCEL":
        event["status"] = vText("CANCELLED")
    organizer = vCalAddress(f"mailto:{settings.ORGANIZER_EMAIL}")
    organizer.params["cn"] = vText(organizer_name)
    event["organizer"] = organizer
    attendee = vCalAddress(f"mailto:{attendee_email}")
    attendee.params["cn"] = vText(attendee_name)
    attendee.params["role"] = vText("REQ-PARTICIPANT")
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    event.add("attendee", attendee, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Dieu phoi HDND//vi")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
