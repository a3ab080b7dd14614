"""Pages of "Phối hợp"."""

from coordination.views.deadlines import deadline_calculator, deadline_list
from coordination.views.duties import duty_detail, duty_list, regulation_detail, regulation_list
from coordination.views.evidence import evidence_withdraw

__all__ = [
    "deadline_calculator",
    "deadline_list",
    "duty_detail",
    "duty_list",
    "evidence_withdraw",
    "regulation_detail",
    "regulation_list",
]
