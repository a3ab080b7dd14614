"""Whom a clause means: resolved by relation and by the day of the event. Reads only."""

from dataclasses import dataclass

from django.db.models import Q

from coordination.choices import OwedBy, Scope, Trigger
from coordination.law.working_days import DueDate, Exceptions, due_before
from coordination.models import CalendarException, Clause
from coordination.occasion import Occasion
from councils.choices import Level, OrganizationKind
from councils.models import Area, Organization
from councils.models.dated import in_force

_ORDER = [Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]


@dataclass(frozen=True)
class Claim:
    """A clause applied to one occasion and one counterpart; not stored yet.

    Attributes:
        counterpart: None when the clause means a body that does not exist on that day; `problem` says which.
    """

    clause: Clause
    debtor: Organization | None
    creditor: Organization | None
    counterpart: Organization | None
    due: DueDate
    problem: str = ""


def calendar_exceptions() -> Exceptions:
    """The administrator's days off and worked days; one query."""
    return CalendarException.objects.by_day()


def clauses_for(occasion: Occasion) -> list[Clause]:
    """Event clauses in force on the day that this kind of host and event triggers; one query and its joins."""
    area_ids = [area.pk for area in _ancestry(occasion.host.area)]
    for named in occasion.areas_concerned():  # a central host acts in the areas it names
        area_ids += [area.pk for area in _ancestry(named)]
    candidates = (
        Clause.objects.on(occasion.on)
        .filter(in_force(occasion.on, "regulation__"), trigger=Trigger.EVENT)
        .filter(Q(regulation__area=None) | Q(regulation__area__in=area_ids))
        .filter(Q(host_level="") | Q(host_level=occasion.host.level))
        .select_related("regulation")
        .order_by("code", "regulation__code")
    )
    return [
        clause
        for clause in candidates
        if occasion.kind in clause.event_kinds
        and occasion.host.kind in clause.host_kinds
        and (not clause.agenda_kind or occasion.has_agenda(clause.agenda_kind))
    ]


def claims_of(occasion: Occasion) -> list[Claim]:
    """Every duty the occasion raises, in order of clause; nothing is stored.

    A clause that means a body which does not exist on that day yields one claim without counterpart that says so,
    beside the claims towards those that do. An occasion known to concern one body claims towards that body only.
    """
    exceptions = calendar_exceptions()
    claims: list[Claim] = []
    for clause in clauses_for(occasion):
        due = due_before(occasion.on, clause.lead_days, clause.lead_unit, exceptions)
        found = counterparts(clause, occasion)
        if occasion.toward:
            found = [body for body in found if body.pk == occasion.toward.pk]
        claims += [_claim(clause, occasion, body, due) for body in found if body.pk != occasion.host.pk]
        problem = "" if occasion.toward else _missing(clause, occasion, found)
        if problem:
            claims.append(_claim(clause, occasion, None, due, problem))
    return claims


def counterparts(clause: Clause, occasion: Occasion) -> list[Organization]:
    """The bodies the clause means on the day of the occasion."""
    bodies = (
        Organization.objects.on(occasion.on).filter(kind__in=clause.counterpart_kinds).select_related("area")
    )
    if clause.counterpart_scope == Scope.AREA:
        meant = [area for _, areas in _areas_meant(clause, occasion) for area in areas]
        return list(bodies.filter(area__in=meant).order_by("code"))
    home = occasion.host.area
    if home is None:
        return []
    if clause.counterpart_scope == Scope.SAME:
        return list(bodies.filter(area=home).order_by("code"))
    if clause.counterpart_scope == Scope.UP:
        return list(bodies.filter(area=home.parent_id).order_by("code")) if home.parent_id else []
    below = Area.objects.on(occasion.on).filter(parent=home)
    if clause.counterpart_level:
        below = Area.objects.on(occasion.on).filter(
            Q(parent=home) | Q(parent__parent=home), level=clause.counterpart_level
        )
    return list(bodies.filter(area__in=below).order_by("code"))


def _areas_meant(clause: Clause, occasion: Occasion) -> list[tuple[Area, list[Area]]]:
    """The areas concerned, each with the areas it means: lifted to the level the clause speaks of.

    An agenda may name a commune while the clause means the districts (until 30/6/2025): its district is meant.
    An area above that level means none.
    """
    named = occasion.areas_concerned(clause.agenda_kind)
    if not named and occasion.host.area:
        named = [occasion.host.area]
    levels = {clause.counterpart_level} if clause.counterpart_level else {_level_below(occasion)}
    return [(area, [above for above in _ancestry(area) if above.level in levels]) for area in named]


def _level_below(occasion: Occasion) -> str:
    """The level directly below the host on that day: district until 30/6/2025, commune since."""
    home = occasion.host.area
    if home is None:
        return Level.PROVINCE
    found = Area.objects.on(occasion.on).filter(parent=home).values_list("level", flat=True).first()
    return found or _ORDER[min(_ORDER.index(Level(home.level)) + 1, len(_ORDER) - 1)]


def _ancestry(area: Area | None) -> list[Area]:
    """The area itself and all above it."""
    chain: list[Area] = []
    while area is not None:
        chain.append(area)
        area = area.parent
    return chain


def _claim(
    clause: Clause, occasion: Occasion, body: Organization | None, due: DueDate, problem: str = ""
) -> Claim:
    host = occasion.host
    if clause.owed_by == OwedBy.HOST:
        return Claim(clause, host, body, body, due, problem)
    return Claim(clause, body, host, body, due, problem)


def _missing(clause: Clause, occasion: Occasion, found: list[Organization]) -> str:
    """Says which body meant does not exist on that day; an empty string when all do.

    A clause on areas concerned asks for nothing when none is named; one that has a body does not excuse another.
    """
    if clause.counterpart_scope == Scope.AREA:
        places = _areas_without(clause, occasion, {body.area_id for body in found})
        where = f"nào tại {', '.join(places)}"
    else:
        places = [] if found else ["?"]
        where = "nào thuộc diện này"
    if not places:
        return ""
    kinds = ", ".join(str(OrganizationKind(kind).label) for kind in clause.counterpart_kinds)
    return f"{clause.basis}: không có {kinds} {where} vào ngày {occasion.on:%d/%m/%Y}."


def _areas_without(clause: Clause, occasion: Occasion, served: set[int | None]) -> list[str]:
    """Names of the areas meant that have no such body, and of those named that are no more, each once."""
    lacking: dict[int, str] = {}
    for named, meant in _areas_meant(clause, occasion):
        if not meant and not named.holds_on(occasion.on):
            lacking[named.pk] = str(named)
        lacking |= {area.pk: str(area) for area in meant if area.pk not in served}
    return list(lacking.values())
