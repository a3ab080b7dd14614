"""Whom the plan invites, and issuing: left out with a reason, added by hand, told beforehand, issued once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coordination.models import Clause, Duty
from meetings.models import AgendaItem, Invitation, Meeting
from meetings.services import planning
from tests import factories
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories as make
from tests.meetings.reading import row_of

pytestmark = pytest.mark.django_db

LIVE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def secretary(cast: Cast, client: Client) -> Client:
    client.force_login(cast.secretary)
    return client


@pytest.fixture
def meeting(office: Cast, clauses: dict[str, Clause]) -> Meeting:
    """The monthly meeting as planned, with what its clauses ask for."""
    return planning.create_meeting(
        actor=office.secretary, host=office.world["TTHDND"], plan=make.plan(office.world)
    )


def url(name: str, pk: int) -> str:
    return reverse(f"meetings:{name}", args=[pk])


def shown(page: Any) -> dict[str, list[str]]:
    """Body to clauses of the invited, as the page lists them."""
    return {
        row.invitation.organization.code: [duty.clause.code for duty in row.duties]
        for row in page.context["invitees"]
    }


class TestInvitees:
    def test_left_out_with_a_reason_and_taken_back(self, secretary: Client, meeting: Meeting) -> None:
        row = row_of(meeting, "MTTQ")
        dialog = secretary.get(url("invitee_leave_out", row.pk), **LIVE)
        assert [duty.clause.code for duty in dialog.context["row"].duties] == ["R34"]
        refused = secretary.post(url("invitee_leave_out", row.pk), {"reason": ""}, **LIVE)
        assert (refused.status_code, refused["HX-Retarget"]) == (422, "#leave-out-body")
        assert list(refused.context["form"].errors) == ["reason"]
        page = secretary.post(url("invitee_leave_out", row.pk), {"reason": make.REASON}, **LIVE)
        (out,) = page.context["left_out"]
        assert (out.invitation.organization.code, out.waived_because) == ("MTTQ", make.REASON)
        assert "MTTQ" not in shown(page)
        back = secretary.post(url("invitee_restore", row.pk), **LIVE)
        assert (shown(back)["MTTQ"], back.context["left_out"]) == (["R34"], [])
        assert Duty.objects.exclude(waived_reason="").count() == 0

    def test_without_scripts_the_same_on_a_page(self, secretary: Client, meeting: Meeting) -> None:
        row = row_of(meeting, "MTTQ")
        answer = secretary.post(url("invitee_leave_out", row.pk), {"reason": make.REASON})
        row.refresh_from_db()
        assert (answer["Location"], row.is_left_out) == (url("meeting_plan", meeting.pk), True)

    def test_added_by_hand_once(self, secretary: Client, cast: Cast, meeting: Meeting) -> None:
        data = {"organization": cast.world["X01-UBND"].pk, "why": "Báo cáo thêm"}
        secretary.post(url("invitee_add", meeting.pk), data, **LIVE)
        row = row_of(meeting, "X01-UBND")
        assert (row.basis, row.reason) == ("hand", "Báo cáo thêm")
        page = secretary.post(url("invitee_add", meeting.pk), data, **LIVE)
        assert page.status_code == 422
        assert page.context["invitee_form"].errors == {
            "organization": ["Ủy ban nhân dân phường Tân Hòa đã có trong danh sách mời."]
        }


class TestIssuing:
    def test_says_beforehand_whom_it_reaches(self, secretary: Client, cast: Cast, meeting: Meeting) -> None:
        factories.contact(cast.world["SXD"], "rieng@sxd.test", receives_invitations=False)
        page = secretary.get(url("invitation_issue", meeting.pk))
        reach = page.context["reach"]
        assert (len(page.context["invited"]), reach.guests, reach.members, reach.total) == (5, 3, 2, 5)
        assert [body.code for body in reach.unreachable] == ["MTTQ", "SXD", "X03-TT"]
        assert page.context["late"] == []

    def test_issues_and_says_what_it_did(
        self, secretary: Client, meeting: Meeting, blank_papers: list[Any]
    ) -> None:
        told = secretary.get(url("invitation_issue", meeting.pk)).context["reach"].total
        page = secretary.post(url("invitation_issue", meeting.pk), follow=True)
        assert page.redirect_chain == [(url("meeting_detail", meeting.pk), 302)]
        assert [str(message) for message in page.context["messages"]] == [
            f"Đã phát hành giấy mời 31/GM-HĐND tới 5 cơ quan, {told} địa chỉ thư.",
            "Chưa có địa chỉ thư, cần gửi giấy hoặc gọi điện: "
            + ", ".join(row.organization.label for row in self.unreached(meeting)) + ".",
        ]  # fmt: skip
        again = secretary.post(url("invitation_issue", meeting.pk), follow=True)
        assert again.redirect_chain == [(url("meeting_detail", meeting.pk), 302)]
        assert [message.level_tag for message in again.context["messages"]] == ["error"]

    def unreached(self, meeting: Meeting) -> list[Invitation]:
        return [row_of(meeting, code) for code in ("MTTQ", "SXD", "X03-TT")]

    def test_then_the_plan_stands(self, secretary: Client, meeting: Meeting, blank_papers: list[Any]) -> None:
        secretary.post(url("invitation_issue", meeting.pk))
        assert secretary.get(url("meeting_plan", meeting.pk))["Location"] == url("meeting_detail", meeting.pk)
        live = secretary.post(url("item_add", meeting.pk), {"nd-title": "Muộn", "nd-kind": "report"}, **LIVE)
        assert live["HX-Redirect"] == url("meeting_detail", meeting.pk)
        assert AgendaItem.objects.count() == 4

    def test_an_empty_agenda_is_refused_on_the_plan(self, secretary: Client, meeting: Meeting) -> None:
        meeting.agenda.all().delete()
        page = secretary.post(url("invitation_issue", meeting.pk), follow=True)
        assert page.redirect_chain == [(url("meeting_plan", meeting.pk), 302)]
        assert [str(message) for message in page.context["messages"]] == [
            "Chương trình chưa có nội dung nào. Thêm ít nhất một nội dung rồi phát hành."
        ]

    def test_the_preview_is_the_paper_without_a_number(
        self, secretary: Client, meeting: Meeting, blank_papers: list[Any]
    ) -> None:
        answer = secretary.get(url("invitation_preview", meeting.pk))
        assert (answer["Content-Type"], answer["Content-Disposition"], answer.content) == (
            "application/pdf", 'inline; filename="giay-moi-xem-truoc.pdf"', BLANK,
        )  # fmt: skip
        meeting.refresh_from_db()
        assert (len(blank_papers), meeting.state) == (1, "planned")
