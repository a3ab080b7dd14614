"""What an upload is, by its content against its name."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from hdnd.lib import filetypes
from hdnd.lib.errors import DomainError
from hdnd.lib.filetypes import DOCX, JPEG, PAPERS, PDF, PNG, PPTX, SCANS, XLSX, FileType
from tests.blank_pdf import BLANK
from tests.lib import files_at_hand as hand


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


PDF_BYTES = BLANK
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
        ("a.png", hand.picture("PNG"), PNG),
        ("a.jpg", hand.picture("JPEG"), JPEG),
        ("a.jpeg", hand.picture("JPEG", (300, 200)), JPEG),
        ("chi-khoa-sua.pdf", hand.encrypted_pdf(user=""), PDF),
        ("co-bang-tinh.docx", hand.word({"word/embeddings/so-lieu.xlsx": archive("xl/workbook.xml")}), DOCX),
        ("hinh-cu.docx", hand.word({"word/media/image1.emz": b"\x1f\x8b\x08"}), DOCX),
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
        ("a.docx", archive("khac.txt"), "tệp nén, hoặc tệp Office hỏng"),
        ("a.docx", b"PK\x03\x04 broken", "tệp nén, hoặc tệp Office hỏng"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "tệp nén, hoặc tệp Office hỏng"),
        ("a.pdf", hand.EXE, "chương trình máy tính, dù tên tệp là gì"),
        ("a.pdf", b"GIF89a;" + BLANK, "Trước phần PDF có dữ liệu lạ"),
        ("a.doc", OLD_WORD, "kiểu cũ, hoặc có mật khẩu"),
        ("a.exe", b"MZ", "Chỉ nhận: PDF, Word, Excel, PowerPoint, ảnh PNG, ảnh JPEG"),
        ("a.svg", b"<svg onload='x'/>", "không phải loại tệp nhận được"),
    ],
)
def test_refused(name: str, content: bytes, words: str) -> None:
    with pytest.raises(DomainError) as caught:
        filetypes.checked(name, content, PAPERS)
    assert (caught.value.field, words in caught.value.message) == ("file", True), caught.value.message


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(DomainError) as caught:
        filetypes.checked(name, content, PAPERS)
    assert caught.value.field == "file"
    return caught.value.message


def test_only_what_is_asked_for() -> None:
    with pytest.raises(DomainError):
        filetypes.checked("a.docx", WORD, SCANS)
    assert filetypes.accept(SCANS) == ".pdf,.png,.jpg,.jpeg"


def test_the_limit_says_how_large_it_is() -> None:
    with pytest.raises(DomainError) as caught:
        filetypes.checked("a.pdf", PDF_BYTES.ljust(2 * filetypes.MEGABYTE), PAPERS, limit=filetypes.MEGABYTE)
    assert "Tệp nặng 2,0 MB, lớn hơn 1 MB" in caught.value.message
    exact = PDF_BYTES.ljust(filetypes.MEGABYTE)
    assert filetypes.checked("a.pdf", exact, PAPERS, limit=filetypes.MEGABYTE) == PDF


def test_a_field_refuses_by_size_before_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "LIMIT", 10)
    filetypes.not_too_large(SimpleUploadedFile("a.pdf", b"x" * 10))
    with pytest.raises(ValidationError) as caught:
        filetypes.not_too_large(SimpleUploadedFile("a.pdf", b"x" * 11))
    assert "Nén hoặc chia nhỏ" in caught.value.messages[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (hand.MACROS, "Lưu lại ở dạng không có macro"),
        (
            hand.zipped({hand.TYPES: "vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml": ""}),
            "Lưu lại ở dạng không có macro",
        ),
        (hand.BOMB, "giải nén ra quá nhiều dữ liệu"),
        (hand.lying_bomb(), "Không mở được tệp"),
        (hand.word({f"a{number}.xml": "" for number in range(10_000)}), "giải nén ra quá nhiều dữ liệu"),
        (hand.word()[:-30], "tệp Office hỏng"),
        (hand.word({"word/media/a.zip": hand.zipped({"a": "b"})}), "Trong tệp có tệp nén (word/media/a.zip)"),
        (
            hand.word({"word/embeddings/a.docx": hand.word({"word/embeddings/b.docx": hand.word()})}),
            "Trong tệp có tệp nén (word/embeddings/b.docx)",
        ),
        (hand.word({"word/embeddings/a.docx": hand.MACROS}), "Lưu lại ở dạng không có macro"),
        (hand.word({"word/media/anh.png": hand.EXE}), "chương trình máy tính (word/media/anh.png)"),
        (
            hand.word({"word/embeddings/oleObject1.bin": b"\xd0\xcf" + b"." * 65_500 + hand.EXE}),
            "oleObject1.bin",
        ),
        (hand.word({"word/media/cai-dat.js": "x"}), "chương trình máy tính (word/media/cai-dat.js)"),
        (
            hand.word(
                {"word/footnotes.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}
            ),
            "Phần word/footnotes.xml trong tệp khai báo DTD",
        ),
        (
            hand.word({"word/footnotes.xml": "<!DOCTYPE a>".encode("utf-16")}),
            "Phần word/footnotes.xml trong tệp khai báo DTD",
        ),
    ],
)
def test_a_word_file_that_could_do_harm(content: bytes, words: str) -> None:
    assert words in refusal("a.docx", content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (hand.encrypted_pdf(), "Tệp PDF có mật khẩu"),
        (BLANK[: len(BLANK) // 3], "Không mở được tệp PDF"),
        (hand.pdf(OpenAction=hand.SCRIPTED), "Tệp PDF có mã JavaScript"),
        (hand.pdf(OpenAction=hand.HIDDEN), "Tệp PDF có mã JavaScript"),
        (hand.pdf(AA=hand.Dictionary(WC=hand.LAUNCHING)), "Tệp PDF có lệnh mở chương trình"),
        (hand.pdf_with_attachment("cai-dat.exe", b"x"), "đính kèm chương trình máy tính (cai-dat.exe)"),
        (hand.pdf_with_attachment("anh.png", hand.EXE), "đính kèm chương trình máy tính (anh.png)"),
        (BLANK + hand.zipped({"a": "b"}), "ghép PDF với một tệp nén"),
        (hand.pdf_bomb(), "Tệp PDF nén bất thường"),
        (hand.pdf_bomb(kind="/Obj#53tm"), "Tệp PDF nén bất thường"),
        (hand.pdf_bomb(packed_by="[/FlateDecode /FlateDecode]"), "Tệp PDF nén bất thường"),
        (hand.pdf_bomb(packed_by="5 0 R"), "Tệp PDF nén bất thường"),
    ],
)
def test_a_pdf_that_could_do_harm(content: bytes, words: str) -> None:
    assert words in refusal("a.pdf", content)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.png", hand.picture("PNG")[:-200], "Không mở được ảnh"),
        ("a.jpg", hand.picture("JPEG", (400, 400))[:-4000], "Không mở được ảnh"),
        ("a.jpg", hand.picture("JPEG", (400, 400))[:300], "Không mở được ảnh"),
        ("a.png", hand.huge_png(), "Ảnh lớn hơn 100 triệu điểm ảnh"),
        ("a.png", hand.picture("PNG") + hand.zipped({"a": "b"}), "ghép ảnh với một tệp nén"),
    ],
)
def test_a_picture_that_is_not_whole(
    name: str, content: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import ImageFile

    monkeypatch.setattr(
        ImageFile, "LOAD_TRUNCATED_IMAGES", True
    )  # as WeasyPrint does, for all of the process
    assert words in refusal(name, content)


def test_words_that_only_look_like_commands_are_words() -> None:
    said = hand.pdf(Note=hand.String("lệnh /Launch và /JavaScript"))
    assert filetypes.checked("a.pdf", said, PAPERS) == PDF


def test_a_file_inside_a_pdf_is_told_of() -> None:
    taken = hand.pdf_with_attachment("số liệu.csv", b"a;b")
    assert filetypes.checked("a.pdf", taken, PAPERS) == PDF
    assert filetypes.remark(SimpleUploadedFile("a.pdf", taken)) == (
        "Trong tệp PDF có tệp đính kèm: số liệu.csv. Người nhận mở được các tệp này."
    )
    assert filetypes.remark(SimpleUploadedFile("a.pdf", BLANK)) == ""
