"""Dự thảo in the browser: the list, the editor that saves while one types, the page on which one decides, Word."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Document, Draft, DraftVersion
from documents.services import draft_issuing, signing_off
from tests.cast import PARTS, Cast
from tests.documents.drafting import SUBJECT, letterheads, second_leader, submitted, written
from tests.meetings import factories as make
from tests.permissions.rows_drafts import docx_of

LIST = "documents:draft_list"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _papers(cast: Cast) -> None:
    letterheads(cast)


def page(name: str, draft: Draft) -> str:
    return reverse(f"documents:{name}", args=[draft.pk])


def listed(client: Client, **query: str) -> list[str]:
    return [row.subject for row in client.get(reverse(LIST), query).context["page"]]


def form_of(cast: Cast, draft: Draft, **changes: Any) -> dict[str, Any]:
    """What the editor sends."""
    return {
        "subject": draft.subject, "body": draft.body, "salutation": draft.salutation, "recipients": draft.recipients,
        "signer": make.seat(cast.world, "P01").pk, "addressees": [cast.world["UBND"].pk], "version": draft.version,
        **changes,
    }  # fmt: skip


class TestList:
    def test_who_sees_what(self, cast: Cast, client: Client) -> None:
        submitted(cast, [cast.leader])
        seen = {}
        for name in PARTS:
            client.force_login(getattr(cast, name))
            seen[name] = listed(client)
        assert {name: rows for name, rows in seen.items() if rows} == {
            "secretary": [SUBJECT],
            "leader": [SUBJECT],
        }

    def test_filters_and_whom_it_waits_for(self, cast: Cast, client: Client) -> None:
        deputy = second_leader(cast)
        submitted(cast, [deputy], [cast.leader], subject="Chờ hai bước")
        written(cast, "ke-hoach", subject="Đang viết")
        found = {}
        for user in (cast.secretary, cast.leader, deputy):
            client.force_login(user)
            found[user.username] = [listed(client, cua="cho-toi"), listed(client, cua="toi-soan")]
        assert found == {
            "thuky": [[], ["Đang viết", "Chờ hai bước"]], "lanhdao": [[], []], "phochutich": [["Chờ hai bước"], []],
        }  # fmt: skip
        assert [listed(client, **query) for query in ({"loai": "ke-hoach"}, {"trang_thai": "in_review"}, {"tim": "cho hai"})] == [
            ["Đang viết"], ["Chờ hai bước"], ["Chờ hai bước"],
        ]  # fmt: skip
        rows = {row.subject: row.waiting_for for row in client.get(reverse(LIST)).context["page"]}
        assert rows == {"Đang viết": "Trần Thu Hà", "Chờ hai bước": "Trần Thị Hải Yến"}

    def test_thirty_cost_as_many_queries_as_one(self, cast: Cast, client: Client) -> None:
        submitted(cast, [cast.leader])
        client.force_login(cast.secretary)

        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(LIST)).status_code == 200
            return len(captured)

        count()
        few = count()
        for _ in range(29):
            submitted(cast, [cast.leader])
        assert (count(), len(listed(client))) == (few, 30)

    def test_on_the_desk(self, cast: Cast, client: Client) -> None:
        draft = submitted(cast, [cast.leader])
        client.force_login(cast.leader)
        assert client.get("/").context["drafts"].waiting == [draft]
        signing_off.return_draft(actor=cast.leader, draft=draft, reason="Bổ sung số liệu cả năm")
        assert not client.get("/").context["drafts"].any
        client.force_login(cast.secretary)
        assert client.get("/").context["drafts"].returned == [draft]


class TestEditor:
    def test_saves_while_one_types_and_redraws_the_preview(self, cast: Cast, client: Client) -> None:
        draft = written(cast)
        client.force_login(cast.secretary)
        answer = client.post(page("draft_edit", draft), form_of(cast, draft, body="Bản **mới**."), **HTMX)
        content = answer.content.decode()
        assert (answer.status_code, "<p>Bản <strong>mới</strong>.</p>" in content) == (200, True)
        assert 'name="version" value="3"' in content
        draft.refresh_from_db()
        assert (draft.body, draft.version) == ("Bản **mới**.", 3)
        assert client.post(page("draft_edit", draft), form_of(cast, draft)).status_code == 302

    def test_a_stale_save_shows_both_and_keeps_what_was_typed(self, cast: Cast, client: Client) -> None:
        draft = written(cast)
        client.force_login(cast.secretary)
        answer = client.post(
            page("draft_edit", draft), form_of(cast, draft, body="Của tôi", version=1), **HTMX
        )
        content = answer.content.decode()
        assert (answer.status_code, answer["HX-Retarget"]) == (409, "#draft-form")
        put_in = [
            part.text
            for row in answer.context["body_changes"]
            for part in row.stretches
            if part.kind == "ins"
        ]
        assert "".join(put_in).replace(" ", "") == "Củatôi"
        assert re.search(r"<textarea[^>]*name=\"body\"[^>]*>\s*Của tôi</textarea>", content)
        assert 'name="version" value="2"' in content
        draft.refresh_from_db()
        assert draft.body != "Của tôi"

    def test_too_long_a_subject_is_said_beside_its_field(self, cast: Cast, client: Client) -> None:
        draft = written(cast)
        client.force_login(cast.secretary)
        answer = client.post(page("draft_edit", draft), form_of(cast, draft, subject="x" * 1001))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["subject"])

    def test_scripts_are_text(self, cast: Cast, client: Client) -> None:
        draft = written(cast, body="<script>alert(1)</script> **<b>**")
        client.force_login(cast.secretary)
        for name in ("draft_edit", "draft_detail", "draft_versions"):
            assert "<script>alert" not in client.get(page(name, draft)).content.decode()

    def test_the_preview_ends_after_three_hundred_paragraphs(self, cast: Cast, client: Client) -> None:
        draft = written(cast, body="\n".join(f"Đoạn {at}." for at in range(302)))
        client.force_login(cast.secretary)
        context = client.get(page("draft_edit", draft)).context
        assert (len(context["blocks"]), context["left"]) == (300, 2)
        assert len(client.get(page("draft_detail", draft)).context["blocks"]) == 302

    def test_the_papers_it_gives(self, cast: Cast, client: Client) -> None:
        draft = submitted(cast)
        client.force_login(cast.leader)
        for name, mark in (("draft_paper", b"%PDF-"), ("draft_word", b"PK\x03\x04")):
            for query in ({}, {"ban": "1"}):
                assert client.get(page(name, draft), query).content.startswith(mark)
            assert client.get(page(name, draft), {"ban": "9"}).status_code == 404


class TestDeciding:
    def test_what_each_may_press(self, cast: Cast, client: Client) -> None:
        draft = submitted(cast, [second_leader(cast)])
        pressed = {}
        deputy = draft.versions.get().sign_offs.get(step=1).user
        for user in (cast.secretary, cast.leader, deputy):
            client.force_login(user)
            content = client.get(page("draft_detail", draft)).content.decode()
            pressed[user.username] = re.findall(
                r'name="y_kien" value="([a-z-]+)"|du-thao/\d+/(rut)/', content
            )
        assert pressed == {
            "thuky": [("", "rut")], "lanhdao": [], "phochutich": [("dong-y", ""), ("tra-lai", "")],
        }  # fmt: skip

    def test_returned_without_a_reason_says_so_and_keeps_the_words(self, cast: Cast, client: Client) -> None:
        draft = submitted(cast, [cast.leader])
        client.force_login(cast.leader)
        answer = client.post(page("draft_decide", draft), {"y_kien": "tra-lai", "note": "sửa"})
        assert (answer.status_code, answer.context["decide_form"].errors["note"]) == (
            422, ["Ghi rõ cần sửa gì, ít nhất 10 ký tự."],
        )  # fmt: skip
        draft.refresh_from_db()
        assert draft.state == "in_review"

    def test_a_remark_stands_at_its_paragraph(self, cast: Cast, client: Client) -> None:
        draft = submitted(cast, [cast.leader])
        client.force_login(cast.leader)
        assert (
            client.get(page("draft_detail", draft), {"doan": "1"}).context["remark_form"]["place"].value()
            == 1
        )
        answer = client.post(page("draft_comment", draft), {"text": "Ghi rõ", "place": "1"})
        assert answer["Location"].endswith("#doan-2")
        blocks = client.get(page("draft_detail", draft)).context["blocks"]
        assert [[one.text for one in block.comments] for block in blocks] == [[], ["Ghi rõ"]]

    def test_once_issued_the_line_says_what_became_of_it(self, cast: Cast, client: Client) -> None:
        document = draft_issuing.sign_draft(actor=cast.leader, draft=submitted(cast)).document
        assert document is not None
        client.force_login(cast.secretary)
        follow = reverse("documents:document_follow", args=[document.pk])
        address = client.post(follow, {"relation": "withdraws"})["Location"]
        draft = Draft.objects.exclude(document=document).get()
        assert address == page("draft_edit", draft)
        client.post(address, form_of(cast, draft, body="Thu hồi văn bản ban hành nhầm./."))
        client.post(page("draft_submit", draft), {"note": ""})
        client.force_login(cast.leader)
        client.post(page("draft_decide", draft), {"y_kien": "ky"})
        content = client.get(follow).content.decode()
        assert "đã thu hồi văn bản này" in content
        assert Document.objects.get(pk=document.pk).state == "withdrawn"


class TestWord:
    def test_shown_first_then_taken(self, cast: Cast, client: Client) -> None:
        draft = written(cast)
        client.force_login(cast.secretary)
        sent = docx_of(
            Draft(
                **{f.attname: getattr(draft, f.attname) for f in Draft._meta.concrete_fields}
                | {"body": "Bản Word."}
            )
        )
        answer = client.post(page("draft_upload", draft), {"file": SimpleUploadedFile("w.docx", sent)})
        assert answer.status_code == 200
        assert not DraftVersion.objects.exists()
        token, version = answer.context["token"], draft.version
        given = {"upload": token, "version": version, "lay": ["subject"], "note": "Sửa ngoài"}
        assert client.post(page("draft_take", draft), {**given, "version": 1}).status_code == 409
        assert client.post(page("draft_take", draft), given).status_code == 302
        draft.refresh_from_db()
        assert (draft.body, DraftVersion.objects.get().note) == ("Bản Word.", "Sửa ngoài")
        file = reverse("documents:version_file", args=[draft.pk, 1])
        assert client.get(file).content == sent

    @pytest.mark.parametrize("upload", ["", "gia-mao", "eyJkcmFmdCI6MX0:1:x"])
    def test_a_forged_upload_is_refused(self, cast: Cast, client: Client, upload: str) -> None:
        draft = written(cast)
        client.force_login(cast.secretary)
        assert client.post(page("draft_take", draft), {"upload": upload, "version": 2}).status_code == 302
        assert not DraftVersion.objects.exists()

    def test_a_renamed_program_is_said_beside_the_field(self, cast: Cast, client: Client) -> None:
        draft = written(cast)
        client.force_login(cast.secretary)
        answer = client.post(
            page("draft_upload", draft), {"file": SimpleUploadedFile("w.docx", b"MZ\x90\x00")}
        )
        assert (answer.status_code, list(answer.context["word_form"].errors)) == (422, ["file"])
