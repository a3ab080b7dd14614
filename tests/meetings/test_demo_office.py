"""The demo's ordinary days: made once, through the services, and shown by the pages that count on them."""

from datetime import timedelta

import pytest

from coordination.demo import load_regulations
from coordination.models import Duty
from councils.demo import load_accounts, load_bodies
from councils.models import Organization, User
from documents.demo import load_issuers
from hdnd.lib import clock
from hdnd.lib.background import silenced
from meetings.demo_office import load_office
from meetings.models import AgendaPaper, IncomingInvitation, Meeting
from meetings.queries.replies import outlook_of, seat_list
from meetings.services.inviting import issue_invitations
from meetings.services.planning import ItemInput, PlanInput, create_meeting
from tests.ledger import everything


@pytest.fixture
def meeting(db: None) -> Meeting:
    """The demo's standing committee meets in two weeks; the invitation is out."""
    load_bodies()
    load_accounts()
    load_regulations()
    load_issuers()
    actor = User.objects.get(username="thuky")
    plan = PlanInput(
        kind="standing_meeting", title="Phiên họp tháng", place="Phòng họp số 2",
        starts_at=clock.at_time(clock.today() + timedelta(days=14), 8),
        agenda=(ItemInput("Báo cáo tháng", "report"), ItemInput("Việc khác", "other")),
    )  # fmt: skip
    host = Organization.objects.select_related("area").get(code="TTHDND")
    made = create_meeting(actor=actor, host=host, plan=plan)
    with silenced():
        issue_invitations(actor=actor, meeting=made)
    return made


def test_made_once(meeting: Meeting) -> None:
    assert load_office() > 0
    forecast = outlook_of(meeting).forecast
    assert (forecast.coming, forecast.absent, forecast.silent) == (4, 1, 2)
    assert seat_list(meeting).meals == 4
    assert sorted(AgendaPaper.objects.values_list("item__position", "number")) == [(1, 1), (1, 2), (2, 1)]
    states = {
        duty.clause.code: str(duty.state_on(clock.today()))
        for row in IncomingInvitation.objects.all()
        for duty in Duty.objects.of(row).select_related("clause")
    }
    assert states == {"R08": "met", "R11": "met"}
    assert [row.outcome[1] for row in IncomingInvitation.objects.all()] == ["chưa cử người", "đã dự"]
    before = everything()
    assert load_office() == 0
    assert everything() == before
