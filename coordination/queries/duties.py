"""Duties and regulations a person may see."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet

from coordination.models import Clause, Duty, Evidence, Regulation
from councils.permissions import access, family_filter
from hdnd.audit.models import Entry
from hdnd.audit.queries import timeline_of
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
    """Visible duties with their clause and sides."""
    found: QuerySet[Duty] = (
        visible_duties(user)
        .with_state(clock.today())  # type: ignore[attr-defined]
        .select_related("clause__regulation", "debtor", "creditor")
    )
    return found


def duty_rows(user: Any) -> QuerySet[Duty]:
    """The same as a list's rows: of clause and sides only `clause_code`, `clause_article` and the names.

    Fifty rows would otherwise build two hundred objects to show six words of each.
    """
    found: QuerySet[Duty] = (
        visible_duties(user)
        .with_state(clock.today())  # type: ignore[attr-defined]
        .only(*_ROW)
        .annotate(
            clause_code=F("clause__code"),
            clause_article=F("clause__article"),
            **{
                f"{side}_{name}": F(f"{side}__{name}")
                for side in ("debtor", "creditor")
                for name in ("name", "short_name")
            },
        )
    )
    return found


_ROW = ("event_on", "occasion_title", "due_on", "settled_on", "waived_reason", "void_reason", "mode")


def duty_detail(user: Any) -> QuerySet[Duty]:
    """Visible duties with evidence."""
    found: QuerySet[Duty] = (
        visible_duties(user)
        .select_related("clause__regulation", "debtor", "creditor")
        .prefetch_related("evidence")
    )
    return found


def duty_timeline(duty: Duty) -> list[Entry]:
    """What was done to the duty, and what was done to its occasion that concerns it, newest first; two queries.

    Of the occasion only what the heart wrote: the rest is the host's own business, and the other side reads this.
    """
    about = Entry.objects.filter(
        content_type=duty.content_type_id,
        object_id=str(duty.object_id),
        verb__startswith="coordination.duties.",
    ).order_by("at", "pk")
    entries = timeline_of(duty)
    raised = False
    for entry in about:
        if entry.verb == "coordination.duties.raised":
            # The entry names clauses, not duties: the first one from the duty's making on is its own.
            is_own = duty.clause.code in entry.changes.get("clauses", ()) and entry.at >= duty.created_at
            concerns, raised = is_own and not raised, raised or is_own
        else:
            concerns = duty.pk in entry.changes.get("duties", ())
        if concerns:
            entries.append(entry)
    return sorted(entries, key=lambda entry: (entry.at, entry.pk), reverse=True)


def visible_evidence(user: Any) -> QuerySet[Evidence]:
    """Evidence of visible duties, with both sides."""
    return Evidence.objects.filter(duty__in=visible_duties(user)).select_related(
        "duty__clause__regulation", "duty__debtor", "duty__creditor"
    )


def visible_regulations(user: Any) -> QuerySet[Regulation]:
    """Regulations are public to everyone signed in."""
    found = Regulation.objects.select_related("area", "replaces").prefetch_related(
        "parties", Prefetch("clauses", Clause.objects.order_by("code"))
    )
    return found if getattr(user, "is_authenticated", False) else found.none()
