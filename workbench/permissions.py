"""Who may do what with a weekly calendar."""

from typing import Any

from councils.permissions import can_lead, can_serve_office
from workbench.models import WorkWeek


def can_prepare_week(user: Any, week: WorkWeek) -> bool:
    """The secretariat of the body or of its council."""
    return can_serve_office(user, week.organization)


def can_publish_week(user: Any, week: WorkWeek) -> bool:
    """The secretariat or a leader."""
    return can_prepare_week(user, week) or can_lead(user, week.organization)
