"""The list of meetings and one meeting's page: the office sees all of it, an invited body its own part."""

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.models import Clause
from documents.models import Document
from hdnd.lib import clock
from hdnd.lib.background import silenced
from hdnd.outbox.models import Message, State
from meetings.models import Conclusion, Meeting, VoteEvent
from meetings.services import inviting, planning
from tests import factories
from tests.cast import PARTS, Cast
from tests.ledger import verbs
from tests.meetings import factories as make

pytestmark = pytest.mark.django_db

LIST = "/cuoc-hop/"
SCRIPT = "<script>alert(1)</script>"


def detail(meeting: Meeting, part: str = "detail") -> str:
    """The address of one part of a meeting: detail, people, duties or history."""
    return reverse(f"meetings:meeting_{part}", args=[meeting.pk])


def page_of(client: Client, user: Any, address: str, **given: str) -> Any:
    client.force_login(user)
    return client.get(address, given)


@pytest.fixture
def three(cast: Cast) -> list[Meeting]:
    """A plan of TTHDND, an issued meeting with answers of one of two, and UBND's own; another council's beside."""
    plan = make.meeting(cast.world, title="Kế hoạch", state="planned")
    issued = make.meeting(cast.world, title="Đã mời", starts_at=make.STARTS_AT + timedelta(days=3))
    make.invitation(issued, cast.world["UBND"], answer="accepted")
    make.invitation(issued, cast.world["SXD"])
    make.invitation(issued, cast.world["MTTQ"], is_left_out=True)
    theirs = make.meeting(cast.world, title="Của UBND", host="UBND", kind="executive_meeting", chair=None)
    make.meeting(cast.world, title="Tỉnh khác", host="T2-TT")
    return [plan, issued, theirs]


class TestList:
    def test_everybody_sees_their_own(self, cast: Cast, client: Client, three: list[Meeting]) -> None:
        seen = {
            part: [row.title for row in page_of(client, getattr(cast, part), LIST).context["page"]]
            for part in PARTS
        }
        assert seen == {
            "secretary": ["Đã mời", "Kế hoạch"], "leader": ["Đã mời", "Kế hoạch"], "delegate": ["Đã mời"],
            "partner": ["Đã mời", "Của UBND"], "agency": ["Đã mời"], "outsider": [], "admin": [],
        }  # fmt: skip

    def test_planning_is_offered_to_offices(self, cast: Cast, client: Client, three: list[Meeting]) -> None:
        address = reverse("meetings:meeting_create")
        offered = {
            part: f'href="{address}">Lập cuộc họp</a>'
            in page_of(client, getattr(cast, part), LIST).content.decode()
            for part in PARTS
        }
        assert offered == {
            "secretary": True, "leader": False, "delegate": False, "partner": True, "agency": False, "outsider": True,
            "admin": False,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("given", "titles"),
        [
            ({"tim": "da moi"}, ["Đã mời"]),
            ({"tim": "KẾ HOẠCH"}, ["Kế hoạch"]),
            ({"trang_thai": "planned"}, ["Kế hoạch"]),
            ({"loai": "executive_meeting"}, []),
            ({"tu": "2026-06-27"}, ["Đã mời"]),
            ({"den": "2026-06-26"}, ["Kế hoạch"]),
            ({"tu": "2026-06-26", "den": "2026-06-29", "sap": "thoi-gian"}, ["Kế hoạch", "Đã mời"]),
        ],
    )
    def test_filtered(
        self, cast: Cast, client: Client, three: list[Meeting], given: dict[str, str], titles: list[str]
    ) -> None:
        page = page_of(client, cast.secretary, LIST, **given)
        assert [row.title for row in page.context["page"]] == titles

    @pytest.mark.parametrize(
        ("day", "label", "titles"),
        [
            (26, "Tất cả", ["Đã mời", "Kế hoạch"]),
            (26, "Sắp tới", ["Kế hoạch", "Đã mời"]),
            (26, "Đã qua", []),
            (28, "Sắp tới", ["Đã mời"]),
            (28, "Đã qua", ["Kế hoạch"]),
        ],
    )
    def test_what_comes_and_what_was_at_one_press(
        self,
        cast: Cast,
        client: Client,
        three: list[Meeting],
        set_clock: Callable[[datetime], None],
        day: int,
        label: str,
        titles: list[str],
    ) -> None:
        """The nearest meeting to come stands first; what else was asked for stays."""
        set_clock(datetime(2026, 6, day, 15, tzinfo=clock.VIETNAM))
        before = page_of(client, cast.secretary, LIST, co_quan=str(cast.world["TTHDND"].pk), trang="1")
        query = next(query for name, query, _ in before.context["spans"] if name == label)
        page = client.get(f"{LIST}?{query}")
        assert [row.title for row in page.context["page"]] == titles
        assert [name for name, _, current in page.context["spans"] if current] == [label]
        assert page.context["filter"].form["co_quan"].value() == str(cast.world["TTHDND"].pk)

    def test_by_host(self, cast: Cast, client: Client, three: list[Meeting]) -> None:
        page = page_of(client, cast.partner, LIST, co_quan=str(cast.world["UBND"].pk))
        assert [row.title for row in page.context["page"]] == ["Của UBND"]

    def test_exported_as_shown(self, cast: Cast, client: Client, three: list[Meeting]) -> None:
        answer = page_of(client, cast.secretary, LIST, tim="moi", xuat="csv")
        assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) == [
            ["Thời gian", "Cuộc họp", "Cơ quan tổ chức", "Địa điểm", "Đã trả lời", "Trạng thái"],
            [
                "thứ Hai, 29/06/2026, 07:30",
                "Đã mời",
                cast.world["TTHDND"].name,
                "Phòng họp số 2",
                "1/2",
                "Đã mời",
            ],
        ]

    def test_costs_the_same_for_one_and_for_thirty(self, cast: Cast, client: Client) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert len(page_of(client, cast.secretary, LIST).context["page"]) in {1, 30}
            return len(captured)

        make.invitation(make.meeting(cast.world), cast.world["UBND"])
        cost()
        one = cost()
        for _ in range(29):
            make.invitation(make.meeting(cast.world), cast.world["UBND"], answer="accepted")
        assert cost() == one


@pytest.fixture
def issued(office: Cast, clauses: dict[str, Clause], blank_papers: list[Any]) -> Meeting:
    """Planned, MTTQ left out with a reason, issued; UBND declined with a reason of its own."""
    made = planning.create_meeting(
        actor=office.secretary, host=office.world["TTHDND"], plan=make.plan(office.world)
    )
    planning.leave_out(
        actor=office.secretary, invitation=made.invitations.get(organization__code="MTTQ"), reason=make.REASON
    )
    with silenced():
        inviting.issue_invitations(actor=office.secretary, meeting=made)
    made.invitations.filter(organization__code="UBND").update(
        answer="declined", declined_because="Trùng phiên họp Chính phủ", answered_at=make.PLANNED_ON,
        answered_by="Đặng Minh Châu", channel="app",
    )  # fmt: skip
    made.refresh_from_db()
    return made


class TestDetail:
    def test_the_office_sees_every_answer_and_its_ground(
        self, cast: Cast, client: Client, issued: Meeting
    ) -> None:
        for user in (cast.secretary, cast.leader):
            context = page_of(client, user, detail(issued, "people")).context
            assert [
                (
                    row.invitation.organization.code,
                    row.invitation.answer,
                    [duty.clause.code for duty in row.duties],
                )
                for row in context["invitees"]
            ] == [
                ("UBND", "declined", ["R09"]),
                ("SXD", "", []),
                ("X01-TT", "", ["R22"]),
                ("X03-TT", "", ["R22"]),
            ]
            assert [
                (row.invitation.organization.code, row.waived_because) for row in context["left_out"]
            ] == [("MTTQ", make.REASON)]
            assert context["answered"] == 1

    def test_counts_say_of_what(self, cast: Cast, client: Client, issued: Meeting) -> None:
        assert page_of(client, cast.secretary, detail(issued)).content.decode().count("1/4 cơ quan") == 1
        text = page_of(client, cast.secretary, detail(issued, "people")).content.decode()
        assert text.count("1/4 cơ quan đã trả lời") == 1
        assert text.count("trong hệ thống, thứ Hai, 15/06/2026, 09:00") == 1

    def test_an_invited_body_sees_its_own_answer_only(
        self, cast: Cast, client: Client, issued: Meeting
    ) -> None:
        own = {
            part: [
                row.organization.code
                for row in page_of(client, getattr(cast, part), detail(issued)).context["answers"].own
            ]
            for part in ("partner", "agency", "outsider")
        }
        assert own == {"partner": ["UBND"], "agency": ["SXD"], "outsider": ["X01-TT"]}
        texts = {
            part: page_of(client, getattr(cast, part), detail(issued)).content.decode()
            for part in ("partner", "agency", "outsider", "delegate")
        }
        secrets = ("Trùng phiên họp Chính phủ", make.REASON, "Nghĩa vụ", "Diễn biến", "đã trả lời")
        assert {part: [word for word in secrets if word in text] for part, text in texts.items()} == {
            "partner": ["Trùng phiên họp Chính phủ"], "agency": [], "outsider": [], "delegate": [],
        }  # fmt: skip

    def test_duties_with_their_evidence(self, cast: Cast, client: Client, issued: Meeting) -> None:
        lines = page_of(client, cast.secretary, detail(issued, "duties")).context["duty_lines"]
        paper = Document.objects.get().pk
        assert sorted(
            (line.duty.clause.code, [(proof.text, proof.document) for proof in line.proofs]) for line in lines
        ) == [
            ("D01", []),
            ("R09", [("Giấy mời số 31/GM-HĐND", paper)]),
            ("R22", [("Giấy mời số 31/GM-HĐND", paper)]),
            ("R22", [("Giấy mời số 31/GM-HĐND", paper)]),
            ("R34", []),
        ]

    def test_what_no_longer_applies_is_no_duty(
        self, cast: Cast, client: Client, office: Cast, clauses: dict[str, Clause]
    ) -> None:
        made = planning.create_meeting(
            actor=cast.secretary, host=cast.world["TTHDND"], plan=make.plan(cast.world)
        )
        planning.remove_item(actor=cast.secretary, item=made.agenda.get(kind="explanation"))
        lines = page_of(client, cast.secretary, detail(made, "duties")).context["duty_lines"]
        assert sorted(line.duty.clause.code for line in lines) == ["D01", "R09", "R34"]

    def test_mails_that_did_not_arrive_are_named(self, cast: Cast, client: Client, issued: Meeting) -> None:
        Message.objects.update(state=State.SENT)
        failed = Message.objects.get(to="thuky@ubnd.test")
        failed.state, failed.last_error = State.FAILED, "550 không có hộp thư"
        failed.save()
        page = page_of(client, cast.secretary, detail(issued, "people"))
        mails = page.context["mails"]
        assert (mails.sent, mails.waiting, mails.failed, mails.total) == (4, 0, 1, 5)
        assert [message.to for message in page.context["failed"]] == ["thuky@ubnd.test"]
        assert page.content.decode().count("4/5 thư đã gửi") == 1
        text = page_of(client, cast.secretary, detail(issued)).content.decode()  # seen at first sight
        name = failed.about.organization.label
        assert text.count(f"Thư không tới được {name}, Thư ký lãnh đạo (thuky@ubnd.test).") == 1
        assert text.count(reverse("meetings:mail_detail", args=[issued.pk, failed.pk])) == 1
        assert text.count("Hộp thư này không tồn tại. Kiểm tra chính tả của địa chỉ") == 1

    def test_the_timeline_is_the_audit(self, cast: Cast, client: Client, issued: Meeting) -> None:
        timeline = page_of(client, cast.secretary, detail(issued, "history")).context["timeline"]
        assert [entry.verb for entry in reversed(timeline)] == verbs(issued)

    def test_quorum_and_votes_of_what_was_held(self, cast: Cast, client: Client) -> None:
        meeting = make.held(cast.world)
        VoteEvent.objects.create(
            meeting=meeting, item=meeting.agenda.get(position=1), motion=SCRIPT, in_favour=4, against=2, members=7,
            present=6,
        )  # fmt: skip
        text = page_of(client, cast.secretary, detail(meeting)).content.decode()
        assert text.count("6 trên 7 thành viên có mặt, cần 5") == 1
        assert text.count("tán thành 4/7, không tán thành 2") == 1
        assert SCRIPT not in text

    @pytest.mark.parametrize(
        ("state", "part", "names"),
        [
            ("planned", "secretary", ["meeting_plan"]),
            ("planned", "leader", []),
            ("invited", "secretary", ["attendance"]),
            ("invited", "leader", []),
            ("held", "secretary", ["minutes", "attendance"]),
            ("minuted", "leader", ["minutes"]),
            ("approved", "secretary", ["minutes"]),
        ],
    )
    def test_the_next_step_by_state_and_right(
        self, cast: Cast, client: Client, state: str, part: str, names: list[str]
    ) -> None:
        meeting = make.meeting(cast.world, state=state)
        text = page_of(client, getattr(cast, part), detail(meeting)).content.decode()
        actions = text.split("</h1>")[1].split("</div></div>")[0]
        links = {
            name: reverse(f"meetings:{name}", args=[meeting.pk])
            for name in ("meeting_plan", "minutes", "attendance")
        }
        assert [name for name, link in links.items() if f'href="{link}"' in actions] == names

    def test_costs_the_same_for_one_and_for_thirty(self, cast: Cast, client: Client, issued: Meeting) -> None:
        def cost(of: Meeting) -> int:
            with CaptureQueriesContext(connection) as captured:
                assert page_of(client, cast.secretary, detail(of)).status_code == 200
            return len(captured)

        def held(count: int) -> Meeting:
            made = make.held(cast.world, items=count)
            for position, item in enumerate(made.agenda.all(), start=1):
                body = factories.organization()
                make.invitation(made, body, answer="accepted")
                make.invitation(made, factories.organization(), is_left_out=True)
                item.areas.set(cast.world.areas.values())
                Conclusion.objects.create(meeting=made, position=position, assignee=body, text="Việc")
                VoteEvent.objects.create(
                    meeting=made, item=item, motion="x", in_favour=6, members=7, present=6
                )
            return made

        poor, rich = held(1), held(30)
        cost(poor)
        assert cost(rich) == cost(poor)
