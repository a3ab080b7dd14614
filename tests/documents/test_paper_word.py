"""The Word file says what the PDF says, and is set in the same measures."""

import io
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx.oxml.ns import qn

from documents.paper.conclusion_notice import conclusion_notice
from documents.paper.html import paper_pdf
from documents.paper.invitation import Addressee, invitation
from documents.paper.minutes import minutes
from documents.paper.model import (
    Align,
    Annex,
    Article,
    Clause,
    Column,
    DocTitle,
    Heading,
    LegalBasis,
    NumberedItem,
    Paper,
    Paragraph,
    PlaceDate,
    Point,
    Run,
    Salutation,
    SignatureBlock,
    Signer,
    Symbol,
    Table,
    Urgency,
    text,
)
from documents.paper.signin_sheet import signin_sheet
from documents.paper.word import paper_docx
from documents.paper.work_week import work_week
from tests.documents import paper_samples as samples
from tests.documents.word_reading import opened, pdf_words, tables_of, torn, words

WEEKS = Table(
    (Column("Ngày", 30), Column("Buổi", 30, Align.CENTER), Column("Việc", 100)),
    (
        ("Thứ Hai", "Sáng", "Giao ban"), ("Thứ Hai", "Sáng", "Họp\nhai dòng"), ("Thứ Hai", "Chiều", "Đi cơ sở"),
        ("Thứ Ba", "Chiều", "Trực"),
    ),
    merged=2,
)  # fmt: skip


def decision() -> Paper:
    """Every kind of block and mark in one paper."""
    article = Article(
        1, "Kiện toàn", (Clause("Khoản một.", (Point("điểm a"), Point("điểm b"))), Clause("Khoản hai."))
    )
    return Paper(
        name="Quyết định",
        letterhead=samples.STANDING_COMMITTEE,
        title=DocTitle("Quyết định", ("Về việc kiện toàn", "Ban Pháp chế")),
        symbol=Symbol(None, "QĐ-HĐND"),
        place_date=PlaceDate("Vĩnh Giang", date(2026, 3, 5)),
        urgency=Urgency.EXPRESS,
        salutation=Salutation(("Thường trực HĐND các xã", "Ủy ban nhân dân tỉnh")),
        blocks=(
            LegalBasis(("Căn cứ Luật số 72/2025/QH15;", "Căn cứ Nghị định số 30/2020/NĐ-CP")),
            Heading("Chương I", "Quy định chung"),
            article,
            Article(2, "Một khoản", (Clause("Không đánh số."),)),
            NumberedItem("1.", "Tên gọi", text("đoạn văn")),
            NumberedItem("2.", "", text("chỉ có chữ")),
            NumberedItem("3.", "Chỉ có tên"),
            Paragraph((Run("đậm", bold=True), Run(" nghiêng", italic=True)), Align.CENTER),
            WEEKS,
        ),
        signature=SignatureBlock(
            (Signer("Chủ tịch", "Nguyễn Đình Lâm", ("TM. Hội đồng nhân dân",), "(Đã ký)"),)
        ),
        recipients=samples.RECIPIENTS,
        annexes=(
            Annex("Danh sách", (Paragraph(text("Phụ lục dọc")),), "Kèm theo Quyết định"),
            Annex("Biểu", (WEEKS,), landscape=True),
        ),
    )


def letter() -> Paper:
    return replace(
        decision(), title=None, about="V/v góp ý dự thảo", salutation=Salutation(("UBND tỉnh",)), annexes=()
    )


PAPERS = {
    "invitation": lambda: invitation(samples.invitation_paper()),
    "invitation with annex": lambda: invitation(
        samples.invitation_paper(addressees=tuple(Addressee(f"Cơ quan {n}", "nội dung 3") for n in range(40)))
    ),
    "minutes": lambda: minutes(samples.minutes_paper(members=40, guests=20)),
    "notice": lambda: conclusion_notice(samples.notice_paper()),
    "sign-in sheet": lambda: signin_sheet(samples.signin_paper()),
    "weekly calendar": lambda: work_week(samples.work_week_paper()),
    "decision": decision,
    "letter": letter,
}  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_word_and_pdf_have_the_same_words(name: str) -> None:
    paper = PAPERS[name]()
    in_word, in_pdf = Counter(words(paper_docx(paper))), pdf_words(paper_pdf(paper), tables_of(paper))
    assert torn(in_word) == torn(in_pdf)
    apart = (in_word - in_pdf) + (in_pdf - in_word)
    # What differs are pieces of words with a dash in them.
    assert {word for word in in_word - in_pdf if not set("-–/") & set(word)} == set()
    assert sum(apart.values()) <= 6


def test_the_order_of_a_paper_is_kept() -> None:
    found = " ".join(words(paper_docx(decision())))
    parts = [
        "THƯỜNG TRỰC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số:", "/QĐ-HĐND HỎA TỐC Vĩnh Giang,",
        "ngày 05 tháng 3 năm 2026 QUYẾT ĐỊNH Về việc kiện toàn Ban Pháp chế Kính gửi: - Thường trực HĐND các xã;",
        "- Ủy ban nhân dân tỉnh. Căn cứ Luật số 72/2025/QH15; Căn cứ Nghị định số 30/2020/NĐ-CP.",
        "Chương I QUY ĐỊNH CHUNG Điều 1. Kiện toàn 1. Khoản một. a) điểm a b) điểm b 2. Khoản hai.",
        "Điều 2. Một khoản Không đánh số. 1. Tên gọi: đoạn văn 2. chỉ có chữ 3. Chỉ có tên đậm nghiêng",
        "Ngày Buổi Việc Thứ Hai Sáng Giao ban Họp hai dòng Chiều Đi cơ sở Thứ Ba Chiều Trực",
        "Nơi nhận: - Như trên; - Lãnh đạo Văn phòng; - Lưu: VT, P.TH. TM. HỘI ĐỒNG NHÂN DÂN CHỦ TỊCH (Đã ký)",
        "Nguyễn Đình Lâm Phụ lục I DANH SÁCH (Kèm theo Quyết định) Phụ lục dọc Phụ lục II BIỂU Ngày",
    ]  # fmt: skip
    places = [found.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def test_pages_have_the_measures_of_the_decree() -> None:
    document = opened(paper_docx(decision()))
    upright, annex, across = document.sections
    for section in (upright, annex):
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(across.page_width.mm), round(across.page_height.mm)) == (297, 210)
    for section in document.sections:
        margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
        assert [round(margin.mm) for margin in margins] == [30, 20, 20, 20]
    # Numbers from page 2, centred, 14 pt; each annex counts anew.
    assert [section.different_first_page_header_footer for section in document.sections] == [True] * 3
    header = upright.header.paragraphs[0]
    assert (header.alignment, [run.font.size.pt for run in header.runs]) == (1, [14, 14, 14])
    assert header._p.findall(f".//{qn('w:instrText')}")[0].text == "PAGE"
    assert annex.header.is_linked_to_previous
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in document.sections]
    assert [start is not None and start.get(qn("w:start")) for start in starts] == [False, "1", "1"]


def test_one_face_for_all_letters_and_the_sizes_of_the_decree() -> None:
    document = opened(paper_docx(decision()))
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "Times New Roman"
    }
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert defaults.findall(f".//{qn('w:rFonts')}") == []  # no theme that takes Vietnamese from another face
    sizes = {run.text: run.font.size.pt for run in _runs(document)}
    told = {
        name: sizes[name]
        for name in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "QUYẾT ĐỊNH", "2. Khoản hai.", "Nơi nhận:",
            "- Như trên;", "CHỦ TỊCH", "Giao ban", "HỎA TỐC",
        )
    }  # fmt: skip
    assert told == {
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": 13, "Độc lập - Tự do - Hạnh phúc": 14, "QUYẾT ĐỊNH": 14, "2. Khoản hai.": 14,
        "Nơi nhận:": 12, "- Như trên;": 11, "CHỦ TỊCH": 14, "Giao ban": 13, "HỎA TỐC": 13,
    }  # fmt: skip


def test_tables_repeat_their_head_and_tear_no_row() -> None:
    table = opened(paper_docx(signin_sheet(samples.signin_paper()))).tables[-1]
    assert len(table.rows) == 1 + 30 + 3
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert (heads[0], any(heads[1:])) == (True, False)
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert {round(row.height.mm) for row in table.rows[1:]} == {9}  # to sign in
    assert [round(column.width.mm) for column in table.columns] == [12, 52, 58, 38]


def test_equal_neighbours_are_one_cell_inside_the_column_before() -> None:
    paper = replace(decision(), blocks=(WEEKS,), annexes=())
    table = next(t for t in opened(paper_docx(paper)).tables if len(t.columns) == 3 and len(t.rows) == 5)
    marks = [
        [cell.tcPr.vMerge_val if cell.tcPr is not None else None for cell in row._tr.tc_lst]
        for row in table.rows
    ]
    assert marks == [
        [None, None, None], ["restart", "restart", None], ["continue", "continue", None], ["continue", None, None],
        [None, None, None],
    ]  # fmt: skip


def test_elements_stand_in_the_order_that_word_wants() -> None:
    """Word calls a file damaged whose elements stand in another order than the schema's."""
    orders = {
        "w:tblPr": ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"],
        "w:pPr": ["pStyle", "keepNext", "widowControl", "pBdr", "spacing", "ind", "jc", "rPr", "sectPr"],
        "w:tcPr": ["tcW", "vMerge", "vAlign"],
        "w:sectPr": [
            "headerReference", "footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid",
        ],
    }  # fmt: skip
    body = opened(paper_docx(decision())).element.body
    for parent, order in orders.items():
        for element in body.iter(qn(parent)):
            names = [child.tag.split("}")[1] for child in element]
            assert set(names) <= set(order), (parent, names)
            assert names == sorted(names, key=order.index), (parent, names)


def test_equal_papers_are_equal_files() -> None:
    first = paper_docx(decision())
    assert paper_docx(decision()) == first
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }
    facts = opened(first).core_properties
    assert (facts.title, facts.author, facts.language) == ("Quyết định", "THƯỜNG TRỰC", "vi-VN")


def test_a_block_without_a_rendering_fails() -> None:
    with pytest.raises(AssertionError):
        paper_docx(replace(decision(), blocks=("chữ",)))  # type: ignore[arg-type]


def _runs(document: Any) -> list[Any]:
    from docx.text.paragraph import Paragraph as WordParagraph

    found = []
    for element in document.element.body.iter(qn("w:p")):
        found += WordParagraph(element, document).runs
    return found
