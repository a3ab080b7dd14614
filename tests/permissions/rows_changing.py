"""Rows of changing what was invited to."""

from typing import Any

from tests.cast import Cast
from tests.permissions.row import Row, everyone
from tests.permissions.rows_meetings import HELD, PLAN, invited, planned


def _pk(cast: Cast, made: Any) -> dict[str, Any]:
    return {"pk": made.pk}


def _reason(cast: Cast, made: Any) -> dict[str, Any]:
    return {"reason": "Chủ trì đi công tác"}


ROWS: tuple[Row, ...] = (
    Row(
        "meetings:meeting_change",
        everyone(404, secretary=200, **HELD),
        everyone(404, secretary=422, **HELD),  # nothing sent is nothing to change
        args=_pk,
        setup=invited,
    ),
    *(
        # 422: this small world has no invitation in the register that the notice could name.
        Row(
            name,
            everyone(404, secretary=200, **HELD),
            everyone(404, secretary=422, **HELD),
            _pk,
            _reason,
            invited,
        )
        for name in ("meetings:meeting_postpone", "meetings:meeting_cancel")
    ),
    Row(
        "meetings:plan_drop",
        everyone(404, secretary=200, **PLAN),
        everyone(404, secretary=302, **PLAN),
        _pk,
        _reason,
        planned,
    ),
)
