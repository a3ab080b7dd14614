"""Recurring meetings: planned as a series, filled in the background, with exceptions; what is refused leaves nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from coordination.models import CalendarException
from councils.models import Role
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from meetings.choices import DayOff, MeetingState, Rhythm, SeriesDayState
from meetings.models import Meeting, MeetingSeries
from meetings.queries.series import series_days, unfilled_series, visible_series
from meetings.services import changing
from meetings.services import series as services
from meetings.services import series_days as acts
from meetings.services.series import SeriesInput
from meetings.services.series_days import SeriesChange
from tests.cast import Cast
from tests.ledger import entries, refused, verbs
from tests.meetings import factories
from tests.meetings.factories import PLANNED_ON

WHY = "Trùng lịch họp Quốc hội"


def given(cast: Cast, **values: Any) -> SeriesInput:
    """The monthly meeting of the standing committee on the 25th, half a year, from 7:30 to 9:30."""
    data = SeriesInput(
        kind="standing_meeting", title="Phiên họp thứ {lần}, tháng {tháng}/{năm}", rhythm=Rhythm.MONTHLY_DAY,
        first_on=date(2026, 6, 25), until=date(2026, 11, 30), start_time=time(7, 30), place="Phòng họp số 2",
        chair=cast.world.people["P01"], secretary_name="Mai Thế Anh", first_number=7,
    )  # fmt: skip
    return replace(data, **values)


def planned(cast: Cast, **values: Any) -> MeetingSeries:
    return services.plan_series(actor=cast.secretary, host=cast.world["TTHDND"], data=given(cast, **values))


@pytest.fixture
def series(cast: Cast) -> MeetingSeries:
    """Stored and filled: six plans, that of Sunday 25/10 moved to the Monday after."""
    made = planned(cast)
    services.fill_series(series_id=made.pk, actor_id=cast.secretary.pk)
    return made


def plans(series: MeetingSeries, **which: Any) -> list[tuple[str, str]]:
    """Day and state of the series' meetings, by day."""
    rows = series.meetings.filter(**which).order_by("starts_at", "pk")
    return [(f"{clock.local(row.starts_at):%d/%m %H:%M}", row.state) for row in rows]


def states(series: MeetingSeries) -> list[str]:
    return [str(day.state) for day in series_days(MeetingSeries.objects.get(pk=series.pk))]


def meeting_of(series: MeetingSeries, day: date) -> Meeting:
    found: Meeting = series.meetings.get(series_day=day)
    return found


SIX = [f"{day} 07:30" for day in ("25/06", "27/07", "25/08", "25/09", "26/10", "25/11")]


class TestPlanning:
    def test_stored_audited_and_filled_after_the_commit(
        self, cast: Cast, eager_tasks: None, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            made = planned(cast)
            assert Meeting.objects.count() == 0
        assert (made.rule, str(made), verbs(made)) == (
            "FREQ=MONTHLY;BYMONTHDAY=25", "Phiên họp", ["meetings.series.planned"],
        )  # fmt: skip
        assert plans(made) == [(day, "planned") for day in SIX]

    def test_each_plan_is_an_ordinary_one(self, cast: Cast, clauses: Any, series: MeetingSeries) -> None:
        saturday = date(2026, 7, 25)
        july = meeting_of(series, saturday)  # held on Monday the 27th, still July's
        assert (july.title, july.place, july.chair, july.secretary_name) == (
            "Phiên họp thứ 8, tháng 7/2026", "Phòng họp số 2", cast.world.people["P01"], "Mai Thế Anh",
        )  # fmt: skip
        assert july.ends_at == datetime(2026, 7, 27, 9, 30, tzinfo=clock.VIETNAM)
        assert verbs(july) == ["meetings.meeting.planned", "coordination.duties.raised"]
        assert entries(july)[0].actor == cast.secretary
        assert sorted(july.invitations.values_list("organization__code", flat=True)) == ["MTTQ", "UBND"]

    def test_the_agenda_is_copied(self, cast: Cast) -> None:
        template = factories.meeting(cast.world, items=3)
        made = planned(cast, template=template, until=date(2026, 7, 31))
        services.fill_series(series_id=made.pk, actor_id=cast.secretary.pk)
        titles = [list(row.agenda.values_list("title", "minutes")) for row in made.meetings.all()]
        assert titles == [[(f"Nội dung thứ {number}", 30) for number in (1, 2, 3)]] * 2

    def test_filling_again_adds_nothing(self, cast: Cast, series: MeetingSeries) -> None:
        assert services.fill_series(series_id=series.pk, actor_id=cast.secretary.pk) == 0
        assert len(plans(series)) == 6

    def test_what_a_killed_worker_left_is_made_up_by_the_sweep(
        self, cast: Cast, series: MeetingSeries
    ) -> None:
        series.meetings.filter(series_day__gte=date(2026, 9, 1)).delete()
        assert unfilled_series() == [(series.pk, cast.secretary.pk)]
        services.sweep()
        assert ([day for day, _ in plans(series)], unfilled_series()) == (SIX, [])

    def test_the_sweep_passes_over_a_maker_without_right(self, cast: Cast, series: MeetingSeries) -> None:
        series.meetings.all().delete()
        Role.objects.filter(user=cast.secretary).delete()
        services.sweep()
        assert plans(series) == []

    def test_days_that_have_passed_get_no_plan(self, cast: Cast) -> None:
        made = planned(cast, first_on=date(2026, 4, 25), until=date(2026, 6, 30))
        services.fill_series(series_id=made.pk, actor_id=cast.secretary.pk)
        assert (states(made), plans(made)) == (
            [SeriesDayState.PAST, SeriesDayState.PAST, "planned"], [("25/06 07:30", "planned")],
        )  # fmt: skip

    def test_two_that_would_share_a_day_are_one(self, cast: Cast) -> None:
        for day in range(13, 18):  # the whole week
            CalendarException.objects.create(day=date(2026, 7, day), is_working=False, reason="Nghỉ bù")
        made = planned(cast, rhythm=Rhythm.WEEKLY, first_on=date(2026, 7, 6), until=date(2026, 7, 20))
        services.fill_series(series_id=made.pk, actor_id=cast.secretary.pk)
        assert states(made) == ["planned", SeriesDayState.MERGED, "planned"]

    def test_days_left_out_from_the_start(self, cast: Cast) -> None:
        made = planned(
            cast, excluded=(date(2026, 8, 25), date(2026, 8, 26))
        )  # the 26th is no day of the rule
        services.fill_series(series_id=made.pk, actor_id=cast.secretary.pk)
        assert (made.excluded, len(plans(made))) == (["2026-08-25"], 5)
        assert states(made)[2] == SeriesDayState.SKIPPED

    def test_days_off_of_the_office_count(self, cast: Cast) -> None:
        CalendarException.objects.create(day=date(2026, 6, 25), is_working=False, reason="Nghỉ bù")
        made = planned(cast, until=date(2026, 6, 30), day_off=DayOff.PREVIOUS)
        services.fill_series(series_id=made.pk, actor_id=cast.secretary.pk)
        assert plans(made) == [("24/06 07:30", "planned")]


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "field", "says"),
        [
            ({"until": date(2026, 6, 24)}, "until", "không có ngày họp nào"),
            ({"rhythm": Rhythm.WEEKLY, "until": date(2045, 8, 17)}, "until", "có 1.000 kỳ họp"),
            ({"rhythm": Rhythm.WEEKLY, "until": date(2045, 8, 17)}, "until", "không sau 18/08/2027"),
            ({"rhythm": Rhythm.WEEKLY, "until": date(9999, 12, 31)}, "until", "có hơn 5.000 kỳ họp"),
            ({"rhythm": Rhythm.YEARLY, "until": date(2050, 12, 31)}, "until", "tối đa 10 năm"),
            ({"first_on": date(2026, 1, 25), "until": date(2026, 6, 1)}, "until", "không còn kỳ họp nào"),
            ({"until": date(2026, 6, 30), "excluded": (date(2026, 6, 25),)}, None, "Để lại ít nhất một kỳ"),
            ({"title": "Giao ban tuần {tuần}"}, "title", "{tuần}"),
            ({"title": "Giao ban {tháng"}, "title", "không hiểu"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_planned(
        self, cast: Cast, changes: dict[str, Any], field: str | None, says: str
    ) -> None:
        with refused(DomainError, field=field) as caught:
            planned(cast, **changes)
        assert says in caught.value.message

    def test_sixty_are_allowed(self, cast: Cast) -> None:
        made = planned(cast, rhythm=Rhythm.WEEKLY, until=date(2027, 8, 18))
        assert len(made.days) == 60

    def test_fields_that_break_a_rule(self, cast: Cast) -> None:
        with refused(ValidationError) as caught:
            planned(cast, minutes=0, place="")
        assert sorted(caught.value.message_dict) == ["minutes", "place"]

    def test_a_host_that_is_gone_by_then(self, cast: Cast) -> None:
        host = cast.world["TTHDND"]
        host.valid_to = date(2026, 10, 31)
        host.save()
        with refused(DomainError, field="until") as caught:
            planned(cast)
        assert "25/11/2026" in caught.value.message

    def test_an_agenda_of_another_council(self, cast: Cast) -> None:
        other = factories.meeting(cast.world, host="X01-TT")
        with refused(DomainError, field="template"):
            planned(cast, template=other)

    @pytest.mark.parametrize("person", ["leader", "delegate", "partner", "outsider", "admin"])
    def test_others_may_not(self, cast: Cast, series: MeetingSeries, person: str) -> None:
        actor = getattr(cast, person)
        day = date(2026, 8, 25)
        for verb in (
            lambda: services.plan_series(actor=actor, host=cast.world["TTHDND"], data=given(cast)),
            lambda: services.continue_filling(actor=actor, series=series),
            lambda: acts.skip_day(actor=actor, series=series, day=day, reason=WHY),
            lambda: acts.restore_day(actor=actor, series=series, day=day),
            lambda: acts.change_series(actor=actor, series=series, data=times(cast), from_on=day),
            lambda: acts.end_series(actor=actor, series=series, reason=WHY),
        ):
            with refused(PermissionDenied):
                verb()


def test_only_the_hosts_office_sees_it(cast: Cast, series: MeetingSeries) -> None:
    seen = {name for name, user in cast.persons().items() if user and visible_series(user).exists()}
    assert seen == {"secretary", "leader"}


class TestExceptions:
    DAY = date(2026, 8, 25)

    def skip(self, cast: Cast, series: MeetingSeries, day: date = DAY, reason: str = WHY) -> None:
        acts.skip_day(actor=cast.secretary, series=series, day=day, reason=reason)

    def test_a_day_left_out_drops_its_plan_and_stays_out(self, cast: Cast, series: MeetingSeries) -> None:
        self.skip(cast, series)
        services.fill_series(series_id=series.pk, actor_id=cast.secretary.pk)
        series.refresh_from_db()
        assert series.excluded == ["2026-08-25"]
        assert plans(series, series_day=self.DAY) == [("25/08 07:30", "dropped")]
        assert (entries(series)[-1].verb, entries(series)[-1].changes) == (
            "meetings.series.day_skipped", {"day": "2026-08-25", "reason": WHY},
        )  # fmt: skip
        assert verbs(meeting_of(series, self.DAY))[-1] == "meetings.meeting.dropped"

    def test_a_day_left_out_before_its_plan_was_made(self, cast: Cast) -> None:
        made = planned(cast)
        self.skip(cast, made)
        services.fill_series(series_id=made.pk, actor_id=cast.secretary.pk)
        assert states(made)[2] == SeriesDayState.SKIPPED
        assert len(plans(made)) == 5

    def test_taken_back_in_with_a_new_plan(self, cast: Cast, series: MeetingSeries) -> None:
        self.skip(cast, series)
        made = acts.restore_day(actor=cast.secretary, series=series, day=self.DAY)
        series.refresh_from_db()
        assert (series.excluded, made.series_day, made.title) == (
            [],
            self.DAY,
            "Phiên họp thứ 9, tháng 8/2026",
        )
        assert plans(series, starts_at=made.starts_at) == [
            ("25/08 07:30", "dropped"),
            ("25/08 07:30", "planned"),
        ]
        assert verbs(series)[-2:] == ["meetings.series.day_skipped", "meetings.series.day_restored"]

    def test_a_plan_dropped_on_its_own_page_can_be_taken_back(
        self, cast: Cast, series: MeetingSeries
    ) -> None:
        changing.drop_plan(actor=cast.secretary, meeting=meeting_of(series, self.DAY), reason=WHY)
        services.fill_series(series_id=series.pk, actor_id=cast.secretary.pk)
        assert plans(series, series_day=self.DAY) == [("25/08 07:30", "dropped")]
        acts.restore_day(actor=cast.secretary, series=series, day=self.DAY)
        assert plans(series, series_day=self.DAY) == [("25/08 07:30", "planned")]

    def test_refused(self, cast: Cast, series: MeetingSeries, set_clock: Callable[[datetime], None]) -> None:
        series.meetings.filter(series_day=self.DAY).update(state=MeetingState.INVITED)
        with refused(DomainError, field="day") as caught:
            self.skip(cast, series)
        assert "Hoãn hoặc Hủy" in caught.value.message
        with refused(DomainError, field="day"):  # no day of the rule
            self.skip(cast, series, date(2026, 8, 26))
        with refused(DomainError, field="reason"):
            self.skip(cast, series, date(2026, 9, 25), "x")
        with refused(DomainError, field="day"):  # not left out
            acts.restore_day(actor=cast.secretary, series=series, day=date(2026, 9, 25))
        set_clock(datetime(2026, 9, 26, 8, tzinfo=clock.VIETNAM))
        with refused(DomainError, field="day"):  # past
            self.skip(cast, series, date(2026, 9, 25))


def times(cast: Cast, **values: Any) -> SeriesChange:
    stored = {
        "start_time": time(14), "minutes": 90, "place": "Hội trường", "format": "in_person",
        "chair": cast.world.people["P02"], "secretary_name": "Mai Thế Anh", **values,
    }  # fmt: skip
    return SeriesChange(**stored)


class TestChange:
    def test_only_plans_that_nobody_touched_follow(self, cast: Cast, series: MeetingSeries) -> None:
        issued, by_hand = meeting_of(series, date(2026, 9, 25)), meeting_of(series, date(2026, 10, 25))
        Meeting.objects.filter(pk=issued.pk).update(state=MeetingState.INVITED)
        Meeting.objects.filter(pk=by_hand.pk).update(place="Phòng khách")
        outcome = acts.change_series(
            actor=cast.secretary, series=series, data=times(cast), from_on=date(2026, 7, 26)
        )
        assert [row.pk for row in outcome.left] == [issued.pk, by_hand.pk]
        assert [row.series_day for row in outcome.touched] == [date(2026, 8, 25), date(2026, 11, 25)]
        rows = [
            (f"{clock.local(row.starts_at):%d/%m %H:%M}", row.place, row.chair and row.chair.code)
            for row in series.meetings.order_by("starts_at")
        ]
        assert rows == [
            ("25/06 07:30", "Phòng họp số 2", "P01"), ("27/07 07:30", "Phòng họp số 2", "P01"),
            ("25/08 14:00", "Hội trường", "P02"), ("25/09 07:30", "Phòng họp số 2", "P01"),
            ("26/10 07:30", "Phòng khách", "P01"), ("25/11 14:00", "Hội trường", "P02"),
        ]  # fmt: skip
        august = meeting_of(series, date(2026, 8, 25))
        assert august.ends_at == datetime(2026, 8, 25, 15, 30, tzinfo=clock.VIETNAM)
        assert verbs(august)[-1] == "meetings.meeting.changed"
        assert entries(series)[-1].changes["place"] == ["Phòng họp số 2", "Hội trường"]

    def test_refused(self, cast: Cast, series: MeetingSeries) -> None:
        same = times(
            cast, start_time=time(7, 30), minutes=120, place="Phòng họp số 2", chair=cast.world.people["P01"]
        )
        for data, from_on in ((same, date(2026, 7, 1)), (times(cast), date(2026, 6, 14))):
            with refused(DomainError):
                acts.change_series(actor=cast.secretary, series=series, data=data, from_on=from_on)
        with refused(ValidationError):
            acts.change_series(
                actor=cast.secretary, series=series, data=times(cast, place=""), from_on=date(2026, 7, 1)
            )


class TestEnd:
    def test_later_plans_go_what_was_invited_to_stays(self, cast: Cast, series: MeetingSeries) -> None:
        issued = meeting_of(series, date(2026, 6, 25))
        Meeting.objects.filter(pk=issued.pk).update(state=MeetingState.INVITED)
        outcome = acts.end_series(actor=cast.secretary, series=series, reason=WHY)
        assert (len(outcome.touched), [row.pk for row in outcome.left]) == (5, [issued.pk])
        series.refresh_from_db()
        assert (series.ended_at, [state for _, state in plans(series)]) == (
            PLANNED_ON, ["invited", *["dropped"] * 5],
        )  # fmt: skip
        assert entries(series)[-1].changes == {"reason": WHY, "dropped": 5}
        assert unfilled_series() == []

    def test_ended_is_ended(self, cast: Cast, series: MeetingSeries) -> None:
        with refused(DomainError, field="reason"):
            acts.end_series(actor=cast.secretary, series=series, reason="")
        acts.end_series(actor=cast.secretary, series=series, reason=WHY)
        for verb in (
            lambda: acts.end_series(actor=cast.secretary, series=series, reason=WHY),
            lambda: acts.restore_day(actor=cast.secretary, series=series, day=date(2026, 8, 25)),
        ):
            with refused(DomainError):
                verb()
        assert services.fill_series(series_id=series.pk, actor_id=cast.secretary.pk) == 0
