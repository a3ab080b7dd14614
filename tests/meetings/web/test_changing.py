"""The pages of a change: first what it means, then the notice; what is refused keeps what was typed."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from coordination.models import Clause
from documents.models import Document
from meetings.models import Meeting, MeetingChange
from meetings.services import inviting, planning
from tests.cast import Cast
from tests.meetings import factories

REASON = "Chủ trì đi công tác"


@pytest.fixture
def meeting(office: Cast, clauses: dict[str, Clause], blank_papers: list[Any]) -> Meeting:
    made = planning.create_meeting(
        actor=office.secretary, host=office.world["TTHDND"], plan=factories.plan(office.world)
    )
    inviting.issue_invitations(actor=office.secretary, meeting=made)
    made.refresh_from_db()
    return made


@pytest.fixture
def secretary(office: Cast, client: Client) -> Client:
    client.force_login(office.secretary)
    return client


def sent(page: HttpResponse, **changes: str) -> dict[str, Any]:
    """What a browser sends of the page's two forms as they stand, but for the changes."""
    context: Any = page.context
    data: dict[str, Any] = {"version": context["version"]}
    for form in (context["form"], context["agenda"].management_form, *context["agenda"]):
        for bound in form:
            value = bound.field.widget.format_value(bound.value()) if bound.value() is not None else ""
            if value not in ("", None, False):
                data[bound.html_name] = value
    for index, row in enumerate(context["agenda"]):
        if row.initial:
            data[f"ct-{index}-ORDER"] = index + 1
    return {**data, **changes}


class TestChange:
    def test_a_new_time_is_shown_before_it_is_told(self, secretary: Client, meeting: Meeting) -> None:
        url = reverse("meetings:meeting_change", args=[meeting.pk])
        data = sent(secretary.get(url), starts_at="2026-06-28T14:00", reason=REASON)
        page = secretary.post(url, data)
        assert page.status_code == 200
        told = [row.organization.code for row in page.context["told"]]
        assert told == ["UBND", "MTTQ", "SXD", "X01-TT", "X03-TT"]
        assert [clash.kind for clash in page.context["clashes"]] == [
            "day_off"
        ]  # a Sunday: warned, not refused
        assert MeetingChange.objects.count() == 0
        done = secretary.post(url, {**data, "xac_nhan": "1"}, follow=True)
        assert done.redirect_chain == [(reverse("meetings:meeting_detail", args=[meeting.pk]), 302)]
        assert next(str(message) for message in done.context["messages"]).startswith(
            "Đã phát hành thông báo 01/TB-HĐND"
        )
        (change,) = MeetingChange.objects.all()
        assert list(change.differences) == ["starts_at"]  # an untouched agenda is no change

    def test_going_back_keeps_what_was_typed(self, secretary: Client, meeting: Meeting) -> None:
        url = reverse("meetings:meeting_change", args=[meeting.pk])
        data = sent(secretary.get(url), place="Hội trường", reason=REASON)
        page = secretary.post(url, {**data, "sua": "1"})
        assert (page.status_code, page.context["form"]["place"].value()) == (200, "Hội trường")
        assert "review" not in page.context

    def test_a_time_in_the_past_is_refused_beside_its_field(
        self, secretary: Client, meeting: Meeting
    ) -> None:
        url = reverse("meetings:meeting_change", args=[meeting.pk])
        page = secretary.post(url, sent(secretary.get(url), starts_at="2026-06-01T08:00", reason=REASON))
        assert page.status_code == 422
        assert "đã qua" in page.context["form"].errors["starts_at"][0]
        assert page.context["form"]["reason"].value() == REASON

    def test_an_item_taken_out_and_one_put_first(self, secretary: Client, meeting: Meeting) -> None:
        url = reverse("meetings:meeting_change", args=[meeting.pk])
        more = {"ct-1-DELETE": "on", "ct-4-title": "Khai mạc", "ct-4-ORDER": "0", "reason": REASON}
        data = sent(secretary.get(url), **more)
        assert secretary.post(url, {**data, "xac_nhan": "1"}).status_code == 302
        titles = list(meeting.agenda.order_by("position").values_list("title", flat=True))
        assert titles == ["Khai mạc", "Báo cáo giải ngân vốn đầu tư công", "Dự thảo nghị quyết", "Kết luận"]

    def test_a_stale_page_shows_what_is_stored(self, secretary: Client, meeting: Meeting) -> None:
        url = reverse("meetings:meeting_change", args=[meeting.pk])
        data = sent(secretary.get(url), place="Hội trường", reason=REASON)
        Meeting.objects.filter(pk=meeting.pk).update(version=meeting.version + 1, place="Phòng khách")
        page = secretary.post(url, {**data, "xac_nhan": "1"})
        assert (page.status_code, page.context["stored"].place) == (422, "Phòng khách")
        assert page.context["form"]["place"].value() == "Hội trường"


@pytest.mark.parametrize(
    ("name", "state"), [("meeting_postpone", "postponed"), ("meeting_cancel", "cancelled")]
)
def test_called_off_with_a_reason(secretary: Client, meeting: Meeting, name: str, state: str) -> None:
    url = reverse(f"meetings:{name}", args=[meeting.pk])
    assert len(secretary.get(url).context["told"]) == 5
    refused = secretary.post(url, {"reason": "x"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert secretary.post(url, {"reason": REASON}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, Document.objects.filter(doc_type="TB").count()) == (state, 1)
