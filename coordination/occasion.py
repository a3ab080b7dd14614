"""What a higher app hands to the heart: an occasion. The heart knows occasions, not meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models

from councils.models import Area, Organization
from hdnd.lib import clock


@dataclass(frozen=True)
class AgendaPoint:
    """One agenda item as far as clauses care: its kind, the areas and the bodies it concerns."""

    kind: str
    areas: tuple[Area, ...] = ()
    organizations: tuple[Organization, ...] = ()


@dataclass(frozen=True)
class Occasion:
    """Anything that can trigger clauses.

    Attributes:
        kind: an `EventKind`.
        starts_at: aware.
        areas: areas the whole occasion concerns, besides those its agenda names.
        target: the stored object the duties will link to; None while nothing is saved yet.
        toward: the one counterpart it is known to concern; an invitation that came in says nothing about others.
    """

    kind: str
    host: Organization
    starts_at: datetime
    title: str
    areas: tuple[Area, ...] = ()
    agenda: tuple[AgendaPoint, ...] = ()
    target: models.Model | None = None
    toward: Organization | None = None

    @property
    def on(self) -> date:
        """The day in Vietnam; clauses, bodies and areas are taken as of this day."""
        return clock.local(self.starts_at).date()

    def areas_concerned(self, agenda_kind: str = "") -> list[Area]:
        """Areas named by items of the kind, or by the whole occasion when no kind is asked; each once."""
        points = [point for point in self.agenda if not agenda_kind or point.kind == agenda_kind]
        named = [area for point in points for area in point.areas]
        if not agenda_kind:
            named = [*self.areas, *named]
        return list({area.pk: area for area in named}.values())

    def has_agenda(self, kind: str) -> bool:
        """Whether an item of the kind is on the agenda."""
        return any(point.kind == kind for point in self.agenda)
