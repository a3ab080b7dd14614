"""Rows of bound papers: TTHDND's secretary binds them, UBND is invited and may open them."""

from typing import Any

from meetings.models import Meeting, MeetingPack
from meetings.services.agenda_papers import add_paper
from meetings.services.packs import make_pack
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories
from tests.permissions.row import NOT_ALLOWED, Row, everyone


def invited(cast: Cast) -> Meeting:
    """A meeting with a paper, to which UBND is invited."""
    meeting = factories.meeting(cast.world)
    factories.invitation(meeting, cast.world["UBND"])
    item = meeting.agenda.get(position=1)
    add_paper(actor=cast.secretary, item=item, title="Tờ trình", file_name="to-trinh.pdf", content=BLANK)
    return meeting


def bound(cast: Cast) -> MeetingPack:
    """Its papers, bound."""
    return make_pack(actor=cast.secretary, meeting_id=invited(cast).pk, progress=lambda done, total: None)


def pk(cast: Cast, made: Any) -> dict[str, Any]:
    return {"pk": made.pk}


SEES = everyone(404, secretary=200, leader=200, delegate=200, partner=200)
DOES = everyone(404, secretary=302, leader=403, delegate=403, partner=403)

ROWS: tuple[Row, ...] = (
    Row("meetings:meeting_packs", SEES, NOT_ALLOWED, args=pk, setup=invited),
    Row("meetings:pack_make", everyone(405), DOES, args=pk, setup=invited),
    Row("meetings:pack_file", SEES, NOT_ALLOWED, args=pk, setup=bound),
)
