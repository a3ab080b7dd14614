"""The weekly calendar: what is filled in, who may change it, what is refused."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from documents.paper.model import Paper
from hdnd.audit.models import Entry
from hdnd.lib.errors import DomainError
from meetings.choices import Answer, MeetingState
from meetings.models import Meeting
from tests.cast import Cast
from tests.meetings import factories
from tests.workbench.week_stage import MONDAY, NOW, at, line, verbs, week
from workbench.models import WorkWeek, WorkWeekEdition, WorkWeekLine
from workbench.queries.weeks import week_entries
from workbench.services import weeks as services


@pytest.fixture(autouse=True)
def _now(set_clock: Any) -> None:
    set_clock(NOW)


# ---- what stands in it


def test_the_offices_meetings_are_filled_in(office: Cast) -> None:
    world = office.world
    own = factories.meeting(world, title="Phiên họp thứ 3", starts_at=at(26, 7, 30), items=1)
    own.agenda.get().organizations.set([world["SXD"], world["TTHDND"]])
    factories.invitation(own, world["UBND"])
    factories.invitation(own, world["MTTQ"], is_left_out=True)
    committee = {"host": "BPC", "chair": None, "items": 0}
    factories.meeting(world, title="Ban Pháp chế thẩm tra", starts_at=at(24, 14), **committee)
    theirs = factories.meeting(
        world, title="UBND giao ban", host="UBND", chair=world.people["P21"], starts_at=at(22, 8), items=0
    )
    factories.invitation(theirs, world["TTHDND"], answer=Answer.ACCEPTED, attendee_name="Trần Thị Hải Yến")
    asked = factories.meeting(
        world, title="UBND mời nữa", host="UBND", chair=None, starts_at=at(22, 13), items=0
    )
    factories.invitation(asked, world["BPC"])
    assert [
        (row.day.day, row.session, row.at, row.content, row.attendees, row.place, row.chair)
        for row in services.printed_rows(week(office))
    ] == [
        (22, "Sáng", time(8), "UBND giao ban", "Trần Thị Hải Yến, Thường trực HĐND tỉnh Vĩnh Giang", "Phòng họp số 2",
         "Đặng Hữu Phước, Chủ tịch"),
        (22, "Chiều", time(13), "UBND mời nữa", "Đại diện Ban Pháp chế HĐND tỉnh", "Phòng họp số 2",
         "Ủy ban nhân dân tỉnh Vĩnh Giang"),
        (24, "Chiều", time(14), "Ban Pháp chế thẩm tra", "Thành viên Ban Pháp chế HĐND tỉnh", "Phòng họp số 2",
         "Ban Pháp chế HĐND tỉnh"),
        (26, "Sáng", time(7, 30), "Phiên họp thứ 3 (chuẩn bị: Sở Xây dựng)",
         "Thành viên Thường trực HĐND tỉnh Vĩnh Giang; Ủy ban nhân dân tỉnh Vĩnh Giang", "Phòng họp số 2",
         "Nguyễn Đình Lâm, Chủ tịch HĐND"),
    ]  # fmt: skip


def test_what_does_not_concern_the_office_is_not_filled_in(office: Cast) -> None:
    world = office.world
    factories.meeting(world, title="Hủy", starts_at=at(22, 8), state=MeetingState.CANCELLED)
    factories.meeting(world, title="Tuần sau", starts_at=at(29, 8))
    factories.meeting(world, title="Tuần trước", starts_at=at(21, 8))
    factories.meeting(world, title="UBND họp riêng", host="UBND", starts_at=at(22, 8))
    factories.meeting(world, title="HĐND phường", host="X01-HDND", starts_at=at(22, 8))
    declined = factories.meeting(world, title="Đã từ chối", host="UBND", starts_at=at(22, 8))
    factories.invitation(declined, world["TTHDND"], answer=Answer.DECLINED)
    factories.meeting(world, title="Kế hoạch", starts_at=at(22, 8), state=MeetingState.PLANNED)
    made = week(office)
    assert services.printed_rows(made) == []
    # The office sees its own plan on the page, and that it will not be printed.
    assert [(entry.row.content, entry.is_plan) for entry in week_entries(made)] == [("Kế hoạch", True)]


def test_a_committee_keeps_its_own_calendar(office: Cast) -> None:
    factories.meeting(office.world, title="Thường trực", starts_at=at(22, 8))
    factories.meeting(office.world, title="Ban", host="BPC", starts_at=at(22, 9), items=0)
    made = WorkWeek.objects.create(organization=office.world["BPC"], monday=MONDAY)
    assert [row.content for row in services.printed_rows(made)] == ["Ban"]


def test_entries_take_the_same_queries_for_one_and_for_many(
    office: Cast, django_assert_num_queries: Any
) -> None:
    made = week(office)
    factories.invitation(factories.meeting(office.world, starts_at=at(22, 8)), office.world["UBND"])
    with django_assert_num_queries(11):
        week_entries(made)
    for hour in range(30):
        meeting = factories.meeting(office.world, starts_at=at(23, 0) + timedelta(hours=hour))
        factories.invitation(meeting, office.world["UBND"])
    made = WorkWeek.objects.select_related("organization").get()
    with django_assert_num_queries(11):
        assert len(week_entries(made)) == 31


# ---- preparing it


@pytest.mark.parametrize("day", [date(2026, 6, 15), date(2026, 6, 28), date(2026, 8, 16)])
def test_a_week_is_opened_once(day: date, office: Cast) -> None:
    host = office.world["TTHDND"]
    made = services.open_week(actor=office.secretary, organization=host, monday=day)
    again = services.open_week(actor=office.secretary, organization=host, monday=day)
    assert (made.pk, made.monday.weekday()) == (again.pk, 0)
    assert verbs() == ["workbench.week.opened"]


@pytest.mark.parametrize("day", [date(2026, 6, 14), date(2026, 8, 17), date(2020, 1, 1)])
def test_a_week_that_is_over_or_far_away_is_refused(day: date, office: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        services.open_week(actor=office.secretary, organization=office.world["TTHDND"], monday=day)
    assert refused.value.field == "monday"
    assert refused.value.message == (
        "Chỉ soạn được lịch từ tuần này đến tuần bắt đầu 10/08/2026. Chọn ngày khác."
    )
    assert (WorkWeek.objects.count(), verbs()) == (0, [])


@pytest.mark.parametrize("part", ["leader", "delegate", "partner", "outsider"])
def test_only_the_office_prepares(part: str, office: Cast) -> None:
    actor, made, host = getattr(office, part), week(office), office.world["TTHDND"]
    stored = WorkWeekLine.objects.create(week=made, day=MONDAY, session="sang", content="Trực")
    meeting = factories.meeting(office.world, starts_at=at(22, 8))
    for act in (
        lambda: services.open_week(actor=actor, organization=host, monday=MONDAY),
        lambda: services.add_line(actor=actor, week=made, data=line()),
        lambda: services.change_line(actor=actor, line=stored, data=line()),
        lambda: services.remove_line(actor=actor, line=stored),
        lambda: services.show_meeting(actor=actor, week=made, meeting=meeting, shown=False),
        lambda: services.set_note(actor=actor, week=made, note="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (WorkWeekLine.objects.get().content, made.hidden.count(), verbs()) == ("Trực", 0, [])


def test_lines_are_added_changed_and_removed_with_an_entry_each(office: Cast) -> None:
    made = week(office)
    added = services.add_line(
        actor=office.secretary, week=made, data=line(content="Đi cơ sơ\u0300", place="Xã")
    )
    assert added.content == "Đi cơ sờ"  # NFC
    services.change_line(actor=office.secretary, line=added, data=line(session="chieu", at=time(14)))
    services.change_line(actor=office.secretary, line=added, data=line(session="chieu", at=time(14)))
    services.remove_line(actor=office.secretary, line=added)
    with pytest.raises(DomainError, match="đã được bỏ khỏi lịch"):  # somebody else was quicker
        services.change_line(actor=office.secretary, line=added, data=line())
    assert list(Entry.objects.order_by("pk").values_list("verb", "changes")) == [
        ("workbench.week.changed", {"line": [None, "22/06/2026, Sáng, Đi cơ sờ, Xã"]}),
        ("workbench.week.changed",
         {"line": ["22/06/2026, Sáng, Đi cơ sờ, Xã", "22/06/2026, 14:00, Trực cơ quan"]}),
        ("workbench.week.changed", {"line": ["22/06/2026, 14:00, Trực cơ quan", None]}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"day": date(2026, 6, 29)}, "day", "Ngày phải nằm trong tuần 22/06/2026 – 28/06/2026. Chọn lại ngày."),
        ({"at": time(12)}, "at", "12:00 không thuộc buổi đã chọn. Sửa giờ hoặc chọn buổi khác."),
        ({"session": "chieu", "at": time(11, 59)}, "at",
         "11:59 không thuộc buổi đã chọn. Sửa giờ hoặc chọn buổi khác."),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_leaves_nothing(changes: Any, field: str, message: str, office: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        services.add_line(actor=office.secretary, week=week(office), data=line(**changes))
    assert (refused.value.field, refused.value.message) == (field, message)
    assert (WorkWeekLine.objects.count(), verbs()) == (0, [])


def test_a_week_that_is_over_stays_as_it_is(office: Cast, set_clock: Any, printed: list[Paper]) -> None:
    made = week(office)
    set_clock(at(28, 23))
    services.add_line(actor=office.secretary, week=made, data=line())
    set_clock(at(29, 0))
    for act in (
        lambda: services.add_line(actor=office.secretary, week=made, data=line()),
        lambda: services.publish_week(actor=office.secretary, week=made),
    ):
        with pytest.raises(DomainError, match="đã qua"):
            act()
    assert (WorkWeekLine.objects.count(), WorkWeekEdition.objects.count(), printed) == (1, 0, [])


def test_a_meeting_is_left_out_and_taken_in_again(office: Cast) -> None:
    made = week(office)
    meeting = factories.meeting(office.world, title="Họp kín", starts_at=at(22, 8))
    other = factories.meeting(office.world, title="Tuần khác", starts_at=at(29, 8))

    def show(which: Meeting, shown: bool) -> list[str]:
        services.show_meeting(actor=office.secretary, week=made, meeting=which, shown=shown)
        return [row.content for row in services.printed_rows(made)]

    assert [show(meeting, False), show(meeting, False), show(meeting, True)] == [[], [], ["Họp kín"]]
    with pytest.raises(DomainError):
        show(other, False)
    assert [entry.changes for entry in Entry.objects.order_by("pk")] == [
        {"meeting": "Họp kín", "shown": [True, False]}, {"meeting": "Họp kín", "shown": [False, True]},
    ]  # fmt: skip
