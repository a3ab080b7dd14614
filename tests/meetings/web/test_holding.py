"""The door in the browser: marks, quorum, votes, the sheet to sign."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.models import Organization
from meetings.choices import MeetingState
from meetings.models import Attendance, Meeting, VoteEvent
from tests import factories as make
from tests.cast import Cast
from tests.meetings import factories

HTMX = {"HX-Request": "true"}


@pytest.fixture
def door(office: Cast, client: Client, at_the_meeting: datetime) -> Client:
    """The secretary at the door, on time."""
    client.force_login(office.secretary)
    return client


@pytest.fixture
def invited(office: Cast) -> Meeting:
    """UBND is invited and sends someone; nobody is there yet."""
    made = factories.meeting(office.world)
    factories.invitation(
        made,
        office.world["UBND"],
        answer="substituted",
        attendee_name="Lê Hữu Phước",
        attendee_title="Phó Chủ tịch",
    )
    return made


def post(door: Client, name: str, meeting: Meeting, data: dict[str, Any], htmx: bool = False) -> Any:
    return door.post(reverse(f"meetings:{name}", args=[meeting.pk]), data, headers=HTMX if htmx else {})


def marks(meeting: Meeting) -> list[tuple[str, str, str]]:
    """Who, how, why or who came."""
    rows = meeting.attendance.order_by("pk")
    return [
        (str(row.membership.person) if row.membership else str(row.invitation.organization), row.presence,
         row.reason or row.guest_name)
        for row in rows
    ]  # fmt: skip


class TestMarks:
    def test_a_tap_and_a_tap_again(self, office: Cast, door: Client, invited: Meeting) -> None:
        seat = factories.seat(office.world, "P04")
        answer = post(door, "mark_member", invited, {"member": seat.pk, "presence": "present"})
        assert (answer.status_code, answer["Location"]) == (
            302, reverse("meetings:attendance", args=[invited.pk]),
        )  # fmt: skip
        assert marks(invited) == [("Phạm Văn Khải", "present", "")]
        page = door.get(answer["Location"]).content.decode()
        assert "1 trên 7 thành viên có mặt" in page
        assert f'id="co-mat-{seat.pk}" name="presence" value="" aria-pressed="true"' in page
        post(door, "mark_member", invited, {"member": seat.pk, "presence": ""})
        assert marks(invited) == []

    def test_by_htmx_only_the_row_and_the_counts_come_back(
        self, office: Cast, door: Client, invited: Meeting
    ) -> None:
        seat = factories.seat(office.world, "P04")
        answer = post(door, "mark_member", invited, {"member": seat.pk, "presence": "present"}, htmx=True)
        content = answer.content.decode()
        assert (answer.status_code, content.count('class="door"'), "<html" in content) == (200, 1, False)
        assert 'hx-swap-oob="innerHTML:#counts"' in content
        assert "1 trên 7 thành viên có mặt" in content

    def test_excused_asks_for_the_reason(self, office: Cast, door: Client, invited: Meeting) -> None:
        data = {"member": factories.seat(office.world, "P07").pk, "presence": "excused", "reason": ""}
        for htmx in (False, True):
            answer = post(door, "mark_member", invited, data, htmx)
            assert answer.status_code == 422
            assert "Ghi lý do vắng của Bùi Đức Đại." in answer.content.decode()
        assert marks(invited) == []
        post(door, "mark_member", invited, {**data, "reason": "Đi công tác"})
        assert marks(invited) == [("Bùi Đức Đại", "excused", "Đi công tác")]
        post(door, "mark_member", invited, {**data, "presence": "absent"})
        assert [mark[1] for mark in marks(invited)] == ["absent"]

    @pytest.mark.parametrize(
        "changes",
        [{"reason": "x" * 301}, {"reason": "a\x00b"}, {"presence": "asleep"}, {"presence": "x" * 9}],
    )
    def test_what_does_not_fit_is_refused(
        self, office: Cast, door: Client, invited: Meeting, changes: dict[str, str]
    ) -> None:
        data = {
            "member": factories.seat(office.world, "P07").pk, "presence": "excused", "reason": "Ốm", **changes,
        }  # fmt: skip
        assert post(door, "mark_member", invited, data, htmx=True).status_code == 422
        assert post(door, "mark_member", invited, data).status_code == 422
        assert marks(invited) == []

    def test_guests_are_counted_apart(self, office: Cast, door: Client, invited: Meeting) -> None:
        asked = invited.invitations.get()
        post(door, "mark_guest", invited, {"invitation": asked.pk, "presence": "present"})
        assert marks(invited) == [("Ủy ban nhân dân tỉnh Vĩnh Giang", "present", "Lê Hữu Phước")]
        page = door.get(reverse("meetings:attendance", args=[invited.pk])).content.decode()
        assert "0 trên 7 thành viên có mặt" in page
        assert "được mời, không tính: 1 trên 1 cơ quan đã đến" in page
        someone_else = {
            "invitation": asked.pk, "presence": "present", "name": "Đặng Văn Tư", "title": "Chánh Văn phòng",
        }  # fmt: skip
        answer = post(door, "mark_guest", invited, someone_else, htmx=True)
        assert "Đặng Văn Tư, Chánh Văn phòng" in answer.content.decode()
        too_long = post(door, "mark_guest", invited, {**someone_else, "name": "x" * 201}, htmx=True)
        assert (too_long.status_code, marks(invited)[0][2]) == (422, "Đặng Văn Tư")
        post(door, "mark_guest", invited, {"invitation": asked.pk, "presence": ""})
        assert marks(invited) == []

    @pytest.mark.parametrize("given", ["999999", "x", ""])
    def test_who_is_not_expected(self, office: Cast, door: Client, invited: Meeting, given: str) -> None:
        for name, key in (("mark_member", "member"), ("mark_guest", "invitation")):
            assert post(door, name, invited, {key: given, "presence": "present"}).status_code == 422
            answer = post(door, name, invited, {key: given, "presence": "present"}, htmx=True)
            assert answer["HX-Redirect"] == reverse("meetings:attendance", args=[invited.pk])
        assert marks(invited) == []

    def test_another_council_s_seat_is_not_marked(self, office: Cast, door: Client, invited: Meeting) -> None:
        seat = factories.seat(office.world, "P08", "HDND")
        assert (
            post(door, "mark_member", invited, {"member": seat.pk, "presence": "present"}).status_code == 422
        )
        assert Attendance.objects.count() == 0

    def test_not_before_its_day(
        self, office: Cast, door: Client, invited: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(factories.PLANNED_ON)
        data = {"member": factories.seat(office.world, "P04").pk, "presence": "present"}
        answer = post(door, "mark_member", invited, data, htmx=True)
        assert (answer.status_code, "Chưa đến ngày họp" in answer.content.decode()) == (422, True)


class TestOpeningAndEnd:
    def test_short_of_the_quorum(self, office: Cast, door: Client, invited: Meeting) -> None:
        factories.present(invited, office.world, "P01", "P02", "P03", "P04")
        for htmx in (False, True):
            answer = post(door, "meeting_open", invited, {"opened_at": ""}, htmx)
            assert answer.status_code == 422
            assert "Mới có 4 trên 7 thành viên có mặt, cần ít nhất 5" in answer.content.decode()
        assert Meeting.objects.get().opened_at is None

    def test_opened_now_or_at_the_time_given(
        self, office: Cast, door: Client, invited: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        factories.present(invited, office.world, "P01", "P02", "P03", "P04", "P05")
        set_clock(factories.STARTS_AT.replace(hour=8))
        later = post(door, "meeting_open", invited, {"opened_at": "2026-06-26T09:00"})
        assert later.context["open_form"].errors == {
            "opened_at": ["Giờ khai mạc chưa tới. Ghi giờ khai mạc thực tế."]
        }
        assert later.context["open_form"]["opened_at"].value() == "2026-06-26T09:00"
        answer = post(door, "meeting_open", invited, {"opened_at": "2026-06-26T07:35"}, htmx=True)
        assert answer["HX-Redirect"] == reverse("meetings:attendance", args=[invited.pk])
        opened = Meeting.objects.get()
        assert (opened.state, opened.opened_at) == (
            MeetingState.HELD, factories.STARTS_AT.replace(minute=35),
        )  # fmt: skip

    def test_ended_at_the_time_given(
        self, office: Cast, door: Client, set_clock: Callable[[datetime], None]
    ) -> None:
        meeting = factories.held(office.world)
        set_clock(factories.STARTS_AT.replace(hour=12))
        early = post(door, "meeting_close", meeting, {"closed_at": "2026-06-26T07:00"}, htmx=True)
        assert early.status_code == 422
        assert "Giờ kết thúc phải sau giờ khai mạc." in early.content.decode()
        answer = post(door, "meeting_close", meeting, {"closed_at": "2026-06-26T11:00"})
        assert answer["Location"] == reverse("meetings:minutes", args=[meeting.pk])
        closed = Meeting.objects.get()
        assert (closed.state, closed.closed_at) == (
            MeetingState.MINUTED, factories.STARTS_AT.replace(hour=11, minute=0),
        )  # fmt: skip
        assert closed.attendance.filter(presence="absent").count() == 1  # P07 had no mark


class TestVotes:
    def tally(self, meeting: Meeting, **changes: Any) -> dict[str, Any]:
        return {
            "item": meeting.agenda.get(position=2).pk, "motion": "Thông qua", "rule": "majority", "in_favour": 5,
            "against": 1, "other": 0, "not_voting": 0, **changes,
        }  # fmt: skip

    def test_the_result_is_computed(self, office: Cast, door: Client) -> None:
        meeting = factories.held(office.world)
        assert post(door, "vote_add", meeting, self.tally(meeting)).status_code == 302
        page = post(
            door,
            "vote_add",
            meeting,
            self.tally(meeting, rule="two_thirds", in_favour=4, against=2),
            htmx=True,
        )
        content = page.content.decode()
        assert (page.status_code, "<html" in content) == (200, False)
        assert "tán thành 5/7" in content
        assert [result.passed for _, result in page.context["votes"]] == [True, False]

    def test_ballots_that_do_not_add_up_come_back_as_typed(self, office: Cast, door: Client) -> None:
        meeting = factories.held(office.world)
        for htmx in (False, True):
            page = post(door, "vote_add", meeting, self.tally(meeting, in_favour=6), htmx)
            assert page.status_code == 422
            assert "nhưng có 6 thành viên có mặt" in page.content.decode()
            assert [page.context["vote_form"][name].value() for name in ("in_favour", "against", "motion")] == [
                "6", "1", "Thông qua",
            ]  # fmt: skip
        assert VoteEvent.objects.count() == 0

    def test_an_item_of_another_meeting_and_nonsense(self, office: Cast, door: Client) -> None:
        meeting, other = factories.held(office.world), factories.meeting(office.world)
        for changes in (
            {"item": other.agenda.get(position=1).pk},
            {"in_favour": "-1"},
            {"in_favour": "năm"},
            {"rule": "x"},
        ):
            assert post(door, "vote_add", meeting, self.tally(meeting, **changes)).status_code == 422
        assert VoteEvent.objects.count() == 0

    def test_a_mistake_is_removed_with_a_reason(self, office: Cast, door: Client) -> None:
        meeting = factories.held(office.world)
        post(door, "vote_add", meeting, self.tally(meeting))
        event = VoteEvent.objects.get()
        for htmx in (False, True):
            page = post(door, "vote_remove", meeting, {"vote": event.pk, "reason": ""}, htmx)
            assert page.status_code == 422
            assert page.content.decode().count("Ghi lý do xóa kết quả biểu quyết.") == 1
        assert (
            post(
                door, "vote_remove", meeting, {"vote": event.pk, "reason": "Đếm nhầm"}, htmx=True
            ).status_code
            == 200
        )
        assert VoteEvent.objects.count() == 0
        assert post(door, "vote_remove", meeting, {"vote": event.pk, "reason": "Đếm nhầm"}).status_code == 422

    def test_another_meeting_s_vote_is_not_removed(self, office: Cast, door: Client) -> None:
        meeting, other = factories.held(office.world), factories.held(office.world)
        post(door, "vote_add", other, self.tally(other))
        answer = post(
            door, "vote_remove", meeting, {"vote": VoteEvent.objects.get().pk, "reason": "Đếm nhầm"}
        )
        assert (answer.status_code, VoteEvent.objects.count()) == (422, 1)


class TestThePage:
    def test_scripts_are_text(self, office: Cast, door: Client) -> None:
        script = "<script>alert(1)</script>"
        meeting = factories.held(office.world, title=f"Phiên {script}")
        factories.invitation(meeting, office.world["UBND"], attendee_name=script)
        answer = post(
            door, "mark_guest", meeting,
            {"invitation": meeting.invitations.get().pk, "presence": "present", "title": script}, htmx=True,
        )  # fmt: skip
        for content in (answer.content, door.get(reverse("meetings:attendance", args=[meeting.pk])).content):
            assert script not in content.decode()
            assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content.decode()

    def test_thirty_guests_and_votes_cost_as_many_queries_as_one(self, office: Cast, door: Client) -> None:
        meeting = factories.held(office.world)
        factories.invitation(meeting, office.world["UBND"])
        votes = TestVotes()
        post(door, "vote_add", meeting, votes.tally(meeting))
        address = reverse("meetings:attendance", args=[meeting.pk])

        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert door.get(address).status_code == 200
            return len(captured)

        count()
        few = count()
        for index in range(30):
            body = make.organization(f"G{index}", area=office.world.areas["T"])
            factories.invitation(meeting, Organization.objects.get(pk=body.pk), nonce=f"g{index}")
            post(door, "vote_add", meeting, votes.tally(meeting))
        assert (count(), meeting.invitations.count(), meeting.votes.count()) == (few, 31, 31)

    def test_the_sheet_to_sign_is_a_pdf(self, office: Cast, door: Client, blank_papers: list[Any]) -> None:
        meeting = factories.meeting(office.world)
        answer = door.get(reverse("meetings:signin_sheet", args=[meeting.pk]))
        assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (
            200,
            "application/pdf",
            b"%PDF-",
        )
        assert len(blank_papers) == 1

    @pytest.mark.parametrize(
        ("person", "status"), [("leader", 403), ("delegate", 403), ("outsider", 404), ("agency", 404)]
    )
    def test_who_may_not(
        self, office: Cast, client: Client, at_the_meeting: datetime, person: str, status: int
    ) -> None:
        meeting = factories.held(office.world)
        client.force_login(getattr(office, person))
        assert client.get(reverse("meetings:attendance", args=[meeting.pk])).status_code == status
        data = {"member": factories.seat(office.world, "P07").pk, "presence": "present"}
        assert post(client, "mark_member", meeting, data, htmx=True).status_code == status
        assert meeting.attendance.filter(membership__person__code="P07").count() == 0

    def test_nothing_is_marked_once_the_minutes_are_approved(self, office: Cast, door: Client) -> None:
        meeting = factories.closed(office.world, state=MeetingState.APPROVED)
        data = {"member": factories.seat(office.world, "P07").pk, "presence": "present"}
        assert post(door, "mark_member", meeting, data).status_code == 403
