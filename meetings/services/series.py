"""Recurring meetings: plan a series and fill it with plans; what becomes of it then stands in `series_days`."""

import logging
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from councils.models import Organization, User
from councils.permissions import can_serve_office, ensure
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.background import enqueue
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc
from meetings.choices import DayOff, MeetingFormat, SeriesDayState
from meetings.law import recurrence
from meetings.models import Meeting, MeetingSeries
from meetings.permissions import can_run_series
from meetings.queries import agenda_items
from meetings.queries.series import (
    SeriesDay,
    day_of,
    missing_days,
    unfilled_series,
)
from meetings.services.planning import ItemInput, PlanInput, create_meeting

logger = logging.getLogger(__name__)

MAX_YEARS = 10
"""How far ahead plans are made; farther, neither days off nor bodies are known."""


@dataclass(frozen=True)
class SeriesInput:
    """A series as the secretary enters it; names as in `MeetingSeries`.

    Attributes:
        rhythm: a `Rhythm`; the day it means is the first day's.
        minutes: how long each meeting takes.
        excluded: days of the rule that are left out from the start; what is no day of the rule is ignored.
    """

    kind: str
    title: str
    rhythm: str
    first_on: date
    until: date
    start_time: time
    place: str
    minutes: int = 120
    format: str = MeetingFormat.IN_PERSON
    chair: Any = None
    secretary_name: str = ""
    day_off: str = DayOff.NEXT
    first_number: int = 1
    template: Meeting | None = None
    excluded: tuple[date, ...] = ()


def draft_series(*, actor: Any, host: Organization, data: SeriesInput) -> MeetingSeries:
    """The series as it would be stored, checked; for the preview.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: a placeholder that means nothing, no day, too many, none to come or left, or a host that is gone by then.
        ValidationError: a field breaks a rule.
    """
    ensure(can_serve_office(actor, host), "Chỉ thư ký của cơ quan tổ chức mới lập được loạt họp.")
    title = nfc(data.title)
    wrong = recurrence.wrong_placeholders(title)
    if wrong:
        raise DomainError(
            f"Tên cuộc họp có {', '.join(wrong)} mà hệ thống không hiểu. "
            "Trong ngoặc nhọn chỉ dùng {tháng}, {quý}, {năm}, {lần}.",
            field="title",
        )
    if data.template is not None and data.template.host_id != host.pk:
        raise DomainError("Chỉ lấy chương trình từ cuộc họp của chính cơ quan tổ chức.", field="template")
    given = {name: value for name, value in vars(data).items() if name not in {"rhythm", "title", "excluded"}}
    series = MeetingSeries(
        host=host, title=title, rule=recurrence.rule_of(data.rhythm, data.first_on), made_by=actor, **given
    )
    series.full_clean()
    _check_days(series)
    series.excluded = sorted(day.isoformat() for day in {*data.excluded} & {*series.days})
    if not missing_days(series):
        raise DomainError("Mọi kỳ đều cho nghỉ. Để lại ít nhất một kỳ họp.")
    return series


@transaction.atomic
def plan_series(*, actor: Any, host: Organization, data: SeriesInput) -> MeetingSeries:
    """Stores a series; its plans are made in the background.

    Raises:
        PermissionDenied, DomainError, ValidationError: as `draft_series`.
    """
    series = draft_series(actor=actor, host=host, data=data)
    series.save()
    record(
        "meetings.series.planned",
        series,
        actor=actor,
        changes={
            "rule": series.rule,
            "first_on": series.first_on,
            "until": series.until,
            "excluded": series.excluded,
        },
    )
    continue_filling(actor=actor, series=series)
    return series


def continue_filling(*, actor: Any, series: MeetingSeries) -> None:
    """Lets the worker create what is missing, as that actor.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
    """
    from meetings.tasks import fill_series as task

    ensure(can_run_series(actor, series), "Chỉ thư ký của cơ quan tổ chức mới lập được loạt họp.")
    enqueue(task, series.pk, actor.pk)


def fill_series(*, series_id: int, actor_id: int) -> int:
    """Creates the missing plans that are still to come, each in a transaction of its own.

    May be run any number of times, and twice at once. Returns how many it created.

    Raises:
        PermissionDenied: the account has lost its right meanwhile.
    """
    series = MeetingSeries.objects.filter(pk=series_id).first()
    if series is None:
        return 0
    actor = User.objects.get(pk=actor_id)
    made = [plan_day(actor=actor, series=series, day=day) for day in missing_days(series)]
    return sum(meeting is not None for meeting in made)


def sweep() -> None:
    """Fills every series that lacks plans; one whose maker may no longer plan waits for a colleague to press."""
    for series_id, actor_id in unfilled_series():
        try:
            fill_series(series_id=series_id, actor_id=actor_id)
        except (PermissionDenied, DomainError) as error:
            logger.warning("series %s is not filled: %s", series_id, error)


def _check_days(series: MeetingSeries) -> None:
    """Refuses a series without days, with too many, with none to come, or beyond the end of its host."""
    days = series.days
    span = f"Từ {short_date(series.first_on)} đến {short_date(series.until)}"
    if not days:
        raise DomainError(
            f"{span} không có ngày họp nào theo nhịp {series.rhythm}. Lùi ngày cuối.", field="until"
        )
    if len(days) > recurrence.MAX_DAYS:
        count = f"{len(days):,}".replace(",", ".")
        raise DomainError(
            f"{span}, nhịp {series.rhythm}, có {'hơn ' if len(days) == recurrence.COUNTED else ''}{count} kỳ họp; "
            f"mỗi loạt tối đa {recurrence.MAX_DAYS} kỳ. Chọn ngày cuối không sau "
            f"{short_date(days[recurrence.MAX_DAYS] - timedelta(days=1))}, rồi lập loạt tiếp theo sau.",
            field="until",
        )
    horizon = clock.today() + timedelta(days=366 * MAX_YEARS)
    if series.until > horizon:
        raise DomainError(
            f"Ngày cuối {short_date(series.until)} quá xa. Lập trước tối đa {MAX_YEARS} năm, "
            f"đến hết {short_date(horizon)}.",
            field="until",
        )
    ahead = missing_days(series)
    if not ahead:
        raise DomainError(f"{span} không còn kỳ họp nào ở phía trước. Lùi ngày cuối.", field="until")
    gone = next((row for row in ahead if not series.host.holds_on(row.slot.on)), None)
    if gone is not None:
        raise DomainError(
            f"{series.host} không tồn tại vào ngày {short_date(gone.slot.on)}. Chọn ngày cuối sớm hơn.",
            field="until",
        )


def locked(*, actor: Any, series: MeetingSeries) -> MeetingSeries:
    """The series under a row lock, if the actor may still run it.

    Raises:
        PermissionDenied: not of the host's secretariat.
        DomainError: it has ended.
    """
    found: MeetingSeries = (
        MeetingSeries.objects.select_for_update(of=("self",))
        .select_related("host__area", "chair", "template")
        .get(pk=series.pk)
    )
    ensure(can_serve_office(actor, found.host), "Chỉ thư ký của cơ quan tổ chức mới sửa được loạt họp.")
    if found.ended_at is not None:
        raise DomainError(
            f"Loạt họp đã kết thúc ngày {short_date(found.ended_at)}. Cần họp tiếp thì lập loạt mới."
        )
    return found


@transaction.atomic
def plan_day(*, actor: Any, series: MeetingSeries, day: SeriesDay) -> Meeting | None:
    """The plan of one day, unless somebody made it or left it out meanwhile."""
    try:
        series = locked(actor=actor, series=series)
    except DomainError:  # ended meanwhile
        return None
    current = day_of(series, day.slot.day)
    if current is None or current.state != SeriesDayState.WAITING:
        return None
    plan = PlanInput(
        kind=series.kind,
        title=current.title,
        agenda=_copied_agenda(series.template),
        **series.values_on(current.slot.on),
    )
    meeting = create_meeting(actor=actor, host=series.host, plan=plan)
    meeting.series, meeting.series_day = series, current.slot.day
    meeting.save(update_fields=["series", "series_day"])
    return meeting


def _copied_agenda(template: Meeting | None) -> tuple[ItemInput, ...]:
    if template is None:
        return ()
    return tuple(
        ItemInput(
            item.title, item.kind, item.presenter, item.minutes,
            tuple(item.areas.all()), tuple(item.organizations.all()),
        )
        for item in agenda_items().filter(meeting=template)
    )  # fmt: skip
