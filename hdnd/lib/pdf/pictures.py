"""A picture as a page, for scans and photographs among the papers of a pack."""

import html
import io

from hdnd.lib.pdf.engine import ASSET_BASE, render_pdf
from hdnd.lib.pdf.errors import UnreadablePdf

MOST_PIXELS = 80_000_000
"""Twice an A3 sheet at 600 dpi; a picture that unpacks to more is no scan."""

_STYLE = (
    "@page { size: A4 %s; margin: 15mm 15mm 20mm 20mm } body { margin: 0 } "
    "img { display: block; max-width: 100%%; max-height: %dmm; margin: 0 auto; image-orientation: from-image }"
)


def picture_pdf(content: bytes, mime: str, title: str) -> bytes:
    """One page of PDF/A-2a, as large as its margins allow, upright or landscape as the picture is.

    Args:
        title: what a screen reader says of the picture.

    Raises:
        UnreadablePdf: the picture is broken or too large.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadablePdf("ảnh quá lớn")
            picture.load()
            width, height = ImageOps.exif_transpose(picture).size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadablePdf("ảnh hỏng, không đọc được") from error
    style = _STYLE % (("landscape", 174) if width > height else ("portrait", 261))
    page = (
        f'<!DOCTYPE html><html lang="vi"><head><style>{style}</style></head><body>'
        f'<img alt="{html.escape(title)}" src="{ASSET_BASE}picture"></body></html>'
    )
    return render_pdf(page, title=title, assets={"picture": (content, mime)})
