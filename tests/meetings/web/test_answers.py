"""Pages of answers: by link with several people, by the secretary, the partner's list, members, seats."""

import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from meetings.choices import MeetingState
from meetings.models import Invitation, InvitationReply, Meeting, MemberReply
from meetings.services import answering
from meetings.services.answering import AnswerInput
from meetings.services.links import token_for
from tests.cast import Cast
from tests.meetings import factories as make

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def rows(*people: dict[str, str], total: int | None = None) -> dict[str, str]:
    """The lines of those who come along, as the browser sends them."""
    sent = {"cung-TOTAL_FORMS": str(total or len(people)), "cung-INITIAL_FORMS": "0"}
    for at, person in enumerate(people):
        sent |= {f"cung-{at}-{name}": value for name, value in person.items()}
    return sent


@pytest.fixture
def meeting(office: Cast) -> Meeting:
    return make.meeting(office.world)


@pytest.fixture
def invitation(office: Cast, meeting: Meeting) -> Invitation:
    return make.invitation(meeting, office.world["UBND"])


def sent_people() -> list[tuple[str, str, str, bool]]:
    return [
        (one.name, one.title, one.phone, one.has_meal) for one in InvitationReply.objects.get().people.all()
    ]


class TestLink:
    def address(self, invitation: Invitation) -> str:
        return reverse("meetings:answer_link", args=[token_for(invitation)])

    def test_several_people(self, client: Client, invitation: Invitation) -> None:
        data = {"answer": "accepted", "name": "Đặng Hữu Phước", "title": "Chủ tịch", "has_meal": "on"}
        along = rows(
            {"name": "Lý Văn Sơn", "title": "Chánh Văn phòng", "phone": "0912 000 222"},
            {"name": ""},
            {"has_meal": "on"},
        )
        assert client.post(self.address(invitation), {**data, **along}).status_code == 302
        assert sent_people() == [
            ("Đặng Hữu Phước", "Chủ tịch", "", True), ("Lý Văn Sơn", "Chánh Văn phòng", "0912 000 222", False),
        ]  # fmt: skip
        page = client.get(self.address(invitation)).content.decode()
        assert "<b>Dự</b>, Đặng Hữu Phước (Chủ tịch), Lý Văn Sơn (Chánh Văn phòng)" in page

    @pytest.mark.parametrize("answer", ["", "accepted"])
    def test_a_postponed_meeting_asks_nothing_answered_or_not(
        self, client: Client, office: Cast, invitation: Invitation, answer: str
    ) -> None:
        Invitation.objects.filter(pk=invitation.pk).update(answer=answer, answered_at=make.PLANNED_ON)
        Meeting.objects.filter(pk=invitation.meeting_id).update(state=MeetingState.POSTPONED)
        page = client.get(self.address(invitation)).content.decode()
        assert "Cuộc họp đã hoãn, không cần trả lời. Khi có thời gian mới" in page
        assert ("<form" in page, "chỉ dùng một lần" in page) == (False, False)

    def test_another_line_writes_nothing_and_keeps_what_was_typed(
        self, client: Client, invitation: Invitation
    ) -> None:
        data = {"answer": "declined", "name": "Ai", **rows({"name": "Lý Văn Sơn"}), "add_person": "1"}
        page = client.post(self.address(invitation), data)
        assert (page.status_code, InvitationReply.objects.count()) == (200, 0)
        text = page.content.decode()
        assert 'name="cung-0-name" value="Lý Văn Sơn"' in text
        assert 'name="cung-1-name"' in text
        assert "Ghi lý do" not in text

    @pytest.mark.parametrize("total", ["", "x", "-1", "99999999999", "2000"])
    def test_a_count_of_lines_from_nowhere(self, client: Client, invitation: Invitation, total: str) -> None:
        data = {"answer": "accepted", "cung-TOTAL_FORMS": total, "cung-INITIAL_FORMS": "0"}
        for more in ({}, {"add_person": "1"}):
            assert client.post(self.address(invitation), {**data, **more}).status_code in {200, 302, 422}


class TestRecording:
    def address(self, invitation: Invitation) -> str:
        return reverse("meetings:answer_record", args=[invitation.pk])

    def test_by_telephone(self, office: Cast, client: Client, invitation: Invitation) -> None:
        client.force_login(office.secretary)
        data = {
            "answer": "accepted", "channel": "phone", "answered_by": "Chánh Văn phòng", "given_at": "2026-06-15T09:00",
            "name": "Đặng Hữu Phước", "phone": "0912 000 111", "note": "Sẽ đến muộn", **rows(),
        }  # fmt: skip
        assert client.post(self.address(invitation), data).status_code == 302
        row = InvitationReply.objects.get()
        assert (row.channel, row.answered_by, row.given_at, row.note, row.recorded_by) == (
            "phone", "Chánh Văn phòng", make.PLANNED_ON, "Sẽ đến muộn", office.secretary,
        )  # fmt: skip

    def test_refused_with_what_was_typed(self, office: Cast, client: Client, invitation: Invitation) -> None:
        client.force_login(office.secretary)
        data = {
            "answer": "accepted", "channel": "phone", "answered_by": "", "given_at": "2026-06-16T09:00",
            "name": SCRIPT, **rows({"name": "Lý Văn Sơn"}),
        }  # fmt: skip
        page = client.post(self.address(invitation), data)
        assert (page.status_code, InvitationReply.objects.count()) == (422, 0)
        page = client.post(self.address(invitation), {**data, "answered_by": "Văn thư"})
        text = page.content.decode()
        assert page.status_code == 422
        assert "Thời điểm trả lời chưa tới. Ghi lúc đã nhận trả lời." in text
        assert SCRIPT not in text
        assert 'name="cung-0-name" value="Lý Văn Sơn"' in text

    def test_a_changed_answer_keeps_the_companions(
        self, office: Cast, client: Client, invitation: Invitation
    ) -> None:
        client.force_login(office.partner)
        address = reverse("meetings:invitation_answer", args=[invitation.pk])
        first = {"answer": "accepted", "name": "Một", **rows({"name": "Hai"}, {"name": "Ba"})}
        client.post(address, first)
        form = client.get(address).context["sheet"]
        data = {"answer": "accepted", "name": "Một", **rows({"name": "Hai"}, {"name": "Ba"}, total=3)}
        data["cung-INITIAL_FORMS"] = str(form.others.initial_form_count())
        client.post(address, data)
        assert [[one.name for one in reply.people.all()] for reply in InvitationReply.objects.all()] == [
            ["Một", "Hai", "Ba"]
        ] * 2

    def test_the_meeting_shows_both_answers(
        self, office: Cast, client: Client, meeting: Meeting, invitation: Invitation
    ) -> None:
        answering.answer_by_link(invitation=invitation, data=AnswerInput("accepted", "Đặng Hữu Phước"))
        told = AnswerInput("declined", reason=f"Bận {SCRIPT}", answered_by="Ông Minh", channel="zalo")
        answering.answer_for(actor=office.secretary, invitation=invitation, data=told)
        client.force_login(office.secretary)
        text = client.get(reverse("meetings:meeting_people", args=[meeting.pk])).content.decode()
        assert text.count("đã trả lời 2 lần") == 1
        assert text.count("đã thay bằng lần trả lời sau") == 1
        assert "qua Zalo, thứ Hai, 15/06/2026, 09:00, Ông Minh · Trần Thu Hà ghi" in text
        assert SCRIPT not in text
        client.force_login(office.partner)
        assert "Ông Minh · Trần Thu Hà" not in client.get(reverse("meetings:meeting_detail", args=[meeting.pk])).content.decode()  # fmt: skip


class TestPartnerList:
    @pytest.fixture
    def five(self, office: Cast) -> list[Invitation]:
        """Of three hosts: answered, past, and three that wait, the most pressing not the first to take place."""
        found = []
        for host, days, by, answer in (
            ("TTHDND", 0, None, "accepted"), ("TTHDND", -20, None, ""), ("X01-TT", 5, 1, ""), ("T2-TT", 3, None, ""),
            ("TTHDND", 9, 2, ""),
        ):  # fmt: skip
            starts = make.STARTS_AT + timedelta(days=days)
            until = make.PLANNED_ON + timedelta(days=by) if by else None
            made = make.meeting(
                office.world, host=host, starts_at=starts, answer_by=until, title=f"Họp {days}"
            )
            found.append(make.invitation(made, office.world["UBND"], answer=answer))
        return found

    def test_what_waits_comes_first_by_the_day_asked_for(
        self, office: Cast, client: Client, five: list[Invitation]
    ) -> None:
        client.force_login(office.partner)
        page = client.get(reverse("meetings:invitation_list"))
        assert [row.meeting.title for row in page.context["page"]] == [
            "Họp 5", "Họp 9", "Họp 3", "Họp 0", "Họp -20",
        ]  # fmt: skip
        assert page.content.decode().count("Trả lời, cử người") == 3

    def test_by_host(self, office: Cast, client: Client, five: list[Invitation]) -> None:
        client.force_login(office.partner)
        page = client.get(reverse("meetings:invitation_list"), {"ben_moi": office.world["TTHDND"].pk})
        assert [row.meeting.title for row in page.context["page"]] == ["Họp 9", "Họp 0", "Họp -20"]
        offered = [pk for pk, _ in page.context["filter"].form.fields["ben_moi"].choices if pk]
        assert sorted(offered) == sorted(office.world[code].pk for code in ("TTHDND", "X01-TT", "T2-TT"))


class TestMembers:
    def test_a_member_reports_absence(self, office: Cast, client: Client, meeting: Meeting) -> None:
        client.force_login(office.leader)
        seat = make.seat(office.world, "P01")
        page = client.get(reverse("meetings:meeting_detail", args=[meeting.pk])).content.decode()
        address = reverse("meetings:member_reply", args=[meeting.pk, seat.pk])
        assert f'href="{address}">Báo dự, vắng</a>' in page
        assert client.post(address, {"comes": "khong", "reason": ""}).status_code == 422
        assert client.post(address, {"comes": "khong", "reason": "Đi Hà Nội"}).status_code == 302
        row = MemberReply.objects.get()
        assert (row.membership, row.comes, row.reason, row.channel) == (seat, False, "Đi Hà Nội", "app")

    def test_the_office_sees_the_outlook(self, office: Cast, client: Client, meeting: Meeting) -> None:
        for code in ("P01", "P02", "P03", "P04", "P05"):
            MemberReply.objects.create(
                meeting=meeting, membership=make.seat(office.world, code), comes=True, channel="phone"
            )
        client.force_login(office.secretary)
        page = client.get(reverse("meetings:meeting_people", args=[meeting.pk]))
        assert page.context["outlook"].forecast.met
        assert "đủ nếu những người báo dự có mặt" in page.content.decode()

    def test_the_door_knows_the_reason_told_in_advance(
        self, office: Cast, client: Client, meeting: Meeting, at_the_meeting: datetime
    ) -> None:
        MemberReply.objects.create(
            meeting=meeting,
            membership=make.seat(office.world, "P04"),
            comes=False,
            reason="Đi Hà Nội",
            channel="phone",
        )
        client.force_login(office.secretary)
        text = client.get(reverse("meetings:attendance", args=[meeting.pk])).content.decode()
        assert text.count("đã báo vắng: Đi Hà Nội") == 1
        assert text.count('name="reason" maxlength="300" value="Đi Hà Nội"') == 1

    def test_no_seat_of_another_body(self, office: Cast, client: Client, meeting: Meeting) -> None:
        client.force_login(office.secretary)
        seat = make.seat(office.world, "P08", "HDND")
        address = reverse("meetings:member_reply", args=[meeting.pk, seat.pk])
        assert client.get(address).status_code == 404


class TestSeats:
    def test_as_a_workbook(
        self, office: Cast, client: Client, meeting: Meeting, invitation: Invitation
    ) -> None:
        data = AnswerInput("accepted", "=1+1", "Chủ tịch", phone="0912 000 111", has_meal=True)
        answering.answer_in_app(actor=office.partner, invitation=invitation, data=data)
        client.force_login(office.secretary)
        address = reverse("meetings:seats", args=[meeting.pk])
        sheet = load_workbook(io.BytesIO(client.get(address, {"xuat": "xlsx"}).content)).active
        assert sheet is not None
        lines = list(sheet.iter_rows(values_only=True))
        assert lines[0] == ("TT", "Họ và tên", "Chức vụ", "Cơ quan", "Điện thoại", "Ăn trưa", "Đã báo dự")
        assert lines[8] == (
            8, "'=1+1", "Chủ tịch", "Ủy ban nhân dân tỉnh Vĩnh Giang", "0912 000 111", "có", "có",
        )  # fmt: skip
        assert client.get(address, {"xuat": "pdf"}).content[:5] == b"%PDF-"
        assert "8 chỗ ngồi" in client.get(address).content.decode()

    def test_costs_the_same_for_one_and_for_thirty(
        self, office: Cast, client: Client, meeting: Meeting
    ) -> None:
        from tests import factories as bodies

        client.force_login(office.secretary)
        pages = [
            reverse(f"meetings:{name}", args=[meeting.pk])
            for name in ("seats", "meeting_detail", "meeting_people")
        ]

        def invite(number: int) -> None:
            for at in range(number):
                body = bodies.organization(area=office.world.areas["T"], name=f"Sở {at}")
                row = make.invitation(meeting, body)
                for _ in range(2):
                    answering.answer_for(
                        actor=office.secretary, invitation=row, data=AnswerInput("accepted", f"Người {at}")
                    )

        def costs() -> list[int]:
            found = []
            for address in pages:
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(address).status_code == 200
                found.append(len(captured))
            return found

        invite(1)
        costs()
        one = costs()
        invite(30)
        assert costs() == one
