"""The PDF engine: what goes in, what is refused, and what the file must be."""

import importlib.util
import io
import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from hdnd.lib.errors import DomainError
from hdnd.lib.pdf import ASSET_BASE, FontMissingError, ForeignResourceError, MissingGlyphError, render_pdf
from hdnd.lib.pdf.fonts import font_files

STYLE = """
@page { size: A4; margin: 20mm; @top-center { content: counter(page); font-family: "Liberation Serif" } }
@page :first { @top-center { content: none } }
html { font: 14pt "Liberation Serif" } tr { break-inside: avoid }
"""
VIETNAMESE = "ẵ ẳ ặ ễ ộ ợ ữ ỵ Đ Ơ Ư Nghị quyết về việc phê chuẩn, thưởng ngoạn ở huyện"


def document(body: str) -> str:
    return f"<!DOCTYPE html><html><head><style>{STYLE}</style></head><body>{body}</body></html>"


def rendered(body: str) -> bytes:
    return render_pdf(document(body), title="Biên bản phiên họp", author="HĐND tỉnh Vĩnh Giang")


def structure(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]


TABLE = (
    "<table><thead><tr><th>Họ và tên</th></tr></thead><tbody>"
    + "<tr><td>Nguyễn Đình Lâm</td></tr>" * 90
    + "</tbody></table>"
)


@pytest.fixture(scope="module")
def long_table() -> bytes:
    return rendered(TABLE)


def test_metadata_language_and_tags(long_table: bytes) -> None:
    with pikepdf.open(io.BytesIO(long_table)) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["dc:title"] == "Biên bản phiên họp"
            assert metadata["dc:creator"] == ["HĐND tỉnh Vĩnh Giang"]
        assert str(pdf.Root.Lang) == "vi"
        assert bool(pdf.Root.MarkInfo.Marked) is True
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"


def test_header_cells_have_a_scope(long_table: bytes) -> None:
    with pikepdf.open(io.BytesIO(long_table)) as pdf:
        scopes = [str(element.A.Scope) for element in structure(pdf) if element.get("/S") == "/TH"]
    assert scopes
    assert set(scopes) == {"/Column"}


def test_page_numbers_are_artifacts_and_body_text_is_not(long_table: bytes) -> None:
    with pikepdf.open(io.BytesIO(long_table)) as pdf:
        counts = []
        for page in pdf.pages:
            content = page.Contents.read_bytes()
            counts.append(content.count(b"/Artifact <</Type /Pagination>> BDC"))
            assert b"MCID" in content
    assert len(counts) > 1
    # The table's head, which stands on every page, is content on the first alone.
    assert counts == [0] + [2] * (len(counts) - 1)


def test_it_is_valid_pdf_a(long_table: bytes) -> None:
    """pikepdf's checker knows level B only: of a level A file it finds the level, and nothing else.

    Without the checker's own dependencies the structural facts it rests on are asserted.
    """
    if importlib.util.find_spec("jsonschema") and importlib.util.find_spec("referencing"):
        from pikepdf import pdfa

        findings = pdfa.validate_written(io.BytesIO(long_table), "2b").findings
        assert [finding.message for finding in findings] == ["pdfaid:conformance is 'A', expected 'B'"]
    with pikepdf.open(io.BytesIO(long_table)) as pdf:
        assert not pdf.is_encrypted
        assert pdf.trailer.ID
        for page in pdf.pages:
            assert not {"/Pattern", "/Shading"} & set(page.Resources.keys())
            for _name, font in page.Resources.Font.items():
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
                assert "/ToUnicode" in font


def test_fonts_are_embedded_under_their_own_names() -> None:
    content = rendered("<p>a</p><p><b>b</b></p><p><i>c</i></p><p><b><i>d</i></b></p>")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = [font for _key, font in pdf.pages[0].Resources.Font.items()]
        names = sorted(str(font.BaseFont).split("+")[1] for font in fonts)
        for font in fonts:
            descendant = font.DescendantFonts[0]
            assert font.BaseFont == descendant.BaseFont == descendant.FontDescriptor.FontName
    assert names == [
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-BoldItalic",
        "LiberationSerif-Italic",
    ]


def test_vietnamese_text_comes_out_as_it_went_in() -> None:
    with pdfplumber.open(io.BytesIO(rendered(f"<p>{VIETNAMESE}</p>"))) as pdf:
        assert pdf.pages[0].extract_text() == VIETNAMESE


def test_the_same_input_gives_the_same_bytes(long_table: bytes) -> None:
    assert rendered(TABLE) == long_table


def test_threads_do_not_disturb_each_other() -> None:
    bodies = [f"<p>Văn bản số {at}</p>" for at in range(6)]
    alone = [rendered(body) for body in bodies]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(rendered, bodies)) == alone


@pytest.mark.parametrize(("body", "missing"), [("☐ đồng ý ☑ ☐", "☐☑"), ("<b>漢</b>", "漢"), ("✓", "✓")])
def test_a_character_outside_the_font_is_refused_by_name(body: str, missing: str) -> None:
    with pytest.raises(MissingGlyphError) as caught:
        rendered(f"<p>{body}</p>")
    assert caught.value.characters == missing
    assert isinstance(caught.value, DomainError)
    assert f"U+{ord(missing[0]):04X}" in caught.value.message


def test_a_refused_character_leaves_the_next_paper_unharmed() -> None:
    before = rendered("<p>sạch</p>")
    with pytest.raises(MissingGlyphError):
        rendered("<p>☐</p>")
    assert rendered("<p>sạch</p>") == before


@pytest.mark.parametrize(
    "body",
    [
        '<img src="{address}/seal.png">',
        '<link rel="stylesheet" href="{address}/paper.css">',
        '<style>p {{ background: url("{address}/x.png") }}</style><p>a</p>',
        '<img src="file:///etc/hostname">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="khong-co.png">',
    ],
)
def test_nothing_is_fetched(body: str) -> None:
    """A listening socket that must stay silent stands in for the network."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        called = threading.Event()

        def listen() -> None:
            try:
                server.accept()[0].close()
                called.set()
            except TimeoutError:
                pass

        listener = threading.Thread(target=listen)
        listener.start()
        with pytest.raises(ForeignResourceError):
            rendered(body.format(address=f"http://127.0.0.1:{server.getsockname()[1]}"))
        listener.join()
    assert not called.is_set()


def test_a_given_picture_is_served_from_memory() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
    )
    html = document(f'<img alt="con dấu" src="{ASSET_BASE}dau">')
    content = render_pdf(html, title="Giấy mời", assets={"dau": (svg, "image/svg+xml")})
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert [(round(rect["width"]), round(rect["height"])) for rect in pdf.pages[0].rects] == [(30, 30)]


def test_missing_fonts_name_the_package(tmp_path: Path) -> None:
    with pytest.raises(FontMissingError) as caught:
        font_files((tmp_path,))
    assert "fonts-liberation2" in str(caught.value)
    assert caught.value.searched == [str(tmp_path)]


def test_the_environment_is_left_as_it_was() -> None:
    before = os.environ.get("FONTCONFIG_FILE")
    rendered("<p>a</p>")
    assert os.environ.get("FONTCONFIG_FILE") == before


def test_a_forked_child_renders_and_leaves_its_parent_the_fonts() -> None:
    before = rendered("<p>Trước</p>")
    child = os.fork()
    if child == 0:
        os._exit(0 if rendered("<p>Trước</p>") == before else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert rendered("<p><i>Chữ nghiêng sau khi tách</i></p>").startswith(b"%PDF-1.7")
