"""Meetings as iCalendar (RFC 5545, RFC 5546)."""

from datetime import datetime

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from hdnd.lib import clock
from meetings.models import IncomingInvitation, Meeting


def uid(meeting: Meeting) -> str:
    """Stable over all changes of the meeting."""
    return f"cuoc-hop-{meeting.pk}@{settings.ICS_DOMAIN}"


def vevent(meeting: Meeting, *, stamp: datetime) -> Event:
    """The meeting as an event: the same in a mailed entry and in a calendar that is subscribed to.

    Args:
        stamp: when the event was written (DTSTAMP).
    """
    event = _event(uid(meeting), meeting.version - 1, meeting, stamp)
    event.add("status", "CANCELLED" if meeting.is_called_off else "CONFIRMED")
    event.add("description", "\n".join(f"{item.position}. {item.title}" for item in meeting.agenda.all()))
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
    return _sent(event, attendee_email, attendee_name, organizer_name, method)


def incoming_ics(incoming: IncomingInvitation, *, attendee_email: str, attendee_name: str) -> bytes:
    """The same for a person sent to what a body outside the system hosts."""
    event = incoming_vevent(incoming, stamp=clock.now())
    return _sent(event, attendee_email, attendee_name, incoming.host.name, "REQUEST")


def incoming_vevent(incoming: IncomingInvitation, *, stamp: datetime) -> Event:
    """What was invited to on paper as an event, as `vevent`."""
    key = f"giay-moi-den-{incoming.pk}@{settings.ICS_DOMAIN}"
    event = _event(key, incoming.version - 1, incoming, stamp)
    event.add("status", "CONFIRMED")
    event.add("description", incoming.paper_line)
    return event


def _event(uid: str, sequence: int, of: Meeting | IncomingInvitation, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", clock.local(of.starts_at))
    event.add("dtend", clock.local(of.expected_end))
    event.add("summary", of.title)
    event.add("location", of.place)
    event.add("transp", "OPAQUE")
    return event


def _sent(event: Event, attendee_email: str, attendee_name: str, organizer_name: str, method: str) -> bytes:
    """The event with who sends it to whom, as a calendar file."""
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
