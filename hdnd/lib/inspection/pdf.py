"""PDF files: opened by qpdf without running anything, then every object is looked at."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hdnd.lib.inspection.refusal import RUNNABLE, is_program, refusal

MAX_OBJECTS = 300_000
MAX_DEPTH = 50
MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes of one stream that qpdf must unpack to find the objects; pictures and pages stay packed."""
_HARMFUL = {
    "/JavaScript": "mã JavaScript",
    "/Launch": "lệnh mở chương trình",
    "/ImportData": "lệnh nạp dữ liệu từ ngoài",
    "/GoToE": "lệnh mở tệp nhúng",
}
_MARK = re.compile(rb"/(?:JS|JavaScript|Launch|ImportData|GoToE|EF)\b")
_PIECE = 1 << 16
_STREAM = re.compile(rb"stream\r?\n")
_SPELT = re.compile(rb"#([0-9A-Fa-f]{2})")  # /Obj#53tm is another way to write /ObjStm
_STRUCTURE = (b"/ObjStm", b"/XRef")
# One filter after the other, or one named elsewhere: no program packs its objects so, and the size can't be foretold.
_CHAINED = re.compile(rb"/Filter\s*(?:\[\s*/[^\s/\]]+\s*/|\d+\s+\d+\s+R)")
BOMB = "Tệp PDF nén bất thường nên không nhận. Mở tệp, in ra PDF mới rồi tải lên."
PASSWORD = "Tệp PDF có mật khẩu. Mở bằng mật khẩu, lưu hoặc in ra PDF không mật khẩu rồi tải lên."  # noqa: S105
BROKEN = "Không mở được tệp PDF: tệp hỏng hoặc chưa tải xong. Mở tệp, in ra PDF mới rồi tải lên."


def inspect_pdf(content: bytes) -> None:
    """Refuses what no paper needs.

    Raises:
        DomainError: a password to open it, a broken file, JavaScript, a command to start programs, a program inside,
            another file glued to it, or a bomb; for the field `file`.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise refusal("Tệp ghép PDF với một tệp nén nên không nhận. Mở tệp, in ra PDF mới rồi tải lên.")
    _refuse_bombs(content)
    with _opened(content) as pdf:
        for found in _suspicious(pdf):
            _refuse_harmful(found)
            _refuse_programs(found)


def embedded_files(content: bytes) -> list[str]:
    """Names of the files attached inside a PDF that `inspect_pdf` let pass; people should be told of them."""
    with _opened(content) as pdf:
        return sorted({_file_name(found) for found in _suspicious(pdf) if "/EF" in found})


def _refuse_bombs(content: bytes) -> None:
    """Object streams are unpacked whole on opening: each is measured first."""
    for found in _STREAM.finditer(content):
        head = content[max(found.start() - 1000, 0) : found.start()].rpartition(b" obj")[2]
        head = _SPELT.sub(lambda spelt: bytes.fromhex(spelt[1].decode()), head)
        if not any(mark in head for mark in _STRUCTURE):
            continue
        if _CHAINED.search(head):
            raise refusal(BOMB)
        if _unpacks_to_too_much(content, found.end()):
            raise refusal(BOMB)


def _unpacks_to_too_much(content: bytes, start: int) -> bool:
    """Whether the stream that starts there unpacks to more than the limit; in pieces, since its end is not known."""
    unpacking, size = zlib.decompressobj(), 0
    try:
        for at in range(start, len(content), _PIECE):
            size += len(unpacking.decompress(content[at : at + _PIECE], MAX_UNPACKED))
            if size > MAX_UNPACKED or unpacking.unconsumed_tail:
                return True
            if unpacking.eof:
                return False
    except zlib.error:
        pass  # not packed so, or broken: qpdf will say
    return False


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise refusal(BROKEN)
            if len(pdf.objects) > MAX_OBJECTS:
                raise refusal("Tệp PDF có quá nhiều thành phần. Chia thành nhiều tệp rồi tải lên.")
            yield pdf
    except pikepdf.PasswordError as error:
        raise refusal(PASSWORD) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError) as error:
        raise refusal(BROKEN) from error


def _suspicious(pdf: Any) -> Iterator[Any]:
    """Dictionaries that name an action or a file; most objects are passed over by their text, which is fast."""
    import pikepdf

    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            thing = thing.stream_dict
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Array) and _MARK.search(
            thing.unparse(resolved=True)
        ):
            yield from _dictionaries(thing)


def _dictionaries(thing: Any, depth: int = 0) -> Iterator[Any]:
    """The dictionary and those written inside it; what it refers to is an object of its own."""
    import pikepdf

    if depth > MAX_DEPTH:
        raise refusal(BROKEN)
    if isinstance(thing, pikepdf.Dictionary):
        yield thing
    children = thing.values() if isinstance(thing, pikepdf.Dictionary) else thing
    for child in children:
        if isinstance(child, pikepdf.Dictionary | pikepdf.Array) and not child.is_indirect:
            yield from _dictionaries(child, depth + 1)


def _refuse_harmful(found: Any) -> None:
    kind = str(found.get("/S", ""))
    what = _HARMFUL.get(kind) or (_HARMFUL["/JavaScript"] if "/JS" in found else "")
    if what:
        raise refusal(f"Tệp PDF có {what} nên không nhận. Mở tệp, in ra PDF mới rồi tải lên.")


def _refuse_programs(found: Any) -> None:
    if "/EF" not in found:
        return
    name = _file_name(found)
    inside = found["/EF"].get("/F") or found["/EF"].get("/UF")
    begins = inside.read_raw_bytes()[:8] if inside is not None else b""
    if name.lower().endswith(RUNNABLE) or is_program(begins) or is_program(_unpacked_head(inside)):
        raise refusal(
            f"Tệp PDF đính kèm chương trình máy tính ({name}) nên không nhận. Bỏ tệp đính kèm rồi tải lên."
        )


def _unpacked_head(stream: Any) -> bytes:
    """The first bytes of an attached file, unpacked no further."""
    if stream is None:
        return b""
    try:
        return zlib.decompressobj().decompress(stream.read_raw_bytes(), 8)
    except zlib.error:
        return b""


def _file_name(found: Any) -> str:
    return str(found.get("/UF") or found.get("/F") or "không tên")
