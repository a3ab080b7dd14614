"""Papers of a meeting: what is new to a reader, and who has read what."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from coordination.choices import AgendaKind
from councils.models import Role
from councils.queries import members_on
from hdnd.lib import clock
from meetings.models import AgendaItem, AgendaPaper, Invitation, Meeting, PaperRead
from meetings.queries.meetings import visible_meetings
from meetings.queries.replies import people_of, with_replies


def paper_of(user: Any) -> QuerySet[AgendaPaper]:
    """Papers of visible meetings, old versions too: open to the host's side and the invited only."""
    return AgendaPaper.objects.filter(item__meeting__in=visible_meetings(user)).select_related(
        "item__meeting__host"
    )


def papers_of(meeting: Meeting) -> QuerySet[AgendaPaper]:
    """The versions that hold, in order of the agenda."""
    found: QuerySet[AgendaPaper] = (
        AgendaPaper.objects.current()
        .filter(item__meeting=meeting)
        .select_related("item")
        .order_by("item__position", "pk")
    )
    return found


def versions_of(paper: AgendaPaper) -> list[AgendaPaper]:
    """All versions of the paper, the newest first."""
    rows = {
        row.pk: row
        for row in AgendaPaper.objects.filter(item=paper.item_id).select_related("added_by__person")
    }
    newest = {row.supersedes_id: row for row in rows.values() if row.supersedes_id}
    last = paper
    while last.pk in newest:
        last = newest[last.pk]
    chain = [rows[last.pk]]
    while chain[-1].supersedes_id:
        chain.append(rows[chain[-1].supersedes_id])
    return chain


@dataclass(frozen=True)
class Reader:
    """Someone expected to read: a member of the host, or an invited body with whoever read for it.

    Attributes:
        reads: key of each paper they opened to the first time and by whom.
    """

    name: str
    detail: str
    reads: dict[int, tuple[datetime, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class PaperLine:
    """One paper on the agenda.

    Attributes:
        mark: what is new about it to the one who looks, in words; empty when they have read it.
        read, expected: how many readers opened this version, of how many; None for those who may not know.
    """

    paper: AgendaPaper
    mark: str = ""
    read: int | None = None
    expected: int = 0


@dataclass(frozen=True)
class Item:
    """What a page shows of an agenda item; `areas` are the names of those it concerns, `minutes` its length."""

    pk: int
    position: int
    title: str
    kind: str
    presenter: str
    minutes: int | None
    areas: tuple[str, ...] = ()

    @property
    def kind_label(self) -> str:
        return str(AgendaKind(self.kind).label)


@dataclass(frozen=True)
class AgendaLine:
    """One item with its papers."""

    item: Item
    papers: list[PaperLine]


@dataclass(frozen=True)
class Agenda:
    """The agenda of a meeting as its page shows it; `areas` are the names of the meeting's own."""

    lines: list[AgendaLine]
    areas: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """The length of all items."""
        return sum(line.item.minutes or 0 for line in self.lines)


def agenda_of(user: Any, meeting: Meeting, *, counts: bool = False) -> Agenda:
    """The agenda with what is new to the person; two queries, two more where there are papers.

    Args:
        counts: with how many have read, for the host's office; those of `readers_of` on top.
    """
    items, areas = _items(meeting)
    papers: dict[int, list[AgendaPaper]] = {}
    for paper in AgendaPaper.objects.current().filter(item__meeting=meeting):
        papers.setdefault(paper.item_id, []).append(paper)
    if not papers:
        return Agenda([AgendaLine(item, []) for item in items], areas)
    readers = readers_of(meeting) if counts else None
    earlier = dict(
        AgendaPaper.objects.filter(item__meeting=meeting, supersedes__isnull=False).values_list(
            "pk", "supersedes"
        )
    )
    opened = set(
        PaperRead.objects.filter(user=user, paper__item__meeting=meeting).values_list("paper", flat=True)
    )
    # Whoever puts a paper there knows it.
    opened |= {paper.pk for rows in papers.values() for paper in rows if paper.added_by_id == user.pk}
    lines = [
        AgendaLine(item, [_line(paper, opened, earlier, readers) for paper in papers.get(item.pk, [])])
        for item in items
    ]
    return Agenda(lines, areas)


_ITEM = ("pk", "position", "title", "kind", "presenter", "minutes")


def _items(meeting: Meeting) -> tuple[list[Item], tuple[str, ...]]:
    """Items with the names of their areas, and the names of the meeting's: one query, for it is on every page."""
    rows = AgendaItem.objects.filter(meeting=meeting).order_by("position", "areas__code")
    found: dict[int, Item] = {}
    areas: dict[int, dict[str, None]] = {}
    own: dict[str, None] = {}
    for *values, area, own_area in rows.values_list(*_ITEM, "areas__name", "meeting__areas__name"):
        item = found.setdefault(values[0], Item(*values))
        areas.setdefault(item.pk, {}).update({area: None} if area else {})
        own.update({own_area: None} if own_area else {})
    if not found:
        own = dict.fromkeys(meeting.areas.order_by("code").values_list("name", flat=True))
    return [replace(item, areas=tuple(areas[pk])) for pk, item in found.items()], tuple(own)


def _line(
    paper: AgendaPaper, opened: set[int], earlier: dict[int, int | None], readers: list[Reader] | None
) -> PaperLine:
    mark = "" if paper.pk in opened else "mới"
    before = earlier.get(paper.pk)
    while mark and before:
        if before in opened:
            mark = "mới từ lần đọc trước"
            break
        before = earlier.get(before)
    if readers is None:
        return PaperLine(paper, mark)
    return PaperLine(paper, mark, sum(paper.pk in reader.reads for reader in readers), len(readers))


def readers_of(meeting: Meeting) -> list[Reader]:
    """Members of the host, then invited bodies by protocol, each with what they opened; at most eight queries.

    A body has read what someone with a role in it, someone it sends, or whoever holds its link has opened.
    """
    reads = list(
        PaperRead.objects.filter(paper__item__meeting=meeting)
        .select_related("user__person")
        .order_by("first_at")
    )
    roots = _roots_of({read.user_id for read in reads if read.user_id})
    readers = [
        Reader(seat.person.full_name, seat.post.name, _opened(reads, persons={seat.person_id}))
        for seat in members_on(meeting.host, meeting.day)
    ]
    for row in with_replies(meeting.invitations.in_protocol_order()):
        if row.is_issued:
            readers.append(Reader(row.organization.label, row.attendee_name, _opened_for(row, reads, roots)))
    return readers


def _roots_of(users: Iterable[int]) -> dict[int, set[int]]:
    """The families each account holds a role for today."""
    found: dict[int, set[int]] = {}
    for role in Role.objects.on(clock.today()).filter(user__in=list(users)).select_related("organization"):
        if role.organization:
            found.setdefault(role.user_id, set()).add(role.organization.family_root_id)
    return found


def _opened_for(
    row: Invitation, reads: list[PaperRead], roots: dict[int, set[int]]
) -> dict[int, tuple[datetime, str]]:
    family = row.organization.family_root_id
    users = {user for user, held in roots.items() if family in held}
    persons = {one.person_id for one in people_of(row) if one.person_id}
    return _opened(reads, users=users, persons=persons, invitation=row.pk)


def _opened(
    reads: list[PaperRead],
    *,
    persons: set[int],
    users: frozenset[int] | set[int] = frozenset(),
    invitation: int = 0,
) -> dict[int, tuple[datetime, str]]:
    """Paper to the first time it was opened by one of them, and by whom."""
    found: dict[int, tuple[datetime, str]] = {}
    for read in reads:
        user = read.user
        by_link = bool(invitation) and read.invitation_id == invitation
        if by_link or (user and (user.pk in users or (user.person_id and user.person_id in persons))):
            found.setdefault(read.paper_id, (read.first_at, "qua đường dẫn" if by_link else str(user)))
    return found
