"""The incoming book in the browser and on paper."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import IncomingDocument, Issuer
from documents.paper.incoming_book import FOLLOWUP_HEADS, INCOMING_HEADS
from documents.services import incoming as services
from documents.services import issue
from documents.services.incoming import ArrivalInput, Handling
from documents.services.printing import Book
from hdnd.lib import clock
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.ledger import everything

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)
TODAY = NOW.date()


@pytest.fixture
def office(cast: Cast, client: Client, set_clock: Callable[[datetime], None]) -> Client:
    set_clock(NOW)
    for code in ("TTHDND", "UBND"):
        Issuer.objects.create(
            organization=cast.world[code], name_lines=code, place="Vĩnh Giang", symbol_body=code
        )
    client.force_login(cast.secretary)
    return client


def asked(cast: Cast, **values: Any) -> dict[str, Any]:
    return {
        "organization": cast.world["TTHDND"].pk, "author_body": cast.world["SXD"].pk, "symbol": "88/SXD-QH",
        "dated_on": "2026-06-11", "doc_type": "CV", "subject": "Về quy hoạch", "arrived_on": "2026-06-12",
        "unit": "Phòng Công tác HĐND", "due_on": "2026-06-21", "urgency": "urgent", **values,
    }  # fmt: skip


def entered(cast: Cast, number: int = 1, **values: Any) -> IncomingDocument:
    paper = {
        "arrived_on": TODAY,
        "author": "Sở Nội vụ",
        "symbol": f"{number}/SNV",
        "subject": "Về biên chế",
        "doc_type": "CV",
    }
    handling = Handling("Phòng Công tác HĐND", due_on=date(2026, 6, 30))
    return services.register_arrival(
        actor=cast.secretary, organization=cast.world["TTHDND"], arrival=ArrivalInput(**{**paper, **values}),
        handling=handling,
    )  # fmt: skip


def test_entered_and_shown_with_its_stamp(cast: Cast, office: Client) -> None:
    scan = SimpleUploadedFile("cv.pdf", BLANK)
    answer = office.post(reverse("documents:incoming_register"), asked(cast, file=scan), follow=True)
    line = IncomingDocument.objects.get()
    assert answer.redirect_chain == [(reverse("documents:incoming_detail", args=[line.pk]), 302)]
    page = answer.content.decode()
    assert 'aria-label="Dấu đến: số 01, ngày 12/06/2026, chuyển Phòng Công tác HĐND"' in page
    assert "ngày làm việc cuối cùng trong hạn là thứ Sáu, 19/06/2026" in page
    assert "Công văn 88/SXD-QH ngày 11/06/2026 của Sở Xây dựng" in page
    file = office.get(reverse("documents:incoming_file", args=[line.pk]))
    assert (b"".join(file.streaming_content), file["Content-Type"], file["X-Content-Type-Options"]) == (
        BLANK, "application/pdf", "nosniff",
    )  # fmt: skip


def test_a_duplicate_is_shown_and_may_be_entered_after_all(cast: Cast, office: Client) -> None:
    office.post(reverse("documents:incoming_register"), asked(cast))
    before = everything()
    answer = office.post(reverse("documents:incoming_register"), asked(cast))
    assert (answer.status_code, answer.context["twin"]) == (422, IncomingDocument.objects.get())
    page = answer.content.decode()
    assert "đã vào sổ với số đến 01 ngày 12/06/2026" in page
    assert 'value="88/SXD-QH"' in page
    assert '<input type="checkbox" name="is_another"' in page
    assert everything() == before
    office.post(reverse("documents:incoming_register"), asked(cast, is_another="on"))
    assert list(IncomingDocument.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_refused_the_form_keeps_what_was_typed(cast: Cast, office: Client) -> None:
    before = everything()
    answer = office.post(reverse("documents:incoming_register"), asked(cast, arrived_on="2026-06-16"))
    assert (answer.status_code, answer.context["form"].errors["arrived_on"]) == (
        422, ["Ngày đến chưa tới. Ghi ngày đã nhận văn bản."],
    )  # fmt: skip
    assert 'value="Phòng Công tác HĐND"' in answer.content.decode()
    assert everything() == before


def test_one_press_enters_what_was_sent_in_the_system(cast: Cast, office: Client) -> None:
    paper = issue(
        actor=cast.partner, organization=cast.world["UBND"], doc_type="BC", subject="Báo cáo", signer_name="A",
        signer_title="B", recipients=[], addressees=[cast.world["TTHDND"]], render=lambda issuer, taken: BLANK,
    )  # fmt: skip
    take = reverse("documents:incoming_take", args=[paper.pk])
    assert (
        reverse("documents:incoming_waiting")
        in office.get(reverse("documents:incoming_list")).content.decode()
    )
    assert take in office.get(reverse("documents:incoming_waiting")).content.decode()
    office.post(take)
    assert IncomingDocument.objects.get().source == paper
    assert take not in office.get(reverse("documents:incoming_waiting")).content.decode()
    assert office.post(take).status_code == 404


def test_settled_by_the_number_of_the_answer(cast: Cast, office: Client) -> None:
    line = entered(cast)
    settle = reverse("documents:incoming_settle", args=[line.pk])
    missing = office.post(settle, {"done_on": "2026-06-15", "answer": "45/HĐND-VP"})
    assert missing.context["settle_form"].errors["answer"] == [
        "Sổ văn bản đi không có số 45/HĐND-VP. Vào sổ văn bản đó trước, hoặc bỏ trống và ghi kết quả xử lý."
    ]
    answer = issue(
        actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="CV", subject="Trả lời", signer_name="A",
        signer_title="B", recipients=[], render=lambda issuer, taken: BLANK,
    )  # fmt: skip
    office.post(settle, {"done_on": "2026-06-15", "answer": answer.symbol.lower()})
    line.refresh_from_db()
    assert (line.answer, line.done_on) == (answer, TODAY)
    office.post(reverse("documents:incoming_reopen", args=[line.pk]))
    line.refresh_from_db()
    assert (line.answer, line.done_on) == (None, None)


def test_filters(cast: Cast, office: Client) -> None:
    first, second = entered(cast), entered(cast, 2, author="Bộ Nội vụ", doc_type="BC")
    services.void_arrival(actor=cast.secretary, line=second, reason="Vào sổ nhầm văn bản")

    def found(**query: Any) -> set[IncomingDocument]:
        return set(office.get(reverse("documents:incoming_list"), query).context["page"])

    assert found(tim="bo noi vu") == {second}
    assert found(loai="CV") == {first}
    assert found(tinh_trang="void") == {second}
    assert found(tinh_trang="handling") == {first}
    assert found(nam="2025") == set()
    assert found(so=Issuer.objects.get(symbol_body="TTHDND").pk) == {first, second}


@pytest.mark.parametrize("name", ["incoming_list", "incoming_followup"])
def test_the_cost_is_the_same_with_30_lines(cast: Cast, office: Client, name: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get(reverse(f"documents:{name}")).status_code == 200
        return len(captured)

    entered(cast)
    cost()
    few = cost()
    for number in range(2, 31):
        entered(cast, number)
    assert cost() == few


def sheet(answer: Any) -> list[list[Any]]:
    rows = openpyxl.load_workbook(io.BytesIO(answer.content)).active.values
    return [["" if cell is None else cell for cell in row] for row in rows]


def test_files_have_the_decree_s_columns(cast: Cast, office: Client) -> None:
    line = entered(cast, dated_on=date(2026, 6, 11))
    services.settle_arrival(actor=cast.secretary, line=line, done_on=TODAY, result="Lưu")
    rows = sheet(office.get(reverse("documents:incoming_list"), {"xuat": "xlsx"}))
    assert rows == [
        [head for head, *_ in INCOMING_HEADS],
        ["15/06/2026", "01", "Sở Nội vụ", "1/SNV", "11/06/2026", "Công văn: Về biên chế", "Phòng Công tác HĐND", "15/06/2026", "", ""],
    ]  # fmt: skip
    rows = sheet(office.get(reverse("documents:incoming_followup"), {"xuat": "xlsx"}))
    assert rows == [
        [head for head, *_ in FOLLOWUP_HEADS],
        ["01", "Công văn số 1/SNV ngày 11/06/2026 của Sở Nội vụ", "Phòng Công tác HĐND", "30/06/2026", "Đã xử lý 15/06/2026", "", "Lưu"],
    ]  # fmt: skip
    assert (len(INCOMING_HEADS), len(FOLLOWUP_HEADS)) == (10, 7)


class TestPrint:
    def read(self, office: Client, **query: Any) -> tuple[str, list[list[str]], set[float]]:
        """The text of the first page, the rows of its table, the sizes of the letters in it."""
        answer = office.post(
            f"{reverse('documents:book_print')}?{urlencode({'mau': Book.INCOMING, **query})}"
        )
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
            page = pdf.pages[0]
            assert page.width > page.height
            found = page.find_tables()
            rows = found[0].extract() if found else []
            chars = page.crop(found[0].bbox).chars if found else []
            return page.extract_text(), rows, {round(char["size"], 1) for char in chars}

    def test_the_incoming_book(self, cast: Cast, office: Client) -> None:
        entered(cast)
        services.void_arrival(actor=cast.secretary, line=entered(cast, 2), reason="Vào sổ nhầm văn bản")
        text, rows, sizes = self.read(office)
        assert ("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN" in text, "Năm 2026" in text) == (True, True)
        assert [" ".join((row[1] or "").split()) for row in rows] == ["Số đến", "01", "02"]
        assert " ".join((rows[2][9] or "").split()) == "Đã hủy: Vào sổ nhầm văn bản"
        assert sizes == {11.0}

    def test_the_follow_up_book(self, cast: Cast, office: Client) -> None:
        entered(cast)
        text, rows, _ = self.read(office, mau=Book.FOLLOWUP)
        assert "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN" in text
        assert [len(row) for row in rows] == [7, 7]
        assert rows[1][4] == "Đang xử lý"

    def test_an_empty_year_and_a_book_of_others(self, cast: Cast, office: Client) -> None:
        text, rows, _ = self.read(office, nam="2025")
        assert ("Chưa có văn bản nào." in text, rows) == (True, [])
        other = Issuer.objects.get(symbol_body="UBND")
        assert (
            office.post(f"{reverse('documents:book_print')}?mau={Book.INCOMING}&so={other.pk}").status_code
            == 404
        )
