"""What leaves as a Word file comes back as the same clerk's text; what Word did to it is not lost."""

import shutil
import subprocess
from pathlib import Path

import pytest

from documents.paper.kinds import KINDS, Kind
from documents.paper.model import Recipients, SignatureBlock, Signer
from documents.paper.sheet import Sheet, paper_of
from documents.paper.word import paper_docx
from documents.paper.word_reading import read_docx
from tests.documents.paper_samples import STANDING_COMMITTEE

SUBJECT = "Rà soát, sắp xếp các đơn vị sự nghiệp công lập trên địa bàn tỉnh"
SIGNER = Signer("PHÓ CHỦ TỊCH", "Trần Thị Hải Yến", ("TM. THƯỜNG TRỰC HĐND", "KT. CHỦ TỊCH"))
EVERYTHING = """Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
Căn cứ Nghị định số 30/2020/NĐ-CP;
QUYẾT ĐỊNH:
Chương I
QUY ĐỊNH CHUNG
Điều 1. Thành lập Đoàn giám sát gồm các thành viên sau:
1. Ông Nguyễn Đình Lâm, Trưởng đoàn.
2. Các ủy viên:
a) Bà Trần Thị Hải Yến;
b) Ông Lê Quang Vịnh.
Điều 2. Kinh phí
Kinh phí **do ngân sách tỉnh** bảo đảm.
| Stt | Nội dung | Ghi chú |
| 1 | Thuê xe |  |
|  | Cộng | 3.000.000 |
PHỤ LỤC (ngang)
DANH SÁCH ĐƠN VỊ
Đơn vị được giám sát *trong năm*:
| Stt | Đơn vị |
| 1 | Sở Xây dựng |
PHỤ LỤC
KẾ HOẠCH CHI TIẾT
I. MỤC ĐÍCH
1. Mục đích
Đánh giá đúng thực trạng.
2. Thời gian: từ **01/7/2026** đến 30/9/2026."""


def sheet(kind: Kind, body: str, signers: tuple[Signer, ...] = (SIGNER,)) -> Sheet:
    return Sheet(
        kind=kind, letterhead=STANDING_COMMITTEE, number=None, suffix="HĐND", place="Vĩnh Giang", issued_on=None,
        subject=SUBJECT, body=body, signature=SignatureBlock(signers),
        recipients=Recipients(("Như trên", "Lãnh đạo Văn phòng"), "VT, P.TH"),
        addressees=("Ủy ban nhân dân tỉnh", "Sở Xây dựng"),
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_comes_back_as_it_was_typed(kind: Kind) -> None:
    read = read_docx(paper_docx(paper_of(sheet(kind, kind.body))))
    assert read.body == kind.body
    about = f"{SUBJECT[:1].lower()}{SUBJECT[1:]}" if not kind.type_name else SUBJECT
    assert (read.subject, read.type_name) == (about, kind.type_name.upper())
    assert read.salutation == (("Ủy ban nhân dân tỉnh", "Sở Xây dựng") if kind.has_salutation else ())
    assert read.recipients == ("Như trên", "Lãnh đạo Văn phòng", "Lưu: VT, P.TH")
    assert read.signers == (("TM. THƯỜNG TRỰC HĐND", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Hải Yến"),)
    assert read.symbol == "/HĐND"
    assert read.place_date.startswith("Vĩnh Giang, ngày")
    assert read.beside == ()


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_saved_by_libreoffice_it_says_the_same(tmp_path: Path) -> None:
    """LibreOffice writes its own XML: other styles, split runs, its own numbering."""
    kind = next(kind for kind in KINDS if kind.code == "quyet-dinh")
    ours = paper_docx(paper_of(sheet(kind, EVERYTHING)))
    (tmp_path / "a.docx").write_bytes(ours)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "docx")]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120)
    assert read_docx((tmp_path / "docx/a.docx").read_bytes()) == read_docx(ours)


def test_articles_tables_annexes_and_marks_come_back() -> None:
    kind = next(kind for kind in KINDS if kind.code == "quyet-dinh")
    read = read_docx(paper_docx(paper_of(sheet(kind, EVERYTHING, (SIGNER, SIGNER)))))
    assert read.body == EVERYTHING.replace("**do ngân sách tỉnh**", "do ngân sách tỉnh").replace(
        "NĐ-CP;", "NĐ-CP."
    )
    assert len(read.signers) == 2
