"""What stands against the time of a plan: days off, hours, rooms, people; never another's subject."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hdnd.lib import clock
from meetings.models import Meeting
from meetings.queries.clashes import clashes_of
from tests import factories
from tests.cast import Cast
from tests.meetings import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast: Cast) -> Meeting:
    """TTHDND, 26/6/2026 from 07:30 to 08:30 in room 2, chaired by P01."""
    return make.meeting(cast.world, state="planned")


def found(cast: Cast, meeting: Meeting) -> list[tuple[str, str]]:
    return [(clash.kind, clash.text) for clash in clashes_of(cast.secretary, meeting)]


def at(hour: int, minute: int = 0, day: int = 26) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=clock.VIETNAM)


@pytest.mark.parametrize(
    ("starts_at", "expected"),
    [
        (at(7), []),
        (at(16, 59), []),
        (at(6, 59), [("hours", "Bắt đầu lúc 06:59 là ngoài giờ làm việc (từ 7 giờ đến 17 giờ).")]),
        (at(17), [("hours", "Bắt đầu lúc 17:00 là ngoài giờ làm việc (từ 7 giờ đến 17 giờ).")]),
        (at(8, day=27), [("day_off", "Ngày thứ Bảy, 27/06/2026 là ngày nghỉ: thứ Bảy.")]),
        (
            at(19, 30, day=28),
            [
                ("day_off", "Ngày Chủ nhật, 28/06/2026 là ngày nghỉ: Chủ nhật."),
                ("hours", "Bắt đầu lúc 19:30 là ngoài giờ làm việc (từ 7 giờ đến 17 giờ)."),
            ],
        ),
    ],
)
def test_days_off_and_hours(
    cast: Cast, plan: Meeting, starts_at: datetime, expected: list[tuple[str, str]]
) -> None:
    plan.starts_at = starts_at
    assert found(cast, plan) == expected


@pytest.mark.parametrize(
    ("starts_at", "clashes"), [(at(6, 30), 0), (at(6, 31), 1), (at(8, 29), 1), (at(8, 30), 0)]
)
def test_only_what_overlaps(cast: Cast, plan: Meeting, starts_at: datetime, clashes: int) -> None:
    make.meeting(cast.world, host="UBND", starts_at=starts_at, chair=None)  # an hour long, as the plan
    assert len(found(cast, plan)) == clashes


def test_a_room_by_its_name_however_written(cast: Cast, plan: Meeting) -> None:
    make.meeting(cast.world, host="HDND", place="PHONG HOP SO 2", title="Họp Đảng đoàn", chair=None)
    assert found(cast, plan)[0] == ("room", "Phòng họp số 2 đã có Họp Đảng đoàn lúc 07:30.")


def test_another_council_s_subject_stays_its_own(cast: Cast, plan: Meeting) -> None:
    make.meeting(cast.world, host="X01-TT", title="Kỷ luật cán bộ")
    assert found(cast, plan) == [
        ("room", "Phòng họp số 2 đã có một cuộc họp khác lúc 07:30."),
        ("chair", "Chủ trì bận: một cuộc họp khác lúc 07:30."),
    ]


def test_members_who_are_expected_elsewhere(cast: Cast, plan: Meeting) -> None:
    factories.membership(cast.world.people["P04"], cast.world["BPC"], "Phó Trưởng ban")
    factories.post(cast.world["BPC"].kind, "Phó Trưởng ban")
    guest = make.meeting(cast.world, host="UBND", place="UBND", title="Họp UBND", chair=None)
    make.invitation(guest, cast.world["HDND"], person=cast.world.people["P02"], answer="accepted")
    make.invitation(guest, cast.world["SXD"], person=cast.world.people["P03"], answer="declined")
    make.meeting(
        cast.world, host="BPC", place="Phòng 4", title="Họp thẩm tra", chair=cast.world.people["P05"]
    )
    assert found(cast, plan) == [
        ("members", "1 thành viên bận, Họp UBND lúc 07:30: Trần Thị Hải Yến."),
        ("members", "2 thành viên bận, Họp thẩm tra lúc 07:30: Phạm Văn Khải, Hoàng Minh Tuấn."),
    ]


def test_long_lists_are_cut(cast: Cast, plan: Meeting) -> None:
    make.meeting(cast.world, host="HDND", place="Hội trường", title="Kỳ họp", chair=None)
    assert found(cast, plan) == [
        ("chair", "Chủ trì bận: Kỳ họp lúc 07:30."),
        (
            "members",
            "6 thành viên bận, Kỳ họp lúc 07:30: Lê Quang Vịnh, Trần Thị Hải Yến, Bùi Đức Đại, Đỗ Thị Thu Hiền, Phạm Văn Khải và 1 người khác.",
        ),
    ]


def test_its_own_other_meeting_is_named_once(cast: Cast, plan: Meeting) -> None:
    make.meeting(cast.world, place="Phòng 9", title="Phiên khác")
    assert found(cast, plan) == [("host", "Cùng cơ quan tổ chức, cùng giờ có Phiên khác lúc 07:30.")]


def test_the_invited_who_are_invited_elsewhere(cast: Cast, plan: Meeting) -> None:
    make.invitation(plan, cast.world["SXD"], issued_at=None)
    make.invitation(plan, cast.world["MTTQ"], issued_at=None)
    other = make.meeting(cast.world, host="UBND", place="UBND", chair=None)
    make.invitation(other, cast.world["SXD"])
    make.invitation(other, cast.world["MTTQ"], is_left_out=True)
    assert found(cast, plan) == [("invited", "Cùng giờ đó đã được mời họp nơi khác: Sở Xây dựng.")]


def test_a_cancelled_meeting_is_in_nobody_s_way(cast: Cast, plan: Meeting) -> None:
    make.meeting(cast.world, state="cancelled")
    assert found(cast, plan) == []


def test_the_cost_does_not_grow(cast: Cast, plan: Meeting) -> None:
    def cost() -> int:
        cast.secretary._access = None  # type: ignore[attr-defined]
        fresh: Any = (
            Meeting.objects.select_related("host", "chair").prefetch_related("agenda").get(pk=plan.pk)
        )
        with CaptureQueriesContext(connection) as captured:
            assert clashes_of(cast.secretary, fresh) != []
        return len(captured)

    make.meeting(cast.world, host="UBND")
    one = cost()
    for number in range(29):
        make.meeting(cast.world, host="UBND", starts_at=make.STARTS_AT + timedelta(minutes=number))
    assert cost() == one
