"""What stands against the time and place of a plan: days off, hours, rooms and people who are busy then."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from coordination.law.working_days import day_off_reason
from coordination.queries import calendar_exceptions
from councils.models import Membership, Organization
from hdnd.lib import clock, dates
from hdnd.lib.text import fold
from meetings.choices import CALLED_OFF, Answer
from meetings.models import Invitation, Meeting
from meetings.queries.meetings import visible_meetings

OFFICE_OPENS, OFFICE_CLOSES = 7, 17
"""Hours of the day in Vietnam between which a meeting is expected to start."""
NAMES_SHOWN = 5


@dataclass(frozen=True)
class Clash:
    """Something the secretary should look at before issuing; it never forbids.

    Attributes:
        kind: day_off, hours, room, host, chair, members or invited.
    """

    kind: str
    text: str


def clashes_of(user: Any, meeting: Meeting) -> list[Clash]:
    """Every clash of a plan; another meeting's subject only where the viewer may see that meeting.

    At most seven queries, however many meetings there are at that time.
    """
    found = [*_of_the_calendar(meeting)]
    others = _at_the_same_time(meeting)
    if not others:
        return found
    keys = [other.pk for other in others]
    seen = set(visible_meetings(user).filter(pk__in=keys).values_list("pk", flat=True))
    engaged = _engaged(meeting, others)
    for other in others:
        found += _with_one(meeting, other, _named(other, other.pk in seen), engaged[other.pk])
    busy = _busy_bodies(meeting, others)
    if busy:
        found.append(Clash("invited", f"Cùng giờ đó đã được mời họp nơi khác: {', '.join(busy)}."))
    return found


def room_clashes(user: Any, plans: Sequence[Meeting]) -> list[list[Clash]]:
    """Clashes of room and host of many plans at once, stored or not; three queries for all of them."""
    if not plans:
        return []
    days = [plan.day for plan in plans]
    near = Q(host__in={plan.host_id for plan in plans})
    for place in {fold(plan.place) for plan in plans}:
        near |= Q(search__contains=place)  # holds the place, folded
    others = list(
        Meeting.objects.between(min(days), max(days))
        .filter(near)
        .exclude(state__in=CALLED_OFF)
        .prefetch_related("agenda")
        .order_by("starts_at", "pk")
    )
    keys = [other.pk for other in others]
    seen = set(visible_meetings(user).filter(pk__in=keys).values_list("pk", flat=True))
    by_day: dict[Any, list[Meeting]] = defaultdict(list)
    for other in others:
        by_day[other.day].append(other)
    return [
        [
            clash
            for other in by_day[plan.day]
            if _overlap(plan, other) and other.pk != plan.pk
            for clash in _with_one(plan, other, _named(other, other.pk in seen), {})
        ]
        for plan in plans
    ]


def _overlap(one: Meeting, other: Meeting) -> bool:
    return other.starts_at < one.expected_end and one.starts_at < other.expected_end


def _of_the_calendar(meeting: Meeting) -> list[Clash]:
    found = []
    reason = day_off_reason(meeting.day, calendar_exceptions())
    if reason:
        found.append(Clash("day_off", f"Ngày {dates.long_date(meeting.day)} là ngày nghỉ: {reason}."))
    start = clock.local(meeting.starts_at)
    if not OFFICE_OPENS <= start.hour < OFFICE_CLOSES:
        found.append(
            Clash(
                "hours",
                f"Bắt đầu lúc {start:%H:%M} là ngoài giờ làm việc (từ {OFFICE_OPENS} giờ đến {OFFICE_CLOSES} giờ).",
            )
        )
    return found


def _at_the_same_time(meeting: Meeting) -> list[Meeting]:
    """Other meetings of that day that overlap, first the earliest."""
    same_day = (
        Meeting.objects.between(meeting.day, meeting.day).exclude(pk=meeting.pk).exclude(state__in=CALLED_OFF)
    )
    return [
        other
        for other in same_day.prefetch_related("agenda").order_by("starts_at", "pk")
        if _overlap(meeting, other)
    ]


def _named(other: Meeting, is_seen: bool) -> str:
    return f"{other.title if is_seen else 'một cuộc họp khác'} lúc {clock.local(other.starts_at):%H:%M}"


def _with_one(meeting: Meeting, other: Meeting, named: str, engaged: dict[int, str]) -> list[Clash]:
    """The clashes with one other meeting; `engaged` are the host's people who are expected there."""
    found = []
    if fold(other.place) == fold(meeting.place):
        found.append(Clash("room", f"{meeting.place} đã có {named}."))
    if other.host_id == meeting.host_id:
        # All its members are expected there: naming each would say the same again.
        found.append(Clash("host", f"Cùng cơ quan tổ chức, cùng giờ có {named}."))
        return found
    chair = meeting.chair_id
    if chair is not None and chair in engaged:
        found.append(Clash("chair", f"Chủ trì bận: {named}."))
    names = [name for person, name in engaged.items() if person != chair]
    if names:
        rest = len(names) - NAMES_SHOWN
        listed = ", ".join(names[:NAMES_SHOWN]) + (f" và {rest} người khác" if rest > 0 else "")
        found.append(Clash("members", f"{len(names)} thành viên bận, {named}: {listed}."))
    return found


def _engaged(meeting: Meeting, others: list[Meeting]) -> dict[int, dict[int, str]]:
    """Meeting to the host's members, by rank, who chair it, are members of its host or announced as attending."""
    hosts = {other.host_id for other in others}
    seats: dict[int, dict[int, str]] = defaultdict(dict)
    rows = (
        Membership.objects.on(meeting.day)
        .filter(organization__in=hosts | {meeting.host_id}, post__is_member=True)
        .order_by("post__rank", "person__sort_key")
        .values_list("organization", "person", "person__full_name")
    )
    for organization, person, name in rows:
        seats[organization][person] = name
    members = dict(seats[meeting.host_id])
    if meeting.chair_id is not None and meeting.chair is not None:
        members.setdefault(meeting.chair_id, meeting.chair.full_name)
    going = _announced(others)
    return {
        other.pk: {
            person: name
            for person, name in members.items()
            if person in seats[other.host_id] or person == other.chair_id or person in going[other.pk]
        }
        for other in others
    }


def _announced(others: Iterable[Meeting]) -> dict[int, set[int]]:
    """Meeting to the people named in the answers of the bodies it invited."""
    going: dict[int, set[int]] = defaultdict(set)
    rows = Invitation.objects.filter(meeting__in=others, person__isnull=False, is_left_out=False)
    for meeting, person in rows.exclude(answer=Answer.DECLINED).values_list("meeting", "person"):
        if person is not None:
            going[meeting].add(person)
    return going


def _busy_bodies(meeting: Meeting, others: list[Meeting]) -> list[str]:
    """Bodies on the list that are invited elsewhere at that time."""
    mine = meeting.invitations.filter(is_left_out=False).values("organization")
    rows = Organization.objects.filter(
        pk__in=mine,
        invitations__meeting__in=others,
        invitations__issued_at__isnull=False,
        invitations__is_left_out=False,
    )
    return [row.label for row in rows.distinct().order_by("code")]
