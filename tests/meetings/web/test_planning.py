"""Planning in the browser: every change shows at once who must be invited and by when; nothing typed is lost."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.models import Clause
from hdnd.lib import clock, files
from meetings.models import AgendaPaper, Meeting
from meetings.services import planning
from tests import factories
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories as make
from tests.meetings.reading import PLANNED, invited

pytestmark = pytest.mark.django_db

LIVE = {"HTTP_HX_REQUEST": "true"}
SCRIPT = "<script>alert(1)</script>"


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


def typed(meeting: Meeting, **changes: Any) -> dict[str, Any]:
    """What the plan form would send."""
    values = {
        "kind": meeting.kind, "title": meeting.title, "starts_at": "2026-06-26T07:30", "place": meeting.place,
        "format": meeting.format, "chair": meeting.chair_id, "secretary_name": meeting.secretary_name,
        "version": meeting.version, **changes,
    }  # fmt: skip
    return {name: value for name, value in values.items() if value is not None}


def shown(page: Any) -> list[tuple[str, list[str]]]:
    """Body and clauses of the invited, as the page lists them."""
    return [
        (row.invitation.organization.code, [duty.clause.code for duty in row.duties])
        for row in page.context["invitees"]
    ]


class TestCreating:
    def test_for_any_body_of_ones_council(self, secretary: Client, cast: Cast) -> None:
        page = secretary.get(reverse("meetings:meeting_create"))
        hosts = [body.code for body in page.context["host_form"].fields["host"].queryset]
        assert (page.context["host"].code, hosts) == ("TTHDND", ["BPC", "HDND", "TTHDND"])
        data = {
            "host": cast.world["BPC"].pk, "kind": "scrutiny_meeting", "title": "Họp thẩm tra", "format": "in_person",
            "starts_at": "2026-06-22T08:00", "place": "Phòng 1",
        }  # fmt: skip
        answer = secretary.post(reverse("meetings:meeting_create"), data)
        made = Meeting.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, url("meeting_plan", made.pk))
        assert (made.host.code, made.title, made.starts_at) == (
            "BPC", "Họp thẩm tra", datetime(2026, 6, 22, 8, 0, tzinfo=clock.VIETNAM),
        )  # fmt: skip

    def test_the_head_chairs_unless_another_is_chosen(self, secretary: Client, cast: Cast) -> None:
        form = secretary.get(reverse("meetings:meeting_create")).context["form"]
        assert (form.initial["chair"], form.initial["secretary_name"]) == (
            cast.world.people["P01"], "Trần Thu Hà",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"starts_at": "2026-06-14T08:00"}, "starts_at", "Thời gian họp Chủ nhật, 14/06/2026, 08:00 đã qua. Chọn thời gian sau hiện tại."),
            ({"ends_at": "2026-06-22T07:00"}, "ends_at", "Giờ kết thúc không sau giờ bắt đầu. Sửa giờ kết thúc, hoặc bỏ trống để tính theo chương trình."),
        ],
    )  # fmt: skip
    def test_a_refusal_stands_beside_its_field(
        self, secretary: Client, cast: Cast, change: dict[str, str], field: str, words: str
    ) -> None:
        data = {
            "host": cast.world["TTHDND"].pk, "kind": "standing_meeting", "title": "Phiên họp", "format": "in_person",
            "starts_at": "2026-06-22T08:00", "place": "Phòng 1", **change,
        }  # fmt: skip
        page = secretary.post(reverse("meetings:meeting_create"), data)
        assert (page.status_code, page.context["form"].errors) == (422, {field: [words]})
        assert page.context["form"]["title"].value() == "Phiên họp"
        assert Meeting.objects.count() == 0

    def test_not_for_a_stranger(self, secretary: Client, cast: Cast) -> None:
        data = {
            "host": cast.world["UBND"].pk, "kind": "other", "title": "x", "format": "in_person", "place": "y",
            "starts_at": "2026-06-22T08:00",
        }  # fmt: skip
        page = secretary.post(reverse("meetings:meeting_create"), data)
        assert (page.status_code, list(page.context["host_form"].errors)) == (422, ["host"])
        assert Meeting.objects.count() == 0


class TestBeside:
    def test_who_must_be_invited_and_why(self, secretary: Client, meeting: Meeting) -> None:
        page = secretary.get(url("meeting_plan", meeting.pk))
        assert shown(page) == [
            ("UBND", ["R09"]), ("MTTQ", ["R34"]), ("SXD", []), ("X01-TT", ["R22"]), ("X03-TT", ["R22"]),
        ]  # fmt: skip
        regulation = Clause.objects.get(code="R09").regulation_id
        link = reverse("coordination:regulation_detail", args=[regulation])
        assert page.content.decode().count(f'<a href="{link}">R09,') == 1
        assert invited(meeting) == PLANNED  # looking changes nothing

    def test_what_must_be_sent_by_when(self, secretary: Client, meeting: Meeting) -> None:
        found = secretary.get(url("meeting_plan", meeting.pk)).context["sendings"]
        assert [
            (
                row.title,
                row.due_on,
                row.by_host,
                row.is_in_time,
                sorted(duty.clause.code for duty in row.duties),
            )
            for row in found
        ] == [
            ("Giấy mời 4 cơ quan", make.DUE_ON, True, True, ["R09", "R22", "R22", "R34"]),
            ("Tham dự", date(2026, 6, 26), False, True, ["D01"]),  # what UBND owes, not a letter to the host
        ]

    def test_too_late_to_be_in_time(self, secretary: Client, meeting: Meeting, set_clock: Any) -> None:
        set_clock(datetime(2026, 6, 22, 9, 0, tzinfo=clock.VIETNAM))
        notice, attendance = secretary.get(url("meeting_plan", meeting.pk)).context["sendings"]
        assert (notice.is_in_time, attendance.is_in_time) == (False, True)
        late = secretary.get(url("invitation_issue", meeting.pk)).context["late"]
        assert sorted(duty.clause.code for duty in late) == ["R09", "R22", "R22", "R34"]

    def test_a_clause_without_its_party_says_so(
        self, secretary: Client, office: Cast, clauses: dict[str, Clause]
    ) -> None:
        front = office.world["MTTQ"]
        front.valid_to = date(2026, 6, 20)
        front.save()
        made = planning.create_meeting(
            actor=office.secretary, host=office.world["TTHDND"], plan=make.plan(office.world)
        )
        page = secretary.get(url("meeting_plan", made.pk))
        assert [duty.clause.code for duty in page.context["unfound"]] == ["R34"]
        assert page.context["unfound"][0].void_reason.endswith("thuộc diện này vào ngày 26/06/2026.")
        assert "MTTQ" not in dict(shown(page))


class TestSaving:
    def test_by_hand_comes_back_to_the_page(self, secretary: Client, meeting: Meeting) -> None:
        answer = secretary.post(
            url("meeting_plan", meeting.pk), typed(meeting, place="Hội trường A", luu="1")
        )
        meeting.refresh_from_db()
        assert (answer.status_code, meeting.place, meeting.version) == (302, "Hội trường A", 2)

    def test_while_typing_answers_with_the_new_version(self, secretary: Client, meeting: Meeting) -> None:
        page = secretary.post(
            url("meeting_plan", meeting.pk), typed(meeting, kind="scrutiny_meeting"), **LIVE
        )
        assert (page.status_code, page.context["version"], "HX-Retarget" in page) == (200, 2, False)
        assert shown(page) == [("SXD", [])]  # no clause speaks of that kind of meeting

    def test_a_stale_save_shows_both_and_loses_neither(
        self, secretary: Client, cast: Cast, meeting: Meeting
    ) -> None:
        first = typed(meeting, place="Hội trường A")
        other = make.plan(cast.world, place="Phòng họp số 5", kind="joint_conference", agenda=())
        planning.update_meeting(actor=cast.secretary, meeting=meeting, plan=other, version=1)
        page = secretary.post(url("meeting_plan", meeting.pk), first, **LIVE)
        assert (page.status_code, page["HX-Retarget"]) == (409, "#plan-time")
        assert page.context["stored"] == [
            ("Loại cuộc họp", "Hội nghị liên tịch", "Phiên họp Thường trực HĐND"),
            ("Địa điểm", "Phòng họp số 5", "Hội trường A"),
        ]
        assert page.context["last"].actor_name == "Trần Thu Hà"
        assert page.context["form"]["place"].value() == "Hội trường A"
        meeting.refresh_from_db()
        assert meeting.place == "Phòng họp số 5"
        # Having seen both, one's own may be saved over it; the form is then redrawn without the two versions.
        again = secretary.post(
            url("meeting_plan", meeting.pk),
            first | {"version": page.context["version"], "redraw": "1"},
            **LIVE,
        )
        meeting.refresh_from_db()
        assert (again.status_code, again["HX-Retarget"], meeting.place) == (200, "#plan-time", "Hội trường A")

    @pytest.mark.parametrize(("by_hand", "target"), [({"luu": "1"}, "#plan-time"), ({}, None)])
    def test_a_refused_save_does_not_hide_that_somebody_saved(
        self, secretary: Client, cast: Cast, meeting: Meeting, by_hand: dict[str, str], target: str | None
    ) -> None:
        planning.update_meeting(
            actor=cast.secretary, meeting=meeting, plan=make.plan(cast.world, place="Phòng 5"), version=1
        )
        page = secretary.post(url("meeting_plan", meeting.pk), typed(meeting, title="", **by_hand), **LIVE)
        assert (page.status_code, page.context["version"], page.get("HX-Retarget")) == (422, 1, target)
        assert list(page.context["form"].errors) == ["title"]

    @pytest.mark.parametrize("version", ["", "x", "²", "-1"])
    def test_a_version_that_is_none_counts_as_stale(
        self, secretary: Client, meeting: Meeting, version: str
    ) -> None:
        page = secretary.post(url("meeting_plan", meeting.pk), typed(meeting, version=version))
        assert page.status_code == 409

    def test_words_are_never_run(self, secretary: Client, meeting: Meeting) -> None:
        page = secretary.post(
            url("meeting_plan", meeting.pk), typed(meeting, title=SCRIPT, place=SCRIPT), **LIVE
        )
        meeting.refresh_from_db()
        assert (meeting.title, SCRIPT in page.content.decode()) == (SCRIPT, False)


class TestAgenda:
    def titles(self, meeting: Meeting) -> list[str]:
        return list(meeting.agenda.order_by("position").values_list("title", flat=True))

    def test_an_explanation_brings_its_areas_at_once(
        self, secretary: Client, cast: Cast, clauses: dict[str, Clause]
    ) -> None:
        made = planning.create_meeting(
            actor=cast.secretary, host=cast.world["TTHDND"], plan=make.plan(cast.world, agenda=())
        )
        data = {"nd-title": SCRIPT, "nd-kind": "explanation", "nd-areas": [cast.world.areas["X01"].pk]}
        page = secretary.post(url("item_add", made.pk), data, **LIVE)
        assert shown(page) == [("UBND", ["R09"]), ("MTTQ", ["R34"]), ("X01-TT", ["R22"])]
        assert (page.context["adding"], page.context["item_form"]["title"].value()) == (True, None)
        assert (self.titles(made), SCRIPT in page.content.decode()) == ([SCRIPT], False)

    def test_without_scripts_it_redirects(self, secretary: Client, meeting: Meeting) -> None:
        answer = secretary.post(url("item_add", meeting.pk), {"nd-title": "Thêm", "nd-kind": "report"})
        assert (answer.status_code, answer["Location"]) == (302, url("meeting_plan", meeting.pk))

    def test_a_refused_item_keeps_what_was_typed(self, secretary: Client, meeting: Meeting) -> None:
        before = self.titles(meeting)
        page = secretary.post(
            url("item_add", meeting.pk), {"nd-title": "Dài", "nd-kind": "report", "nd-minutes": "0"}
        )
        assert (page.status_code, list(page.context["item_form"].errors)) == (422, ["minutes"])
        assert (page.context["item_form"]["title"].value(), self.titles(meeting)) == ("Dài", before)

    def test_changed_in_its_place(self, secretary: Client, meeting: Meeting) -> None:
        item = meeting.agenda.get(position=2)
        form = secretary.get(url("item_edit", item.pk)).context["item_form"]
        assert (form["title"].value(), len(form["areas"].value())) == ("Giải trình về tiến độ giải ngân", 2)
        data = {f"nd{item.pk}-title": "Báo cáo", f"nd{item.pk}-kind": "report"}
        page = secretary.post(url("item_edit", item.pk), data, **LIVE)
        assert (self.titles(meeting)[1], "X01-TT" in dict(shown(page))) == ("Báo cáo", False)

    @pytest.mark.parametrize(
        ("position", "step", "order"),
        [(1, "1", [2, 1, 3, 4]), (3, "-1", [1, 3, 2, 4]), (1, "-1", [1, 2, 3, 4]), (4, "1", [1, 2, 3, 4])],
    )
    def test_moved(
        self, secretary: Client, meeting: Meeting, position: int, step: str, order: list[int]
    ) -> None:
        before = list(meeting.agenda.order_by("position").values_list("pk", flat=True))
        secretary.post(url("item_order", meeting.pk), {"item": before[position - 1], "step": step})
        after = list(meeting.agenda.order_by("position").values_list("pk", flat=True))
        assert after == [before[at - 1] for at in order]

    @pytest.mark.parametrize("item", ["", "²", "0", "x"])
    def test_a_move_of_nothing_moves_nothing(self, secretary: Client, meeting: Meeting, item: str) -> None:
        before = self.titles(meeting)
        answer = secretary.post(url("item_order", meeting.pk), {"item": item, "step": "1"})
        assert (answer.status_code, self.titles(meeting)) == (302, before)

    def test_removed(self, secretary: Client, meeting: Meeting) -> None:
        page = secretary.post(url("item_remove", meeting.agenda.get(position=1).pk), **LIVE)
        assert (page.status_code, len(self.titles(meeting))) == (200, 3)
        assert page.context["total_minutes"] == 100

    def test_a_paper_is_put_to_an_item(self, secretary: Client, meeting: Meeting) -> None:
        item = meeting.agenda.get(position=1)
        page = secretary.post(
            url("paper_add", item.pk), {"title": "Tờ trình", "file": SimpleUploadedFile("a.pdf", b"PK")}
        )
        words = (
            "Nội dung tệp không phải loại tệp nhận được. Chỉ nhận: PDF, Word, Excel, PowerPoint, ảnh PNG, ảnh JPEG. "
            "Lưu tệp ở một dạng đó rồi tải lên lại."
        )
        assert (page.status_code, page.context["form"].errors) == (422, {"file": [words]})
        answer = secretary.post(
            url("paper_add", item.pk), {"title": "Tờ trình", "file": SimpleUploadedFile("a.pdf", BLANK)}
        )
        paper = AgendaPaper.objects.get()
        assert (answer["Location"], paper.title, files.read(paper.file)) == (
            url("meeting_plan", meeting.pk), "Tờ trình", BLANK,
        )  # fmt: skip
        served = secretary.get(url("paper_file", paper.pk))
        assert (b"".join(served.streaming_content), served["Content-Type"]) == (BLANK, "application/pdf")


def test_the_page_costs_the_same_for_one_and_for_thirty(
    secretary: Client, cast: Cast, meeting: Meeting
) -> None:
    def cost(of: Meeting) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert secretary.get(url("meeting_plan", of.pk)).status_code == 200
        return len(captured)

    poor = make.meeting(cast.world, items=1, state="planned", starts_at=make.STARTS_AT.replace(day=25))
    make.invitation(poor, cast.world["UBND"], issued_at=None)
    rich = make.meeting(cast.world, items=30, state="planned", starts_at=make.STARTS_AT.replace(day=24))
    for position, item in enumerate(rich.agenda.all()):
        body = factories.organization()
        item.organizations.add(body)
        item.areas.set(cast.world.areas.values())
        make.invitation(rich, body, issued_at=None, is_left_out=bool(position % 2))
    cost(poor)
    assert cost(rich) == cost(poor)
