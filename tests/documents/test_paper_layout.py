"""The rendered page measured against NĐ 30/2020, Phụ lục I: within 1 mm and 0.5 pt."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from documents import paper as paper_package
from documents.paper.html import paper_html, paper_pdf
from documents.paper.invitation import Addressee, invitation
from documents.paper.layout import LAYOUT
from documents.paper.model import (
    Annex,
    Article,
    Clause,
    Column,
    DocTitle,
    Heading,
    LegalBasis,
    Letterhead,
    Paper,
    PaperError,
    Paragraph,
    PlaceDate,
    Point,
    Recipients,
    Salutation,
    SignatureBlock,
    Signer,
    Symbol,
    Table,
    Urgency,
    text,
)
from tests.documents import paper_samples as samples
from tests.documents.paper_reading import Line, Reading

LEFT_CENTRE = 30 + LAYOUT.head_left_mm / 2
RIGHT_CENTRE = 190 - LAYOUT.head_right_mm / 2


@pytest.fixture(scope="module")
def invited() -> Reading:
    return Reading(paper_pdf(invitation(samples.invitation_paper())))


def near(value: float) -> object:
    return pytest.approx(value, abs=1)


def face(line: Line) -> tuple[float, str]:
    return (line.size, line.face.removeprefix("LiberationSerif").removeprefix("-") or "Regular")


def plain_paper(*blocks: object, **changes: object) -> Paper:
    values: dict[str, object] = {
        "name": "Quyết định",
        "letterhead": samples.COUNCIL,
        "title": DocTitle("Quyết định", ("Về việc kiện toàn Ban Pháp chế",)),
        "blocks": blocks,
    }
    return Paper(**{**values, **changes})  # type: ignore[arg-type]


def test_page_is_a4_with_the_margins(invited: Reading) -> None:
    assert invited.sizes == [(near(210), near(297))] * 2
    for page, lines in enumerate(invited.pages):
        body = [line for line in lines if not (page and line.text == "2")]
        assert min(line.left for line in body) == near(30)
        assert max(line.right for line in body) <= 190.5
        assert max(line.baseline for line in body) <= 277
    first_baseline = invited.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").baseline
    # The baseline of bold 13 pt lies 4.3 mm below the top of its line box of 1.2.
    assert first_baseline - 4.3 == near(20)


@pytest.mark.parametrize(
    ("written", "size_and_face", "centre"),
    [
        ("HỘI ĐỒNG NHÂN DÂN", (13, "Regular"), LEFT_CENTRE),
        ("TỈNH VĨNH GIANG", (13, "Regular"), LEFT_CENTRE),
        ("THƯỜNG TRỰC", (13, "Bold"), LEFT_CENTRE),
        ("Số: 31/GM-HĐND", (13, "Regular"), LEFT_CENTRE),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (13, "Bold"), RIGHT_CENTRE),
        ("Độc lập - Tự do - Hạnh phúc", (14, "Bold"), RIGHT_CENTRE),
        ("Vĩnh Giang, ngày 18 tháng 6 năm 2026", (13, "Italic"), RIGHT_CENTRE),
        ("GIẤY MỜI", (14, "Bold"), 110),
        ("Dự Phiên họp thứ 3 Thường trực HĐND tỉnh", (14, "Bold"), 110),
    ],
)
def test_head(invited: Reading, written: str, size_and_face: tuple[float, str], centre: float) -> None:
    line = invited.line(written)
    assert face(line) == (pytest.approx(size_and_face[0], abs=0.5), size_and_face[1])
    assert line.centre == near(centre)


def test_symbol_and_date_share_a_line(invited: Reading) -> None:
    date_line = invited.line("Vĩnh Giang, ngày 18 tháng 6 năm 2026")
    assert invited.line("Số: 31/GM-HĐND").baseline == near(date_line.baseline)


def test_rules_under_body_motto_and_subject(invited: Reading) -> None:
    motto = invited.line("Độc lập - Tự do - Hạnh phúc")
    issuer = invited.line("THƯỜNG TRỰC")
    subject = invited.line("Dự Phiên họp thứ 3 Thường trực HĐND tỉnh")
    under_motto, under_issuer, under_subject = invited.rules[0]
    assert (under_motto.left, under_motto.right) == (near(motto.left), near(motto.right))
    for rule, line in ((under_issuer, issuer), (under_subject, subject)):
        assert 1 / 3 <= rule.length / (line.right - line.left) <= 1 / 2
        assert (rule.left + rule.right) / 2 == near(line.centre)
        assert 0 < rule.top - line.baseline < 3
    assert 0 < under_motto.top - motto.baseline < 3


def test_a_body_with_none_above_it_is_bold_in_both_lines() -> None:
    reading = Reading(paper_pdf(plain_paper()))
    assert face(reading.line("HỘI ĐỒNG NHÂN DÂN")) == (13, "Bold")
    assert face(reading.line("TỈNH VĨNH GIANG")) == (13, "Bold")


@pytest.mark.parametrize(
    "name_lines",
    [
        ("ĐOÀN ĐẠI BIỂU QUỐC HỘI", "THÀNH PHỐ HỒ CHÍ MINH"),
        ("BAN KINH TẾ - NGÂN SÁCH",),
        ("HỘI ĐỒNG NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH"),
    ],
)
def test_long_names_stay_on_their_lines(name_lines: tuple[str, ...]) -> None:
    reading = Reading(paper_pdf(plain_paper(letterhead=Letterhead(name_lines))))
    for name in name_lines:
        assert reading.line(name).right < 94


def test_the_longest_place_and_date_stay_on_one_line() -> None:
    day = date(2026, 12, 26)
    reading = Reading(paper_pdf(plain_paper(place_date=PlaceDate("Thành phố Hồ Chí Minh", day))))
    line = reading.line("Thành phố Hồ Chí Minh, ngày 26 tháng 12 năm 2026")
    assert line.right < 190.5


def test_body(invited: Reading) -> None:
    opening = invited.line("Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang trân trọng kính mời:")
    following = invited.line("- Lãnh đạo Ủy ban nhân dân tỉnh;")
    assert face(opening) == (14, "Regular")
    assert opening.left == near(30 + 12.7)
    # 1.3225 lines of 14 pt and 6 pt between paragraphs are 8.65 mm.
    assert following.baseline - opening.baseline == pytest.approx(8.65, abs=0.1)
    wrapped = invited.line("Chánh Văn phòng; 15 phút);")
    above = invited.line("(1) Kết quả công tác tháng 6, nhiệm vụ trọng tâm tháng 7/2026 (trình bày:")
    assert wrapped.left == near(30)
    assert above.right == near(190)
    assert wrapped.baseline - above.baseline == pytest.approx(14 * 1.3225 / 72 * 25.4, abs=0.1)


def test_signature_and_recipients(invited: Reading) -> None:
    column_centre = 190 - LAYOUT.closing_right_mm / 2
    for written in ("TM. THƯỜNG TRỰC HĐND", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Hải Yến"):
        line = invited.line(written, page=1)
        assert face(line) == (14, "Bold")
        assert line.centre == near(column_centre)
        assert line.left > 105
    space = invited.line("Trần Thị Hải Yến", 1).baseline - invited.line("PHÓ CHỦ TỊCH", 1).baseline
    assert 25 < space < 40
    word = invited.line("Nơi nhận:", 1)
    assert (face(word), word.left) == ((12, "BoldItalic"), near(30))
    for written in ("- Như trên;", "- Lãnh đạo Văn phòng;", "- Lưu: VT, P.TH."):
        line = invited.line(written, 1)
        assert (face(line), line.left) == ((11, "Regular"), near(30))


def test_page_number_from_page_two_in_the_middle_of_the_top(invited: Reading) -> None:
    assert not [line for line in invited.pages[0] if line.baseline < 20]
    (number,) = [line for line in invited.pages[1] if line.baseline < 20]
    assert (number.text, face(number), number.centre) == ("2", (14, "Regular"), near(110))


def test_the_signature_takes_the_last_paragraph_along() -> None:
    """Whatever the length of the text, the page with the signature begins with body text."""
    for paragraphs in range(14, 24):
        filler = [Paragraph(text(f"Đoạn thứ {at} của văn bản.")) for at in range(paragraphs)]
        paper = plain_paper(*filler, signature=samples.DEPUTY_SIGNS, recipients=samples.RECIPIENTS)
        reading = Reading(paper_pdf(paper))
        last = [line.text for line in reading.pages[-1]]
        assert f"Đoạn thứ {paragraphs - 1} của văn bản." in last
        assert {"TM. THƯỜNG TRỰC HĐND", "Trần Thị Hải Yến", "Nơi nhận:", "- Lưu: VT, P.TH."} <= set(last)


def test_two_and_three_signers_stand_side_by_side() -> None:
    three = SignatureBlock(
        (
            Signer("Chủ tịch", "Nguyễn Đình Lâm", authority=("TM. Thường trực HĐND",)),
            Signer("Chủ tịch", "Vũ Hữu Phước", authority=("TM. Ủy ban nhân dân",)),
            Signer("Chủ tịch", "Ngô Thị Mai Hương", authority=("TM. Ban Thường trực",)),
        )
    )
    for block, centres in (
        (three, (56.7, 110, 163.3)),
        (replace(three, signers=three.signers[:2]), (70, 150)),
    ):
        reading = Reading(paper_pdf(plain_paper(signature=block, recipients=samples.RECIPIENTS)))
        names = [reading.line(signer.name) for signer in block.signers]
        assert [line.centre for line in names] == [near(centre) for centre in centres]
        assert len({round(line.baseline) for line in names}) == 1
        assert reading.line("Nơi nhận:").baseline > names[0].baseline


@pytest.mark.parametrize("count", [0, 4])
def test_the_number_of_signers_has_an_end(count: int) -> None:
    with pytest.raises(PaperError, match="one to three"):
        SignatureBlock((Signer("Chủ tịch", "A"),) * count)


def test_articles_grounds_and_headings() -> None:
    paper = plain_paper(
        LegalBasis(("Căn cứ Luật Tổ chức chính quyền địa phương;", "Căn cứ Quy chế làm việc")),
        Heading("Chương I", "Quy định chung"),
        Article(1, "Phạm vi", (Clause("Quyết định này quy định về tổ chức."),)),
        Article(
            2,
            "Nội dung",
            (Clause("Khoản đầu:", tuple(Point(f"điểm {at};") for at in range(5))), Clause("Khoản sau.")),
        ),
    )
    reading = Reading(paper_pdf(paper))
    assert face(reading.line("Căn cứ Luật Tổ chức chính quyền địa phương;")) == (14, "Italic")
    assert face(reading.line("Căn cứ Quy chế làm việc.")) == (14, "Italic")
    for written in ("Chương I", "QUY ĐỊNH CHUNG"):
        assert face(reading.line(written)) == (14, "Bold")
        assert reading.line(written).centre == near(110)
    article = reading.line("Điều 2. Nội dung")
    assert (face(article), article.left) == ((14, "Bold"), near(42.7))
    assert reading.line("Quyết định này quy định về tổ chức.").left == near(42.7)
    written = [line.text for line in reading.pages[0]]
    assert written[-7:] == [
        "1. Khoản đầu:",
        "a) điểm 0;",
        "b) điểm 1;",
        "c) điểm 2;",
        "d) điểm 3;",
        "đ) điểm 4;",
        "2. Khoản sau.",
    ]


@pytest.mark.parametrize("urgency", list(Urgency))
def test_urgency_mark(urgency: Urgency) -> None:
    content = paper_pdf(plain_paper(symbol=Symbol(7, "QĐ-HĐND"), urgency=urgency))
    line = Reading(content).line(urgency.value[0])
    assert face(line) == (13, "Bold")
    assert line.centre == near(LEFT_CENTRE)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        red = [char for char in pdf.pages[0].chars if char["non_stroking_color"][0] > 0.7]
        frame = pdf.pages[0].curves + pdf.pages[0].rects
        widths = [round(shape["width"] / 72 * 25.4) for shape in frame]
        heights = [round(shape["height"] / 72 * 25.4) for shape in frame]
    assert "".join(char["text"] for char in red) == urgency.value[0]
    assert (urgency.value[1], 8) in set(zip(widths, heights, strict=True))


def test_official_letter_has_its_subject_under_the_symbol() -> None:
    letter = plain_paper(
        title=None,
        about="V/v giải quyết kiến nghị cử tri",
        symbol=Symbol(45, "HĐND-VP"),
        place_date=PlaceDate("Vĩnh Giang", None),
        salutation=Salutation(("Sở Tài chính", "Sở Nội vụ")),
    )
    reading = Reading(paper_pdf(letter))
    about = reading.line("V/v giải quyết kiến nghị cử tri")
    assert (face(about), about.centre) == ((13, "Regular"), near(LEFT_CENTRE))
    assert about.baseline > reading.line("Số: 45/HĐND-VP").baseline
    assert reading.line("- Sở Nội vụ.").left == reading.line("- Sở Tài chính;").left
    assert face(reading.line("Kính gửi:")) == (14, "Regular")


def test_one_addressee_stands_on_the_line_of_kinh_gui() -> None:
    reading = Reading(paper_pdf(plain_paper(salutation=Salutation(("Ủy ban nhân dân tỉnh",)))))
    assert reading.line("Kính gửi: Ủy ban nhân dân tỉnh.").centre == near(110)


def test_a_paper_has_a_type_or_is_a_letter() -> None:
    with pytest.raises(PaperError, match="V/v"):
        plain_paper(title=None)
    with pytest.raises(PaperError, match="V/v"):
        plain_paper(about="V/v kiểm tra")


def test_annexes_count_their_own_pages_and_may_lie_across() -> None:
    filler = tuple(Paragraph(text(f"Dòng {at}.")) for at in range(50))
    wide = Table((Column("TT", 20), Column("Nội dung", 220)), tuple((str(at), "Việc") for at in range(30)))
    paper = plain_paper(
        *filler,
        annexes=(
            Annex("Danh mục", filler, reference="Kèm theo Quyết định số 07/QĐ-HĐND"),
            Annex("Biểu tổng hợp", (wide,), landscape=True),
        ),
    )
    reading = Reading(paper_pdf(paper))
    numbers = [[line.text for line in lines if line.baseline < 18] for lines in reading.pages]
    assert numbers == [[], ["2"], [], ["2"], [], ["2"]]
    assert reading.sizes == [(near(210), near(297))] * 4 + [(near(297), near(210))] * 2
    assert face(reading.line("Phụ lục I", page=2)) == (14, "Bold")
    assert face(reading.line("DANH MỤC", page=2)) == (14, "Bold")
    assert face(reading.line("(Kèm theo Quyết định số 07/QĐ-HĐND)", page=2)) == (14, "Italic")
    assert reading.line("Phụ lục II", page=4).centre == near(153.5)


def test_table_head_repeats_and_columns_keep_their_width() -> None:
    table = Table(
        (Column("TT", 15), Column("Họ và tên", 100)), tuple((str(at), "Lò Văn Sáng") for at in range(60))
    )
    content = paper_pdf(plain_paper(table))
    reading = Reading(content)
    assert [tables[0][0] for tables in reading.tables] == [["TT", "Họ và tên"]] * len(reading.tables)
    assert len(reading.tables) == 3
    rows = [row for tables in reading.tables for row in tables[0][1:]]
    assert rows == [[str(at), "Lò Văn Sáng"] for at in range(60)]


def test_a_row_must_fit_its_table() -> None:
    with pytest.raises(PaperError, match="2 cells"):
        Table((Column("TT", 10),), (("1", "2"),))


def test_only_our_font_is_inside(invited: Reading) -> None:
    assert invited.faces == {
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-Italic",
        "LiberationSerif-BoldItalic",
    }


def test_every_text_is_escaped_and_composed() -> None:
    evil = "<script>alert(1)</script> & \"x\" 'y' http://127.0.0.1/"
    decomposed = "Nghi\u0323 quye\u0302\u0301t\u200b"
    paper = plain_paper(
        Paragraph(text(f"{evil} {decomposed}")),
        Table((Column(evil, 160),), ((evil,),)),
        name=evil,
        letterhead=Letterhead((evil,), (evil,)),
        title=DocTitle(evil, (evil,)),
        symbol=Symbol(1, evil),
        place_date=PlaceDate(evil, None),
        salutation=Salutation((evil, evil)),
        signature=SignatureBlock((Signer(evil, evil, authority=(evil,), note=evil),)),
        recipients=Recipients((evil,), evil),
        annexes=(Annex(evil, (Heading(evil, evil),), reference=evil),),
    )
    html = paper_html(paper)
    assert "<script" not in html.lower()
    assert html.count("&lt;script&gt;") + html.count("&lt;SCRIPT&gt;") == 22
    content = paper_pdf(paper)
    assert f"{evil} Nghị quyết" in Reading(content).words
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == evil


def test_every_measure_is_used_by_the_style_sheet() -> None:
    style = re.findall(r"<style>(.*?)</style>", paper_html(plain_paper()), re.DOTALL)[0]
    assert "$" not in style
    source = (Path(paper_package.__file__).parent / "paper.css").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{(\w+)\}", source)) == set(LAYOUT.values())


def test_the_style_sheet_raises_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    paper_pdf(invitation(samples.invitation_paper(addressees=(Addressee("Sở Tài chính"),) * 12)))
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []
