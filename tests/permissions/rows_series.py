"""Rows of recurring meetings: TTHDND's secretary runs them, its leader looks."""

from datetime import time, timedelta
from typing import Any

from hdnd.lib import clock
from meetings.choices import Rhythm
from meetings.models import MeetingSeries
from meetings.services.series import SeriesInput, plan_series
from tests.cast import Cast
from tests.permissions.row import NOT_ALLOWED, Row, everyone
from tests.permissions.rows_meetings import pk

# A series is the office's own: neither delegates nor partners learn of it.
LOOKS = everyone(404, secretary=200, leader=200)
RUNS = everyone(404, secretary=200, leader=403)
WRITES = everyone(404, secretary=302, leader=403)


def series(cast: Cast) -> MeetingSeries:
    """Weekly from tomorrow, four times."""
    tomorrow = clock.today() + timedelta(days=1)
    data = SeriesInput(
        kind="standing_meeting", title="Giao ban", rhythm=Rhythm.WEEKLY, first_on=tomorrow,
        until=tomorrow + timedelta(days=21), start_time=time(8), place="Phòng 2",
    )  # fmt: skip
    return plan_series(actor=cast.secretary, host=cast.world["TTHDND"], data=data)


def skipped(cast: Cast) -> MeetingSeries:
    """The same without its first day."""
    made = series(cast)
    made.excluded = [made.first_on.isoformat()]
    made.save()
    return made


def day(cast: Cast, made: Any) -> dict[str, Any]:
    return {"day": made.first_on.isoformat(), "reason": "Trùng kỳ họp"}


def times(cast: Cast, made: Any) -> dict[str, Any]:
    return {
        "start_time": "14:00",
        "minutes": 90,
        "place": "Phòng 3",
        "format": "online",
        "from_on": made.first_on,
    }


def new(cast: Cast, made: Any) -> dict[str, Any]:
    until = clock.today() + timedelta(days=90)
    return {
        **times(cast, made), "host": cast.world["TTHDND"].pk, "title": "Giao ban", "kind": "standing_meeting",
        "rhythm": "weekly", "first_on": made.first_on, "until": until, "day_off": "next", "first_number": 1,
        "xac_nhan": "1",
    }  # fmt: skip


ROWS: tuple[Row, ...] = (
    Row("meetings:series_list", everyone(200), NOT_ALLOWED),
    Row(
        "meetings:series_create",
        # Whoever plans meetings for a body: its secretary or liaison; not for another's, whatever is posted.
        everyone(403, secretary=200, partner=200, outsider=200),
        everyone(403, secretary=302, partner=422, outsider=422),
        data=new,
        setup=series,
    ),
    Row("meetings:series_detail", LOOKS, NOT_ALLOWED, pk, setup=series),
    Row("meetings:series_fill", NOT_ALLOWED, WRITES, pk, setup=series),
    Row(
        "meetings:series_skip",
        everyone(404, leader=403),  # 404: no day is named
        WRITES,
        pk,
        day,
        series,
    ),
    Row("meetings:series_restore", NOT_ALLOWED, WRITES, pk, day, skipped),
    Row("meetings:series_change", RUNS, WRITES, pk, times, series),
    Row("meetings:series_end", RUNS, WRITES, pk, lambda cast, made: {"reason": "Hết nhiệm kỳ"}, series),
)
