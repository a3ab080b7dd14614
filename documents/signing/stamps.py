"""What a signature shows on the page: a picture, or words where there is none. A one-page PDF of the box's size."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from documents.paper.markup import escape
from hdnd.lib import clock
from hdnd.lib.pdf import ASSET_BASE, render_stamp

BLUE = "#1d4ed8"  # the person's, as the ink of a signature (NĐ 30/2020, Phụ lục I, mục II.7.d)
RED = "#c81e1e"  # the organization's (mục II.8)


@dataclass(frozen=True)
class StampImages:
    """The pictures of who signs, as PNG; None where there is none, and words stand in."""

    signature: bytes | None = None
    seal: bytes | None = None


_INSET = 0.3  # mm; a line on the very edge would be cut

_PAGE = (
    "@page {{ size: {width:g}mm {height:g}mm; margin: 0; }} html {{ font: {size:g}pt 'Liberation Serif'; "
    "line-height: 1.15; color: {colour}; }} body {{ margin: 0; }} p {{ margin: 0; }} "
)


def ratio_of(png: bytes) -> float:
    """Width by height of a picture."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        return picture.width / picture.height


def picture_stamp(png: bytes, size_mm: tuple[float, float], note: str = "") -> bytes:
    """The picture in its box, its transparency kept; a note along the lower edge."""
    width, height = size_mm
    style = _PAGE.format(width=width, height=height, size=5.5, colour="#000")
    style += (
        f"img {{ display: block; width: {width:g}mm; height: {height:g}mm; object-fit: contain; }} "
        "p { position: absolute; bottom: 0; left: 0; right: 0; text-align: center; }"
    )
    body = f'<img src="{ASSET_BASE}picture" alt="">{_lines([note] if note else [])}'
    return render_stamp(_document(style, body), assets={"picture": (png, "image/png")})


def words_stamp(words: Sequence[str], size_mm: tuple[float, float], colour: str) -> bytes:
    """Who signed and when, framed, for whoever has no picture."""
    width, height = size_mm
    style = _PAGE.format(width=width, height=height, size=7, colour=colour)
    style += (
        f".frame {{ box-sizing: border-box; margin: {_INSET}mm; height: {height - 2 * _INSET:g}mm; padding: 0.6mm 1.2mm; "
        f"border: 0.5pt solid {colour}; overflow: hidden; overflow-wrap: anywhere; }}"
    )
    return render_stamp(_document(style, f'<div class="frame">{_lines(words)}</div>'))


def annex_stamp(symbol: str, moment: datetime, size_mm: tuple[float, float], note: str = "") -> bytes:
    """Symbol and time of signing on an annex in a file of its own: upright, 10 pt, black (mục II.8.d)."""
    width, height = size_mm
    style = _PAGE.format(width=width, height=height, size=10, colour="#000") + "body { text-align: right; }"
    return render_stamp(_document(style, _lines([symbol, moment_words(moment), *([note] if note else [])])))


def moment_words(moment: datetime) -> str:
    """`24/11/2026 18:50:12 +07:00`: day; hour, minute, second; Vietnam's zone by ISO 8601."""
    local = clock.local(moment)
    zone = f"{local:%z}"
    return f"{local:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"


def _lines(words: Sequence[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in words)


def _document(style: str, body: str) -> str:
    return f'<!DOCTYPE html><html lang="vi"><head><style>{style}</style></head><body>{body}</body></html>'
