"""Every sample under NĐ 30/2020 measured against Phụ lục I, within 1 mm and 0.5 pt; the others by their own rules."""

import re
import subprocess
from collections import Counter
from functools import cache
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from django.core.management import call_command

from documents.paper import numbers, wording
from documents.paper.html import paper_pdf
from documents.paper.kinds import KINDS
from documents.paper.layout import LAYOUT
from documents.paper.model import Align, Article, Heading, LegalBasis, NumberedItem, Paper, Paragraph, Table
from documents.paper.samples.catalogue import ND30, OTHER
from documents.paper.word import paper_docx
from documents.services import page_count
from hdnd.lib.pdf.fonts import text_width_mm
from tests.documents.paper_reading import Line, Reading
from tests.documents.word_reading import pdf_words, tables_of, torn, words

LEFT_CENTRE = 30 + LAYOUT.head_left_mm / 2
RIGHT_CENTRE = 190 - LAYOUT.head_right_mm / 2
PT = 25.4 / 72
every = pytest.mark.parametrize("name", ND30)


@cache
def sample(name: str) -> tuple[Paper, bytes, Reading]:
    paper = (ND30 | OTHER)[name]()  # type: ignore[operator]
    content = paper_pdf(paper)
    return paper, content, Reading(content)


def near(value: float) -> object:
    return pytest.approx(value, abs=1)


def face(line: Line) -> str:
    return line.face.removeprefix("LiberationSerif").removeprefix("-") or "Regular"


def set_as(line: Line, smallest: float, largest: float, style: str, centre: float | None = None) -> None:
    assert smallest - 0.5 <= line.size <= largest + 0.5, line
    assert face(line) == style, line
    if centre is not None:
        assert line.centre == near(centre), line


def test_there_is_a_sample_of_every_type() -> None:
    built = {"phieu-lay-y-kien", "giay-moi", "bien-ban", "thong-bao-ket-luan", "thong-bao-thay-doi"}
    assert set(ND30) == {kind.code for kind in KINDS} | built
    assert all(name.isascii() for name in (*ND30, *OTHER))


@every
def test_page_and_margins(name: str) -> None:
    paper, _, reading = sample(name)
    for at, (size, lines) in enumerate(zip(reading.sizes, reading.pages, strict=True)):
        assert size == (near(210), near(297))
        body = [line for line in lines if not (line.text.isdecimal() and line.baseline < 20)]
        assert min(line.left for line in body) >= 29
        assert max(line.right for line in body) <= 191
        assert max(line.baseline for line in body) <= 277
        number = [line for line in lines if line.baseline < 20]
        assert [line.text for line in number] == (
            [] if _is_first(paper, reading, at) else [str(_own(paper, reading, at))]
        )
        for line in number:
            set_as(line, 13, 14, "Regular", 110)  # fmt: skip


def _is_first(paper: Paper, reading: Reading, page: int) -> bool:
    return _own(paper, reading, page) == 1


def _own(paper: Paper, reading: Reading, page: int) -> int:
    """The page's number in the paper or in its annex."""
    starts = [0] + [
        at for at, lines in enumerate(reading.pages) if any(line.text.startswith("Phụ lục") and face(line) == "Bold" for line in lines[:2])
    ]  # fmt: skip
    assert len(starts) == 1 + len(paper.annexes)
    return page - max(start for start in starts if start <= page) + 1


@every
def test_bodies_nation_symbol_and_date(name: str) -> None:
    paper, _, reading = sample(name)
    nation, motto = reading.line(wording.NATION), reading.line(wording.MOTTO)
    set_as(nation, 12, 13, "Bold", RIGHT_CENTRE)
    set_as(motto, 13, 14, "Bold", RIGHT_CENTRE)
    for line in paper.letterhead.superior_lines:
        set_as(reading.line(line), 12, 13, "Regular", LEFT_CENTRE)
    for line in paper.letterhead.name_lines:
        set_as(reading.line(line), 12, 13, "Bold", LEFT_CENTRE)
    issuer = reading.line(paper.letterhead.name_lines[-1])
    under_motto, under_issuer = reading.rules[0][:2]
    assert (under_motto.left, under_motto.right) == (near(motto.left), near(motto.right))
    assert 1 / 3 <= under_issuer.length / (issuer.right - issuer.left) <= 1 / 2
    assert (under_issuer.left + under_issuer.right) / 2 == near(issuer.centre)
    assert paper.symbol
    written = wording.symbol_line(paper.symbol, paper.form)
    symbol = reading.line(written)
    room = max(LAYOUT.head_left_mm, text_width_mm(written, LAYOUT.symbol_pt))
    set_as(symbol, 13, 13, "Regular", 30 + room / 2)
    assert symbol.baseline > under_issuer.top
    if paper.place_date:  # minutes have none, mẫu 1.9
        day = reading.line(numbers.place_and_date(paper.place_date.place, paper.place_date.day))
        set_as(day, 13, 14, "Italic")
        assert day.left > 30 + room
        assert day.baseline == near(symbol.baseline)
    else:
        assert name == "bien-ban"


@every
def test_title_or_subject_of_a_letter(name: str) -> None:
    paper, _, reading = sample(name)
    if paper.title is None:
        top = next(line for line in reading.pages[0] if line.text.startswith("Số: ")).baseline
        mark = reading.line("KHẨN").baseline
        about = [line for line in reading.pages[0] if line.right < 94 and top < line.baseline < mark]
        assert " ".join(line.text for line in about) == paper.about
        for line in about:
            set_as(line, 12, 13, "Regular", LEFT_CENTRE)
        return
    type_name = reading.line(paper.title.type_name.upper())
    set_as(type_name, 13, 14, "Bold", 110)
    rule = next(rule for rule in reading.rules[0] if rule.top > type_name.baseline)
    subject = [line for line in reading.pages[0] if type_name.baseline < line.baseline < rule.top]
    assert " ".join(line.text for line in subject) == " ".join(paper.title.subject_lines)
    for line in subject:
        set_as(line, 13, 14, "Bold", 110)
    longest = max(line.right - line.left for line in subject)
    assert 1 / 3 - 0.01 <= rule.length / longest <= 1 / 2
    assert (rule.left + rule.right) / 2 == near(110)
    assert longest < 2 * min(line.right - line.left for line in subject)  # no last line of one word


@every
def test_body(name: str) -> None:
    """Size, indent, line distance and the distance between paragraphs, and each kind of block in its style."""
    paper, _, reading = sample(name)
    lines = [line for page in reading.pages for line in page]

    def starting(text: str) -> Line:
        found = [line for line in lines if text.startswith(line.text) and len(line.text) > 1]
        assert found, text
        return max(found, key=lambda line: len(line.text))

    for block in paper.blocks:
        match block:
            case LegalBasis():
                for ground in wording.basis_lines(block):
                    set_as(starting(ground), 13, 14, "Italic")
            case Heading():
                set_as(starting(block.number), 13, 14, "Bold", 110)
                set_as(starting(block.title.upper()), 13, 14, "Bold", 110)
            case Article():
                title = starting(wording.article_title(block))
                set_as(title, 13, 14, "Bold")
                assert title.left == near(42.7)
                for text in wording.clause_lines(block):
                    set_as(starting(text), 13, 14, "Regular")
                    assert starting(text).left == near(42.7)
            case NumberedItem():
                line = starting(wording.item_title(block)) if block.title else None
                if line:
                    set_as(line, 13, 14, "Bold")
                    assert line.left == near(42.7)
            case Paragraph(indented=True):
                line = starting("".join(run.text for run in block.runs))
                assert (13 <= line.size <= 14, line.left) == (True, near(42.7))
            case Paragraph(align=Align.CENTER):
                set_as(starting(block.runs[0].text), 13, 14, "Bold", 110)
            case Paragraph() | Table():
                pass  # heads repeat: test_paper_layout
    text = [line for line in reading.pages[0] if line.left in (near(30), near(42.7)) and line.size == 14]
    steps = [below.baseline - above.baseline for above, below in pairwise(text)]
    # Single to 1.5 lines, at least 6 pt between paragraphs.
    inside = [step for step in steps if 0 < step < 8]
    between = [step for step in steps if 8 < step < 9]
    assert all(14 * 1.15 * PT <= step <= 14 * 1.15 * 1.5 * PT for step in inside)
    assert all(step - 14 * 1.3225 * PT >= 6 * PT - 0.1 for step in between)
    assert between or inside


@every
def test_salutation_signature_and_recipients(name: str) -> None:
    paper, _, reading = sample(name)
    last = len(reading.pages) - 1 - sum(1 for _ in paper.annexes)
    if paper.salutation:
        word, *listed = wording.salutation_lines(paper.salutation)
        set_as(reading.line(word), 13, 14, "Regular", None if listed else 110)
        lefts = {round(reading.line(line).left) for line in listed}
        assert len(lefts) <= 1
    assert paper.signature
    assert paper.recipients
    signers = paper.signature.signers
    for at, signer in enumerate(signers):
        if not signer.name:  # whoever answers signs by hand
            continue
        line = reading.line(signer.name, last)
        centre = (
            190 - LAYOUT.closing_right_mm / 2 if len(signers) == 1 else 30 + 160 / len(signers) * (at + 0.5)
        )
        set_as(line, 13, 14, "Bold", centre)
        for text in (*signer.authority, signer.title):
            above = [
                one
                for one in reading.pages[last]
                if text.upper().startswith(one.text) and one.baseline < line.baseline
            ]
            assert above, text
            assert all((face(one), 13 <= one.size <= 14) == ("Bold", True) for one in above)  # fmt: skip
    word = reading.line("Nơi nhận:", last)
    set_as(word, 12, 12, "BoldItalic")
    assert word.left == near(30)
    for text in wording.recipient_lines(paper.recipients):
        line = next(
            one for one in reading.pages[last] if one.text and text.startswith(one.text) and one.left < 31
        )
        set_as(line, 11, 11, "Regular")  # fmt: skip


@every
def test_annexes(name: str) -> None:
    paper, _, reading = sample(name)
    pages = range(len(reading.pages) - len(paper.annexes), len(reading.pages))
    for at, annex in zip(pages, paper.annexes, strict=True):
        set_as(reading.line("Phụ lục", at), 14, 14, "Bold", 110)
        set_as(reading.line(annex.title.upper(), at), 13, 14, "Bold", 110)
        set_as(reading.line(f"({annex.reference})", at), 13, 14, "Italic", 110)


@pytest.mark.parametrize("name", [*ND30, *OTHER])
def test_word_says_what_the_pdf_says(name: str) -> None:
    paper, content, _ = sample(name)
    in_word = re.sub("[☐☑]", "", " ".join(words(paper_docx(paper)))).split()
    assert torn(Counter(in_word)) == torn(pdf_words(content, tables_of(paper)))


def test_the_partys_form() -> None:
    paper, _, reading = sample("nghi-quyet-tinh-uy")
    head = reading.line("ĐẢNG CỘNG SẢN VIỆT NAM")
    set_as(head, 15, 15, "Bold", RIGHT_CENTRE)
    (rule,) = reading.rules[0][:1]
    assert (rule.left, rule.right, 0 < rule.top - head.baseline < 3) == (
        near(head.left),
        near(head.right),
        True,
    )
    set_as(reading.line("TỈNH ỦY VĨNH GIANG"), 14, 14, "Bold", LEFT_CENTRE)
    star, symbol = reading.line("*"), reading.line("Số 13-NQ/TU")
    assert reading.line("TỈNH ỦY VĨNH GIANG").baseline < star.baseline < symbol.baseline
    day = reading.line("Vĩnh Giang, ngày 22 tháng 6 năm 2026")
    set_as(day, 14, 14, "Italic", RIGHT_CENTRE)
    assert day.baseline == near(symbol.baseline)
    set_as(reading.line("NGHỊ QUYẾT"), 16, 16, "Bold", 110)
    set_as(reading.line("T/M TỈNH ỦY"), 14, 14, "Bold")
    set_as(reading.line("BÍ THƯ"), 14, 14, "Regular")
    word = reading.line("Nơi nhận:")
    set_as(word, 14, 14, "Regular")
    assert [rule for rule in reading.rules[0] if 0 < rule.top - word.baseline < 2], "no line under Nơi nhận"
    assert "- Lưu Văn phòng Tỉnh ủy." in [line.text for line in reading.pages[0]]
    assert wording.NATION not in reading.words
    assert "K/T BÍ THƯ" in sample("cong-van-dang-uy")[2].words
    assert "Số 45-CV/ĐU V/v cho ý kiến" in " ".join(words(paper_docx(sample("cong-van-dang-uy")[0])))
    assert paper.form.value == "party"


def test_the_fronts_form() -> None:
    reading = sample("ke-hoach-mttq")[2]
    set_as(reading.line("ỦY BAN MTTQ VIỆT NAM"), 13, 13, "Regular", LEFT_CENTRE)
    set_as(reading.line("BAN THƯỜNG TRỰC"), 13, 13, "Bold", LEFT_CENTRE)
    assert reading.line("Số: 12/KH-MTTQ-BTT")
    assert reading.line(wording.NATION)
    assert "ĐẢNG CỘNG SẢN" not in reading.words


@pytest.mark.parametrize("name", ["phieu-bieu-quyet", "phieu-bau", "phieu-tin-nhiem", "phieu-lay-y-kien"])
def test_boxes_are_drawn(name: str) -> None:
    paper, content, reading = sample(name)
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    boxes = sum(not isinstance(cell, str) for row in table.rows for cell in row)
    with pdfplumber.open(BytesIO(content)) as pdf:
        drawn = [
            shape for shape in (*pdf.pages[0].rects, *pdf.pages[0].curves)
            if abs(shape["width"] * PT - LAYOUT.tick_mm) < 1 and abs(shape["height"] * PT - LAYOUT.tick_mm) < 1
        ]  # fmt: skip
    places = {(round(shape["x0"]), round(shape["top"])) for shape in drawn}
    assert len(places) >= boxes > 0
    assert not set("☐☑□") & set(reading.words)


def test_the_command_writes_all_of_them_and_libreoffice_loses_nothing(tmp_path: Path) -> None:
    """One run of LibreOffice for all Word files: the same words on as many pages as our PDF has."""
    call_command("render_samples", out=str(tmp_path), stdout=StringIO())
    for folder, names in (("nd30", ND30), ("other", OTHER)):
        expected = {f"{name}.{end}" for name in names for end in ("pdf", "docx")}
        assert {file.name for file in (tmp_path / folder).iterdir()} == expected
    files = sorted(str(file) for file in tmp_path.glob("*/*.docx"))
    out = tmp_path / "lo"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(out), *files],
        check=True,
        capture_output=True,
        timeout=180,
    )
    for file in sorted(tmp_path.glob("*/*.docx")):
        ours, converted = file.with_suffix(".pdf").read_bytes(), (out / f"{file.stem}.pdf").read_bytes()
        tables = tables_of((ND30 | OTHER)[file.stem]())  # type: ignore[operator]
        lost = re.sub("[☐☑]", "", torn(pdf_words(converted, tables)))
        assert lost == torn(pdf_words(ours, tables)), file.stem
        assert page_count(converted) == page_count(ours), file.stem
