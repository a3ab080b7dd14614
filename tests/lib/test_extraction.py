"""Words out of stored files: as they are read, within limits, and never an error."""

import io
from collections.abc import Callable

import pytest

from documents.paper.html import paper_pdf
from documents.paper.invitation import invitation
from documents.paper.word import paper_docx
from hdnd.lib import extraction
from hdnd.lib.extraction import Extracted, extract
from hdnd.lib.text import fold, fold_in_place
from tests.blank_pdf import BLANK
from tests.documents.paper_samples import AGENDA, invitation_paper
from tests.lib import files_at_hand as hand

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body: str, before: str = "") -> bytes:
    return hand.word(
        {"word/document.xml": f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'}
    )


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


@pytest.mark.parametrize(("name", "render"), [("a.pdf", paper_pdf), ("a.docx", paper_docx)])
def test_our_own_papers_give_their_words(name: str, render: Callable[..., bytes]) -> None:
    found = extract(name, render(invitation(invitation_paper())))
    assert found.why == ""
    for line in (*AGENDA[:4], "GIẤY MỜI", "Phòng họp số 2, Trụ sở HĐND tỉnh"):
        text = line if isinstance(line, str) else line.title
        assert fold(text) in fold(found.text), text


def test_word_in_reading_order_with_runs_joined() -> None:
    body = (
        paragraph("Điều 1. Ph", "ê duyệt")
        + "<w:tbl><w:tr><w:tc>"
        + paragraph("Biểu 1")
        + "</w:tc></w:tr></w:tbl>"
    )
    assert extract("a.docx", document(body)) == Extracted("Điều 1. Phê duyệt Biểu 1")


def test_a_word_file_reaches_for_nothing() -> None:
    secret = '<!DOCTYPE a [<!ENTITY bi_mat SYSTEM "file:///etc/passwd">]>'
    found = extract("a.docx", document(paragraph("Mật: &bi_mat; hết"), before=secret))
    assert "root" not in found.text


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("quet.pdf", BLANK, "no_layer"),
        ("hong.pdf", BLANK[:200], "unreadable"),
        ("mat-khau.pdf", hand.encrypted_pdf(), "unreadable"),
        ("hong.docx", b"PK", "unreadable"),
        ("anh.png", hand.picture(), "other_kind"),
    ],
)
def test_without_words_it_says_why(name: str, content: bytes, why: str) -> None:
    assert extract(name, content) == Extracted("", why)


@pytest.mark.parametrize(("limit", "value"), [("MAX_LETTERS", 20), ("MAX_SECONDS", -1.0)])
def test_what_is_too_long_is_cut(monkeypatch: pytest.MonkeyPatch, limit: str, value: float) -> None:
    monkeypatch.setattr(extraction, limit, value)
    found = extract("a.docx", document(paragraph("một hai ba bốn năm sáu") * 3))
    assert (found.why, found.text.startswith("một hai ba")) == ("cut", True)
    assert len(found.text) <= 22


def test_what_a_database_can_not_store_is_left_out() -> None:
    from pypdf import PdfWriter

    assert extraction._tidy(["a\x00b", "\ud800", "Đie\u0302\u0300u"]) == "a b Điều"
    out = io.BytesIO()
    PdfWriter().write(out)
    assert extract("rong.pdf", out.getvalue()) == Extracted("", "no_layer")


@pytest.mark.parametrize("text", ["Đại hội", "ẮẶ ỡ", "ß №", "Kết luận số 05", "한글 ﬁ"])
def test_folded_in_place_is_as_long(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)
    assert fold_in_place("Đại hội Ẵ") == "dai hoi a"
