"""Two workers fill one series at once: each day is planned once."""

from datetime import date, time

import pytest

from hdnd.lib import clock
from meetings.choices import Rhythm
from meetings.models import Meeting
from meetings.services import series as services
from meetings.services.series import SeriesInput
from tests.cast import Cast
from tests.concurrency.together import together
from tests.meetings.factories import PLANNED_ON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]


def test_two_workers_plan_each_day_once(cast: Cast) -> None:
    data = SeriesInput(
        kind="standing_meeting", title="Giao ban thứ {lần}", rhythm=Rhythm.WEEKLY, first_on=date(2026, 6, 29),
        until=date(2026, 8, 31), start_time=time(8), place="Phòng 2",
    )  # fmt: skip
    with clock.at(PLANNED_ON):
        made = services.plan_series(actor=cast.secretary, host=cast.world["TTHDND"], data=data)
    results = together(
        3, lambda _: services.fill_series(series_id=made.pk, actor_id=cast.secretary.pk), at=PLANNED_ON
    )
    assert (sum(results), Meeting.objects.count()) == (10, 10)
    assert [row.title for row in made.meetings.order_by("starts_at")] == [
        f"Giao ban thứ {number}" for number in range(1, 11)
    ]
