"""Duties and regulations a person may see."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from coordination.models import Clause, Duty, Regulation
from councils.permissions import access, family_filter
from hdnd.lib import clock


def visible_duties(user: Any) -> QuerySet[Duty]:
    """Duties in which one of the person's bodies owes or claims; administrators see all of them."""
    rights = access(user)
    if rights.is_administrator:
        return Duty.objects.all()
    roots = rights.roots_of()
    if not roots:
        return Duty.objects.none()
    return Duty.objects.filter(family_filter("debtor", roots) | family_filter("creditor", roots))


def duty_list(user: Any) -> QuerySet[Duty]:
    """Visible duties with their state today and what a list row shows."""
    found: QuerySet[Duty] = (
        visible_duties(user)
        .with_state(clock.today())  # type: ignore[attr-defined]
        .select_related("clause__regulation", "debtor", "creditor")
    )
    return found


def duty_detail(user: Any) -> QuerySet[Duty]:
    """Visible duties with evidence."""
    found: QuerySet[Duty] = duty_list(user).prefetch_related("evidence")
    return found


def visible_regulations(user: Any) -> QuerySet[Regulation]:
    """Regulations are public to everyone signed in."""
    found = Regulation.objects.select_related("area", "replaces").prefetch_related(
        "parties", Prefetch("clauses", Clause.objects.order_by("code"))
    )
    return found if getattr(user, "is_authenticated", False) else found.none()
