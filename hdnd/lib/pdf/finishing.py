"""Mends with pikepdf what WeasyPrint leaves short of the standard; changes nothing one can see."""

import io
import re

from pikepdf import Dictionary, Name, Object, ObjectStreamMode, Pdf

from hdnd.lib.pdf.structure import Mark, mend

_MARKED = re.compile(rb"/Span\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_PAGINATION = b"/Artifact <</Type /Pagination>> BDC"
# WeasyPrint writes `ABCDEF+Liberation-Serif-Bold-Italic`; the font's own name has one hyphen.
_FONT_NAME = re.compile(r"(?P<tag>/[A-Z]{6}\+)Liberation-Serif(?P<style>(?:-[A-Za-z]+)*)$")


def finish(raw: bytes) -> bytes:
    """Removes what no archive may hold, names fonts, mends the tags, marks page furniture as artifacts.

    Empty `/Pattern` and `/Shading`, and pictures to be smoothed, break PDF/A; a marked text that no element of the
    structure names (a page number, a table's repeated head) breaks PDF/UA.
    """
    with Pdf.open(io.BytesIO(raw)) as pdf:
        named = mend(pdf)
        for page in pdf.pages:
            _keep_to_the_archive(page.obj)
            _name_fonts(page.obj)
            _furniture_to_artifacts(pdf, page.obj, named)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return target.getvalue()


def finish_stamp(raw: bytes) -> bytes:
    """What a page without tags needs before it is drawn into a PDF/A: no empty resources, fonts by name."""
    with Pdf.open(io.BytesIO(raw)) as pdf:
        for page in pdf.pages:
            _keep_to_the_archive(page.obj)
            _name_fonts(page.obj)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
        return target.getvalue()


def _keep_to_the_archive(page: Object) -> None:
    """Empty dictionaries go, and pictures are not smoothed by whoever shows them."""
    resources = page.get("/Resources")
    if resources is None:
        return
    for key in ("/Pattern", "/Shading"):
        if key in resources and not resources[key].keys():
            del resources[key]
    for _key, drawing in resources.get("/XObject", Dictionary()).items():
        if "/Interpolate" in drawing:
            del drawing.Interpolate


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


def _furniture_to_artifacts(pdf: Pdf, page: Object, named: set[Mark]) -> None:
    """Text is written as glyph numbers in hex, so the pattern cannot meet text that looks like it."""
    owner = page.objgen

    def rewrite(match: re.Match[bytes]) -> bytes:
        return match[0] if (owner, int(match[1])) in named else _PAGINATION

    before = page.Contents.read_bytes()
    after = _MARKED.sub(rewrite, before)
    if after != before:
        page.Contents = pdf.make_stream(after)
