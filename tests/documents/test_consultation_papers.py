"""The form and the result as papers: what they say, boxes that are drawn, the same words in Word."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx.oxml.ns import qn

from documents.paper.consultation_result import ConsultationResultPaper, Counted, consultation_result
from documents.paper.html import paper_pdf
from documents.paper.model import Paper, PaperError, Recipients, Table, Tick
from documents.paper.opinion_form import OpinionFormPaper, opinion_form
from documents.paper.word import paper_docx
from tests.documents import paper_samples as samples
from tests.documents.paper_reading import Reading
from tests.documents.test_paper_word import pdf_words, tables_of, torn
from tests.documents.word_reading import opened, words

ASKER = "Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def form(**changes: Any) -> OpinionFormPaper:
    values: dict[str, Any] = {
        "letterhead": samples.STANDING_COMMITTEE, "number": 4, "suffix": "PLYK-HĐND", "place": "Vĩnh Giang",
        "issued_on": date(2026, 6, 15), "asker": ASKER, "subject": "Dự thảo Kế hoạch giám sát năm 2027",
        "addressees": (f"Các thành viên {ASKER}",), "introduction": ("Ban Pháp chế trình dự thảo Kế hoạch.",),
        "questions": ("Thông qua dự thảo Kế hoạch", "Giao Ban Pháp chế chủ trì"), "papers": ("Dự thảo Kế hoạch",),
        "answer_by": date(2026, 6, 19), "answer_way": "đường dẫn trong thư điện tử",
        "late_rule": "Ý kiến gửi sau thời hạn này được ghi nhận riêng", "signature": samples.DEPUTY_SIGNS,
        "recipients": Recipients(("Như trên",), "VT"), **changes,
    }  # fmt: skip
    return OpinionFormPaper(**values)


def result(**changes: Any) -> ConsultationResultPaper:
    values: dict[str, Any] = {
        "letterhead": samples.STANDING_COMMITTEE, "number": 9, "suffix": "TB-HĐND", "place": "Vĩnh Giang",
        "issued_on": date(2026, 6, 22), "is_minutes": False, "issuer": ASKER, "subject": "Dự thảo Kế hoạch giám sát năm 2027",
        "form": "Phiếu lấy ý kiến số 04/PLYK-HĐND ngày 15/6/2026", "deadline": date(2026, 6, 19),
        "asked": "các thành viên Thường trực HĐND tỉnh", "unit": "thành viên", "voices": 7, "answered": 6, "late": 1,
        "late_counts": False, "rule": "quá nửa tổng số thành viên đồng ý, theo Điều 12 Quy chế làm việc",
        "items": (
            Counted("Thông qua dự thảo Kế hoạch", 5, 0, 1, 1, "được thông qua", ("Thêm chuyên đề nước sạch (ý kiến khác)",)),
            Counted("Giao Ban Pháp chế chủ trì", 3, 3, 0, 1, "không được thông qua"),
        ),
        "signature": samples.DEPUTY_SIGNS, "recipients": Recipients(("Như trên",), "VT"), **changes,
    }  # fmt: skip
    return ConsultationResultPaper(**values)


def ticked(paper: Paper) -> Paper:
    """The form with the first box of every question ticked."""
    blocks = tuple(
        replace(block, rows=tuple((*row[:2], Tick(True), *row[3:]) for row in block.rows))
        if isinstance(block, Table)
        else block
        for block in paper.blocks
    )
    return replace(paper, blocks=blocks)


PAPERS = {
    "form": lambda: opinion_form(form()),
    "form ticked": lambda: ticked(opinion_form(form())),
    "long form": lambda: opinion_form(form(questions=tuple(f"Nội dung {n} " + "về đất đai " * 90 for n in range(20)))),
    "notice": lambda: consultation_result(result()),
    "minutes": lambda: consultation_result(result(is_minutes=True, suffix="BB-HĐND")),
    "collected": lambda: consultation_result(result(rule="", unit="cơ quan", late=0)),
}  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_word_and_pdf_have_the_same_words(name: str) -> None:
    paper = PAPERS[name]()
    in_word, in_pdf = Counter(words(paper_docx(paper))), pdf_words(paper_pdf(paper), tables_of(paper))
    assert torn(in_word) == torn(in_pdf)


def test_the_form_says_who_asks_what_until_when() -> None:
    said = Reading(paper_pdf(opinion_form(form()))).words
    for part in (
        "Số: 04/PLYK-HĐND", "PHIẾU LẤY Ý KIẾN Dự thảo Kế hoạch giám sát năm 2027", f"Kính gửi: Các thành viên {ASKER}.",
        f"{ASKER} đề nghị cho ý kiến bằng cách đánh dấu vào ô tương ứng", "1 Thông qua dự thảo Kế hoạch",
        "Tài liệu kèm theo: Dự thảo Kế hoạch.",
        "Đề nghị cho ý kiến đến hết ngày 19/6/2026, qua đường dẫn trong thư điện tử. Ý kiến gửi sau thời hạn này được ghi nhận riêng./.",
        "NGƯỜI CHO Ý KIẾN",
    ):  # fmt: skip
        assert part in said, part


def test_boxes_are_drawn_in_the_pdf_and_can_be_ticked_in_word() -> None:
    paper = ticked(opinion_form(form()))
    reading = Reading(paper_pdf(paper))
    assert reading.faces <= {
        f"Liberation-Serif{style}" for style in ("", "-Bold", "-Italic", "-Bold-Italic")
    } | {f"LiberationSerif{style}" for style in ("", "-Bold", "-Italic", "-BoldItalic")}
    body = opened(paper_docx(paper)).element.body
    boxes = body.findall(f".//{qn('w:sdt')}")
    states = [box.find(f".//{W14}checked").get(f"{W14}val") for box in boxes]
    shown = [[part.text for part in box.iter(qn("w:t"))] for box in boxes]
    assert (states, shown) == (["1", "0", "0"] * 2, [["☑"], ["☐"], ["☐"]] * 2)


def test_the_result_states_each_question() -> None:
    said = Reading(paper_pdf(consultation_result(result()))).words
    for part in (
        "Kết quả lấy ý kiến các thành viên Thường trực HĐND tỉnh về dự thảo Kế hoạch giám sát năm 2027",
        "hạn trả lời hết ngày 19/6/2026.",
        "Tổng số thành viên được lấy ý kiến: 07; số phiếu được tính: 06 (85,71%); không có phiếu được tính: 01.",
        "Số phiếu trả lời sau thời hạn: 01, không tính vào kết quả.",
        "1. Đồng ý 05/07 (71,43% tổng số thành viên). Kết quả: được thông qua.",
        "2. Đồng ý 03/07 (42,86% tổng số thành viên). Kết quả: không được thông qua.",
        "- Thêm chuyên đề nước sạch (ý kiến khác).",
    ):  # fmt: skip
        assert part in said, part


def test_opinions_that_are_collected_have_no_result() -> None:
    said = Reading(paper_pdf(consultation_result(result(rule="", unit="cơ quan")))).words
    assert "Điều kiện thông qua" not in said
    assert "thông báo để các cơ quan được lấy ý kiến biết" in said


def test_a_count_that_does_not_add_up_is_no_paper() -> None:
    with pytest.raises(PaperError, match="does not add up to 8 voices"):
        consultation_result(result(voices=8))
    with pytest.raises(PaperError, match="needs a question"):
        opinion_form(form(questions=()))
    with pytest.raises(PaperError, match="needs a question"):
        consultation_result(result(items=()))
