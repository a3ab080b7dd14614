"""What stands on the calendar, for whom, and on which day."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from coordination.models import CalendarException, Duty
from coordination.queries import calendar_exceptions
from councils.models import Person
from hdnd.lib import clock
from meetings.choices import Answer, MeetingState
from meetings.models import Conclusion, Invitation, InvitationReply
from tests import factories as make
from tests.cast import Cast
from tests.coordination.test_duties import clause
from tests.meetings import factories
from workbench.calendar import Asked, days_of, monday_of
from workbench.choices import View, Whose
from workbench.queries.calendar import calendar_meetings, due_between, entries

NOW = datetime(2026, 6, 24, 9, 0, tzinfo=clock.VIETNAM)
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _now(set_clock: Any) -> None:
    set_clock(NOW)


def at(day: int, hour: int = 8, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=clock.VIETNAM)


def titles(user: Any, acting: Any, whose: Whose, first: date = FIRST, last: date = LAST) -> list[str]:
    return [entry.title for entry in entries(calendar_meetings(user, acting, whose, first, last))]


# ---- the days of a page


@pytest.mark.parametrize(
    ("query", "view", "first", "last", "days"),
    [
        ({}, View.MONTH, FIRST, LAST, 35),
        ({"xem": "thang", "ngay": "2026-02-15"}, View.MONTH, date(2026, 2, 1), date(2026, 2, 28), 35),
        ({"xem": "tuan"}, View.WEEK, date(2026, 6, 22), date(2026, 6, 28), 7),
        ({"xem": "tuan", "ngay": "2027-01-01"}, View.WEEK, date(2026, 12, 28), date(2027, 1, 3), 7),
        ({"xem": "danh-sach", "ngay": "2028-02-29"}, View.LIST, date(2028, 2, 1), date(2028, 2, 29), 29),
        ({"xem": "nam", "ngay": "hôm qua"}, View.MONTH, FIRST, LAST, 35),
        ({"ngay": "9999-12-31"}, View.MONTH, FIRST, LAST, 35),
        ({"ngay": "2026-02-30"}, View.MONTH, FIRST, LAST, 35),
    ],
)
def test_an_address_asks_for_days(query: Any, view: View, first: date, last: date, days: int) -> None:
    asked = Asked.read(query, today=NOW.date(), whose=Whose.MINE)
    assert (asked.view, asked.whose, asked.first, asked.last, len(asked.shown)) == (
        view, Whose.MINE, first, last, days,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("view", "day", "before", "after"),
    [
        (View.MONTH, date(2026, 3, 31), date(2026, 2, 1), date(2026, 4, 1)),
        (View.MONTH, date(2026, 12, 5), date(2026, 11, 1), date(2027, 1, 1)),
        (View.WEEK, date(2026, 6, 24), date(2026, 6, 15), date(2026, 6, 29)),
        (View.LIST, date(2026, 1, 1), date(2025, 12, 1), date(2026, 2, 1)),
    ],
)
def test_pages_follow_one_another_without_gaps(view: View, day: date, before: date, after: date) -> None:
    asked = Asked(view, Whose.MINE, day)
    assert (asked.before.first, asked.after.first) == (before, after)
    assert asked.before.last + timedelta(days=1) == asked.first
    assert asked.after.before.first == asked.first


def test_the_query_says_all_that_was_asked() -> None:
    asked = Asked(View.WEEK, Whose.COUNCIL, date(2026, 6, 24), with_due=True)
    assert asked.query == "xem=tuan&cua=hdnd&ngay=2026-06-24&han=1"


@pytest.mark.django_db
def test_days_off_are_marked_with_their_reason() -> None:
    CalendarException.objects.create(day=date(2026, 9, 4), is_working=False, reason="Nghỉ bão")
    asked = Asked(View.MONTH, Whose.MINE, date(2026, 9, 1))
    days = {
        row.day: row for row in days_of(asked, [], [], today=NOW.date(), exceptions=calendar_exceptions())
    }
    told = {
        day: (row.is_off, row.note)
        for day, row in days.items()
        if row.note or row.day in (date(2026, 9, 3), date(2026, 9, 5))
    }
    assert told == {
        date(2026, 8, 31): (True, "Ngày nghỉ (thay cho ngày 22/08/2026)"),
        date(2026, 9, 1): (True, "Quốc khánh"),
        date(2026, 9, 2): (True, "Quốc khánh"),
        date(2026, 9, 3): (False, ""),
        date(2026, 9, 4): (True, "Nghỉ bão"),
        date(2026, 9, 5): (True, ""),
    }
    # 22/8/2026 is a Saturday worked in exchange for 31/8.
    august = days_of(Asked(View.WEEK, Whose.MINE, date(2026, 8, 22)), [], [], today=NOW.date(), exceptions={})
    assert [(row.day.day, row.is_off, row.note) for row in august[4:]] == [
        (21, False, ""), (22, False, "làm bù"), (23, True, ""),
    ]  # fmt: skip


def test_a_full_day_shows_three_meetings_and_says_how_many_more(cast: Cast) -> None:
    for hour in range(7, 12):
        factories.meeting(cast.world, starts_at=at(24, hour), title=f"Cuộc họp {hour} giờ", items=0)
    asked = Asked(View.MONTH, Whose.COUNCIL, NOW.date())
    rows = entries(calendar_meetings(cast.secretary, None, Whose.COUNCIL, FIRST, LAST))
    day = next(row for row in days_of(asked, rows, [], today=NOW.date(), exceptions={}) if row.is_today)
    assert [entry.time for entry in day.shown] == ["07:00", "08:00", "09:00"]
    assert day.more == 2


def test_weeks_begin_on_monday() -> None:
    assert monday_of(date(2026, 6, 28)) == monday_of(date(2026, 6, 22)) == date(2026, 6, 22)


# ---- whose calendar


def sent(invitation: Invitation, person: Person) -> None:
    """The body answered that the person comes."""
    reply = InvitationReply.objects.create(
        invitation=invitation, answer=Answer.ACCEPTED, channel="app", given_at=NOW
    )
    reply.people.create(person=person, name=person.full_name)


def test_mine_are_the_meetings_i_chair_am_convened_to_or_named_for(cast: Cast) -> None:
    world = cast.world
    factories.meeting(world, title="Thường trực họp", starts_at=at(2))
    factories.meeting(world, title="Ban Pháp chế, tôi chủ trì", host="BPC", starts_at=at(3))
    other = factories.meeting(world, title="UBND mời đích danh", host="UBND", chair=None, starts_at=at(4))
    sent(factories.invitation(other, world["TTHDND"], answer=Answer.ACCEPTED), world.people["P01"])
    declined = factories.meeting(
        world, title="UBND mời, đã từ chối", host="UBND", chair=None, starts_at=at(5)
    )
    earlier = factories.invitation(declined, world["TTHDND"], answer=Answer.DECLINED)
    sent(earlier, world.people["P01"])  # sent at first, then the body declined
    InvitationReply.objects.create(invitation=earlier, answer=Answer.DECLINED, channel="phone", given_at=NOW)
    factories.meeting(world, title="Ban Pháp chế họp", host="BPC", chair=None, starts_at=at(6))
    assert titles(cast.leader, world["TTHDND"], Whose.MINE) == [
        "Thường trực họp", "Ban Pháp chế, tôi chủ trì", "UBND mời đích danh",
    ]  # fmt: skip
    # P08 sits in the council, not in its standing committee.
    assert titles(cast.delegate, world["HDND"], Whose.MINE) == []
    assert titles(cast.secretary, world["TTHDND"], Whose.MINE) == []  # no person behind the account


def test_mine_are_meetings_of_the_days_on_which_i_was_a_member(cast: Cast) -> None:
    world = cast.world
    person = make.person("Lý Thị Mới")
    cast.delegate.person = person
    cast.delegate.save()
    make.membership(person, world["TTHDND"], valid_from=date(2026, 6, 10), valid_to=date(2026, 6, 20))
    for day in (9, 10, 20, 21):
        factories.meeting(world, title=f"Ngày {day}", chair=None, starts_at=at(day))
    assert titles(cast.delegate, world["HDND"], Whose.MINE) == ["Ngày 10", "Ngày 20"]


def test_my_body_hosts_or_is_invited(cast: Cast) -> None:
    world = cast.world
    factories.meeting(world, title="Của Thường trực", starts_at=at(2))
    factories.meeting(world, title="Của Ban Pháp chế", host="BPC", starts_at=at(3))
    invited = factories.meeting(world, title="UBND mời Thường trực", host="UBND", starts_at=at(4))
    factories.invitation(invited, world["TTHDND"])
    struck = factories.meeting(world, title="UBND không mời nữa", host="UBND", starts_at=at(5))
    factories.invitation(struck, world["TTHDND"], is_left_out=True)
    assert titles(cast.secretary, world["TTHDND"], Whose.BODY) == ["Của Thường trực", "UBND mời Thường trực"]
    assert titles(cast.secretary, world["TTHDND"], Whose.COUNCIL) == [
        "Của Thường trực", "Của Ban Pháp chế", "UBND mời Thường trực",
    ]  # fmt: skip
    assert titles(cast.secretary, None, Whose.BODY) == []


def test_nobody_sees_what_they_may_not_see(cast: Cast) -> None:
    world = cast.world
    factories.meeting(world, title="Kế hoạch", state=MeetingState.PLANNED, starts_at=at(2))
    factories.meeting(world, title="Đã mời", starts_at=at(3))
    seen = {
        name: titles(user, None, Whose.COUNCIL) for name, user in cast.persons().items() if user is not None
    }
    assert seen == {
        "secretary": ["Kế hoạch", "Đã mời"], "leader": ["Kế hoạch", "Đã mời"], "delegate": ["Đã mời"],
        "partner": [], "agency": [], "outsider": [], "admin": [],
    }  # fmt: skip


def test_both_ends_of_the_range_count_in_vietnams_time(cast: Cast) -> None:
    for moment, title in (
        (at(31, 23, 5), "31/5"), (at(1, 0), "1/6 lúc 0 giờ"), (at(30, 23), "30/6 lúc 23 giờ"), (at(1, 0, 7), "1/7"),
    ):  # fmt: skip
        factories.meeting(cast.world, title=title, starts_at=moment)
    assert titles(cast.secretary, None, Whose.COUNCIL) == ["1/6 lúc 0 giờ", "30/6 lúc 23 giờ"]


def test_due_days_are_what_my_bodies_still_owe(cast: Cast) -> None:
    world = cast.world
    meeting = factories.meeting(world, starts_at=at(26))
    regulation_clause = clause()
    values = {
        "clause": regulation_clause, "occasion": meeting, "event_kind": meeting.kind, "event_on": meeting.day,
        "occasion_title": meeting.title, "mode": "invite", "creditor": world["UBND"],
    }  # fmt: skip
    Duty.objects.create(**values, debtor=world["TTHDND"], due_on=date(2026, 6, 19))
    settled = {**values, "creditor": world["MTTQ"]}
    Duty.objects.create(
        **settled, debtor=world["TTHDND"], due_on=date(2026, 6, 19), settled_on=date(2026, 6, 18)
    )
    task = {"meeting": meeting, "assignee": world["BPC"], "position": 1}
    Conclusion.objects.create(**task, text="Thẩm tra dự thảo", due_on=date(2026, 6, 30))
    Conclusion.objects.create(
        **{**task, "position": 2}, text="Đã xong", due_on=date(2026, 6, 30), done_on=date(2026, 6, 20)
    )

    def told(user: Any, acting: Any, whose: Whose) -> list[tuple[str, int, str]]:
        return [
            (row.title, row.due_on.day, row.state_label)
            for row in due_between(user, acting, whose, FIRST, LAST)
        ]

    duty = (f"Mời UBND tỉnh Vĩnh Giang: {meeting.title}".replace("UBND", "Ủy ban nhân dân"), 19, "đến hạn")
    assert told(cast.secretary, world["TTHDND"], Whose.COUNCIL) == [duty, ("Thẩm tra dự thảo", 30, "đến hạn")]
    assert told(cast.secretary, world["TTHDND"], Whose.BODY) == [duty]
    assert told(cast.partner, world["UBND"], Whose.BODY) == []
    assert told(cast.outsider, world["X01-TT"], Whose.COUNCIL) == []
