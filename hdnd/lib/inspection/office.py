"""Word, Excel and PowerPoint files: ZIP archives of XML, which may unpack to anything and hold anything."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from hdnd.lib.inspection.refusal import ARCHIVES, RUNNABLE, is_program, refusal

MAX_ENTRIES = 10_000
MAX_UNPACKED = 300 * 1024 * 1024
"""Bytes of all entries together, those of embedded office files included."""
MAX_RATIO = 200
"""How many bytes one packed byte may become, in entries above `RATIO_FROM`: XML of an office reaches some 50."""
RATIO_FROM = 5 * 1024 * 1024
_CHUNK = 1 << 16
_OVERLAP = 64
_OFFICE = (".docx", ".xlsx", ".pptx")
_PACKED_PICTURES = (".emz", ".wmz")  # gzip, as old drawings are kept
_DOCTYPE = tuple(
    word.encode(coding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for coding in ("utf-8", "utf-16-le", "utf-16-be")
)
# The text every Windows program carries in its head, wherever in an OLE object it lies.
_STUB = b"This program cannot be run in DOS mode"
BOMB = "Tệp nén bất thường: giải nén ra quá nhiều dữ liệu. Mở bằng Word, Excel hoặc PowerPoint, lưu thành tệp mới rồi tải lên."
BROKEN = "Không mở được tệp: tệp hỏng hoặc chưa tải xong. Mở bằng Word, Excel hoặc PowerPoint, lưu lại rồi tải lên."
MACROS = (
    "Tệp có macro nên không nhận. Lưu lại ở dạng không có macro (.docx, .xlsx hoặc .pptx) rồi tải lên; "
    "chỉ đổi đuôi tệp thì macro vẫn còn."
)


def inspect_office(content: bytes) -> None:
    """Reads every entry once, counting.

    Raises:
        DomainError: macros, a password, a zip bomb, a program, an archive inside, a DTD (through which XML reaches for
            other files), or a broken archive; for the field `file`.
    """
    try:
        _inspect(content, Budget(), depth=0)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise refusal(BROKEN) from error


class Budget:
    """Bytes that may still be unpacked, whatever the directory claims."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise refusal(BOMB)


def _inspect(content: bytes, budget: Budget, depth: int) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > budget.left:
            raise refusal(BOMB)
        for entry in entries:
            _check_name(entry, depth)
            if not entry.filename.lower().endswith(_OFFICE):
                _check_entry(archive, entry, budget)
                continue
            inside = b"".join(_read(archive, entry, budget))  # a chart brings the workbook it was drawn from
            _inspect(inside, budget, depth + 1)


def _check_name(entry: zipfile.ZipInfo, depth: int) -> None:
    name = entry.filename.lower()
    if entry.flag_bits & 1:
        raise refusal("Tệp có mật khẩu. Bỏ mật khẩu rồi tải lên lại.")
    if name.endswith(("vbaproject.bin", "vbadata.xml")):
        raise refusal(MACROS)
    if name.endswith(RUNNABLE):
        raise _program(entry.filename)
    if name.endswith(_OFFICE) and depth:
        raise _nested(entry.filename)
    if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise refusal(BOMB)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """The entry in chunks, each paid from the budget; what is longer or shorter than the directory says is broken."""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            budget.spend(len(chunk))
            yield chunk


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> None:
    name, lower, before = entry.filename, entry.filename.lower(), b""
    is_xml = lower.endswith((".xml", ".rels", ".vml"))
    for chunk in _read(archive, entry, budget):
        if not before:
            if is_program(chunk):
                raise _program(name)
            if chunk.startswith(ARCHIVES) and not lower.endswith(_PACKED_PICTURES):
                raise _nested(name)
        window = before[-_OVERLAP:] + chunk  # a mark may lie across two chunks
        if _STUB in window:
            raise _program(name)
        if is_xml and any(word in window for word in _DOCTYPE):
            raise refusal(
                f"Phần {name} trong tệp khai báo DTD nên không nhận. Mở bằng Office, lưu thành tệp mới rồi tải lên."
            )
        if lower == "[content_types].xml" and b"macroEnabled" in window:
            raise refusal(MACROS)
        before = chunk


def _program(name: str) -> Exception:
    return refusal(
        f"Trong tệp có chương trình máy tính ({name}) nên không nhận. Xóa phần nhúng đó rồi tải lên lại."
    )


def _nested(name: str) -> Exception:
    return refusal(f"Trong tệp có tệp nén ({name}) nên không nhận. Tải từng tệp lên riêng.")
