"""Lấy ý kiến in the browser: the list, planning, the page of one, answering by link and in the app, the desk."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Consultation, ConsultationAnswer
from documents.services import consultation_mails, consulting
from documents.services.consultation_mails import token_for
from hdnd.lib import clock
from hdnd.outbox.models import Message, State
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.documents import consulting as stage
from tests.documents.consulting import FRIDAY, MONDAY, answer, draft, on, told, voice
from workbench.queries.opinions import opinions_to_give

LIST = reverse("documents:consultation_list")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def tuesday(set_clock: Callable[[datetime], None]) -> None:
    set_clock(on(16))


@pytest.fixture
def row(cast: Cast) -> Consultation:
    """TTHDND asks its members; out since Monday."""
    stage.letterhead(cast)
    with clock.at(MONDAY):
        return told(cast, draft(cast))


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def posted(cast: Cast, **changes: Any) -> dict[str, Any]:
    """The plan's form as a browser sends it."""
    return {
        "organization": cast.world["TTHDND"].pk, "title": stage.TITLE, "audience": "members", "day_off": "next",
        "members_of": cast.world["TTHDND"].pk, "deadline": f"{FRIDAY:%Y-%m-%d}", "rule": "majority", "remind_before": "2",
        "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-text": "Một", "form-1-text": "", **changes,
    }  # fmt: skip


def opinions(row: Consultation, first: str = "agree", **changes: Any) -> dict[str, Any]:
    questions = list(row.questions.all())
    return {f"opinion_{one.pk}": first if one is questions[0] else "agree" for one in questions} | changes


class TestList:
    def test_filters_and_who_sees_what(self, cast: Cast, client: Client, row: Consultation) -> None:
        draft(cast, title="Dự thảo khác")
        for part, query, found in (
            ("secretary", {}, {stage.TITLE, "Dự thảo khác"}),
            ("secretary", {"tim": "giam SAT"}, {stage.TITLE}),
            ("secretary", {"trang_thai": "draft"}, {"Dự thảo khác"}),
            ("leader", {"cua_toi": "cho"}, {stage.TITLE}),
            ("delegate", {}, set()),
            ("partner", {}, set()),
            ("outsider", {}, set()),
        ):
            client.force_login(getattr(cast, part))
            page = client.get(LIST, query).context["page"]
            assert {one.title for one in page} == found, (part, query)

    def test_costs_the_same_with_1_and_with_30_rows(
        self, cast: Cast, client: Client, row: Consultation
    ) -> None:
        client.force_login(cast.secretary)
        client.get(LIST)

        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(LIST).status_code == 200
            return len(queries)

        before = cost()
        for number in range(29):
            told(cast, draft(cast, title=f"Lần {number}"))
        answer(row, "P01", "agree", at=on(16))
        assert cost() == before

    def test_the_export_has_what_the_page_has(self, cast: Cast, client: Client, row: Consultation) -> None:
        answer(row, "P01", "agree", at=on(16))
        client.force_login(cast.secretary)
        lines = client.get(LIST, {"xuat": "csv"}).content.decode("utf-8-sig").splitlines()
        assert lines == [
            "Về việc,Cơ quan lấy ý kiến,Hạn trả lời,Đã trả lời,Trạng thái,Kết quả",
            f"{stage.TITLE},Thường trực HĐND tỉnh Vĩnh Giang,19/06/2026,1/7,đang lấy ý kiến,",
        ]


class TestPlanning:
    def test_from_an_empty_form_to_a_draft(self, cast: Cast, client: Client) -> None:
        stage.letterhead(cast)
        client.force_login(cast.secretary)
        response = client.post(reverse("documents:consultation_create"), posted(cast))
        made = Consultation.objects.get()
        assert response["Location"] == reverse("documents:consultation_detail", args=[made.pk])
        assert [one.text for one in made.questions.all()] == ["Một"]

    def test_another_line_keeps_what_was_typed_and_judges_nothing(self, cast: Cast, client: Client) -> None:
        stage.letterhead(cast)
        client.force_login(cast.secretary)
        data = posted(cast, title="", add_question="1")
        response = client.post(reverse("documents:consultation_create"), data)
        assert (response.status_code, Consultation.objects.count()) == (200, 0)
        assert [form["text"].value() for form in response.context["sheet"].lines] == ["Một", "", None]
        assert response.context["form"].errors == {}

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"deadline": "2026-06-12"}, "Hạn trả lời 12/06/2026 đã qua. Chọn từ 16/06/2026 trở đi."),
            ({"form-0-text": ""}, "Ghi ít nhất một nội dung xin ý kiến."),
            ({"form-0-text": "x" * 1001}, "1001"),
            ({"audience": "bodies", "members_of": ""}, "Chọn ít nhất một cơ quan để lấy ý kiến."),
        ],
    )
    def test_a_refusal_says_why_and_keeps_the_form(
        self, cast: Cast, client: Client, changes: dict[str, Any], says: str
    ) -> None:
        stage.letterhead(cast)
        client.force_login(cast.secretary)
        response = client.post(reverse("documents:consultation_create"), posted(cast, **changes))
        assert (response.status_code, Consultation.objects.count()) == (422, 0)
        assert says in text(response)
        assert response.context["form"]["title"].value() == stage.TITLE

    def test_a_deadline_on_sunday_is_told(self, cast: Cast, client: Client) -> None:
        stage.letterhead(cast)
        client.force_login(cast.secretary)
        for day_off, says in (
            ("next", "Chủ nhật, 21/06/2026 là ngày nghỉ (Chủ nhật), hạn dời sang thứ Hai, 22/06/2026."),
            ("keep", "Đã lưu. Hạn Chủ nhật, 21/06/2026 là ngày nghỉ (Chủ nhật)."),
        ):
            data = posted(cast, deadline="2026-06-21", day_off=day_off)
            assert says in text(client.post(reverse("documents:consultation_create"), data, follow=True))

    def test_a_stale_edit_keeps_what_was_typed_and_goes_through_the_second_time(
        self, cast: Cast, client: Client
    ) -> None:
        stage.letterhead(cast)
        made = draft(cast)
        client.force_login(cast.secretary)
        address = reverse("documents:consultation_edit", args=[made.pk])
        client.post(address, posted(cast, title="Bản của A", version="1"))
        response = client.post(address, posted(cast, title="Bản của B", version="1"))
        assert (response.status_code, response.context["form"]["title"].value()) == (422, "Bản của B")
        made.refresh_from_db()
        assert made.title == "Bản của A"
        client.post(address, posted(cast, title="Bản của B", version=str(response.context["version"])))
        made.refresh_from_db()
        assert made.title == "Bản của B"

    def test_a_renamed_program_is_no_paper(self, cast: Cast, client: Client) -> None:
        made = draft(cast)
        client.force_login(cast.secretary)
        data = {"title": "Dự thảo", "file": SimpleUploadedFile("a.pdf", b"MZ\x90\x00")}
        response = client.post(reverse("documents:consultation_paper_add", args=[made.pk]), data)
        assert (response.status_code, made.papers.count()) == (422, 0)
        assert "Nội dung tệp là chương trình máy tính" in text(response)


class TestPage:
    def test_shows_the_count_and_who_is_silent(self, cast: Cast, client: Client, row: Consultation) -> None:
        answer(row, "P01", "agree", at=on(16))
        answer(row, "P02", "other", "agree", at=on(16), text=SCRIPT)
        client.force_login(cast.secretary)
        response = client.get(reverse("documents:consultation_detail", args=[row.pk]))
        said = text(response)
        assert "2/7 phiếu được tính 5 chưa trả lời 0 trả lời sau hạn 19/06 hạn trả lời, còn 3 ngày" in said
        assert "cần thêm 3 phiếu đồng ý" in said
        assert SCRIPT not in response.content.decode()

    def test_costs_the_same_however_many_answered(
        self, cast: Cast, client: Client, row: Consultation
    ) -> None:
        client.force_login(cast.secretary)
        address = reverse("documents:consultation_detail", args=[row.pk])

        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            return len(queries)

        answer(row, "P01", "agree", at=on(16))
        cost()
        before = cost()
        for code in ("P01", "P02", "P03", "P04", "P05", "P06"):
            answer(row, code, "other", at=on(16))
        assert cost() == before

    def test_a_mail_that_did_not_arrive_is_named(self, cast: Cast, client: Client, row: Consultation) -> None:
        consultation_mails.remind_now(actor=cast.secretary, consultation=row)
        Message.objects.filter(to="p02@hdnd.test").update(
            state=State.FAILED, last_error="550 5.1.1 no such user"
        )
        client.force_login(cast.secretary)
        page = text(client.get(reverse("documents:consultation_detail", args=[row.pk])))
        assert "Thư gửi Trần Thị Hải Yến (p02@hdnd.test) không tới." in page
        assert page.count("không tới.") == 1

    def test_closing_too_early_is_said_in_a_notice(
        self, cast: Cast, client: Client, row: Consultation
    ) -> None:
        client.force_login(cast.secretary)
        response = client.post(reverse("documents:consultation_close", args=[row.pk]), follow=True)
        assert "còn 7 phiếu chưa trả lời" in text(response)

    def test_closing_is_offered_when_it_can_be_done(
        self, cast: Cast, client: Client, row: Consultation
    ) -> None:
        client.force_login(cast.secretary)
        page, closing = (
            reverse(f"documents:{name}", args=[row.pk])
            for name in ("consultation_detail", "consultation_close")
        )
        early = client.get(page).content.decode()
        assert closing not in early
        assert "Chưa kết thúc, kiểm phiếu được" in early
        with clock.at(on(22)):
            late = client.get(page).content.decode()
        assert closing in late
        assert "Chưa kết thúc, kiểm phiếu được" not in late

    def test_a_reason_too_short_stands_beside_its_field(
        self, cast: Cast, client: Client, row: Consultation
    ) -> None:
        client.force_login(cast.secretary)
        data = {"deadline": "2026-06-26", "day_off": "next", "reason": "ngắn"}
        response = client.post(reverse("documents:consultation_extend", args=[row.pk]), data)
        assert response.status_code == 422
        assert response.context["extend_form"].errors == {"reason": ["Ghi lý do, ít nhất 10 ký tự."]}

    def test_the_result_is_offered_and_then_linked(
        self, cast: Cast, client: Client, row: Consultation
    ) -> None:
        client.force_login(cast.secretary)
        with clock.at(on(22)):
            consulting.close_consultation(actor=cast.secretary, consultation=row)
            address = reverse("documents:consultation_detail", args=[row.pk])
            assert "không được thông qua" in text(client.get(address))
            client.post(reverse("documents:consultation_result", args=[row.pk]), {"doc_type": "BB"})
            row.refresh_from_db()
            assert row.result is not None
            assert (
                reverse("documents:document_file", args=[row.result.pk])
                in client.get(address).content.decode()
            )


class TestByLink:
    def test_without_account_cookie_and_script(self, client: Client, row: Consultation) -> None:
        strict = Client(enforce_csrf_checks=True)
        address = reverse("documents:opinion_link", args=[token_for(voice(row, "P01"))])
        page = strict.get(address)
        assert page.status_code == 200
        assert "<script" not in page.content.decode()
        first = row.questions.get(position=1)
        strict.cookies.clear()
        response = strict.post(address, opinions(row, "other", **{f"text_{first.pk}": "Thêm một chuyên đề"}))
        assert (response.status_code, response["Location"]) == (302, address)
        again = strict.get(address)
        assert "Đã nhận ý kiến lúc thứ Ba, 16/06/2026, 10:00" in text(again)
        assert again.context["form"][f"text_{first.pk}"].value() == "Thêm một chuyên đề"

    def test_an_incomplete_answer_keeps_what_was_typed(self, client: Client, row: Consultation) -> None:
        address = reverse("documents:opinion_link", args=[token_for(voice(row, "P01"))])
        first = row.questions.get(position=1)
        response = client.post(address, opinions(row, "other"))
        assert (response.status_code, ConsultationAnswer.objects.count()) == (422, 0)
        assert "Ghi ý kiến khác của bạn đối với nội dung 1." in text(response)
        assert response.context["form"][f"opinion_{first.pk}"].value() == "other"

    def test_says_when_it_is_late_and_when_it_is_over(
        self, cast: Cast, client: Client, row: Consultation
    ) -> None:
        address = reverse("documents:opinion_link", args=[token_for(voice(row, "P01"))])
        with clock.at(on(20)):
            assert "Đã quá hạn. Ý kiến vẫn được nhận và ghi là quá hạn, không tính vào kết quả." in text(
                client.get(address)
            )
            consulting.close_consultation(actor=cast.secretary, consultation=row)
            page = client.get(address)
        assert "không nhận ý kiến nữa" in text(page)
        assert b"<form" not in page.content

    def test_a_broken_link_says_what_to_do(self, client: Client, row: Consultation) -> None:
        for token in ("x", f"{token_for(voice(row, 'P01'))}x"):
            response = client.get(reverse("documents:opinion_link", args=[token]))
            assert response.status_code == 404
            assert "Đường dẫn không dùng được" in text(response)
            paper = reverse("documents:consultation_paper_by_link", args=[token, 1])
            assert client.get(paper).status_code == 404


class TestInTheApp:
    def test_the_desk_names_it_until_it_is_answered(
        self, cast: Cast, client: Client, row: Consultation
    ) -> None:
        client.force_login(cast.leader)
        [mine] = opinions_to_give(cast.leader)
        give = reverse("documents:opinion_give", args=[mine.pk])
        home = client.get(reverse("workbench:home"))
        assert "Chờ tôi cho ý kiến" in text(home)
        assert give in home.content.decode()
        response = client.post(give, opinions(row))
        assert response.status_code == 302
        assert "Chờ tôi cho ý kiến" not in text(client.get(reverse("workbench:home")))

    def test_the_secretary_notes_paper_with_its_scan(
        self, cast: Cast, client: Client, row: Consultation
    ) -> None:
        client.force_login(cast.secretary)
        address = reverse("documents:opinion_note", args=[voice(row, "P07").pk])
        data = opinions(row, channel="paper", given_at="2026-06-16T09:00")
        refused = client.post(address, data)
        assert refused.context["form"].errors == {
            "file": ["Ý kiến bằng phiếu giấy cần bản quét để đối chiếu. Chọn tệp PDF hoặc ảnh của phiếu."]
        }
        client.post(address, {**data, "file": SimpleUploadedFile("phieu.pdf", BLANK)})
        made = ConsultationAnswer.objects.get()
        scan = client.get(reverse("documents:opinion_scan", args=[made.pk]))
        assert (b"".join(scan), scan["X-Content-Type-Options"]) == (BLANK, "nosniff")

    def test_the_notice_of_the_result_is_opened_by_who_was_asked(self, cast: Cast, client: Client) -> None:
        stage.letterhead(cast)
        with clock.at(MONDAY):
            row = told(cast, draft(cast, audience="bodies", members_of=None, bodies=[cast.world["UBND"]]))
        with clock.at(on(22)):
            consulting.close_consultation(actor=cast.secretary, consultation=row)
            consulting.issue_result(actor=cast.secretary, consultation=row, doc_type="TB")
        row.refresh_from_db()
        client.force_login(cast.partner)
        page = client.get(reverse("documents:opinion_give", args=[voice(row, "UBND").pk]))
        assert row.result is not None
        file = reverse("documents:document_file", args=[row.result.pk])
        assert file in page.content.decode()
        assert client.get(file).status_code == 200

    def test_who_is_asked_never_reads_the_others(self, cast: Cast, client: Client) -> None:
        stage.letterhead(cast)
        with clock.at(MONDAY):
            row = told(
                cast,
                draft(
                    cast, audience="bodies", members_of=None, bodies=[cast.world["UBND"], cast.world["MTTQ"]]
                ),
            )
        answer(row, "MTTQ", "other", at=on(16), text="Chỉ cho Thường trực", answered_by="Phùng Thị Lan")
        client.force_login(cast.partner)
        page = client.get(reverse("documents:consultation_detail", args=[row.pk]), follow=True)
        assert page.redirect_chain[0][0] == reverse("documents:opinion_give", args=[voice(row, "UBND").pk])
        assert "Chỉ cho Thường trực" not in page.content.decode()


def test_what_is_closed_is_no_work_any_more(cast: Cast, row: Consultation) -> None:
    with clock.at(on(22)):
        consulting.close_consultation(actor=cast.secretary, consultation=row)
    assert opinions_to_give(cast.leader) == []


def test_the_form_before_it_goes_out_as_pdf_and_as_word(cast: Cast, client: Client) -> None:
    stage.letterhead(cast)
    client.force_login(cast.secretary)
    page = reverse("documents:consultation_preview", args=[draft(cast).pk])
    found = [client.get(page, {"dang": kind}) for kind in ("", "word")]
    assert [(one["Content-Disposition"], one.content[:4]) for one in found] == [
        ('inline; filename="phieu-lay-y-kien.pdf"', b"%PDF"),
        ('attachment; filename="phieu-lay-y-kien.docx"', b"PK\x03\x04"),
    ]
