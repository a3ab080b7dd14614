"""What an upload is, by its content against its name."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from hdnd.lib import filetypes
from hdnd.lib.errors import DomainError
from hdnd.lib.filetypes import DOCX, JPEG, PAPERS, PDF, PNG, PPTX, SCANS, XLSX, FileType


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


PDF_BYTES = b"%PDF-1.7\n"
WORD = archive("[Content_Types].xml", "word/document.xml")
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF_BYTES, PDF),
        ("A.PDF", PDF_BYTES, PDF),
        ("tờ trình.v2.docx", WORD, DOCX),
        ("a.xlsx", archive("xl/workbook.xml"), XLSX),
        ("a.pptx", archive("ppt/presentation.xml"), PPTX),
        ("a.png", b"\x89PNG\r\n\x1a\n...", PNG),
        ("a.jpg", b"\xff\xd8\xff\xe0", JPEG),
        ("a.jpeg", b"\xff\xd8\xff\xe1", JPEG),
    ],
)
def test_taken(name: str, content: bytes, kind: FileType) -> None:
    assert filetypes.checked(name, content, PAPERS) == kind
    assert filetypes.of_stored(f"ab/abcd{kind.suffix}") == kind


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "Tệp rỗng"),
        ("a.pdf", WORD, "đuôi “.pdf” nhưng nội dung là Word"),
        ("a.docx", PDF_BYTES, "Đổi đuôi thành .pdf"),
        ("khong-duoi", PDF_BYTES, "đuôi “trống”"),
        ("a.docx", archive("word/document.xml", "word/vbaProject.bin"), "không phải loại tệp nhận được"),
        ("a.docx", archive("khac.txt"), "không phải loại tệp nhận được"),
        ("a.docx", b"PK\x03\x04 broken", "không phải loại tệp nhận được"),
        ("a.doc", OLD_WORD, "kiểu cũ, hoặc có mật khẩu"),
        ("a.exe", b"MZ", "Chỉ nhận: PDF, Word, Excel, PowerPoint, ảnh PNG, ảnh JPEG"),
        ("a.svg", b"<svg onload='x'/>", "không phải loại tệp nhận được"),
    ],
)
def test_refused(name: str, content: bytes, words: str) -> None:
    with pytest.raises(DomainError) as caught:
        filetypes.checked(name, content, PAPERS)
    assert (caught.value.field, words in caught.value.message) == ("file", True), caught.value.message


def test_only_what_is_asked_for() -> None:
    with pytest.raises(DomainError):
        filetypes.checked("a.docx", WORD, SCANS)
    assert filetypes.accept(SCANS) == ".pdf,.png,.jpg,.jpeg"


def test_the_limit_says_how_large_it_is() -> None:
    with pytest.raises(DomainError) as caught:
        filetypes.checked(
            "a.pdf", PDF_BYTES + b"x" * (2 * filetypes.MEGABYTE), PAPERS, limit=filetypes.MEGABYTE
        )
    assert "Tệp nặng 2,0 MB, lớn hơn 1 MB" in caught.value.message
    exact = PDF_BYTES.ljust(filetypes.MEGABYTE, b"x")
    assert filetypes.checked("a.pdf", exact, PAPERS, limit=filetypes.MEGABYTE) == PDF


def test_a_field_refuses_by_size_before_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "LIMIT", 10)
    filetypes.not_too_large(SimpleUploadedFile("a.pdf", b"x" * 10))
    with pytest.raises(ValidationError) as caught:
        filetypes.not_too_large(SimpleUploadedFile("a.pdf", b"x" * 11))
    assert "Nén hoặc chia nhỏ" in caught.value.messages[0]
