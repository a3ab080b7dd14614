"""Files through the real forms: what could do harm is refused with the way out, and what leaves does no harm."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.models import Document
from hdnd.lib.http import guarded, made_file, stored_file
from meetings.models import AgendaItem, AgendaPaper
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.ledger import everything
from tests.lib import files_at_hand as hand
from tests.meetings import factories as make

BAD = [
    ("ke-hoach.pdf", hand.EXE, "Nội dung tệp là chương trình máy tính, dù tên tệp là gì."),
    ("ke-hoach.pdf", hand.encrypted_pdf(), "Tệp PDF có mật khẩu. Mở bằng mật khẩu, lưu hoặc in ra PDF"),
    ("ke-hoach.docx", hand.MACROS, "Tệp có macro nên không nhận."),
    ("ke-hoach.docx", hand.BOMB, "Tệp nén bất thường: giải nén ra quá nhiều dữ liệu."),
]
IDS = ["renamed exe", "encrypted pdf", "macros", "zip bomb"]


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """An empty folder of stored files."""
    settings.MEDIA_ROOT = str(tmp_path / "files")
    return tmp_path / "files"


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=IDS)
def test_a_paper_of_the_agenda(
    cast: Cast, client: Client, folder: Path, name: str, content: bytes, words: str
) -> None:
    item = AgendaItem.objects.get(meeting=make.meeting(cast.world), position=1)
    client.force_login(cast.secretary)
    before = everything()
    answer = client.post(
        reverse("meetings:paper_add", args=[item.pk]),
        {"title": "Tờ trình số 12", "file": SimpleUploadedFile(name, content)},
    )
    (said,) = answer.context["form"].errors["file"]
    assert (answer.status_code, said.startswith(words)) == (422, True), said
    assert 'value="Tờ trình số 12"' in answer.content.decode()
    assert (everything(), stored(folder)) == (before, [])


@pytest.mark.parametrize(("name", "content", "words"), BAD[:2], ids=IDS[:2])
def test_a_paper_for_the_register(
    cast: Cast, client: Client, folder: Path, name: str, content: bytes, words: str
) -> None:
    make.issuer(cast.world["TTHDND"])
    client.force_login(cast.secretary)
    before = everything()
    typed = {
        "organization": cast.world["TTHDND"].pk, "doc_type": "NQ", "subject": "Về đầu tư công",
        "issued_on": f"{date(2026, 6, 1):%Y-%m-%d}", "signer_name": "Nguyễn Đình Lâm",
    }  # fmt: skip
    answer = client.post(
        reverse("documents:paper_register"), {**typed, "file": SimpleUploadedFile(name, content)}
    )
    (said,) = answer.context["form"].errors["file"]
    assert (answer.status_code, said.startswith(words)) == (422, True), said
    assert 'value="Về đầu tư công"' in answer.content.decode()
    assert (everything(), stored(folder)) == (before, [])


def test_a_file_inside_a_paper_is_told_of(cast: Cast, client: Client, folder: Path) -> None:
    item = AgendaItem.objects.get(meeting=make.meeting(cast.world), position=1)
    client.force_login(cast.secretary)
    upload = SimpleUploadedFile("a.pdf", hand.pdf_with_attachment("so-lieu.csv", b"a;b"))
    answer = client.post(
        reverse("meetings:paper_add", args=[item.pk]), {"title": "Tờ trình", "file": upload}, follow=True
    )
    assert [str(message) for message in answer.context["messages"]] == [
        "Đã thêm tài liệu cho nội dung 1.",
        "Trong tệp PDF có tệp đính kèm: so-lieu.csv. Người nhận mở được các tệp này.",
    ]
    assert (AgendaPaper.objects.count(), len(stored(folder))) == (1, 1)


POLICY = "default-src 'none'; frame-ancestors 'self'"


@pytest.mark.parametrize(
    ("mime", "save", "shown", "policy"),
    [
        ("application/pdf", False, "inline", POLICY),
        ("application/pdf", True, "attachment", f"{POLICY}; sandbox"),
        ("image/png", False, "inline", f"{POLICY}; sandbox"),
        ("image/svg+xml", False, "attachment", f"{POLICY}; sandbox"),
        ("text/html", False, "attachment", f"{POLICY}; sandbox"),
        ("application/xml", False, "attachment", f"{POLICY}; sandbox"),
    ],
)
def test_what_leaves_does_no_harm(mime: str, save: bool, shown: str, policy: str) -> None:
    for answer in (
        stored_file(b"x", "giấy mời.x", mime, save=save),
        made_file(b"x", "giấy mời.x", mime, save=save),
    ):
        assert dict(answer.items()) | {"Content-Length": "1"} == {
            "Content-Type": mime,
            "Content-Disposition": f"{shown}; filename*=utf-8''gi%E1%BA%A5y%20m%E1%BB%9Di.x",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": policy,
            "Content-Length": "1",
        }


def test_every_view_that_sends_a_file_sends_it_guarded() -> None:
    """No view makes a response of its own for a file: those that name a type of content go through `hdnd.lib.http`."""
    from tests.architecture.source import dotted, modules

    named = {
        module.path
        for module in modules()
        for call in module.calls()
        if dotted(call.func) in {"FileResponse", "HttpResponse", "StreamingHttpResponse"}
        and any(keyword.arg == "content_type" for keyword in call.keywords)
    }
    assert named == {"hdnd/lib/http.py", "hdnd/lib/health.py"}
    assert guarded.__module__ == "hdnd.lib.http"


def test_the_policy_reaches_the_browser(cast: Cast, client: Client) -> None:
    """The site's own policy does not replace the file's."""
    from documents.services import issue

    make.issuer(cast.world["TTHDND"])
    document: Document = issue(
        actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="TB", subject="Họp", signer_name="Nguyễn Đình Lâm",
        signer_title="CHỦ TỊCH", recipients=[], render=lambda issuer, taken: BLANK,
    )  # fmt: skip
    client.force_login(cast.secretary)
    address = reverse("documents:document_file", args=[document.pk])
    assert client.get(address)["Content-Security-Policy"] == POLICY
    assert client.get(address, {"tai": ""})["Content-Security-Policy"] == f"{POLICY}; sandbox"
