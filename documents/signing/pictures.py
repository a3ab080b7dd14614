"""Pictures of signatures and seals: PNG with transparency (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.7.d and II.8)."""

import io
from enum import Enum
from typing import Any

from hdnd.lib import filetypes
from hdnd.lib.errors import DomainError

LIMIT = filetypes.MEGABYTE
MIN_SIDE, MAX_SIDE = 100, 3_000  # pixels
CLEAR_SHARE = 0.2
"""A picture that shows paper instead of nothing would hide the text below it."""


class Ink(Enum):
    """The colour that the decree wants; the value is its name on the page."""

    BLUE = "xanh"
    RED = "đỏ"


def cleaned(name: str, content: bytes) -> bytes:
    """The picture as a plain RGBA PNG, without whatever else the file carried.

    Raises:
        DomainError: for the field `picture`: not a PNG, too small or large, or without transparency.
    """
    from PIL import Image

    try:
        filetypes.checked(name, content, [filetypes.PNG], LIMIT)
    except DomainError as error:
        raise DomainError(error.message, field="picture") from error
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as opened:
            if not all(MIN_SIDE <= side <= MAX_SIDE for side in opened.size):
                raise DomainError(
                    f"Ảnh {opened.width} × {opened.height} điểm ảnh. Mỗi cạnh cần từ {MIN_SIDE} đến {MAX_SIDE}; quét lại "
                    "ở 300 dpi rồi cắt sát nét.",
                    field="picture",
                )
            picture = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DomainError(
            "Tệp PNG bị hỏng, không mở được. Lưu lại ảnh rồi tải lên.", field="picture"
        ) from error
    clear = picture.getchannel("A").histogram()[0]
    if clear < CLEAR_SHARE * picture.width * picture.height:
        raise DomainError(
            "Ảnh không có nền trong suốt nên sẽ che chữ bên dưới. Xóa nền trắng rồi lưu dạng PNG.",
            field="picture",
        )
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def is_inked(content: bytes, ink: Ink) -> bool:
    """Whether what is drawn is on the whole of that colour."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        red, green, blue = _mean(picture.convert("RGBA"))
    return red > max(green, blue) * 1.3 if ink is Ink.RED else blue > max(red, green) * 1.1


def _mean(picture: Any) -> tuple[float, float, float]:
    from PIL import ImageStat

    drawn = picture.getchannel("A").point(lambda alpha: 255 if alpha > 64 else 0)
    red, green, blue = ImageStat.Stat(picture.convert("RGB"), drawn).mean
    return red, green, blue
