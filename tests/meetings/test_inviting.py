"""Issuing: one number, one paper, one mail to each address, duties settled; a refusal leaves nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from coordination.models import Clause, Duty, Evidence
from documents.models import Document, Issuer, Series
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from meetings import papers
from meetings.choices import MeetingState
from meetings.models import Meeting
from meetings.services import inviting, planning
from meetings.services.links import invitation_of
from tests import factories as make
from tests.cast import Cast
from tests.documents.paper_reading import Reading
from tests.ledger import entries, everything, refused, verbs
from tests.meetings import factories
from tests.meetings.factories import REASON


@pytest.fixture
def planned(office: Cast, clauses: dict[str, Clause]) -> Meeting:
    """The planned monthly meeting, ready to be issued."""
    return planning.create_meeting(
        actor=office.secretary, host=office.world["TTHDND"], plan=factories.plan(office.world)
    )


def issue(office: Cast, meeting: Meeting) -> inviting.Issued:
    return inviting.issue_invitations(actor=office.secretary, meeting=meeting)


def link_in(message: Message) -> str:
    """The token of the answer link in a mail's text."""
    (line,) = [line for line in message.text.splitlines() if "/tra-loi/" in line]
    return line.strip().rstrip("/").rpartition("/")[2]


class TestIssued:
    def test_the_number_follows_the_opening_number(
        self, office: Cast, planned: Meeting, blank_papers: list[Any]
    ) -> None:
        document = issue(office, planned).document
        assert (document.symbol, document.number, document.year, document.issued_on) == (
            "31/GM-HĐND", 31, 2026, date(2026, 6, 15),
        )  # fmt: skip
        assert (document.signer_name, document.signer_title) == ("Nguyễn Đình Lâm", "CHỦ TỊCH")
        assert Series.objects.get(doc_type="GM").last_number == 31

    def test_meeting_and_invitations_are_stamped(
        self, office: Cast, planned: Meeting, blank_papers: list[Any]
    ) -> None:
        document = issue(office, planned).document
        planned.refresh_from_db()
        assert planned.state == MeetingState.INVITED
        rows = list(planned.invitations.all())
        assert {(row.document_id, row.issued_at) for row in rows} == {(document.pk, factories.PLANNED_ON)}
        assert len({row.nonce for row in rows}) == len(rows) == 5
        assert sorted(document.addressees.values_list("code", flat=True)) == [
            "MTTQ",
            "SXD",
            "UBND",
            "X01-TT",
            "X03-TT",
        ]

    def test_one_entry_names_number_and_invited(
        self, office: Cast, planned: Meeting, blank_papers: list[Any]
    ) -> None:
        document = issue(office, planned).document
        issued = [entry for entry in entries(planned) if entry.verb == "meetings.invitation.issued"]
        assert [entry.changes for entry in issued] == [
            {
                "document": "31/GM-HĐND",
                "organizations": [
                    "Ủy ban nhân dân tỉnh Vĩnh Giang", "Ban Thường trực Ủy ban MTTQ tỉnh", "Sở Xây dựng",
                    "Thường trực HĐND phường Tân Hòa", "Thường trực HĐND xã Phú Lộc",
                ],
            }
        ]  # fmt: skip
        assert issued[0].actor == office.secretary
        assert verbs(document) == ["documents.document.issued"]

    def test_in_time_the_duties_are_met_with_the_paper_as_evidence(
        self, office: Cast, planned: Meeting, blank_papers: list[Any]
    ) -> None:
        document = issue(office, planned).document
        invite = Duty.objects.of(planned).filter(mode="invite")
        assert {str(duty.state_on(clock.today())) for duty in invite} == {"met"}
        evidence = Evidence.objects.filter(duty__in=invite)
        assert evidence.count() == invite.count() == 4
        assert {(row.kind, row.on, row.object, row.note) for row in evidence} == {
            ("invitation_issued", date(2026, 6, 15), document, "Giấy mời số 31/GM-HĐND")
        }
        assert str(Duty.objects.of(planned).get(mode="attend").state_on(clock.today())) == "upcoming"

    @pytest.mark.parametrize(
        ("day", "state"),
        [(19, "met"), (20, "late"), (25, "late")],
        ids=["last day", "a day after", "the eve"],
    )
    def test_the_day_of_issue_decides(
        self, office: Cast, planned: Meeting, blank_papers: list[Any], set_clock: Callable[[datetime], None], day: int,
        state: str,
    ) -> None:  # fmt: skip
        set_clock(datetime(2026, 6, day, 16, 0, tzinfo=clock.VIETNAM))
        issue(office, planned)
        assert {
            str(duty.state_on(clock.today())) for duty in Duty.objects.of(planned).filter(mode="invite")
        } == {state}

    def test_who_is_left_out_gets_nothing_and_stays_waived(
        self, office: Cast, planned: Meeting, blank_papers: list[Any]
    ) -> None:
        row = planned.invitations.get(organization__code="UBND")
        planning.leave_out(actor=office.secretary, invitation=row, reason=REASON)
        document = issue(office, planned).document
        assert Message.objects.filter(to__endswith="@ubnd.test").count() == 0
        assert "UBND" not in document.addressees.values_list("code", flat=True)
        assert str(Duty.objects.of(planned).get(clause__code="R09").state_on(clock.today())) == "waived"

    def test_a_host_without_partners_convenes_its_members(
        self, office: Cast, blank_papers: list[Any]
    ) -> None:
        alone = factories.meeting(office.world, state=MeetingState.PLANNED)
        issued = issue(office, alone)
        assert sorted(message.to for message in issued.messages) == ["p01@hdnd.test", "p02@hdnd.test"]


class TestMails:
    def test_one_mail_for_each_address(self, office: Cast, planned: Meeting, blank_papers: list[Any]) -> None:
        make.contact(office.world["UBND"], "VanThu@ubnd.test")
        make.contact(office.world["UBND"], "cu@ubnd.test", valid_to=date(2026, 6, 14))
        make.contact(office.world["UBND"], "khong@ubnd.test", receives_invitations=False)
        issued = issue(office, planned)
        assert [message.to for message in issued.messages] == [
            "vanthu@ubnd.test", "thuky@ubnd.test", "tanhoa@hdnd.test", "p01@hdnd.test", "p02@hdnd.test",
        ]  # fmt: skip
        assert Message.objects.count() == 5

    def test_two_bodies_with_one_clerk_get_one_mail_each(
        self, office: Cast, planned: Meeting, blank_papers: list[Any]
    ) -> None:
        make.contact(office.world["MTTQ"], "thuky@ubnd.test")
        issued = issue(office, planned)
        links = [link_in(message) for message in issued.messages if message.to == "thuky@ubnd.test"]
        found = [invitation_of(link) for link in links]
        assert [row.organization.code for row in found if row] == ["UBND", "MTTQ"]

    def test_bodies_without_an_address_are_named(
        self, office: Cast, planned: Meeting, blank_papers: list[Any]
    ) -> None:
        assert [body.code for body in issue(office, planned).unreachable] == ["MTTQ", "SXD", "X03-TT"]

    def test_a_guest_s_mail(self, office: Cast, planned: Meeting, blank_papers: list[Any]) -> None:
        message = issue(office, planned).messages[0]
        assert (message.to_name, message.from_name, message.subject) == (
            "Văn thư UBND tỉnh", "Thường trực HĐND tỉnh Vĩnh Giang", f"Giấy mời số 31/GM-HĐND: {factories.TITLE}",
        )  # fmt: skip
        row = planned.invitations.get(organization__code="UBND")
        assert message.about == row
        assert invitation_of(link_in(message)) == row
        assert "Lãnh đạo Ủy ban nhân dân tỉnh Vĩnh Giang" in message.text
        assert "2. Giải trình về tiến độ giải ngân" in message.text
        assert link_in(message) in message.html
        assert [(item["name"], item["type"]) for item in message.attachments] == [
            ("31-GM-HĐND.pdf", "application/pdf"), ("cuoc-hop.ics", "text/calendar; method=REQUEST"),
        ]  # fmt: skip

    def test_members_are_convened_without_a_link(
        self, office: Cast, planned: Meeting, blank_papers: list[Any]
    ) -> None:
        convened = [message for message in issue(office, planned).messages if message.to == "p01@hdnd.test"]
        assert len(convened) == 1
        assert convened[0].about == planned
        assert "tra-loi" not in convened[0].text + convened[0].html
        assert planned.invitations.filter(organization=office.world["TTHDND"]).count() == 0

    def test_script_in_the_title_is_escaped_in_html_and_plain_in_text(
        self, office: Cast, clauses: dict[str, Clause], blank_papers: list[Any]
    ) -> None:
        script = "<script>alert('x')</script>"
        meeting = planning.create_meeting(
            actor=office.secretary, host=office.world["TTHDND"],
            plan=factories.plan(office.world, title=script, place=script),
        )  # fmt: skip
        message = issue(office, meeting).messages[0]
        assert script in message.text
        assert "<script" not in message.html
        assert "&lt;script&gt;" in message.html

    def test_the_calendar(self, office: Cast, planned: Meeting, blank_papers: list[Any]) -> None:
        message = issue(office, planned).messages[0]
        raw = files.read(message.attachments[1]["file"])
        calendar = Calendar.from_ical(raw)
        (event,) = calendar.walk("VEVENT")
        (zone,) = calendar.walk("VTIMEZONE")
        assert (str(calendar["method"]), str(calendar["version"]), str(zone["tzid"])) == (
            "REQUEST", "2.0", "Asia/Ho_Chi_Minh",
        )  # fmt: skip
        assert str(event["uid"]) == f"cuoc-hop-{planned.pk}@hdnd.test"
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert (start, end) == (factories.STARTS_AT, factories.STARTS_AT + timedelta(minutes=120))
        assert event["dtstart"].params["tzid"] == "Asia/Ho_Chi_Minh"
        assert b"DTSTAMP:20260615T020000Z" in raw
        assert (str(event["attendee"]), str(event["attendee"].params["cn"])) == (
            "mailto:vanthu@ubnd.test", "Văn thư UBND tỉnh",
        )  # fmt: skip
        assert str(event["organizer"]) == "mailto:khong-tra-loi@hdnd.test"
        assert (str(event["summary"]), str(event["location"]), event["sequence"]) == (
            factories.TITLE, "Phòng họp số 2", 0,
        )  # fmt: skip
        assert str(event["description"]).splitlines()[1] == "2. Giải trình về tiến độ giải ngân"
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))

    def test_the_zone_keeps_vietnam_s_time(
        self, office: Cast, planned: Meeting, blank_papers: list[Any]
    ) -> None:
        raw = files.read(issue(office, planned).messages[0].attachments[1]["file"])
        (event,) = Calendar.from_ical(raw).walk("VEVENT")
        assert event.decoded("dtstart").astimezone(ZoneInfo("UTC")).hour == 0


class TestPaper:
    def test_it_holds_number_names_and_signature(self, office: Cast, planned: Meeting) -> None:
        document = issue(office, planned).document
        content = files.read(document.file)
        words = Reading(content).words
        for piece in (
            "Số: 31/GM-HĐND", "Vĩnh Giang, ngày 15 tháng 6 năm 2026", "GIẤY MỜI", factories.TITLE,
            "Các thành viên Thường trực HĐND tỉnh Vĩnh Giang", "Lãnh đạo Ủy ban nhân dân tỉnh Vĩnh Giang",
            "Thường trực HĐND phường Tân Hòa", "Sở Xây dựng", "(2) Giải trình về tiến độ giải ngân",
            "07 giờ 30 phút, thứ Sáu, ngày 26 tháng 6 năm 2026", "Nguyễn Đình Lâm", "TM. THƯỜNG TRỰC HĐND",
        ):  # fmt: skip
            assert piece in words
        listed = words.partition("trân trọng kính mời:")[2].partition("Đến dự")[0]
        names = ("Các thành viên", "Lãnh đạo Ủy ban", "MTTQ", "Sở Xây dựng", "phường Tân Hòa", "xã Phú Lộc")
        assert sorted(names, key=listed.index) == list(names)  # as protocol has them, level by level
        assert document.sha256 == files.digest(content)
        assert document.page_count == len(Reading(content).pages)

    def test_a_deputy_in_the_chair_signs_for_the_head(self, office: Cast, clauses: dict[str, Clause]) -> None:
        meeting = planning.create_meeting(
            actor=office.secretary, host=office.world["TTHDND"],
            plan=factories.plan(office.world, chair=office.world.people["P02"]),
        )  # fmt: skip
        document = issue(office, meeting).document
        assert (document.signer_name, document.signer_title) == (
            "Trần Thị Hải Yến",
            "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        )
        printed = Reading(files.read(document.file))
        last = len(printed.pages) - 1
        assert printed.line("KT. CHỦ TỊCH", last).baseline < printed.line("PHÓ CHỦ TỊCH", last).baseline

    def test_the_preview_has_no_number_and_writes_nothing(self, office: Cast, planned: Meeting) -> None:
        before = everything()
        words = Reading(inviting.preview(actor=office.secretary, meeting=planned)).words
        assert everything() == before
        assert "/GM-HĐND" in words
        assert "31/GM-HĐND" not in words
        with pytest.raises(PermissionDenied):
            inviting.preview(actor=office.outsider, meeting=planned)

    def test_script_in_the_title_is_printed_as_text(self, office: Cast, clauses: dict[str, Clause]) -> None:
        meeting = planning.create_meeting(
            actor=office.secretary, host=office.world["TTHDND"],
            plan=factories.plan(office.world, title="Họp <script>alert(1)</script>"),
        )  # fmt: skip
        document = issue(office, meeting).document
        assert "<script>alert(1)</script>" in Reading(files.read(document.file)).words


class TestRefused:
    def test_twice(self, office: Cast, planned: Meeting, blank_papers: list[Any]) -> None:
        issue(office, planned)
        with refused(DomainError) as caught:
            issue(office, planned)
        assert caught.value.message == (
            "Giấy mời của cuộc họp này đã phát hành, mỗi cuộc họp chỉ phát hành một lần."
        )

    @pytest.mark.parametrize("person", ["leader", "delegate", "partner", "agency", "outsider", "admin"])
    def test_by_others(self, office: Cast, planned: Meeting, person: str) -> None:
        with refused(PermissionDenied):
            inviting.issue_invitations(actor=getattr(office, person), meeting=planned)

    def test_after_the_start(
        self, office: Cast, planned: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(factories.STARTS_AT)
        with refused(DomainError, field="starts_at"):
            issue(office, planned)

    def test_without_an_agenda(self, office: Cast) -> None:
        empty = factories.meeting(office.world, items=0, state=MeetingState.PLANNED)
        with refused(DomainError):
            issue(office, empty)

    def test_without_a_letterhead(self, office: Cast, planned: Meeting) -> None:
        Series.objects.all().delete()
        Issuer.objects.all().delete()
        with refused(DomainError) as caught:
            issue(office, planned)
        assert "chưa có thể thức văn bản" in caught.value.message

    def test_without_anyone_to_sign(self, office: Cast, planned: Meeting) -> None:
        office.world["TTHDND"].memberships.filter(post__is_leader=True).delete()
        with refused(DomainError) as caught:
            issue(office, planned)
        assert caught.value.message == (
            "Ngày 15/06/2026 Thường trực HĐND tỉnh Vĩnh Giang chưa có lãnh đạo để ký. "
            "Nhờ quản trị khai báo chức vụ lãnh đạo."
        )

    def test_a_paper_that_cannot_be_rendered_takes_no_number(
        self, office: Cast, planned: Meeting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(paper: Any) -> bytes:
            raise RuntimeError("no font")

        with monkeypatch.context() as patch:
            patch.setattr(papers, "paper_pdf", broken)
            with refused(RuntimeError):
                issue(office, planned)
        assert Document.objects.count() == 0
        assert issue(office, planned).document.number == 31

    def test_a_mail_that_cannot_be_written_takes_it_all_back(
        self, office: Cast, planned: Meeting, blank_papers: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*args: Any, **kwargs: Any) -> str:
            raise RuntimeError("no template")

        monkeypatch.setattr("meetings.services.letters.render_to_string", broken)
        with refused(RuntimeError):
            issue(office, planned)
