"""Binding: tags, bookmarks, labels and numbers, whatever the sources are."""

import io
from collections.abc import Sequence

import pdfplumber
import pikepdf
import pytest
from pikepdf import pdfa

from hdnd.lib.pdf import render_pdf
from hdnd.lib.pdf.errors import UnreadablePdf
from hdnd.lib.pdf.packs import LINK_BASE, Part, bind, look_at, roman
from hdnd.lib.pdf.pictures import picture_pdf
from tests.lib import pdf_sources
from tests.lib.pdf_structure import Structure, faults

STYLE = '<style>@page { size: A4; margin: 20mm } html { font: 14pt "Liberation Serif" }</style>'


def own(body: str) -> bytes:
    return render_pdf(f"<html><head>{STYLE}</head><body>{body}</body></html>", title="Tờ trình")


FRONT = own(f'<h1>Bìa</h1><p style="break-before: page"><a href="{LINK_BASE}1">Một</a></p>')
PAPER = own(
    "<h1>Tờ trình</h1><table><thead><tr><th>TT</th></tr></thead><tbody>"
    + "<tr><td>một</td></tr>" * 75
    + "</tbody></table>"
)


def bound(*parts: tuple[str, bytes, Sequence[str]], group: str = "") -> bytes:
    made = [Part(title, lambda content=content: content, labels, group) for title, content, labels in parts]  # type: ignore[misc]
    return bind(FRONT, made, title="Tập tài liệu", author="HĐND tỉnh", progress=lambda done, total: None)


def stamped(content: bytes) -> list[str]:
    """The number printed on each page, as a reader sees it: the rightmost word of the lowest line."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        found = []
        for page in pdf.pages:
            corner = page.crop((page.width - 100, page.height - 50, page.width, page.height))
            found.append((corner.extract_text() or "").strip())
        return found


def labels(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [page.label for page in pdf.pages]


def pages_of(content: bytes) -> int:
    return look_at(content).pages


def test_our_own_papers_stay_tagged_and_archivable() -> None:
    content = bound(
        ("Tờ trình", PAPER, ["1", "2", "3"]), ("Giải trình", PAPER, ["3a", "3b", "3c"]), ("Báo cáo", PAPER, ["4", "5", "6"]),
    )  # fmt: skip
    assert pages_of(PAPER) == 3
    assert faults(content, tables=3) == []
    found = [finding.message for finding in pdfa.validate_written(io.BytesIO(content), "2b").findings]
    assert found == ["pdfaid:conformance is 'A', expected 'B'"]
    one = Structure(content)
    assert [str(section.T) for section in one.of("/Sect") if "/T" in section] == [
        "Tập tài liệu", "Tờ trình", "Giải trình", "Báo cáo",
    ]  # fmt: skip


def test_the_number_on_paper_is_the_number_on_screen() -> None:
    content = bound(
        ("Một", PAPER, ["1", "2", "3"]), ("Hai", PAPER, ["3a", "3b", "7"]), ("Ba", PAPER, ["8", "9", "11"])
    )
    assert labels(content) == ["i", "ii", "1", "2", "3", "3a", "3b", "7", "8", "9", "11"]
    assert stamped(content) == ["", *labels(content)[1:]]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [pdf_sources.A4, pdf_sources.LANDSCAPE])
def test_a_page_keeps_its_way_up_and_is_numbered_where_it_is_read(size: tuple[int, int], rotate: int) -> None:
    content = bound(("Phụ lục", pdf_sources.scan(size=size, rotate=rotate), ["12a"]))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[2]
        assert [float(edge) for edge in page.mediabox] == [0, 0, *size]
        assert int(page.rotation) == rotate
    assert stamped(content)[2] == "12a"
    with pdfplumber.open(io.BytesIO(content)) as read:
        chars = [char for char in read.pages[2].chars if char["text"] in "12a"]
    assert {(char["upright"], round(char["size"])) for char in chars} == {(True, 11)}


def test_scans_and_strangers_are_bound_too_but_are_no_archive() -> None:
    content = bound(
        ("Tờ trình", PAPER, ["1", "2", "3"]),
        ("Bản quét", pdf_sources.scan(300), [str(n) for n in range(4, 304)]),
    )
    assert faults(content, tables=1) == []
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert "pdfaid:part" not in metadata
        assert len(pdf.pages) == 305


def test_bookmarks_by_item_and_links_of_the_contents() -> None:
    content = bound(
        ("01. Một", PAPER, ["1", "2", "3"]), ("02. Hai", PAPER, ["4", "5", "6"]), group="1. Báo cáo"
    )
    with pikepdf.open(io.BytesIO(content)) as pdf:
        place = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            contents, item = outline.root
            assert [(kid.title, place[kid.destination[0].objgen]) for kid in item.children] == [
                ("01. Một", 2),
                ("02. Hai", 5),
            ]
            assert (contents.title, item.title) == ("Mục lục", "1. Báo cáo")
        (link,) = pdf.pages[1].Annots
        assert "/A" not in link
        assert place[link.Dest[0].objgen] == 2


def test_what_a_signature_shows_stays_as_a_picture() -> None:
    content = pdf_sources.signed()
    assert look_at(content).is_signed
    assert not look_at(PAPER).is_signed
    pack = bound(("Đã ký", content, ["1"]))
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not list(pdf.pages[2].obj.get("/Annots", []))
        painted = [str(step.operator) for step in pikepdf.parse_content_stream(pdf.pages[2])]
        assert painted.count("Do") == 2  # the signature's picture and the number
    assert faults(pack) == []
    assert look_at(content).is_signed


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (pdf_sources.with_password(), "tệp có mật khẩu"),
        (b"%PDF-1.7 gi do khac", "tệp hỏng, không đọc được"),
        (PAPER[: len(PAPER) // 3], "tệp hỏng, không đọc được"),
        (b"", "tệp hỏng, không đọc được"),
    ],
)
def test_what_cannot_be_bound_is_told(content: bytes, why: str) -> None:
    with pytest.raises(UnreadablePdf) as caught:
        look_at(content)
    assert caught.value.message == why
    with pytest.raises(UnreadablePdf) as caught:
        bound(("Tờ trình", PAPER, ["1", "2", "3"]), ("Phụ lục 1", content, ["4"]))
    assert caught.value.message == f"Phụ lục 1: {why}"


@pytest.mark.parametrize(("size", "page"), [((1200, 800), (842, 595)), ((800, 1200), (595, 842))])
@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_becomes_a_page(kind: str, size: tuple[int, int], page: tuple[int, int]) -> None:
    content = picture_pdf(pdf_sources.picture(kind, size), f"image/{kind}", "Ảnh chụp")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        (one,) = pdf.pages
        (image,) = one.images
        assert (round(one.width), round(one.height)) == page
        assert image["x0"] >= 56
        assert image["x1"] <= one.width - 42
        assert round((image["x1"] - image["x0"]) / (image["bottom"] - image["top"]), 2) == round(
            size[0] / size[1], 2
        )
    tree = Structure(content)
    (figure,) = tree.of("/Figure")
    assert str(figure.Alt) == "Ảnh chụp"
    pack = bound(("Ảnh chụp", content, ["1"]))
    assert faults(pack) == []
    found = [finding.message for finding in pdfa.validate_written(io.BytesIO(pack), "2b").findings]
    assert found == ["pdfaid:conformance is 'A', expected 'B'"]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff"])
def test_a_broken_picture_is_told(content: bytes) -> None:
    with pytest.raises(UnreadablePdf) as caught:
        picture_pdf(content, "image/png", "Ảnh")
    assert caught.value.message == "ảnh hỏng, không đọc được"


def test_a_picture_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hdnd.lib.pdf.pictures.MOST_PIXELS", 99)
    with pytest.raises(UnreadablePdf) as caught:
        picture_pdf(pdf_sources.picture("png", (10, 10)), "image/png", "Ảnh")
    assert caught.value.message == "ảnh quá lớn"


def test_more_pages_than_labels_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"longer|shorter"):
        bound(("Tờ trình", PAPER, ["1"]))


def test_the_same_parts_give_the_same_bytes() -> None:
    part = ("Tờ trình", PAPER, ["1", "2", "3"])
    assert bound(part, ("Quét", pdf_sources.scan(), ["4"])) == bound(
        part, ("Quét", pdf_sources.scan(), ["4"])
    )


def test_roman_numbers() -> None:
    assert [roman(n) for n in (1, 2, 4, 9, 14, 40, 99)] == ["i", "ii", "iv", "ix", "xiv", "xl", "xcix"]
