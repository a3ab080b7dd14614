"""Pictures: read far enough to know that they are whole, never drawn at a size that fills the memory."""

import io
import warnings
import zipfile

from PIL import Image, UnidentifiedImageError

from hdnd.lib.inspection.refusal import refusal

MAX_PIXELS = 100_000_000
"""An A3 page at 600 dpi has 70 million."""
_SCAN, _END = 0xDA, b"\xff\xd9"
BROKEN = "Không mở được ảnh: tệp hỏng hoặc chưa tải xong. Lưu hoặc quét lại rồi tải lên."


def inspect_picture(content: bytes) -> None:
    """Refuses what is cut short, absurdly large, or has another file glued to it.

    Raises:
        DomainError: for the field `file`.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise refusal("Tệp ghép ảnh với một tệp nén nên không nhận. Mở ảnh, lưu thành ảnh mới rồi tải lên.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _read(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise refusal(BROKEN) from error


def _read(content: bytes) -> None:
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "MPO")) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise _too_large()
        if picture.format == "PNG":
            picture.verify()  # every block's checksum, up to the end; nothing is unpacked
            return
        picture.draft(picture.mode, (max(width // 8, 1), max(height // 8, 1)))
        picture.load()  # an eighth of each side
        if not _ends(content):
            raise refusal(BROKEN)


def _ends(jpeg: bytes) -> bool:
    """Whether the picture's own data, not that of a thumbnail in its head, comes to an end.

    Pillow would tell, were it not for WeasyPrint, which makes it take cut pictures in the whole process.
    """
    at = 2
    while jpeg[at : at + 1] == b"\xff":
        if jpeg[at + 1] == _SCAN:
            return jpeg.find(_END, at) >= 0
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return False


def _too_large() -> Exception:
    return refusal(
        f"Ảnh lớn hơn {MAX_PIXELS // 1_000_000} triệu điểm ảnh. Quét lại ở 300 dpi hoặc thu nhỏ rồi tải lên."
    )
