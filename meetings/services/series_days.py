"""What becomes of a series: a day left out or taken back, a change of what is still to come, its end."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction

from hdnd.audit.services import changed, record
from hdnd.lib import clock
from hdnd.lib.dates import long_date, short_date
from hdnd.lib.errors import DomainError
from meetings.choices import MeetingState
from meetings.models import Meeting, MeetingSeries
from meetings.queries.series import SeriesDay, day_of, issued_ahead, series_slots
from meetings.services import changing
from meetings.services.planning import PLAN_FIELDS, PlanInput, update_meeting
from meetings.services.series import locked, plan_day

CHANGED_FIELDS = ("start_time", "minutes", "place", "format", "chair", "secretary_name")


@dataclass(frozen=True)
class SeriesChange:
    """What later meetings of a series shall have; names as in `MeetingSeries`."""

    start_time: time
    minutes: int
    place: str
    format: str
    chair: Any = None
    secretary_name: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a verb did to the plans of a series.

    Attributes:
        touched: plans that were changed or dropped.
        left: meetings still to come that it left alone, since they were changed by hand or invited to.
    """

    touched: list[Meeting]
    left: list[Meeting]


@transaction.atomic
def skip_day(*, actor: Any, series: MeetingSeries, day: date, reason: str) -> None:
    """Leaves one day of the series out; its plan is dropped.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: no such day, past, already left out, somebody was invited, or no reason.
    """
    series = locked(actor=actor, series=series)
    row = _day(series, day)
    reason = changing.stated_reason(reason)
    if row.state in {MeetingState.INVITED, MeetingState.POSTPONED}:
        raise DomainError(
            f"Giấy mời họp {long_date(row.starts_at)} đã phát hành. Mở cuộc họp đó rồi chọn Hoãn hoặc Hủy, "
            "hệ thống sẽ gửi thông báo cho các cơ quan đã mời.",
            field="day",
        )
    if not row.can_skip:
        raise DomainError(f"Kỳ {short_date(day)} đang “{row.label}” nên không cho nghỉ được.", field="day")
    if row.meeting is not None:
        changing.drop_plan(actor=actor, meeting=row.meeting, reason=reason)
    series.excluded = sorted({*series.excluded, day.isoformat()})
    series.save(update_fields=["excluded"])
    record("meetings.series.day_skipped", series, actor=actor, changes={"day": day, "reason": reason})


@transaction.atomic
def restore_day(*, actor: Any, series: MeetingSeries, day: date) -> Meeting:
    """Takes a day back in that was left out, with a new plan.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: no such day, past, or not left out.
    """
    series = locked(actor=actor, series=series)
    row = _day(series, day)
    if not row.can_restore:
        raise DomainError(f"Kỳ {short_date(day)} đang “{row.label}” nên không họp lại được.", field="day")
    series.excluded = [other for other in series.excluded if other != day.isoformat()]
    series.save(update_fields=["excluded"])
    if row.meeting is not None:  # the dropped plan stays, but no longer holds the day
        row.meeting.series_day = None
        row.meeting.save(update_fields=["series_day"])
        row = _day(series, day)
    meeting = plan_day(actor=actor, series=series, day=row)
    if meeting is None:
        raise DomainError(f"Kỳ {short_date(day)} trùng với kỳ khác nên không lập riêng được.", field="day")
    record("meetings.series.day_restored", series, actor=actor, changes={"day": day})
    return meeting


@transaction.atomic
def change_series(*, actor: Any, series: MeetingSeries, data: SeriesChange, from_on: date) -> Outcome:
    """Changes time, place or chair of the plans of a series from a day on.

    What was invited to and what was changed by hand stays as it is and is named in the outcome.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: nothing differs, or the day has passed.
        ValidationError: a field breaks a rule.
    """
    series = locked(actor=actor, series=series)
    if from_on < clock.today():
        raise DomainError(f"Ngày {short_date(from_on)} đã qua. Chọn hôm nay hoặc ngày sau.", field="from_on")
    goes = {slot.day: slot.on for slot in series_slots(series)}
    before = {day: series.values_on(on) for day, on in goes.items()}
    for name in CHANGED_FIELDS:
        setattr(series, name, getattr(data, name))
    series.full_clean()
    changes = changed(series, list(CHANGED_FIELDS))
    if not changes:
        raise DomainError("Chưa có gì khác với loạt họp đang lưu. Sửa ít nhất một mục.")
    series.save()
    issued = [row for row in issued_ahead(series) if row.series_day and row.series_day >= from_on]
    outcome = Outcome([], issued)
    for meeting in _plans_ahead(series).filter(series_day__gte=from_on):
        written = series.values_on(goes[meeting.series_day]) if meeting.series_day in goes else {}
        if written and _is_as_written(meeting, before[meeting.series_day], written):
            kept = {name: getattr(meeting, name) for name in PLAN_FIELDS}
            plan = PlanInput(**{**kept, **written}, areas=tuple(meeting.areas.all()))
            update_meeting(actor=actor, meeting=meeting, plan=plan, version=meeting.version)
            outcome.touched.append(meeting)
        else:
            outcome.left.append(meeting)
    record("meetings.series.changed", series, actor=actor, changes={**changes, "from_on": from_on})
    return outcome


@transaction.atomic
def end_series(*, actor: Any, series: MeetingSeries, reason: str) -> Outcome:
    """Ends a series: later plans are dropped, what was invited to stays.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: no reason, or it has ended already.
    """
    series = locked(actor=actor, series=series)
    reason = changing.stated_reason(reason)
    outcome = Outcome([], issued_ahead(series))
    for meeting in _plans_ahead(series):
        outcome.touched.append(changing.drop_plan(actor=actor, meeting=meeting, reason=reason))
    series.ended_at = clock.now()
    series.save(update_fields=["ended_at"])
    record(
        "meetings.series.ended",
        series,
        actor=actor,
        changes={"reason": reason, "dropped": len(outcome.touched)},
    )
    return outcome


def _day(series: MeetingSeries, day: date) -> SeriesDay:
    found = day_of(series, day)
    if found is None:
        raise DomainError(
            f"Ngày {short_date(day)} không phải kỳ họp của loạt này. Tải lại trang.", field="day"
        )
    return found


def _plans_ahead(series: MeetingSeries) -> Any:
    return (
        series.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=clock.now())
        .select_related("chair")
        .order_by("starts_at")
    )


def _is_as_written(meeting: Meeting, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether the plan still says what the series wrote, so that it may follow; a set deadline must stay possible."""
    if meeting.answer_by is not None and meeting.answer_by >= after["starts_at"]:
        return False
    return all(getattr(meeting, name) == value for name, value in before.items())
