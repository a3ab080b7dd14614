"""What an uploaded file is, told by its content and held against its name; what may be taken in at all."""

import io
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from hdnd.lib import scanning
from hdnd.lib.errors import DomainError
from hdnd.lib.inspection import embedded_files, inspect_office, inspect_pdf, inspect_picture
from hdnd.lib.inspection.refusal import ARCHIVES, is_program

MEGABYTE = 1024 * 1024
LIMIT = 50 * MEGABYTE
"""The largest upload, in bytes."""


@dataclass(frozen=True)
class FileType:
    """A kind of file.

    Attributes:
        endings: of names, the first is used for storing.
        opens: whether a browser shows it by itself.
    """

    label: str
    mime: str
    endings: tuple[str, ...]
    opens: bool = False

    @property
    def suffix(self) -> str:
        return self.endings[0]


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileType("PDF", "application/pdf", (".pdf",), opens=True)
DOCX = FileType("Word", f"{_OFFICE}wordprocessingml.document", (".docx",))
XLSX = FileType("Excel", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
PPTX = FileType("PowerPoint", f"{_OFFICE}presentationml.presentation", (".pptx",))
PNG = FileType("ảnh PNG", "image/png", (".png",), opens=True)
JPEG = FileType("ảnh JPEG", "image/jpeg", (".jpg", ".jpeg"), opens=True)
PAPERS = (PDF, DOCX, XLSX, PPTX, PNG, JPEG)
SCANS = (PDF, PNG, JPEG)
_MARKS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_PARTS = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX))
_INSPECTIONS: dict[FileType, Callable[[bytes], None]] = {
    PDF: inspect_pdf,
    DOCX: inspect_office,
    XLSX: inspect_office,
    PPTX: inspect_office,
    PNG: inspect_picture,
    JPEG: inspect_picture,
}
# Word, Excel and PowerPoint until 2003, and any of today behind a password.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def recognised(content: bytes) -> FileType | None:
    """The kind the content shows; None when it is none we take."""
    for mark, found in _MARKS:
        if content.startswith(mark):
            return found
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    return next((found for part, found in _PARTS if part in names), None)


def of_stored(name: str) -> FileType:
    """The kind of a stored file, by the ending it was stored with."""
    ending = PurePath(name).suffix
    return next((kind for kind in PAPERS if kind.suffix == ending), PDF)


def accept(kinds: Collection[FileType]) -> str:
    """What a file field offers to choose from, for its `accept`."""
    return ",".join(ending for kind in kinds for ending in kind.endings)


def not_too_large(upload: "UploadedFile[Any]") -> None:
    """A validator for file fields: what is too large is refused before anything reads it into memory.

    Raises:
        ValidationError: larger than `LIMIT`.
    """
    if upload.size and upload.size > LIMIT:
        raise ValidationError(_too_large(upload.size, LIMIT))


def _too_large(size: int, limit: int) -> str:
    weight = f"{size / MEGABYTE:.1f}".replace(".", ",")
    return f"Tệp nặng {weight} MB, lớn hơn {limit // MEGABYTE} MB. Nén hoặc chia nhỏ rồi tải lên lại."


def checked(name: str, content: bytes, kinds: Collection[FileType], limit: int = LIMIT) -> FileType:
    """The kind of an upload that may be stored.

    Args:
        limit: in bytes.

    Raises:
        DomainError: for the field `file`: empty, too large, none of the kinds, not what its name says, harmful or
            broken inside, or refused by the virus scanner.
    """
    if not content:
        raise DomainError("Tệp rỗng. Chọn lại tệp.", field="file")
    if len(content) > limit:
        raise DomainError(_too_large(len(content), limit), field="file")
    kind = recognised(content)
    if kind is None or kind not in kinds:
        wanted = ", ".join(kind.label for kind in kinds)
        raise DomainError(
            f"{_why_not(content)} Chỉ nhận: {wanted}. Lưu tệp ở một dạng đó rồi tải lên lại.", field="file"
        )
    ending = PurePath(name).suffix.lower()
    if ending not in kind.endings:
        raise DomainError(
            f"Tên tệp có đuôi “{ending or 'trống'}” nhưng nội dung là {kind.label}. "
            f"Đổi đuôi thành {kind.suffix} hoặc chọn đúng tệp.",
            field="file",
        )
    _INSPECTIONS[kind](content)
    scanning.ensure_clean(content)
    return kind


def _why_not(content: bytes) -> str:
    """What a file that is none of the kinds seems to be."""
    if is_program(content):
        return "Nội dung tệp là chương trình máy tính, dù tên tệp là gì."
    if content.startswith(_OLD_OFFICE):
        return "Tệp này là Word, Excel hoặc PowerPoint kiểu cũ, hoặc có mật khẩu."
    if content.startswith(ARCHIVES) and recognised(content) is None:
        return "Tệp này là tệp nén, hoặc tệp Office hỏng."
    if b"%PDF-" in content[:1024] and not content.startswith(b"%PDF-"):
        return "Trước phần PDF có dữ liệu lạ."
    return "Nội dung tệp không phải loại tệp nhận được."


def remark(upload: "UploadedFile[Any]") -> str:
    """What people should know of an upload that was taken; "" when there is nothing to say."""
    upload.seek(0)
    content = upload.read()
    names = embedded_files(content) if recognised(content) == PDF else []
    if not names:
        return ""
    return f"Trong tệp PDF có tệp đính kèm: {', '.join(names)}. Người nhận mở được các tệp này."
