"""Who may touch duties."""

from typing import Any

from coordination.choices import EvidenceKind
from coordination.models import Duty, Evidence
from councils.permissions import can_serve_office


def can_waive(user: Any, duty: Duty) -> bool:
    """The office of the side that owes it."""
    return duty.debtor is not None and can_serve_office(user, duty.debtor)


def can_withdraw(user: Any, duty: Duty, evidence: Evidence) -> bool:
    """The office of the side that gave the evidence: what was received, its creditor; all else, its debtor."""
    side = duty.creditor if evidence.kind == EvidenceKind.RECEIVED else duty.debtor
    return side is not None and can_serve_office(user, side)
