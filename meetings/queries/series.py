"""Recurring meetings: which a person sees, what each day of a series is, what is still to be planned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from coordination.law.working_days import day_off_reason, is_working_day
from coordination.queries import calendar_exceptions
from councils.models import Organization
from councils.permissions import OFFICE_KINDS, access, family_filter
from hdnd.lib import clock
from meetings.choices import CALLED_OFF, MeetingState, SeriesDayState
from meetings.law.recurrence import Slot, slots_of
from meetings.models import Meeting, MeetingSeries
from meetings.queries.clashes import Clash, room_clashes
from meetings.queries.meetings import visible_meetings

TEMPLATES_SHOWN = 30


def visible_series(user: Any) -> QuerySet[MeetingSeries]:
    """Series of the bodies whose office the person belongs to: plans are the office's own."""
    own = family_filter("host", access(user).roots_of(OFFICE_KINDS))
    return MeetingSeries.objects.filter(own).select_related("host__area", "chair", "made_by")


def count_meetings(found: Iterable[MeetingSeries]) -> None:
    """Sets `planned_count`, `held_count` and `next_at` of each: to come, held, and the next one; one query for all."""
    rows = {series.pk: series for series in found}
    ahead = Q(state__in=(MeetingState.PLANNED, MeetingState.INVITED), starts_at__gt=clock.now())
    held = Q(state__in=(MeetingState.HELD, MeetingState.MINUTED, MeetingState.APPROVED))
    counted = (
        Meeting.objects.filter(series__in=rows)
        .order_by()
        .values_list("series")
        .annotate(
            planned=Count("pk", filter=ahead),
            held=Count("pk", filter=held),
            next=Min("starts_at", filter=ahead),
        )
    )
    numbers = {pk: values for pk, *values in counted}
    for pk, series in rows.items():
        series.planned_count, series.held_count, series.next_at = numbers.get(pk, (0, 0, None))


def templates_of(user: Any, host: Organization) -> QuerySet[Meeting]:
    """The host's latest meetings that have an agenda to copy."""
    latest = (
        visible_meetings(user)
        .filter(host=host, agenda__isnull=False)
        .exclude(state=MeetingState.DROPPED)
        .order_by("-starts_at")
        .values_list("pk", flat=True)
        .distinct()
    )
    return Meeting.objects.filter(pk__in=list(latest[:TEMPLATES_SHOWN])).order_by("-starts_at")


@dataclass(frozen=True)
class SeriesDay:
    """One day of a series as its page shows it.

    Attributes:
        off: why offices do not work on the day of the rule; empty on a working day.
        clashes: only in a preview.
        state: the meeting's, or a `SeriesDayState` where there is none.
        can_skip, can_restore: what its state allows; rights aside.
    """

    slot: Slot
    title: str
    starts_at: datetime
    off: str
    state: str
    label: str
    meeting: Meeting | None = None
    clashes: Sequence[Clash] = ()

    @property
    def is_moved(self) -> bool:
        """Held on another day than the rule's."""
        return self.slot.on != self.slot.day

    @property
    def off_in_words(self) -> str:
        """`ngày nghỉ` for a weekend, which the day's own name tells already; else the holiday."""
        return "ngày nghỉ" if self.off in {"thứ Bảy", "Chủ nhật"} else self.off

    @property
    def takes_place(self) -> bool:
        """It has a meeting that is not called off, or is about to get one."""
        return self.state == SeriesDayState.WAITING or (
            self.meeting is not None and self.meeting.state not in CALLED_OFF
        )

    @property
    def can_skip(self) -> bool:
        """Planned or about to be, and nobody was invited."""
        return self.state in {MeetingState.PLANNED, SeriesDayState.WAITING} and self.starts_at > clock.now()

    @property
    def can_restore(self) -> bool:
        """Left out, and still to come."""
        return self.state in {MeetingState.DROPPED, SeriesDayState.SKIPPED} and self.starts_at > clock.now()


def series_slots(series: MeetingSeries) -> list[Slot]:
    """All days of the rule, with where days off send them; one query."""
    return _slots(series, calendar_exceptions())


def _slots(series: MeetingSeries, exceptions: Any) -> list[Slot]:
    return slots_of(series.days, series.day_off, lambda day: is_working_day(day, exceptions))


def series_days(series: MeetingSeries) -> list[SeriesDay]:
    """Every day of the series with its meeting or why it has none; two queries."""
    meetings = {row.series_day: row for row in series.meetings.exclude(series_day=None)} if series.pk else {}
    exceptions = calendar_exceptions()
    return [
        _day(series, slot, day_off_reason(slot.day, exceptions), meetings.get(slot.day))
        for slot in _slots(series, exceptions)
    ]


def _day(series: MeetingSeries, slot: Slot, off: str, meeting: Meeting | None) -> SeriesDay:
    starts_at = series.values_on(slot.on)["starts_at"]
    if meeting is not None:
        return SeriesDay(
            slot, meeting.title, meeting.starts_at, off, meeting.state, meeting.get_state_display(), meeting
        )
    state = _without_meeting(series, slot, starts_at)
    return SeriesDay(slot, series.title_on(slot), starts_at, off, state, state.label)


def _without_meeting(series: MeetingSeries, slot: Slot, starts_at: datetime) -> SeriesDayState:
    """Why a day has no meeting; `WAITING` when it is to get one."""
    if slot.day.isoformat() in series.excluded:
        return SeriesDayState.SKIPPED
    if slot.gives_way_to is not None:
        return SeriesDayState.MERGED
    if series.ended_at is not None and starts_at > series.ended_at:
        return SeriesDayState.ENDED
    return SeriesDayState.PAST if starts_at <= clock.now() else SeriesDayState.WAITING


def missing_days(series: MeetingSeries) -> list[SeriesDay]:
    """What is still to be planned; two queries."""
    return [day for day in series_days(series) if day.state == SeriesDayState.WAITING]


def day_of(series: MeetingSeries, day: date) -> SeriesDay | None:
    """That day of the rule, if it is one."""
    return next((row for row in series_days(series) if row.slot.day == day), None)


def previewed(user: Any, series: MeetingSeries) -> list[SeriesDay]:
    """The days of a series that is not stored yet, with who or what is busy then; four queries."""
    days = series_days(series)
    ahead = [day for day in days if day.state == SeriesDayState.WAITING]
    plans = [Meeting(host=series.host, title=day.title, **series.values_on(day.slot.on)) for day in ahead]
    clashes = {day.slot.day: found for day, found in zip(ahead, room_clashes(user, plans), strict=True)}
    return [
        SeriesDay(
            day.slot, day.title, day.starts_at, day.off, day.state, day.label,
            clashes=clashes.get(day.slot.day, ()),
        )
        for day in days
    ]  # fmt: skip


def unfilled_series() -> list[tuple[int, int]]:
    """Keys of the running series that still lack plans, with the account that planned each; for the sweep."""
    running = MeetingSeries.objects.filter(ended_at=None, until__gte=clock.today())
    return [(row.pk, row.made_by_id) for row in running.order_by("pk") if missing_days(row)]


def issued_ahead(series: MeetingSeries) -> list[Meeting]:
    """Meetings of the series to which somebody was already invited, and which are still to come."""
    ahead = series.meetings.filter(starts_at__gt=clock.now()).exclude(state=MeetingState.PLANNED)
    return list(ahead.exclude(state__in=CALLED_OFF).order_by("starts_at"))
