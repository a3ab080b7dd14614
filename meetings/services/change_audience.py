"""Whom a change of an issued meeting concerns, and what it makes of their invitations."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.crypto import get_random_string

from documents.models import Document
from hdnd.lib import clock
from meetings.choices import Basis
from meetings.models import AgendaItem, Invitation, Meeting, MemberReply
from meetings.services.invitees import bodies_asked_for


@dataclass(frozen=True)
class Audience:
    """Whom a change concerns.

    Attributes:
        told: invited bodies that get the notice; `added` among them are invited by it for the first time.
        gone: bodies that the agenda no longer asks for; they are told that they need not come.
    """

    told: list[Invitation]
    added: list[Invitation]
    gone: list[Invitation]
    asks_again: bool


def agenda_lines(meeting: Meeting) -> list[str]:
    """What the agenda says, item by item, to tell whether it differs."""
    rows = meeting.agenda.prefetch_related("areas", "organizations").order_by("position")
    return [" · ".join(_point(item)) for item in rows]


def _point(item: AgendaItem) -> list[str]:
    names = sorted(str(one) for one in (*item.areas.all(), *item.organizations.all()))
    minutes = f"{item.minutes} phút" if item.minutes else ""
    parts = [item.title, str(item.get_kind_display()), item.presenter, minutes, ", ".join(names)]
    return [part for part in parts if part]


def involved(meeting: Meeting) -> dict[int, set[str]]:
    """Invited body to the items that concern it, itself or its area; empty for one invited to the whole meeting."""
    rows = list(meeting.agenda.prefetch_related("areas", "organizations"))
    found: dict[int, set[str]] = {}
    for invitation in meeting.invitations.select_related("organization"):
        body = invitation.organization
        found[body.pk] = {
            " · ".join(_point(item))
            for item in rows
            if body in item.organizations.all() or body.area_id in {area.pk for area in item.areas.all()}
        }
    return found


def audience_of(
    meeting: Meeting, before: Mapping[int, set[str]], *, everyone: bool, asks_again: bool
) -> Audience:
    """Whom a change concerns.

    Args:
        before: what `involved` said before the change.
        everyone: time or place changed, so that all the invited hear of it.
    """
    asked_for = bodies_asked_for(meeting)
    # Struck by an earlier change (a plan's own strikes were never issued) and asked for once more.
    struck = meeting.invitations.filter(is_left_out=True, issued_at__isnull=False)
    struck.filter(organization__in=asked_for).update(is_left_out=False, issued_at=None, answer="")
    rows = meeting.invitations.in_protocol_order()
    gone = [
        row
        for row in rows
        if row.is_issued and row.basis != Basis.HAND and row.organization_id not in asked_for
    ]
    staying = [row for row in rows if row not in gone]
    added = [row for row in staying if not row.is_issued]
    after = involved(meeting)
    told = [
        row
        for row in staying
        if everyone
        or row in added
        or not before.get(row.organization_id)
        or before[row.organization_id] != after[row.organization_id]
    ]
    return Audience(told, added, gone, asks_again)


def stamp(audience: Audience, document: Document) -> None:
    """What the change makes of the invitations: new ones are out, those no longer needed are struck, answers fall."""
    for row in audience.added:
        row.document, row.issued_at, row.nonce = document, clock.now(), get_random_string(12)
    for row in audience.gone:
        row.is_left_out = True
    asked_again = audience.told if audience.asks_again else []
    if audience.asks_again:
        MemberReply.objects.filter(meeting=document.about).delete()  # the audit keeps what they said
    for row in asked_again:
        row.nonce = get_random_string(12)  # a link to the old time no longer answers
        row.answer, row.answered_at, row.answered_by, row.channel = "", None, "", ""
        row.person, row.attendee_name, row.attendee_title, row.declined_because = None, "", "", ""
    Invitation.objects.bulk_update(
        [*audience.told, *audience.gone],
        [
            "document", "issued_at", "nonce", "is_left_out", "answer", "answered_at", "answered_by", "channel",
            "person", "attendee_name", "attendee_title", "declined_because",
        ],
    )  # fmt: skip
