"""The pages of recurring meetings: all days before anything is written; what is refused keeps what was typed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hdnd.lib import clock
from meetings.choices import MeetingState, Rhythm
from meetings.models import Meeting, MeetingSeries
from meetings.services import series as services
from meetings.services.series import SeriesInput
from tests.cast import Cast
from tests.ledger import everything
from tests.meetings import factories

WHY = "Trùng lịch họp Quốc hội"
LIST, NEW = reverse("meetings:series_list"), reverse("meetings:series_create")


@pytest.fixture
def secretary(cast: Cast, client: Client) -> Client:
    client.force_login(cast.secretary)
    return client


def typed(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Monthly on the 25th from June to October, as a browser sends it."""
    return {
        "host": cast.world["TTHDND"].pk, "title": "Phiên họp tháng {tháng}/{năm}", "kind": "standing_meeting",
        "first_number": "1", "rhythm": "monthly_day", "day_off": "next", "first_on": "2026-06-25",
        "until": "2026-10-31", "start_time": "07:30", "minutes": "120", "place": "Phòng họp số 2",
        "format": "in_person", "chair": cast.world.people["P01"].pk, "secretary_name": "Mai Thế Anh", "template": "",
        **changes,
    }  # fmt: skip


def stored(cast: Cast, *, body: str = "TTHDND", filled: bool = True, **values: Any) -> MeetingSeries:
    data = {
        "kind": "standing_meeting", "title": "Phiên họp tháng {tháng}/{năm}", "rhythm": Rhythm.MONTHLY_DAY,
        "first_on": date(2026, 6, 25), "until": date(2026, 10, 31), "start_time": time(7, 30),
        "place": "Phòng họp số 2", **values,
    }  # fmt: skip
    made = services.plan_series(actor=cast.secretary, host=cast.world[body], data=SeriesInput(**data))
    if filled:
        services.fill_series(series_id=made.pk, actor_id=cast.secretary.pk)
    return made


class TestCreate:
    def test_all_days_are_seen_before_anything_is_written(self, cast: Cast, secretary: Client) -> None:
        factories.meeting(
            cast.world, starts_at=datetime(2026, 6, 25, 8, 30, tzinfo=clock.VIETNAM), title="Họp kín"
        )
        other = {"host": "X01-TT", "place": "phòng HỌP số 2", "title": "Của nơi khác"}
        factories.meeting(cast.world, starts_at=datetime(2026, 8, 25, 7, tzinfo=clock.VIETNAM), **other)
        apart = {"place": "Phòng họp số 20", "host": "X01-TT"}  # holds the name, but is another room
        factories.meeting(cast.world, starts_at=datetime(2026, 9, 25, 7, 30, tzinfo=clock.VIETNAM), **apart)
        before = everything()
        page = secretary.post(NEW, typed(cast))
        assert (page.status_code, everything()) == (200, before)
        days = page.context["days"]
        assert [(f"{day.slot.day:%d/%m}", f"{day.starts_at:%d/%m %H:%M}", day.off) for day in days] == [
            ("25/06", "25/06 07:30", ""), ("25/07", "27/07 07:30", "thứ Bảy"), ("25/08", "25/08 07:30", ""),
            ("25/09", "25/09 07:30", ""), ("25/10", "26/10 07:30", "Chủ nhật"),
        ]  # fmt: skip
        assert [[(clash.kind, clash.text) for clash in day.clashes] for day in days] == [
            [("room", "Phòng họp số 2 đã có Họp kín lúc 08:30."),
             ("host", "Cùng cơ quan tổ chức, cùng giờ có Họp kín lúc 08:30.")],
            [], [("room", "Phòng họp số 2 đã có một cuộc họp khác lúc 07:00.")], [], [],
        ]  # fmt: skip
        assert "Của nơi khác" not in page.content.decode()
        text = page.content.decode()
        assert text.count('name="excluded"') == 5
        assert ("5 kỳ theo nhịp</h2>" in text, "5 kỳ sẽ lập" in text) == (True, True)

    def test_confirmed_it_is_planned(
        self,
        cast: Cast,
        secretary: Client,
        eager_tasks: None,
        django_capture_on_commit_callbacks: Callable[..., Any],
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            done = secretary.post(NEW, typed(cast, xac_nhan="1"))
        made = MeetingSeries.objects.get()
        assert (done.status_code, done["Location"]) == (
            302,
            reverse("meetings:series_detail", args=[made.pk]),
        )
        assert list(made.meetings.order_by("starts_at").values_list("title", flat=True)) == [
            f"Phiên họp tháng {month}/2026" for month in range(6, 11)
        ]

    def test_going_back_keeps_what_was_typed(self, cast: Cast, secretary: Client) -> None:
        page = secretary.post(NEW, typed(cast, sua="1"))
        assert (page.status_code, page.context["form"]["place"].value()) == (200, "Phòng họp số 2")
        assert "days" not in page.context

    def test_days_ticked_in_the_preview_are_left_out(self, cast: Cast, secretary: Client) -> None:
        data = typed(cast, excluded=["2026-07-25", "2026-09-25"])
        again = secretary.post(NEW, data)
        assert [str(day.state) for day in again.context["days"]] == [
            "waiting",
            "skipped",
            "waiting",
            "skipped",
            "waiting",
        ]
        assert again.content.decode().count(" checked>") == 2
        back = secretary.post(NEW, {**data, "sua": "1"}).content.decode()
        assert [f'name="excluded" value="{day}"' in back for day in data["excluded"]] == [True, True]
        secretary.post(NEW, {**data, "xac_nhan": "1"})
        assert MeetingSeries.objects.get().excluded == data["excluded"]
        none = secretary.post(NEW, {**data, "excluded": "mai"})
        assert (none.status_code, list(none.context["form"].errors)) == (422, ["excluded"])

    @pytest.mark.parametrize("button", [{}, {"xac_nhan": "1"}])
    def test_a_thousand_are_refused_and_nothing_is_lost(
        self, cast: Cast, secretary: Client, button: dict[str, str]
    ) -> None:
        before = everything()
        page = secretary.post(NEW, typed(cast, rhythm="weekly", until="2045-08-17", **button))
        assert (page.status_code, everything()) == (422, before)
        (message,) = page.context["form"].errors["until"]
        assert ("có 1.000 kỳ họp; mỗi loạt tối đa 60 kỳ" in message, message in page.content.decode()) == (
            True,
            True,
        )
        assert {name: page.context["form"][name].value() for name in ("title", "until", "place", "rhythm")} == {
            "title": "Phiên họp tháng {tháng}/{năm}", "until": "2045-08-17", "place": "Phòng họp số 2",
            "rhythm": "weekly",
        }  # fmt: skip

    def test_other_mistakes_stand_beside_their_field(self, cast: Cast, secretary: Client) -> None:
        for changes, fields in (
            ({"title": "Giao ban {tuần}"}, ["title"]),
            ({"until": "2026-06-01"}, ["until"]),
            ({"start_time": "25:00", "minutes": "5"}, ["minutes", "start_time"]),
            ({"first_on": "31/02/2026", "rhythm": "hằng ngày"}, ["first_on", "rhythm"]),
        ):
            page = secretary.post(NEW, typed(cast, **changes))
            assert (page.status_code, sorted(page.context["form"].errors)) == (422, fields)

    def test_a_preview_of_sixty_costs_as_many_queries_as_one_of_five(
        self, cast: Cast, secretary: Client
    ) -> None:
        def count(**changes: str) -> int:
            with CaptureQueriesContext(connection) as captured:
                assert secretary.post(NEW, typed(cast, **changes)).status_code == 200
            return len(captured)

        count()
        assert count() == count(rhythm="weekly", until="2027-08-12")


class TestDetail:
    def test_each_day_with_its_meeting_or_why_it_has_none(self, cast: Cast, secretary: Client) -> None:
        made = stored(cast)
        secretary.post(reverse("meetings:series_skip", args=[made.pk]), {"day": "2026-08-25", "reason": WHY})
        page = secretary.get(reverse("meetings:series_detail", args=[made.pk]))
        assert [day.label for day in page.context["days"]] == [
            "Chuẩn bị",
            "Chuẩn bị",
            "Đã bỏ",
            "Chuẩn bị",
            "Chuẩn bị",
        ]
        text = page.content.decode()
        links = [reverse("meetings:meeting_detail", args=[row.pk]) in text for row in made.meetings.all()]
        assert links == [True] * 5
        assert text.count("Cho nghỉ</a>") == 4
        assert text.count("Họp lại</button>") == 1
        assert "hx-trigger" not in text

    def test_progress_is_counted_and_asked_for_again(self, cast: Cast, secretary: Client) -> None:
        made = stored(cast, filled=False)
        address = reverse("meetings:series_detail", args=[made.pk])
        for done in (0, 2):
            for day in services.missing_days(made)[:done]:
                services.plan_day(actor=cast.secretary, series=made, day=day)
            text = secretary.get(address).content.decode()
            assert (f"{done}/5 kế hoạch đã lập" in text, 'hx-trigger="every 2s"' in text) == (True, True)
        services.fill_series(series_id=made.pk, actor_id=cast.secretary.pk)
        assert 'hx-trigger="every 2s"' not in secretary.get(address).content.decode()

    def test_a_leader_looks_without_buttons(self, cast: Cast, client: Client) -> None:
        made = stored(cast)
        client.force_login(cast.leader)
        text = client.get(reverse("meetings:series_detail", args=[made.pk])).content.decode()
        assert [word in text for word in ("Chuẩn bị", "Cho nghỉ</a>", "Kết thúc loạt họp", "<form class=\"acts\"")] == [
            True, False, False, False,
        ]  # fmt: skip

    def test_the_meeting_says_to_which_series_it_belongs(self, cast: Cast, secretary: Client) -> None:
        made = stored(cast)
        meeting = made.meetings.earliest("starts_at")
        text = secretary.get(reverse("meetings:meeting_detail", args=[meeting.pk])).content.decode()
        assert reverse("meetings:series_detail", args=[made.pk]) in text
        assert "ngày 25 hằng tháng" in text


class TestExceptions:
    def test_left_out_with_a_reason_and_taken_back(self, cast: Cast, secretary: Client) -> None:
        made = stored(cast)
        address = reverse("meetings:series_skip", args=[made.pk])
        form = secretary.get(address, {"day": "2026-08-25"})
        assert (form.status_code, form.context["row"].title) == (200, "Phiên họp tháng 8/2026")
        short = secretary.post(address, {"day": "2026-08-25", "reason": "x"})
        assert (short.status_code, list(short.context["form"].errors)) == (422, ["reason"])
        assert secretary.post(address, {"day": "2026-08-25", "reason": WHY}).status_code == 302
        assert made.meetings.get(series_day=date(2026, 8, 25)).state == MeetingState.DROPPED
        back = reverse("meetings:series_restore", args=[made.pk])
        assert secretary.post(back, {"day": "2026-08-25"}).status_code == 302
        assert made.meetings.get(series_day=date(2026, 8, 25)).state == MeetingState.PLANNED

    def test_invited_points_to_postponing(self, cast: Cast, secretary: Client) -> None:
        made = stored(cast)
        made.meetings.filter(series_day=date(2026, 8, 25)).update(state=MeetingState.INVITED)
        page = secretary.post(
            reverse("meetings:series_skip", args=[made.pk]), {"day": "2026-08-25", "reason": WHY}
        )
        assert (page.status_code, "chọn Hoãn hoặc Hủy" in page.content.decode()) == (422, True)
        assert page.context["form"]["reason"].value() == WHY

    @pytest.mark.parametrize("day", ["2026-08-26", "hôm qua", ""])
    def test_no_such_day(self, cast: Cast, secretary: Client, day: str) -> None:
        made = stored(cast)
        assert secretary.get(reverse("meetings:series_skip", args=[made.pk]), {"day": day}).status_code == 404

    def test_changed_from_a_day_on(self, cast: Cast, secretary: Client) -> None:
        made = stored(cast)
        address = reverse("meetings:series_change", args=[made.pk])
        assert secretary.get(address).context["form"]["from_on"].value() == date(2026, 6, 16)
        data = {
            "start_time": "14:00",
            "minutes": "90",
            "place": "Hội trường",
            "format": "online",
            "from_on": "2026-09-01",
        }
        past = secretary.post(address, data | {"from_on": "2026-06-01"})
        assert (past.status_code, list(past.context["form"].errors)) == (422, ["from_on"])
        done = secretary.post(address, data, follow=True)
        assert [str(message) for message in done.context["messages"]] == ["Đã sửa 2 kế hoạch."]
        assert Meeting.objects.filter(place="Hội trường", format="online").count() == 2

    def test_ended(self, cast: Cast, secretary: Client) -> None:
        made = stored(cast)
        address = reverse("meetings:series_end", args=[made.pk])
        assert len(secretary.get(address).context["dropped"]) == 5
        assert secretary.post(address, {"reason": ""}).status_code == 422
        done = secretary.post(address, {"reason": WHY}, follow=True)
        assert [str(message) for message in done.context["messages"]] == [
            "Đã kết thúc loạt họp, bỏ 5 kế hoạch."
        ]
        assert "Đổi giờ, nơi họp, chủ trì" not in done.content.decode()


class TestList:
    def test_what_a_row_says(
        self, cast: Cast, secretary: Client, set_clock: Callable[[datetime], None]
    ) -> None:
        made = stored(cast)
        made.meetings.filter(series_day=date(2026, 6, 25)).update(state=MeetingState.MINUTED)
        set_clock(datetime(2026, 7, 1, 9, tzinfo=clock.VIETNAM))
        text = secretary.get(LIST, {"xuat": "csv"}).content.decode("utf-8-sig")
        assert text.splitlines() == [
            "Loạt họp,Nhịp,Cơ quan tổ chức,Kỳ kế tiếp,Sắp họp,Đã họp,Đến ngày,Trạng thái",
            'Phiên họp,ngày 25 hằng tháng,Thường trực HĐND tỉnh Vĩnh Giang,"thứ Hai, 27/07/2026, 07:30",4,1,31/10/2026,Đang chạy',
        ]

    def test_filters(self, cast: Cast, secretary: Client) -> None:
        ended = stored(cast, title="Giao ban tuần", rhythm=Rhythm.WEEKLY)
        MeetingSeries.objects.filter(pk=ended.pk).update(ended_at=clock.now())
        stored(cast, body="BPC")

        def listed(**query: Any) -> list[str]:
            rows = secretary.get(LIST, query).context["page"].object_list
            return sorted(str(row) for row in rows)

        monthly, weekly = "Phiên họp", "Giao ban tuần"
        assert listed() == [weekly, monthly]
        assert (listed(tim="GIAO ban"), listed(tim="phap che")) == ([weekly], [monthly])
        assert (listed(trang_thai="dang"), listed(trang_thai="xong")) == ([monthly], [weekly])
        assert listed(co_quan=cast.world["BPC"].pk) == [monthly]

    def test_thirty_cost_as_many_queries_as_one(self, cast: Cast, secretary: Client) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert secretary.get(LIST).status_code == 200
            return len(captured)

        made = stored(cast)
        count()
        few = count()
        values = {
            field.attname: getattr(made, field.attname)
            for field in made._meta.concrete_fields
            if field.name != "id"
        }
        for number in range(30):
            copy = MeetingSeries.objects.create(**values)
            factories.meeting(cast.world, series=copy, starts_at=clock.now() + timedelta(days=number + 1))
        assert (count(), secretary.get(LIST).context["page"].paginator.count) == (few, 31)
