"""Conclusions become tasks; the notice goes out once."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from documents.models import Document
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from meetings.choices import MeetingState
from meetings.models import Conclusion, Meeting
from meetings.services import concluding
from meetings.services.concluding import ConclusionInput
from tests.cast import Cast
from tests.documents.paper_reading import Reading
from tests.ledger import entries, refused, verbs
from tests.meetings import factories


@pytest.fixture
def meeting(office: Cast, set_clock: Callable[[datetime], None]) -> Meeting:
    """A closed meeting, the Monday after."""
    set_clock(datetime(2026, 6, 29, 9, 0, tzinfo=clock.VIETNAM))
    return factories.closed(office.world)


def add(
    office: Cast, meeting: Meeting, assignee: str, text: str, due: date | None = date(2026, 7, 15)
) -> Conclusion:
    data = ConclusionInput(assignee=office.world[assignee], text=text, due_on=due)
    return concluding.add_conclusion(actor=office.secretary, meeting=meeting, data=data)


def listed(meeting: Meeting) -> list[tuple[int, str]]:
    return list(meeting.conclusions.order_by("position").values_list("position", "text"))


class TestConclusions:
    def test_they_are_numbered_in_order(self, office: Cast, meeting: Meeting) -> None:
        add(office, meeting, "UBND", "Rà soát danh mục")
        add(office, meeting, "SXD", "Báo ca\u0301o")
        assert listed(meeting) == [(1, "Rà soát danh mục"), (2, "Báo cáo")]
        assert entries(meeting)[0].changes == {
            "text": "Rà soát danh mục", "assignee": "Ủy ban nhân dân tỉnh Vĩnh Giang", "due_on": "2026-07-15",
        }  # fmt: skip

    def test_the_rest_moves_up(self, office: Cast, meeting: Meeting) -> None:
        first, _, _ = (add(office, meeting, "UBND", text) for text in ("một", "hai", "ba"))
        concluding.remove_conclusion(actor=office.secretary, conclusion=first)
        assert listed(meeting) == [(1, "hai"), (2, "ba")]
        assert entries(meeting)[-1].changes == {"text": "một"}

    def test_a_change_is_audited(self, office: Cast, meeting: Meeting) -> None:
        row = add(office, meeting, "UBND", "một")
        data = ConclusionInput(assignee=office.world["SXD"], text="hai", due_on=date(2026, 7, 15))
        concluding.change_conclusion(actor=office.secretary, conclusion=row, data=data)
        row.refresh_from_db()
        assert (row.text, row.assignee) == ("hai", office.world["SXD"])
        assert entries(meeting)[-1].changes == {
            "text": ["một", "hai"], "assignee": [office.world["UBND"].pk, office.world["SXD"].pk],
        }  # fmt: skip

    def test_due_before_the_meeting(self, office: Cast, meeting: Meeting) -> None:
        with refused(DomainError, field="due_on") as caught:
            add(office, meeting, "UBND", "một", date(2026, 6, 25))
        assert caught.value.message == "Hạn 25/06/2026 sớm hơn ngày họp 26/06/2026. Chọn ngày khác."
        add(office, meeting, "UBND", "ngay", date(2026, 6, 26))
        row = meeting.conclusions.get()
        with refused(DomainError, field="due_on"):
            concluding.change_conclusion(
                actor=office.secretary, conclusion=row,
                data=ConclusionInput(assignee=office.world["UBND"], text="x", due_on=date(2026, 6, 1)),
            )  # fmt: skip

    def test_nothing_to_do(self, office: Cast, meeting: Meeting) -> None:
        with refused(ValidationError):
            add(office, meeting, "UBND", " ")

    def test_an_item_of_another_meeting(self, office: Cast, meeting: Meeting) -> None:
        other = factories.meeting(office.world).agenda.get(position=1)
        data = ConclusionInput(assignee=office.world["UBND"], text="một", item=other)
        with refused(DomainError, field="item"):
            concluding.add_conclusion(actor=office.secretary, meeting=meeting, data=data)

    @pytest.mark.parametrize("state", [MeetingState.PLANNED, MeetingState.INVITED, MeetingState.CANCELLED])
    def test_not_before_the_opening(self, office: Cast, meeting: Meeting, state: str) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(state=state)
        with refused(DomainError):
            add(office, meeting, "UBND", "một")

    @pytest.mark.parametrize("person", ["leader", "delegate", "partner", "agency", "outsider", "admin"])
    def test_only_by_the_secretary(self, office: Cast, meeting: Meeting, person: str) -> None:
        data = ConclusionInput(assignee=office.world["UBND"], text="một")
        with refused(PermissionDenied):
            concluding.add_conclusion(actor=getattr(office, person), meeting=meeting, data=data)


class TestNotice:
    def test_it_is_numbered_and_mailed_to_those_who_got_a_task(
        self, office: Cast, meeting: Meeting, blank_papers: list[Any]
    ) -> None:
        add(office, meeting, "UBND", "Rà soát danh mục")
        add(office, meeting, "UBND", "Báo cáo quý III", None)
        add(office, meeting, "SXD", "Đẩy nhanh tiến độ")
        document = concluding.issue_notice(actor=office.secretary, meeting=meeting)
        assert (document.symbol, document.doc_type) == ("01/TB-HĐND", "TB")
        assert set(Conclusion.objects.values_list("notice", flat=True)) == {document.pk}
        assert sorted(document.addressees.values_list("code", flat=True)) == ["SXD", "UBND"]
        mails = list(Message.objects.order_by("pk"))
        assert [mail.to for mail in mails] == ["vanthu@ubnd.test", "thuky@ubnd.test"]
        assert "Rà soát danh mục (hạn 15/07/2026)" in mails[0].text
        assert "Báo cáo quý III" in mails[0].text
        assert "Đẩy nhanh tiến độ" not in mails[0].text
        assert [item["name"] for item in mails[0].attachments] == ["01-TB-HĐND.pdf"]
        assert verbs(meeting)[-1] == "meetings.notice.issued"

    def test_what_it_says(self, office: Cast, meeting: Meeting) -> None:
        data = ConclusionInput(
            assignee=office.world["UBND"], text="Rà soát danh mục.", due_on=date(2026, 7, 15),
            report_to=office.world["TTHDND"],
        )  # fmt: skip
        concluding.add_conclusion(actor=office.secretary, meeting=meeting, data=data)
        document = concluding.issue_notice(actor=office.secretary, meeting=meeting)
        words = Reading(files.read(document.file)).words
        for piece in (
            "Số: 01/TB-HĐND", "Vĩnh Giang, ngày 29 tháng 6 năm 2026",
            "Giao Ủy ban nhân dân tỉnh Vĩnh Giang rà soát danh mục; hoàn thành trước ngày 15/7/2026;",
            "báo cáo kết quả với Thường trực HĐND tỉnh Vĩnh Giang.",
        ):  # fmt: skip
            assert piece in words

    def test_once(self, office: Cast, meeting: Meeting, blank_papers: list[Any]) -> None:
        row = add(office, meeting, "UBND", "Rà soát danh mục")
        concluding.issue_notice(actor=office.secretary, meeting=meeting)
        with refused(DomainError):
            concluding.issue_notice(actor=office.secretary, meeting=meeting)
        with refused(DomainError):
            add(office, meeting, "UBND", "Thêm")
        with refused(DomainError):
            concluding.remove_conclusion(actor=office.secretary, conclusion=row)
        with refused(DomainError):
            concluding.change_conclusion(
                actor=office.secretary, conclusion=row, data=ConclusionInput(office.world["UBND"], "Khác")
            )

    def test_not_without_conclusions(self, office: Cast, meeting: Meeting) -> None:
        with refused(DomainError):
            concluding.issue_notice(actor=office.secretary, meeting=meeting)
        assert Document.objects.count() == 0


class TestTasks:
    @pytest.fixture
    def task(self, office: Cast, meeting: Meeting, blank_papers: list[Any]) -> Conclusion:
        add(office, meeting, "UBND", "Rà soát danh mục")
        concluding.issue_notice(actor=office.secretary, meeting=meeting)
        return meeting.conclusions.get()

    @pytest.mark.parametrize("person", ["partner", "secretary"])
    def test_the_body_or_the_secretary_reports_it_done(
        self, office: Cast, task: Conclusion, person: str
    ) -> None:
        actor = getattr(office, person)
        done = concluding.complete_task(actor=actor, conclusion=task, note="Đã gửi báo ca\u0301o 12/BC-UBND")
        assert (done.done_on, done.done_note) == (date(2026, 6, 29), "Đã gửi báo cáo 12/BC-UBND")
        (entry,) = entries(task)
        assert (entry.verb, entry.actor) == ("meetings.task.completed", actor)
        with refused(DomainError):
            concluding.complete_task(actor=actor, conclusion=task, note="Lần nữa")

    @pytest.mark.parametrize("person", ["agency", "delegate", "outsider", "admin"])
    def test_nobody_else(self, office: Cast, task: Conclusion, person: str) -> None:
        with refused(PermissionDenied):
            concluding.complete_task(actor=getattr(office, person), conclusion=task, note="Xong")

    def test_not_without_a_result(self, office: Cast, task: Conclusion) -> None:
        with refused(DomainError, field="note"):
            concluding.complete_task(actor=office.partner, conclusion=task, note=" ")
