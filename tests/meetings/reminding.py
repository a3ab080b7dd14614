"""The stage of the reminder tests: a meeting on Friday 26 June 2026 at 7:30, and beats before it."""

from datetime import datetime

from hdnd.lib import clock
from meetings.models import AgendaItem, Meeting
from meetings.services import reminding
from tests.cast import Cast
from tests.meetings import factories

WEDNESDAY = datetime(2026, 6, 24, 7, 30, tzinfo=clock.VIETNAM)
THURSDAY = datetime(2026, 6, 25, 7, 30, tzinfo=clock.VIETNAM)


def unanswered(office: Cast) -> Meeting:
    """UBND (two addresses) and Tân Hòa (one) are invited, nobody has answered; no items."""
    made = factories.meeting(office.world, items=0)
    for code in ("UBND", "X01-TT"):
        factories.invitation(made, office.world[code])
    return made


def item(of: Meeting, *codes: str, cast: Cast, presenter: str = "", kind: str = "report") -> AgendaItem:
    """An item without paper that concerns those bodies."""
    made = AgendaItem.objects.create(
        meeting=of, position=of.agenda.count() + 1, title="Báo cáo giải ngân", kind=kind, presenter=presenter
    )
    made.organizations.set([cast.world[code] for code in codes])
    return made


def run(at: datetime) -> list[str]:
    """Addresses reached by one beat."""
    with clock.at(at):
        return [message.to for message in reminding.send_reminders()]
