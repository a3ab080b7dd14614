"""What a clerk may throw at a paper: long names and titles, letters of other scripts, a very long annex."""

import time
from dataclasses import replace
from datetime import date

import pytest

from documents.paper.balance import balanced_mm
from documents.paper.html import paper_pdf
from documents.paper.letterheads import name_lines
from documents.paper.model import Letterhead, SignatureBlock, Signer
from documents.paper.samples.sheets import SHEETS
from documents.paper.sheet import paper_of
from documents.paper.word import paper_docx
from documents.services import page_count
from hdnd.lib.pdf import MissingGlyphError
from tests.documents.paper_reading import Reading
from tests.documents.word_reading import words

LETTER, NOTICE = SHEETS["cong-van"], SHEETS["thong-bao"]


@pytest.mark.parametrize(
    ("name", "place", "lines"),
    [
        ("Hội đồng nhân dân tỉnh Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu", ("HỘI ĐỒNG NHÂN DÂN", "TỈNH BÀ RỊA - VŨNG TÀU")),
        ("Hội đồng nhân dân Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh", ("HỘI ĐỒNG NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH")),
        ("Hội đồng nhân dân phường Bà Rịa - Long Điền", "Bà Rịa - Long Điền", ("HỘI ĐỒNG NHÂN DÂN", "PHƯỜNG BÀ RỊA - LONG ĐIỀN")),
        ("Ủy ban nhân dân đặc khu Bạch Long Vĩ", "Bạch Long Vĩ", ("ỦY BAN NHÂN DÂN", "ĐẶC KHU BẠCH LONG VĨ")),
    ],
)  # fmt: skip
def test_long_names_break_where_clerks_break_them(name: str, place: str, lines: tuple[str, ...]) -> None:
    assert name_lines(name) == lines
    sheet = replace(NOTICE, letterhead=Letterhead(lines), place=place, issued_on=date(2026, 12, 26))
    reading = Reading(paper_pdf(paper_of(sheet)))
    for line in lines:
        assert 29 < reading.line(line).left < reading.line(line).right < 94
    day = reading.line(f"{place}, ngày 26 tháng 12 năm 2026")
    assert reading.line("Số: 07/TB-HĐND").right < day.left < day.right < 190.5


def test_a_name_too_long_for_any_size_breaks_behind_the_dash() -> None:
    sheet = replace(NOTICE, letterhead=Letterhead(name_lines("HĐND phường Phan Rang - Đông Hải")))
    reading = Reading(paper_pdf(paper_of(sheet)))
    written = [reading.line(line) for line in ("PHƯỜNG PHAN RANG -", "ĐÔNG HẢI")]
    assert [line.size for line in written] == [13, 13]
    assert written[0].centre == pytest.approx(written[1].centre, abs=1)


def test_a_title_of_a_thousand_letters_wraps_in_pdf_and_word() -> None:
    title = ("Về việc giám sát thực hiện chính sách, pháp luật " * 30)[:1000].strip()
    for sheet in (replace(NOTICE, subject=title), replace(LETTER, subject=title)):
        paper = paper_of(sheet)
        reading = Reading(paper_pdf(paper))
        assert all(line.left >= 29 and line.right <= 191 for page in reading.pages for line in page)
        assert title[1:] in " ".join(words(paper_docx(paper)))


def test_one_word_without_a_blank_stays_inside_the_margins() -> None:
    sheet = replace(LETTER, subject="a" * 400, body="b" * 400)
    reading = Reading(paper_pdf(paper_of(sheet)))
    assert all(line.left >= 29 and line.right <= 191 for page in reading.pages for line in page)


def test_letters_of_other_scripts_are_named() -> None:
    with pytest.raises(MissingGlyphError, match=r"“龍” \(U\+9F8D\)") as told:
        paper_pdf(paper_of(replace(NOTICE, body="Ông Lý 龍 dự họp./.")))
    assert "Thay hoặc xóa các ký tự này" in told.value.message


def test_an_annex_of_three_hundred_pages() -> None:
    """In time that grows with the pages: about 0.1 s of one processor each."""
    lines = "".join(f"Kiến nghị số {at} của cử tri xã Phú Lộc.\n" * 2 for at in range(1, 4401))
    started = time.process_time()
    content = paper_pdf(
        paper_of(replace(NOTICE, body=f"Có phụ lục kèm theo./.\nPHỤ LỤC\nKiến nghị\n{lines}"))
    )
    assert time.process_time() - started < 90
    assert page_count(content) >= 300


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("Ngắn", 132, 1),
        ("Về chương trình giám sát của Hội đồng nhân dân tỉnh năm 2027", 132, 2),
        ("", 132, 0),
        ("một" * 90, 132, 1),
    ],
)
def test_a_title_is_never_wider_than_its_limit(text: str, limit: float, lines: int) -> None:
    width = balanced_mm(text, 14, limit)
    assert width <= limit
    assert (width < limit * 0.75) == (lines > 0 and len(text) < 200)


def test_three_long_authorities_stay_in_their_columns() -> None:
    signers = tuple(
        Signer("Chủ tịch", name, ("TM. Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam Thành phố Hồ Chí Minh",))
        for name in ("Nguyễn Đình Lâm", "Vũ Hữu Phước", "Ngô Thị Mai Hương")
    )  # fmt: skip
    reading = Reading(paper_pdf(paper_of(replace(NOTICE, signature=SignatureBlock(signers)))))
    names = [reading.line(signer.name, len(reading.pages) - 1) for signer in signers]
    assert len({round(line.baseline) for line in names}) == 1
    assert all(line.left >= 29 and line.right <= 191 for line in reading.pages[-1])
