"""The PDF engine: HTML in, tagged and archivable PDF/A-2a out, from our own fonts and files only."""

from hdnd.lib.pdf.engine import ASSET_BASE, render_pdf, render_stamp
from hdnd.lib.pdf.errors import FontMissingError, ForeignResourceError, MissingGlyphError, PdfError

__all__ = [
    "ASSET_BASE",
    "FontMissingError",
    "ForeignResourceError",
    "MissingGlyphError",
    "PdfError",
    "render_pdf",
    "render_stamp",
]
