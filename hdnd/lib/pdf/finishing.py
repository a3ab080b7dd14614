"""Mends with pikepdf what WeasyPrint leaves short of the standard; changes nothing one can see."""

import io
import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf

_MARKED = re.compile(rb"/Span\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_PAGINATION = b"/Artifact <</Type /Pagination>> BDC"
# WeasyPrint writes `ABCDEF+Liberation-Serif-Bold-Italic`; the font's own name has one hyphen.
_FONT_NAME = re.compile(r"(?P<tag>/[A-Z]{6}\+)Liberation-Serif(?P<style>(?:-[A-Za-z]+)*)$")


def finish(raw: bytes) -> bytes:
    """Removes empty resource dictionaries, names fonts, marks page numbers as artifacts, scopes
    header cells.

    Empty `/Pattern` and `/Shading` break PDF/A; a marked text that no element of the structure names
    (a page number) and a `TH` without scope break PDF/UA.
    """
    with Pdf.open(io.BytesIO(raw)) as pdf:
        named: set[tuple[tuple[int, int], int]] = set()
        for element in _elements(pdf.Root.StructTreeRoot):
            if element.get("/S") == Name.TH:
                _scope_column(element)
            named.update(_marks(element))
        for page in pdf.pages:
            _drop_empty_resources(page.obj)
            _name_fonts(page.obj)
            _numbers_to_artifacts(pdf, page.obj, named)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return target.getvalue()


def _elements(root: Object) -> Iterator[Object]:
    """Every structure element, without recursion: a pack of papers is deep."""
    waiting: list[Object] = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(kid for kid in _kids(element) if isinstance(kid, Dictionary) and "/S" in kid)


def _kids(element: Object) -> list[object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _marks(element: Object) -> Iterator[tuple[tuple[int, int], int]]:
    """The marked contents that an element owns, each as (page object, MCID)."""
    own_page = element.get("/Pg")
    for kid in _kids(element):
        if isinstance(kid, Dictionary):
            page = kid.get("/Pg", own_page)
            if "/MCID" in kid and page is not None:
                yield page.objgen, int(kid.MCID)
        elif own_page is not None:
            yield own_page.objgen, int(kid)  # type: ignore[call-overload]


def _scope_column(header: Object) -> None:
    attributes = header.get("/A")
    if attributes is None:
        header.A = Dictionary(O=Name.Table, Scope=Name.Column)
    elif "/Scope" not in attributes:
        attributes.Scope = Name.Column


def _drop_empty_resources(page: Object) -> None:
    resources = page.get("/Resources")
    if resources is None:
        return
    for key in ("/Pattern", "/Shading"):
        if key in resources and not resources[key].keys():
            del resources[key]


def _name_fonts(page: Object) -> None:
    """Gives each font its PostScript name, `ABCDEF+LiberationSerif-BoldItalic`, in all three places."""
    fonts = page.get("/Resources", Dictionary()).get("/Font", Dictionary())
    for _key, font in fonts.items():
        descendants = list(font.get("/DescendantFonts", []))
        for one in (font, *descendants):
            _rename(one, "/BaseFont")
            if "/FontDescriptor" in one:
                _rename(one.FontDescriptor, "/FontName")


def _rename(holder: Object, key: str) -> None:
    match = _FONT_NAME.match(str(holder.get(key, "")))
    if match is not None:
        style = match["style"].replace("-", "")
        holder[key] = Name(f"{match['tag']}LiberationSerif{'-' + style if style else ''}")


def _numbers_to_artifacts(pdf: Pdf, page: Object, named: set[tuple[tuple[int, int], int]]) -> None:
    """Text is written as glyph numbers in hex, so the pattern cannot meet text that looks like it."""
    owner = page.objgen

    def rewrite(match: re.Match[bytes]) -> bytes:
        return match[0] if (owner, int(match[1])) in named else _PAGINATION

    before = page.Contents.read_bytes()
    after = _MARKED.sub(rewrite, before)
    if after != before:
        page.Contents = pdf.make_stream(after)
