"""The pages of meetings: fixed query counts, text stays text, and bad input that loses nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.models import Organization
from hdnd.lib import clock
from meetings.models import Meeting, MinutesEntry
from meetings.services.planning import create_meeting
from meetings.services.recording import start_minutes
from tests import factories as bodies
from tests.cast import Cast
from tests.meetings import factories as make

pytestmark = pytest.mark.django_db
EVIL = "<script>alert('họp')</script>"


@pytest.fixture
def secretary(office: Cast, client: Client) -> Client:
    client.force_login(office.secretary)
    return client


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def form(**changes: Any) -> dict[str, Any]:
    """The plan as the browser sends it; a new one also names its host."""
    values = {
        "host": Organization.objects.get(code="TTHDND").pk, "kind": "standing_meeting", "title": "Phiên họp thứ 4", "starts_at": "2026-06-26T07:30", "ends_at": "",
        "place": "Phòng họp số 2", "format": "in_person", "chair": "", "secretary_name": "", "answer_by": "", "note": "",
    }  # fmt: skip
    return {**values, **changes}


def planned(cast: Cast) -> Meeting:
    return create_meeting(actor=cast.secretary, host=cast.world["TTHDND"], plan=make.plan(cast.world))


class TestQueryCounts:
    @pytest.mark.parametrize("name", ["meeting_list", "invitation_list", "task_list"])
    def test_lists(self, office: Cast, secretary: Client, name: str) -> None:
        address = reverse(f"meetings:{name}")

        def fill(number: int) -> None:
            for _ in range(number):
                made = make.meeting(office.world)
                make.invitation(made, office.world["UBND"])
                other = make.meeting(office.world, host="UBND")
                make.invitation(other, office.world["TTHDND"])
                made.conclusions.create(assignee=office.world["UBND"], text="Báo cáo", position=1)

        fill(1)
        queries(secretary, address)
        few = queries(secretary, address)
        fill(30)
        assert queries(secretary, address) == few

    def test_one_meeting(self, office: Cast, secretary: Client) -> None:
        small, large = make.held(office.world, items=1), make.held(office.world, items=12)
        for index in range(30):
            make.invitation(large, bodies.organization(area=office.world.areas["T"], code=f"K{index}"))
        make.invitation(small, office.world["UBND"])
        for part in ("detail", "people", "duties", "history"):
            address = f"meetings:meeting_{part}"
            for meeting in (small, large):
                queries(secretary, reverse(address, args=[meeting.pk]))
            few = queries(secretary, reverse(address, args=[small.pk]))
            assert queries(secretary, reverse(address, args=[large.pk])) == few


class TestPlanning:
    def test_a_meeting_in_the_past_is_refused_beside_its_field(self, secretary: Client) -> None:
        page = secretary.post(reverse("meetings:meeting_create"), form(starts_at="2026-06-01T07:30"))
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["starts_at"])
        assert "đã qua" in page.content.decode()
        assert page.context["form"]["title"].value() == "Phiên họp thứ 4"
        assert Meeting.objects.count() == 0

    def test_an_end_before_the_start_is_refused_beside_its_field(self, secretary: Client) -> None:
        page = secretary.post(reverse("meetings:meeting_create"), form(ends_at="2026-06-26T06:00"))
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["ends_at"])
        assert Meeting.objects.count() == 0

    def test_a_stale_plan_shows_both_versions_and_loses_nothing(
        self, office: Cast, secretary: Client
    ) -> None:
        meeting = planned(office)
        address = reverse("meetings:meeting_plan", args=[meeting.pk])
        version = meeting.version
        assert secretary.post(address, form(place="Phòng của người khác", version=version)).status_code == 302
        page = secretary.post(address, form(place="Phòng của tôi", version=version))
        assert page.status_code == 409
        assert ("Địa điểm", "Phòng của người khác", "Phòng của tôi") in page.context["stored"]
        assert page.context["form"]["place"].value() == "Phòng của tôi"
        assert Meeting.objects.get().place == "Phòng của người khác"
        # Saved again with the version now shown, it is taken.
        assert (
            secretary.post(
                address, form(place="Phòng của tôi", version=page.context["meeting"].version)
            ).status_code
            == 302
        )
        assert Meeting.objects.get().place == "Phòng của tôi"

    def test_leaving_out_asks_for_a_reason(self, office: Cast, clauses: Any, secretary: Client) -> None:
        meeting = planned(office)
        invitation = meeting.invitations.get(organization__code="UBND")
        page = secretary.post(reverse("meetings:invitee_leave_out", args=[invitation.pk]), {"reason": ""})
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])

    def test_issued_once(self, office: Cast, clauses: Any, blank_papers: Any, secretary: Client) -> None:
        meeting = planned(office)
        address = reverse("meetings:invitation_issue", args=[meeting.pk])
        first = secretary.post(address, follow=True).content.decode()
        assert "Đã phát hành giấy mời 31/GM-HĐND" in first
        second = secretary.post(address, follow=True).content.decode()
        assert "mỗi cuộc họp chỉ phát hành một lần" in second


class TestMinutes:
    def entry(self, cast: Cast) -> MinutesEntry:
        meeting = make.closed(
            cast.world, starts_at=clock.now() - timedelta(hours=4), closed_at=clock.now() - timedelta(hours=1)
        )
        return start_minutes(actor=cast.secretary, meeting=meeting).entries.all()[0]

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_two_secretaries_saving_the_same_entry(
        self, office: Cast, secretary: Client, headers: dict[str, str]
    ) -> None:
        entry = self.entry(office)
        address = reverse("meetings:entry_save", args=[entry.pk])
        secretary.post(address, {"text": "Bản thứ nhất", "version": entry.version}, headers=headers)
        page = secretary.post(address, {"text": "Bản thứ hai", "version": entry.version}, headers=headers)
        content = page.content.decode()
        assert page.status_code == 409
        assert "Bản thứ nhất" in content
        assert "Bản thứ hai" in content
        entry.refresh_from_db()
        assert entry.text == "Bản thứ nhất"


class TestTextStaysText:
    def test_on_every_page_of_a_meeting(self, office: Cast, secretary: Client) -> None:
        made = make.held(office.world, title=EVIL, place=EVIL, secretary_name=EVIL)
        made.agenda.update(title=EVIL, presenter=EVIL)
        make.invitation(
            made,
            office.world["UBND"],
            reason=EVIL,
            answer="declined",
            declined_because=EVIL,
            attendee_name=EVIL,
        )
        made.conclusions.create(assignee=office.world["UBND"], text=EVIL, position=1)
        start_minutes(actor=office.secretary, meeting=made).entries.update(text=EVIL)
        for name in ("meeting_detail", "meeting_people", "attendance", "minutes"):
            content = secretary.get(reverse(f"meetings:{name}", args=[made.pk])).content.decode()
            assert EVIL not in content
            assert "&lt;script&gt;alert(" in content
        for name in ("meeting_list", "task_list"):
            content = secretary.get(reverse(f"meetings:{name}")).content.decode()
            assert EVIL not in content


def test_a_forged_link_is_not_found_and_says_what_to_do(client: Client, db: None) -> None:
    page = client.get(reverse("meetings:answer_link", args=["khong-phai-cua-chung-toi"]))
    assert page.status_code == 404
    assert "Đường dẫn không dùng được" in page.content.decode()


def test_the_list_exports_what_is_filtered(office: Cast, secretary: Client) -> None:
    make.meeting(office.world, title="Phiên họp về đất đai")
    make.meeting(office.world, title="Phiên họp về ngân sách")
    response = secretary.get(reverse("meetings:meeting_list"), {"tim": "dat dai", "xuat": "csv"})
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Thời gian,Cuộc họp,Cơ quan tổ chức,Địa điểm,Đã trả lời,Trạng thái"
    assert len(lines) == 2
    assert "Phiên họp về đất đai" in lines[1]
