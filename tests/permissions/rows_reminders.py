"""Rows of reminders: TTHDND's secretariat reminds those it invited."""

from tests.permissions.row import NOT_ALLOWED, Row, everyone
from tests.permissions.rows_meetings import HELD, invited, pk

ROWS = (
    Row("meetings:remind_now", NOT_ALLOWED, everyone(404, secretary=302, **HELD), args=pk, setup=invited),
    Row(
        "meetings:reminder_switch", NOT_ALLOWED, everyone(404, secretary=302, **HELD), args=pk, setup=invited
    ),
)
