"""Rows of coordination: a duty of TTHDND towards UBND."""

from typing import Any

from coordination.models import Duty, Evidence
from coordination.services import raise_duties, settle
from tests.cast import Cast
from tests.coordination.test_duties import clause, occasion
from tests.permissions.row import NOT_ALLOWED, Row, everyone


def duty(cast: Cast) -> Duty:
    """The duty both sides see."""
    clause()
    (made,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    return made


def pk(cast: Cast, made: Any) -> dict[str, Any]:
    return {"pk": made.pk}


def evidence(cast: Cast) -> Evidence:
    """What settled that duty; its debtor's office gave it."""
    made = duty(cast)
    settle(target=cast.world["TTHDND"], kind="invitation_issued", on=made.due_on, modes=["invite"])
    return made.evidence.get()


ROWS = (
    Row("coordination:duty_list", everyone(200), NOT_ALLOWED),
    Row(
        "coordination:duty_detail",
        everyone(200, agency=404, outsider=404),
        # Its debtor's secretariat waives it.
        everyone(403, secretary=302, agency=404, outsider=404),
        args=pk,
        data=lambda cast, made: {"reason": "Phiên họp chỉ bàn việc nội bộ"},
        setup=duty,
    ),
    Row("coordination:regulation_list", everyone(200), NOT_ALLOWED),
    Row(
        "coordination:regulation_detail",
        everyone(200),
        NOT_ALLOWED,
        args=lambda cast, made: {"pk": made.clause.regulation_id},
        setup=duty,
    ),
    Row(
        "coordination:evidence_withdraw",
        everyone(403, secretary=200, agency=404, outsider=404),
        everyone(403, secretary=302, agency=404, outsider=404),
        args=pk,
        data=lambda cast, made: {"reason": "Giấy mời gửi nhầm cơ quan"},
        setup=evidence,
    ),
    Row("coordination:deadline_list", everyone(200), NOT_ALLOWED),
    Row("coordination:deadline_calculator", everyone(200), NOT_ALLOWED),
)
