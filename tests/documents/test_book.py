"""The book in the browser and on paper: reserve, fill, void, register, filter, print."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Document, Issuer, Series
from documents.services import issue, reserve_numbers, void_number
from hdnd.jobs.models import Job
from hdnd.jobs.services import run
from hdnd.lib import clock, files
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.ledger import everything

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)
PURPOSE = "Nghị quyết về đầu tư công"
REASON = "Văn bản không ban hành nữa"


@pytest.fixture
def office(cast: Cast, client: Client, set_clock: Callable[[datetime], None]) -> Client:
    """The secretary of TTHDND, whose council counts in the same book."""
    set_clock(NOW)
    keeper = Issuer.objects.create(
        organization=cast.world["TTHDND"], name_lines="THƯỜNG TRỰC", place="Vĩnh Giang", symbol_body="HĐND"
    )
    for code, symbol, book in (("HDND", "HĐND", keeper), ("UBND", "UBND", None)):
        Issuer.objects.create(
            organization=cast.world[code],
            name_lines=code,
            place="Vĩnh Giang",
            symbol_body=symbol,
            register_of=book,
        )
    client.force_login(cast.secretary)
    return client


def asked(cast: Cast, **values: Any) -> dict[str, Any]:
    return {
        "organization": cast.world["TTHDND"].pk, "doc_type": "NQ", "subject": "Về đầu tư công",
        "issued_on": "2026-06-12", "signer_name": "Nguyễn Đình Lâm", "signer_title": "Chủ tịch",
        "recipients": "UBND tỉnh\nLưu: VT", "copies": 12, "file": SimpleUploadedFile("nq.pdf", BLANK), **values,
    }  # fmt: skip


def issued(cast: Cast, body: str = "TTHDND", doc_type: str = "GM", subject: str = "Mời họp") -> Document:
    return issue(
        actor=cast.secretary, organization=cast.world[body], doc_type=doc_type, subject=subject,
        signer_name="Nguyễn Đình Lâm", signer_title="CHỦ TỊCH", recipients=["UBND tỉnh"],
        render=lambda issuer, taken: BLANK,
    )  # fmt: skip


def reserved(cast: Cast, count: int = 1) -> list[Document]:
    return reserve_numbers(
        actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="NQ", purpose=PURPOSE, count=count
    )


def test_registered_with_what_was_typed(cast: Cast, office: Client) -> None:
    answer = office.post(
        reverse("documents:paper_register"),
        asked(cast, doc_type="QCPH", co_issuers=[cast.world["UBND"].pk]),
    )
    assert answer.status_code == 302
    line = Document.objects.get()
    assert (line.symbol, line.recipients, line.copies, str(line.issued_on)) == (
        "01/QCPH-HĐND-UBND", ["UBND tỉnh", "Lưu: VT"], 12, "2026-06-12",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"file": SimpleUploadedFile("nq.pdf", b"MZ\x90")}, "file", "Chỉ nhận: PDF"),
        ({"issued_on": "2026-06-16"}, "issued_on", "chưa tới"),
        ({"doc_type": "TB", "is_legal": "on"}, "is_legal", "Thông báo không phải văn bản quy phạm pháp luật"),
    ],
)
def test_refused_the_form_keeps_what_was_typed(
    cast: Cast, office: Client, wrong: dict[str, Any], field: str, words: str
) -> None:
    before = everything()
    answer = office.post(reverse("documents:paper_register"), asked(cast, **wrong))
    assert answer.status_code == 422
    assert words in answer.context["form"].errors[field][0]
    assert 'value="Nguyễn Đình Lâm"' in answer.content.decode()
    assert everything() == before


def test_reserved_filled_and_voided(cast: Cast, office: Client) -> None:
    office.post(
        reverse("documents:number_reserve"),
        {"organization": cast.world["TTHDND"].pk, "doc_type": "NQ", "purpose": PURPOSE, "count": 2},
    )
    first, second = Document.objects.order_by("number")
    page = office.get(reverse("documents:document_list")).content.decode()
    assert reverse("documents:number_detail", args=[first.pk]) in page
    assert office.get(reverse("documents:document_file", args=[first.pk])).status_code == 404
    office.post(reverse("documents:number_fill", args=[first.pk]), asked(cast))
    office.post(reverse("documents:number_void", args=[second.pk]), {"reason": REASON})
    assert list(Document.objects.order_by("number").values_list("number", "state", "note")) == [
        (1, "issued", ""), (2, "voided", REASON),
    ]  # fmt: skip
    short = office.post(reverse("documents:number_void", args=[second.pk]), {"reason": "Ngắn"})
    assert short.status_code == 422


def test_filters_by_book_and_state(cast: Cast, office: Client) -> None:
    ours = issued(cast, "HDND")
    (kept,) = reserved(cast)
    keeper = Issuer.objects.get(register_of=None, symbol_body="HĐND")

    def found(**query: Any) -> set[Document]:
        return set(office.get(reverse("documents:document_list"), query).context["page"])

    assert found(so=keeper.pk) == {ours, kept}
    assert found(trang_thai="reserved") == {kept}
    assert found(trang_thai="issued") == {ours}


def test_the_cost_is_the_same_with_30_kept_numbers(cast: Cast, office: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get(reverse("documents:document_list")).status_code == 200
        return len(captured)

    reserved(cast)
    cost()
    few = cost()
    reserved(cast, 20)
    reserved(cast, 10)
    assert cost() == few


class TestPrint:
    def read(self, office: Client, **query: Any) -> tuple[list[str], list[list[str]]]:
        """The text of each page, and the rows of its tables with their heads."""
        answer = office.post(f"{reverse('documents:book_print')}?{urlencode(query)}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
            assert all(page.width > page.height for page in pdf.pages)
            texts = [page.extract_text() for page in pdf.pages]
            cells = [row for page in pdf.pages for table in page.extract_tables() for row in table]
        return texts, [[" ".join((cell or "").split()) for cell in row] for row in cells]

    def test_every_number_at_its_place(self, cast: Cast, office: Client) -> None:
        kept = reserved(cast, 2)
        void_number(actor=cast.secretary, line=kept[1], reason=REASON)
        issued(cast, "HDND", "NQ", "Về đầu tư công")
        texts, rows = self.read(office)
        assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in texts[0]
        assert "Năm 2026" in texts[0]
        assert "Nghị quyết: từ số 01 đến số 03, 3 số" in texts[0]
        assert rows[0] == [
            "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
            "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
        ]  # fmt: skip
        assert rows[1:] == [
            ["01/NQ-HĐND", "", PURPOSE, "", "", "", "", "", "", "Số giữ trước."],
            ["02/NQ-HĐND", "", PURPOSE, "", "", "", "", "", "", f"Số hủy. {REASON}"],
            ["03/NQ-HĐND", "15/06/2026", "Nghị quyết: Về đầu tư công", "Nguyễn Đình Lâm", "UBND tỉnh", "VT", "", "", "", ""],
        ]  # fmt: skip

    def test_the_head_repeats_and_pages_are_numbered(self, cast: Cast, office: Client) -> None:
        for _ in range(2):
            reserved(cast, 20)
        texts, rows = self.read(office)
        assert len(texts) > 1
        assert [text.split("\n")[0].strip() for text in texts[1:]] == [
            str(at) for at in range(2, len(texts) + 1)
        ]
        assert [row[0] for row in rows].count("Số, ký hiệu văn bản") == len(texts)
        assert [row[0] for row in rows if row[0][:1].isdigit()] == [
            f"{at:02d}/NQ-HĐND" for at in range(1, 41)
        ]

    def test_one_type_and_an_empty_year(self, cast: Cast, office: Client) -> None:
        issued(cast)
        reserved(cast)
        _, rows = self.read(office, loai="GM")
        assert [row[0] for row in rows[1:]] == ["01/GM-HĐND"]
        texts, rows = self.read(office, nam="2025")
        assert ("Chưa có văn bản nào." in texts[0], rows) == (True, [])

    def test_without_a_choice_it_is_the_book_of_the_body_acted_for(self, cast: Cast, office: Client) -> None:
        Issuer.objects.create(
            organization=cast.world["BPC"], name_lines="BAN PHÁP CHẾ", place="Vĩnh Giang", symbol_body="BPC"
        )
        texts, _ = self.read(office)
        assert ("THƯỜNG TRỰC" in texts[0], "BAN PHÁP CHẾ" in texts[0]) == (True, False)

    def test_the_table_keeps_inside_the_margins(self, cast: Cast, office: Client) -> None:
        reserved(cast)
        answer = office.post(reverse("documents:book_print"))
        with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
            (table,) = pdf.pages[0].find_tables()
            left, _, right, _ = table.bbox
            width = pdf.pages[0].width
        millimetre = 72 / 25.4
        assert left >= 29.5 * millimetre
        assert width - right >= 15 * millimetre

    def test_a_book_of_others_does_not_exist(self, cast: Cast, office: Client) -> None:
        other = Issuer.objects.get(symbol_body="UBND")
        assert office.post(f"{reverse('documents:book_print')}?so={other.pk}").status_code == 404

    def test_a_long_book_is_a_job_that_ends_in_the_same_file(
        self, cast: Cast, office: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reserved(cast, 2)
        at_once = office.post(reverse("documents:book_print")).content
        monkeypatch.setattr("documents.services.printing.AT_ONCE", 1)
        answer = office.post(reverse("documents:book_print"))
        job = Job.objects.get()
        assert answer["Location"] == reverse("jobs:job", args=[job.pk])
        assert (job.title, job.back) == ("Sổ đăng ký văn bản đi năm 2026", reverse("documents:document_list"))
        run(job_id=job.pk)
        job.refresh_from_db()
        assert (job.state, job.filename, files.read(job.file)) == ("done", "so-van-ban-di-2026.pdf", at_once)

    def test_a_job_of_one_who_may_no_longer_look_ends_with_a_word(
        self, cast: Cast, office: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("documents.services.printing.AT_ONCE", 0)
        reserved(cast)
        office.post(reverse("documents:book_print"))
        cast.secretary.roles.all().delete()
        run(job_id=Job.objects.get().pk)
        assert Job.objects.get().error == "Tài khoản không còn quyền xem sổ này. Nhờ văn phòng giữ sổ in."

    def test_too_long_a_book_says_what_to_do(
        self, cast: Cast, office: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("documents.services.printing.MOST", 1)
        reserved(cast, 2)
        answer = office.post(reverse("documents:book_print"), follow=True)
        assert [str(one) for one in answer.context["messages"]] == [
            "Sổ đăng ký văn bản đi năm 2026 có hơn 1 dòng. Lọc theo loại văn bản rồi in từng loại, hoặc xuất Excel."
        ]


def test_series_are_those_of_the_keeper(cast: Cast, office: Client) -> None:
    issued(cast, "HDND")
    issued(cast)
    assert [str(one.issuer) for one in Series.objects.all()] == [str(cast.world["TTHDND"])]
    assert list(Document.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
