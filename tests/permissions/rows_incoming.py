"""Rows of invitations that came in: TTHDND registers a paper of UBND."""

from datetime import timedelta
from typing import Any

from hdnd.lib import clock
from meetings.models import IncomingInvitation
from meetings.services.incoming import IncomingInput, register
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.permissions.row import NOT_ALLOWED, Row, everyone


def registered(cast: Cast) -> IncomingInvitation:
    """A paper of UBND with its scan, received today."""
    data = IncomingInput(
        host=cast.world["UBND"], kind="executive_meeting", title="Phiên họp UBND", starts_at=clock.now() + timedelta(days=20),
        received_on=clock.today(), content=BLANK, file_name="a.pdf",
    )  # fmt: skip
    return register(actor=cast.secretary, organization=cast.world["TTHDND"], data=data)


def pk(cast: Cast, made: Any) -> dict[str, Any]:
    return {"pk": made.pk}


def paper_data(cast: Cast, made: Any) -> dict[str, Any]:
    return {
        "organization": cast.world["TTHDND"].pk, "host": cast.world["UBND"].pk, "kind": "executive_meeting",
        "title": "Phiên họp UBND", "starts_at": f"{clock.now() + timedelta(days=9):%Y-%m-%dT%H:%M}",
        "received_on": f"{clock.today():%Y-%m-%d}",
    }  # fmt: skip


# The whole council sees what came in; its secretariat keeps it. The host learns of it by its duty, not by this page.
SEEN = everyone(404, secretary=200, leader=200, delegate=200)
KEPT = {"leader": 403, "delegate": 403}

ROWS = (
    Row("meetings:incoming_list", everyone(200), NOT_ALLOWED),
    # Those of other bodies may register for themselves, not for TTHDND.
    Row("meetings:incoming_register", everyone(403, secretary=200, partner=200, outsider=200), everyone(403, secretary=302, partner=422, outsider=422), data=paper_data),
    Row("meetings:incoming_detail", SEEN, NOT_ALLOWED, args=pk, setup=registered),
    Row("meetings:incoming_file", SEEN, NOT_ALLOWED, args=pk, setup=registered),
    Row("meetings:incoming_change", everyone(404, secretary=200, **KEPT), everyone(404, secretary=302, **KEPT), args=pk, data=paper_data, setup=registered),
    Row("meetings:incoming_assign", NOT_ALLOWED, everyone(404, secretary=302, **KEPT), args=pk, setup=registered, data=lambda cast, made: {"people": [cast.world.people["P02"].pk]}),
    Row("meetings:incoming_result", NOT_ALLOWED, everyone(404, secretary=302, **KEPT), args=pk, setup=registered, data=lambda cast, made: {"result": "khong", "reason": "Trùng lịch"}),
    Row("meetings:incoming_withdraw", NOT_ALLOWED, everyone(404, secretary=302, **KEPT), args=pk, setup=registered, data=lambda cast, made: {"reason": "Vào sổ nhầm giấy mời"}),
)  # fmt: skip
