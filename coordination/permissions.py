"""Who may touch duties."""

from typing import Any

from coordination.models import Duty
from councils.permissions import can_serve_office


def can_waive(user: Any, duty: Duty) -> bool:
    """The office of the side that owes it."""
    return duty.debtor is not None and can_serve_office(user, duty.debtor)
