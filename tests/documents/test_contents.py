"""Papers are found by what they say: read once by a worker, shown where they say it, to those who may see them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Document, FileText
from documents.queries import contents
from documents.queries.contents import framed
from documents.services import issue, reading
from hdnd.audit.models import Entry
from hdnd.lib import files
from hdnd.lib.extraction import Extracted
from meetings.models import AgendaItem
from meetings.services.agenda_papers import add_paper
from tests.blank_pdf import BLANK
from tests.cast import PARTS, Cast
from tests.lib.test_extraction import document as word_file
from tests.lib.test_extraction import paragraph
from tests.meetings import factories as make
from workbench.queries.search import found_for

SAID = "Phê duyệt chủ trương đầu tư cầu Sông Lam, tổng mức 1.250 tỷ đồng"


@pytest.fixture
def paper(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Document]:
    """`paper(subject, text, to=…)` issues one of TTHDND, whose file says the text."""
    make.issuer(cast.world["TTHDND"])
    texts: dict[str, str] = {}
    monkeypatch.setattr(reading, "extract", lambda name, content: Extracted(texts[name]))

    def made(subject: str = "Nghị quyết", text: str = SAID, to: tuple[str, ...] = ()) -> Document:
        content = BLANK + b"\n" * len(texts)
        document = issue(
            actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="NQ", subject=subject,
            signer_name="Nguyễn Đình Lâm", signer_title="CHỦ TỊCH", recipients=[],
            addressees=[cast.world[code] for code in to], render=lambda issuer, taken: content,
        )  # fmt: skip
        texts[document.file] = text
        reading.read_file(file=document.file)
        return document

    return made


def shown(user: Any, text: str) -> list[tuple[str, str]]:
    return [
        (hit.title.partition(": ")[2], hit.passage) for group in found_for(user, text) for hit in group.hits
    ]


def test_after_what_the_register_finds(cast: Cast, paper: Any) -> None:
    paper("Về ngân sách")
    paper("Khởi công cầu Sông Lam", "Không nêu gì")
    assert shown(cast.secretary, "song LAM cau") == [
        ("Khởi công cầu Sông Lam", ""),
        ("Về ngân sách", "… Phê duyệt chủ trương đầu tư cầu Sông Lam, tổng mức 1.250 tỷ đồng …"),
    ]
    assert shown(cast.secretary, "cau Sông Hồng") == []


def test_who_finds_what(cast: Cast, paper: Any) -> None:
    paper("Nội bộ")
    paper("Gửi UBND", to=("UBND",))
    found = {name: [title for title, _ in shown(getattr(cast, name), "chu truong dau tu")] for name in PARTS}
    own, sent = ["Gửi UBND", "Nội bộ"], ["Gửi UBND"]
    assert found == {
        "secretary": own, "leader": own, "delegate": own, "partner": sent, "agency": [], "outsider": [], "admin": [],
    }  # fmt: skip


def test_the_register_finds_them_and_shows_where(cast: Cast, client: Client, paper: Any) -> None:
    paper("Về ngân sách")
    paper("Khác", "Không nêu gì <script>")
    client.force_login(cast.secretary)

    def listed(words: str) -> tuple[list[str], str]:
        answer = client.get(reverse("documents:document_list"), {"tim": words})
        return [row.subject for row in answer.context["page"]], answer.content.decode()

    subjects, page = listed("cau song lam")
    assert subjects == ["Về ngân sách"]
    assert '<span class="basis">… Phê duyệt chủ trương đầu tư cầu Sông Lam, tổng mức' in page
    subjects, page = listed("khong neu")
    assert (subjects, "&lt;script&gt; …</span>" in page) == (["Khác"], True)
    assert 'class="basis">…' not in listed("ngan sach")[1]


@pytest.mark.parametrize("few", [0, 1, 2, 5_000])
def test_common_and_rare_words_find_the_same(
    cast: Cast, client: Client, paper: Any, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    paper("Về ngân sách")
    paper("Khởi công cầu Sông Lam", "Không nêu gì")
    paper("Cầu Sông Lam, đợt 2")
    paper("Khác", "Không nêu gì")
    monkeypatch.setattr(contents, "FEW", few)
    client.force_login(cast.secretary)

    def listed(words: str) -> set[str]:
        page = client.get(reverse("documents:document_list"), {"tim": words}).context["page"]
        return {row.subject for row in page}

    assert listed("cau song lam") == {"Về ngân sách", "Khởi công cầu Sông Lam", "Cầu Sông Lam, đợt 2"}
    assert listed("khoi cong") == {"Khởi công cầu Sông Lam"}
    assert listed("cau song hong") == set()


def test_the_number_of_queries_does_not_depend_on_the_hits(cast: Cast, client: Client, paper: Any) -> None:
    client.force_login(cast.secretary)

    def count() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as searched:
            found_for(cast.secretary, "cau song lam")
        with CaptureQueriesContext(connection) as listed:
            client.get(reverse("documents:document_list"), {"tim": "cau song lam"})
        return len(searched), len(listed)

    paper("Về ngân sách")
    count()
    one = count()
    for number in range(29):
        paper(f"Số {number}")
    assert count() == one


@pytest.mark.django_db(transaction=True)
def test_a_worker_reads_it_once_it_is_issued(cast: Cast, eager_tasks: None) -> None:
    make.issuer(cast.world["TTHDND"])
    with transaction.atomic():
        document = issue(
            actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="NQ", subject="Họp", signer_name="Lâm",
            signer_title="CHỦ TỊCH", recipients=[], render=lambda issuer, taken: BLANK,
        )  # fmt: skip
        assert not FileText.objects.exists()
    (stored,) = FileText.objects.all()
    assert (stored.file, stored.text, stored.gap) == (document.file, "", "no_layer")


def test_the_papers_page_says_why_its_words_are_not_found(cast: Cast, client: Client, paper: Any) -> None:
    document = paper()
    client.force_login(cast.secretary)
    address = reverse("documents:number_detail", args=[document.pk])
    assert "Tìm theo nội dung" not in client.get(address).content.decode()
    FileText.objects.update(gap="no_layer")
    assert (
        "<dt>Tìm theo nội dung</dt><dd>Bản quét, không có lớp chữ</dd>"
        in client.get(address).content.decode()
    )


def test_a_paper_of_a_meeting_is_found_by_those_invited(cast: Cast) -> None:
    meeting = make.meeting(cast.world)
    make.invitation(meeting, cast.world["UBND"])
    item = AgendaItem.objects.get(meeting=meeting, position=1)
    content = word_file(paragraph(SAID))
    put = add_paper(actor=cast.secretary, item=item, title="Tờ trình", file_name="a.docx", content=content)
    assert reading.read_what_is_left() == 1
    found = {
        name: [hit.title for group in found_for(getattr(cast, name), "song lam") for hit in group.hits]
        for name in PARTS
    }
    assert found == {
        name: ["Tờ trình"] if name in {"secretary", "leader", "delegate", "partner"} else [] for name in PARTS
    }
    newer = word_file(paragraph("Đã bỏ nội dung cũ"))
    add_paper(actor=cast.secretary, item=item, title=put.title, file_name="a.docx", content=newer)
    reading.read_what_is_left()
    assert found_for(cast.secretary, "song lam") == []  # an old version is not found


def test_what_is_left_is_read_once_and_in_steps(
    cast: Cast, paper: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        paper()
    FileText.objects.all().delete()
    before = Entry.objects.count()
    assert [reading.read_what_is_left(limit=2), reading.read_what_is_left(limit=2)] == [2, 1]
    assert (FileText.objects.count(), reading.read_what_is_left(), Entry.objects.count()) == (3, 0, before)
    monkeypatch.setattr(files, "read", lambda name: (_ for _ in ()).throw(FileNotFoundError(name)))
    FileText.objects.all().delete()
    call_command("read_texts")
    assert {row.gap for row in FileText.objects.all()} == {"missing"}
    assert reading.read_what_is_left() == 0  # a file that is gone does not hold up the others
    monkeypatch.undo()
    monkeypatch.setattr(reading, "extract", lambda name, content: Extracted("Có chữ"))
    call_command("read_texts", again=True)
    assert {(row.text, row.search, row.gap) for row in FileText.objects.all()} == {("Có chữ", "co chu", "")}
    assert capsys.readouterr().out == "Đã đọc 3 tệp.\n" * 2


@pytest.mark.parametrize(
    ("passage", "words", "text"),
    [
        (None, ["a"], ""),
        (" Đầu tư cầu ", ["dau"], "… Đầu tư cầu …"),
        ("ầu Đầu tư cầu S", ["tu"], "… Đầu tư cầu …"),
        ("x " + "y" * 191 + " chữ đứ", ["chu"], f"… {'y' * 191} chữ …"),
    ],
)
def test_a_passage_of_whole_words(passage: str | None, words: list[str], text: str) -> None:
    assert framed(passage, words) == text
