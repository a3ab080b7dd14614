"""Conclusions and the tasks they become, in the browser."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Document
from hdnd.lib import clock
from meetings.models import Conclusion, Meeting, Minutes
from meetings.services import concluding, recording
from meetings.services.concluding import ConclusionInput
from tests.cast import Cast
from tests.meetings import factories

HTMX = {"HX-Request": "true"}
NEXT_DAY = datetime(2026, 6, 29, 9, 5, tzinfo=clock.VIETNAM)
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def desk(office: Cast, client: Client, set_clock: Callable[[datetime], None]) -> Client:
    """The secretary on the Monday after the meeting."""
    set_clock(NEXT_DAY)
    client.force_login(office.secretary)
    return client


@pytest.fixture
def minutes(office: Cast, desk: Client) -> Minutes:
    return recording.start_minutes(actor=office.secretary, meeting=factories.closed(office.world))


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:minutes", args=[meeting.pk])


class TestConclusions:
    def given(self, office: Cast, **changes: Any) -> dict[str, Any]:
        return {
            "assignee": office.world["UBND"].pk, "text": "Báo cáo giải ngân", "due_on": "2026-07-10",
            "report_to": office.world["TTHDND"].pk, "item": "", **changes,
        }  # fmt: skip

    def test_added_changed_and_removed(self, office: Cast, minutes: Minutes, desk: Client) -> None:
        add = reverse("meetings:conclusion_add", args=[minutes.meeting_id])
        early = desk.post(add, self.given(office, due_on="2026-06-01"))
        assert (early.status_code, early.context["conclusion_form"]["text"].value()) == (
            422,
            "Báo cáo giải ngân",
        )
        assert list(early.context["conclusion_form"].errors) == ["due_on"]
        assert list(desk.post(add, self.given(office, assignee="")).context["conclusion_form"].errors) == [
            "assignee"
        ]
        for text in ("Việc một", "Việc hai"):
            assert desk.post(add, self.given(office, text=text)).status_code == 302
        first = Conclusion.objects.get(text="Việc một")
        edit = reverse("meetings:conclusion_edit", args=[first.pk])
        assert desk.get(edit).context["conclusion_form"]["text"].value() == "Việc một"
        assert desk.post(edit, self.given(office, text="Việc một, sửa", due_on="")).status_code == 302
        assert desk.post(reverse("meetings:conclusion_remove", args=[first.pk])).status_code == 302
        assert list(Conclusion.objects.values_list("position", "text")) == [(1, "Việc hai")]

    def test_announced_once_and_then_fixed(
        self, office: Cast, minutes: Minutes, desk: Client, blank_papers: list[Any]
    ) -> None:
        preview = reverse("meetings:notice_preview", args=[minutes.meeting_id])
        issue = reverse("meetings:notice_issue", args=[minutes.meeting_id])
        assert desk.post(issue, follow=True).content.decode().count("chưa có kết luận nào để thông báo") == 1
        desk.post(reverse("meetings:conclusion_add", args=[minutes.meeting_id]), self.given(office))
        assert desk.get(preview).content[:5] == b"%PDF-"
        assert Document.objects.count() == 0
        assert "Đã phát hành thông báo kết luận." in desk.post(issue, follow=True).content.decode()
        task = Conclusion.objects.get()
        assert task.notice == Document.objects.get()
        removed = desk.post(reverse("meetings:conclusion_remove", args=[task.pk]), follow=True)
        assert "không sửa được nữa" in removed.content.decode()
        assert Conclusion.objects.count() == 1

    def test_a_preview_without_conclusions_says_so(self, minutes: Minutes, desk: Client) -> None:
        answer = desk.get(reverse("meetings:notice_preview", args=[minutes.meeting_id]), follow=True)
        assert answer.redirect_chain == [(page_of(minutes.meeting), 302)]
        assert len(list(answer.context["messages"])) == 1


class TestTasks:
    @pytest.fixture
    def task(self, office: Cast, minutes: Minutes, blank_papers: list[Any]) -> Conclusion:
        """UBND is to report by 1 July; announced."""
        task = concluding.add_conclusion(
            actor=office.secretary, meeting=minutes.meeting,
            data=ConclusionInput(office.world["UBND"], f"Báo cáo {SCRIPT}", date(2026, 7, 1)),
        )  # fmt: skip
        concluding.issue_notice(actor=office.secretary, meeting=minutes.meeting)
        return Conclusion.objects.get(pk=task.pk)

    def listed(self, client: Client, **query: str) -> int:
        found: int = client.get(reverse("meetings:task_list"), query).context["page"].paginator.count
        return found

    def test_who_sees_it_and_may_report(self, office: Cast, task: Conclusion, client: Client) -> None:
        address = reverse("meetings:task_complete", args=[task.pk])
        seen = {}
        for name in ("secretary", "leader", "delegate", "partner", "agency", "outsider", "admin"):
            client.force_login(getattr(office, name))
            page = client.get(reverse("meetings:task_list")).content.decode()
            assert SCRIPT not in page
            seen[name] = (
                page.count("Báo cáo &lt;script&gt;"),
                address in page,
                client.get(address).status_code,
            )
        assert {name: (bool(count), *rest) for name, (count, *rest) in seen.items()} == {
            "secretary": (True, True, 200), "leader": (True, False, 403), "delegate": (True, False, 403),
            "partner": (True, True, 200), "agency": (False, False, 404), "outsider": (False, False, 404),
            "admin": (False, False, 404),
        }  # fmt: skip

    def test_links_lead_where_one_may_go(self, office: Cast, task: Conclusion, client: Client) -> None:
        meeting = reverse("meetings:meeting_detail", args=[task.meeting_id])
        for name, host_side in (("delegate", True), ("partner", False)):
            client.force_login(getattr(office, name))
            page = client.get(reverse("meetings:task_list")).content.decode()
            assert (f'href="{meeting}"' in page) == host_side
            assert client.get(reverse("documents:document_file", args=[task.notice_id])).status_code == 200

    def test_filters(
        self, office: Cast, task: Conclusion, desk: Client, set_clock: Callable[[datetime], None]
    ) -> None:
        assert [self.listed(desk, chieu=way) for way in ("", "nhan", "giao")] == [1, 0, 1]
        assert [self.listed(desk, trang_thai=state) for state in ("con", "qua", "xong", "muon")] == [
            1,
            0,
            0,
            0,
        ]
        assert [self.listed(desk, tim=text) for text in ("uy ban", "PHIÊN", "so xay dung")] == [1, 1, 0]
        set_clock(NEXT_DAY + timedelta(days=5))
        assert self.listed(desk, trang_thai="qua") == 1
        assert "quá 3 ngày" in desk.get(reverse("meetings:task_list")).content.decode()
        desk.force_login(office.partner)
        assert [self.listed(desk, chieu=way) for way in ("", "nhan", "giao")] == [1, 1, 0]

    def test_reported_by_whom_it_was_given(self, office: Cast, task: Conclusion, desk: Client) -> None:
        desk.force_login(office.partner)
        address = reverse("meetings:task_complete", args=[task.pk])
        empty = desk.post(address, {"note": " "})
        assert (empty.status_code, empty.context["form"].errors) == (
            422,
            {"note": ["Ghi kết quả thực hiện."]},
        )
        assert desk.post(address, {"note": "Báo cáo số 12/BC-UBND"}).status_code == 302
        done = Conclusion.objects.get()
        assert (done.done_on, done.done_note) == (NEXT_DAY.date(), "Báo cáo số 12/BC-UBND")
        again = desk.post(address, {"note": "Lần nữa"})
        assert (again.status_code, "đã báo hoàn thành" in again.content.decode()) == (422, True)

    def test_exported(self, task: Conclusion, desk: Client) -> None:
        text = desk.get(reverse("meetings:task_list"), {"xuat": "csv"}).content.decode("utf-8-sig")
        assert text.splitlines()[0] == "Hạn,Việc phải làm,Giao cho,Kết luận của,Hoàn thành,Kết quả"
        assert text.splitlines()[1].startswith(f"01/07/2026,Báo cáo {SCRIPT},Ủy ban nhân dân tỉnh Vĩnh Giang")

    def test_thirty_cost_as_many_queries_as_one(self, office: Cast, task: Conclusion, desk: Client) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(reverse("meetings:task_list")).status_code == 200
            return len(captured)

        count()
        few = count()
        for position in range(2, 32):
            Conclusion.objects.create(
                meeting=task.meeting,
                assignee=office.world["SXD"],
                text="Việc",
                position=position,
                notice=task.notice,
            )
        assert (count(), self.listed(desk)) == (few, 31)
