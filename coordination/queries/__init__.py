"""Reads of the heart: whom clauses mean on a day, and the duties a person may see."""

from coordination.queries.deadlines import (
    deadline_codes,
    deadline_on,
    explain,
    reckon,
    visible_deadlines,
)
from coordination.queries.duties import (
    duty_detail,
    duty_list,
    duty_rows,
    duty_timeline,
    visible_duties,
    visible_evidence,
    visible_regulations,
)
from coordination.queries.parties import Claim, calendar_exceptions, claims_of

__all__ = [
    "Claim",
    "calendar_exceptions",
    "claims_of",
    "deadline_codes",
    "deadline_on",
    "duty_detail",
    "duty_list",
    "duty_rows",
    "duty_timeline",
    "explain",
    "reckon",
    "visible_deadlines",
    "visible_duties",
    "visible_evidence",
    "visible_regulations",
]
