"""At the door: who came, by what right, and how often."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from coordination.models import Clause, Duty, Evidence
from coordination.services import raise_duties
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from meetings import papers
from meetings.choices import MeetingState, Presence
from meetings.models import Attendance, Meeting
from meetings.occasion import occasion_of
from meetings.queries import attendance_rates, attendance_sheet, live_quorum
from meetings.services import holding
from tests import factories as make
from tests.cast import Cast
from tests.documents.paper_reading import Reading
from tests.ledger import entries, refused, verbs
from tests.meetings import factories
from tests.meetings.reading import marks

SIX = ("P01", "P02", "P03", "P04", "P05", "P06")


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return factories.meeting(cast.world)


def mark(cast: Cast, meeting: Meeting, code: str, presence: str = "present", reason: str = "") -> None:
    holding.mark_member(
        actor=cast.secretary, meeting=meeting, membership=factories.seat(cast.world, code), presence=presence,
        reason=reason,
    )  # fmt: skip


@pytest.mark.usefixtures("at_the_meeting")
class TestAttendance:
    def test_members_are_marked_and_audited(self, cast: Cast, meeting: Meeting) -> None:
        mark(cast, meeting, "P01")
        mark(cast, meeting, "P07", "excused", "đi công tác")
        mark(cast, meeting, "P06", "absent")
        assert marks(meeting) == {
            "P01": ("present", ""), "P07": ("excused", "đi công tác"), "P06": ("absent", ""),
        }  # fmt: skip
        assert [entry.changes for entry in entries(meeting)] == [
            {"who": "Nguyễn Đình Lâm", "presence": ["", "present"]},
            {"who": "Bùi Đức Đại", "presence": ["", "excused"]},
            {"who": "Đỗ Thị Thu Hiền", "presence": ["", "absent"]},
        ]

    def test_a_mark_changes_and_is_taken_back(self, cast: Cast, meeting: Meeting) -> None:
        mark(cast, meeting, "P07", "excused", "ốm")
        mark(cast, meeting, "P07", "present", "ốm")
        assert marks(meeting) == {"P07": ("present", "")}
        mark(cast, meeting, "P07", "")
        assert marks(meeting) == {}
        assert [entry.changes["presence"] for entry in entries(meeting)] == [
            ["", "excused"], ["excused", "present"], ["present", ""],
        ]  # fmt: skip

    def test_excused_needs_a_reason(self, cast: Cast, meeting: Meeting) -> None:
        with refused(DomainError, field="reason"):
            mark(cast, meeting, "P07", "excused", " ")

    def test_an_unknown_mark(self, cast: Cast, meeting: Meeting) -> None:
        with refused(DomainError, field="presence"):
            mark(cast, meeting, "P07", "late")

    @pytest.mark.parametrize(
        ("first", "last"),
        [(date(2026, 3, 27), date(2026, 6, 25)), (date(2026, 6, 27), None)],
        ids=["left the day before", "joins the day after"],
    )
    def test_who_is_no_member_that_day(
        self, cast: Cast, meeting: Meeting, first: date, last: date | None
    ) -> None:
        seat = factories.seat(cast.world, "P07")
        seat.valid_from, seat.valid_to = first, last
        seat.save()
        with refused(DomainError):
            mark(cast, meeting, "P07")
        assert len(attendance_sheet(meeting).members) == 6

    def test_a_seat_in_another_body(self, cast: Cast, meeting: Meeting) -> None:
        with refused(DomainError):
            holding.mark_member(
                actor=cast.secretary, meeting=meeting, membership=factories.seat(cast.world, "P08", "HDND"),
                presence="present",
            )  # fmt: skip

    @pytest.mark.parametrize("person", ["leader", "delegate", "partner", "agency", "outsider", "admin"])
    def test_only_the_host_s_secretary_marks(self, cast: Cast, meeting: Meeting, person: str) -> None:
        with refused(PermissionDenied):
            holding.mark_member(
                actor=getattr(cast, person), meeting=meeting, membership=factories.seat(cast.world, "P01"),
                presence="present",
            )  # fmt: skip

    def test_not_once_the_minutes_are_approved(self, cast: Cast, meeting: Meeting) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.APPROVED)
        with refused(PermissionDenied):
            mark(cast, meeting, "P01")

    def test_guests_never_count(self, cast: Cast, meeting: Meeting) -> None:
        for code in ("UBND", "MTTQ", "SXD", "X01-TT", "X03-TT"):
            row = factories.invitation(meeting, cast.world[code], attendee_name=f"Người của {code}")
            holding.mark_guest(actor=cast.secretary, meeting=meeting, invitation=row, presence="present")
        sheet, quorum = attendance_sheet(meeting), live_quorum(meeting)
        assert (sheet.present, sheet.guests_present) == (0, 5)
        assert (quorum.members, quorum.present, quorum.required, quorum.met) == (7, 0, 5, False)

    def test_a_guest_is_who_was_announced_unless_another_comes(self, cast: Cast, meeting: Meeting) -> None:
        row = factories.invitation(
            meeting, cast.world["UBND"], attendee_name="Đặng Hữu Phước", attendee_title="Chủ tịch"
        )
        holding.mark_guest(actor=cast.secretary, meeting=meeting, invitation=row, presence="present")
        stored = Attendance.objects.get(invitation=row)
        assert (stored.guest_name, stored.guest_title) == ("Đặng Hữu Phước", "Chủ tịch")
        holding.mark_guest(
            actor=cast.secretary,
            meeting=meeting,
            invitation=row,
            presence="present",
            name="Lý Văn Sơn",
            title="PCT",
        )
        stored.refresh_from_db()
        assert (stored.guest_name, stored.guest_title) == ("Lý Văn Sơn", "PCT")

    def test_a_guest_of_another_meeting(self, cast: Cast, meeting: Meeting) -> None:
        other = factories.invitation(factories.meeting(cast.world), cast.world["UBND"])
        with refused(DomainError):
            holding.mark_guest(actor=cast.secretary, meeting=meeting, invitation=other, presence="present")

    def test_a_guest_left_out(self, cast: Cast, meeting: Meeting) -> None:
        row = factories.invitation(meeting, cast.world["UBND"], is_left_out=True)
        with refused(DomainError):
            holding.mark_guest(actor=cast.secretary, meeting=meeting, invitation=row, presence="present")

    def test_a_guest_present_settles_its_duty_to_attend_and_a_wrong_tap_takes_it_back(
        self, cast: Cast, meeting: Meeting, clauses: dict[str, Clause]
    ) -> None:
        raise_duties(occasion=occasion_of(meeting), actor=cast.secretary)
        row = factories.invitation(meeting, cast.world["UBND"])
        duty = Duty.objects.of(meeting).get(clause__code="D01")

        def state() -> str:
            duty.refresh_from_db()
            return str(duty.state_on(clock.today()))

        holding.mark_guest(actor=cast.secretary, meeting=meeting, invitation=row, presence="present")
        assert (state(), Evidence.objects.get(duty=duty).object) == ("met", row)
        holding.mark_guest(actor=cast.secretary, meeting=meeting, invitation=row, presence="")
        assert (state(), Evidence.objects.count()) == ("due", 0)
        assert "coordination.duties.withdrawn" in verbs(meeting)


class TestBeforeTheDay:
    def test_nothing_is_marked_or_opened(
        self, cast: Cast, meeting: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(factories.STARTS_AT - timedelta(hours=8))  # the evening before
        with refused(DomainError) as caught:
            mark(cast, meeting, "P01")
        assert caught.value.message == (
            "Chưa đến ngày họp (thứ Sáu, 26/06/2026). Điểm danh và khai mạc từ ngày đó."
        )
        with refused(DomainError):
            holding.open_meeting(actor=cast.secretary, meeting=meeting)

    def test_from_midnight_in_vietnam(
        self, cast: Cast, meeting: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(clock.at_time(date(2026, 6, 26), 0, 5))
        mark(cast, meeting, "P01")
        assert marks(meeting) == {"P01": ("present", "")}


class TestRates:
    def test_who_joined_in_may_was_not_absent_in_april(self, cast: Cast) -> None:
        world = cast.world
        late = make.membership(
            make.person("Cao Thị Lan", code="P99"), world["TTHDND"], valid_from=date(2026, 5, 1)
        )
        for month, presence in ((4, None), (5, Presence.PRESENT), (6, Presence.EXCUSED), (7, None)):
            day = datetime(2026, month, 10, 8, 0, tzinfo=clock.VIETNAM)
            meeting = factories.meeting(world, starts_at=day, opened_at=day, state=MeetingState.MINUTED)
            factories.present(meeting, world, "P01")
            if presence:
                Attendance.objects.create(meeting=meeting, membership=late, presence=presence, reason="ốm")
        factories.meeting(world, starts_at=clock.at_time(date(2026, 6, 20)))  # never opened
        factories.meeting(
            world,
            host="BPC",
            starts_at=clock.at_time(date(2026, 6, 21)),
            opened_at=clock.at_time(date(2026, 6, 21)),
        )
        rates = {
            rate.membership.person.code: (rate.meetings, rate.present, rate.excused, rate.absent)
            for rate in attendance_rates(world["TTHDND"], date(2026, 1, 1), date(2026, 12, 31))
        }
        assert rates["P99"] == (3, 1, 1, 1)
        assert rates["P01"] == (4, 4, 0, 0)
        assert rates["P02"] == (4, 0, 0, 4)
        assert len(rates) == 8

    def test_who_left_counts_until_the_last_day(self, cast: Cast) -> None:
        seat = factories.seat(cast.world, "P07")
        seat.valid_to = date(2026, 6, 10)
        seat.save()
        for day in (date(2026, 6, 10), date(2026, 6, 11)):
            factories.meeting(cast.world, starts_at=clock.at_time(day), opened_at=clock.at_time(day))
        found = attendance_rates(cast.world["TTHDND"], date(2026, 6, 1), date(2026, 6, 30))
        assert {rate.membership.person.code: rate.meetings for rate in found}["P07"] == 1
        assert "P07" not in {
            rate.membership.person.code
            for rate in attendance_rates(cast.world["TTHDND"], date(2026, 6, 11), date(2026, 6, 30))
        }


def test_the_sheet_to_sign_lists_members_and_whoever_said_they_come(cast: Cast, meeting: Meeting) -> None:
    issuer = factories.issuer(cast.world["TTHDND"])
    factories.invitation(
        meeting,
        cast.world["UBND"],
        answer="substituted",
        attendee_name="Lý Văn Sơn",
        attendee_title="Phó Chủ tịch",
    )
    factories.invitation(meeting, cast.world["MTTQ"], answer="declined", declined_because="bận")
    factories.invitation(meeting, cast.world["SXD"])
    words = Reading(papers.signin_pdf(meeting, issuer)).words
    for piece in (
        "Nguyễn Đình Lâm",
        "Bùi Đức Đại",
        "Lý Văn Sơn",
        "Phó Chủ tịch, Ủy ban nhân",
        "Sở Xây dựng",
    ):
        assert piece in words
    assert "MTTQ" not in words
