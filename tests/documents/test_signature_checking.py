"""Checking signatures of any PDF: what is said, that no file breaks it, and the two pages that show it."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.models import Document
from documents.services import fill_number, reserve_numbers
from documents.services.registering import PaperInput
from documents.signing.certificates import load_roots
from documents.signing.report import CHANGED, Report, Tone, Whole
from documents.signing.stamps import StampImages
from documents.signing.verifying import verify
from hdnd.lib import clock
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.documents.signing_keys import (
    BODY,
    SIGNER,
    authority,
    invitation_pdf,
    signed_by_a_stranger,
    signed_by_both,
)
from tests.meetings import factories as make

NOW = datetime(2026, 11, 24, 9, 30, 5, tzinfo=clock.VIETNAM)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return authority(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def signed(keys: Path) -> bytes:
    with clock.at(NOW):
        return signed_by_both(keys, invitation_pdf(), StampImages())


@pytest.fixture(scope="module")
def strange() -> tuple[bytes, Any]:
    return signed_by_a_stranger(invitation_pdf())


def checked(content: bytes, *folders: Path, at: datetime = NOW) -> Report:
    return verify(content, load_roots(folders), at=at)


def sentences(report: Report, which: int = 0) -> list[str]:
    return [finding.text for finding in report.signatures[which].findings]


def with_byte_changed(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


class TestReport:
    def test_who_when_whole_and_by_whom(self, signed: bytes, keys: Path) -> None:
        report = checked(signed, keys)
        assert [(one.certificate.name, one.whole, one.is_trusted) for one in report.signatures] == [  # type: ignore[union-attr]
            (SIGNER, Whole.WHOLE, True),
            (BODY, Whole.WHOLE, True),
        ]
        assert sentences(report) == [
            "Tệp nguyên vẹn từ khi ký.",
            "Sau chữ ký này chỉ có thêm chữ ký khác, nội dung không đổi.",
            "Ký lúc 24/11/2026 09:30:05 +07:00, theo đồng hồ của máy ký.",
            "Chứng thư thử nghiệm, không có giá trị pháp lý.",
            "Chứng thư có hiệu lực từ 01/01/2025 đến 01/01/2036.",
        ]
        assert sentences(report, 1)[1].startswith("Ký lúc")  # nothing follows the last signature
        assert (report.verdict.tone, report.verdict.text[:20]) == (Tone.WARN, "Chữ ký thử nghiệm, k")

    def test_another_programs_signature_verifies(self, strange: tuple[bytes, Any], tmp_path: Path) -> None:
        content, certificate = strange
        unknown = checked(content)
        assert (unknown.signatures[0].whole, unknown.signatures[0].is_trusted) == (Whole.WHOLE, False)
        assert unknown.verdict.text == "Tệp nguyên vẹn từ khi ký, nhưng chưa xác nhận được người ký."
        assert "Chưa tin cậy được: chứng thư do Người lạ cấp" in sentences(unknown)[2]
        (tmp_path / "goc.crt").write_bytes(certificate.public_bytes(serialization.Encoding.DER))
        known = checked(content, tmp_path)
        assert known.signatures[0].is_trusted
        assert known.verdict.text == "Chữ ký hợp lệ: tệp nguyên vẹn từ khi ký, chứng thư tin cậy."
        assert "Chưa tra cứu việc thu hồi chứng thư ở tổ chức chứng thực." in sentences(known)

    def test_an_authority_that_ended_since(self, signed: bytes, keys: Path) -> None:
        later = checked(signed, keys, at=datetime(2037, 1, 1, tzinfo=clock.VIETNAM))
        assert later.signatures[0].is_trusted  # it was, when they signed
        assert "Chứng thư có hiệu lực lúc ký, nay đã hết hạn (hiệu lực từ 01/01/2025 đến 01/01/2036)." in sentences(later)  # fmt: skip

    def test_a_changed_byte_anywhere(self, signed: bytes, strange: tuple[bytes, Any], keys: Path) -> None:
        """Everywhere but inside a signature's own container, where its end must still be followed by zeros."""
        for content in (signed, strange[0]):
            for place in range(300, len(content), len(content) // 14):
                if b"/Contents" in content[max(place - 16_400, 0) : place]:
                    continue  # inside: certificates that travel along are nobody's to vouch for
                assert checked(with_byte_changed(content, place), keys).verdict.text == CHANGED, place
        padding = signed.rindex(b"00000000")
        report = checked(with_byte_changed(signed, padding), keys)
        assert report.verdict.text == CHANGED
        assert sentences(report, 1) == [
            "Phần được ký không còn như lúc ký.",
            "Ký lúc 24/11/2026 09:30:05 +07:00, theo đồng hồ của máy ký.",
        ]

    def test_content_added_after_signing(self, signed: bytes, keys: Path) -> None:
        from pyhanko.pdf_utils.generic import NumberObject, pdf_name
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

        writer = IncrementalPdfFileWriter(io.BytesIO(signed))
        page = writer.root["/Pages"]["/Kids"][0]
        page[pdf_name("/Rotate")] = NumberObject(180)
        writer.update_container(page)
        target = io.BytesIO()
        writer.write(target)
        report = checked(target.getvalue(), keys)
        assert {one.whole for one in report.signatures} == {Whole.EDITED}
        assert report.verdict.text == CHANGED
        assert sentences(report)[0].startswith("Phần đã ký còn nguyên nhưng sau đó nội dung tệp bị sửa thêm.")

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "Tệp không phải PDF. Chọn tệp có đuôi .pdf."),
            (b"MZ\x90 an exe", "Tệp không phải PDF. Chọn tệp có đuôi .pdf."),
            (b"%PDF-1.7\nnothing more", "Tệp PDF bị hỏng, không mở được. Chọn lại tệp."),
            (b"%PDF-1.7\n/ByteRange [0 1 2 3]", CHANGED),
            (BLANK, "Tệp chưa có chữ ký số nào."),
        ],
    )
    def test_what_has_no_signature(self, content: bytes, said: str) -> None:
        assert checked(content).verdict.text == said

    def test_an_encrypted_file(self) -> None:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(BLANK)) as pdf:
            pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
        assert "Tệp có mật khẩu" in checked(target.getvalue()).verdict.text

    def test_a_cut_file(self, signed: bytes, keys: Path) -> None:
        for part in (0.3, 0.6, 0.9, 0.999):
            assert checked(signed[: int(len(signed) * part)], keys).verdict.tone is not Tone.GOOD
        assert checked(signed[: int(len(signed) * 0.9)], keys).verdict.text == CHANGED


def stored() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


class TestPages:
    def test_an_upload_is_reported_and_not_kept(self, cast: Cast, client: Client, signed: bytes) -> None:
        client.force_login(cast.delegate)
        before = stored()
        page = client.post(
            reverse("documents:signature_check"), {"file": SimpleUploadedFile("giấy mời.pdf", signed)}
        )
        assert page.status_code == 200
        text = page.content.decode()
        for words in ("giấy mời.pdf", SIGNER, BODY, "Ký lúc 24/11/2026 09:30:05 +07:00", "Chữ ký thử nghiệm"):
            assert words in text
        assert stored() == before

    def test_nothing_chosen(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.delegate)
        page = client.post(reverse("documents:signature_check"), {})
        assert page.status_code == 422
        assert page.context["form"].errors["file"]

    def test_a_filled_number_shows_its_signatures(
        self, cast: Cast, client: Client, signed: bytes, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(NOW)
        make.issuer(cast.world["TTHDND"])
        line = kept(cast, signed)
        client.force_login(cast.secretary)
        detail = client.get(reverse("documents:number_detail", args=[line.pk])).content.decode()
        address = reverse("documents:document_signatures", args=[line.pk])
        assert f'hx-get="{address}"' in detail
        assert f"<title>{line}" in detail
        whole = client.get(address).content.decode()
        part = client.get(address, headers={"HX-Request": "true"}).content.decode()
        for text in (whole, part):
            assert "Tệp nguyên vẹn từ khi ký." in text
        assert ("<html" in whole, "<html" in part) == (True, False)

    def test_a_missing_file_is_not_found(
        self, cast: Cast, client: Client, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(NOW)
        make.issuer(cast.world["TTHDND"])
        line = kept(cast, BLANK)
        Document.objects.filter(pk=line.pk).update(file="00/none.pdf")
        client.force_login(cast.secretary)
        assert client.get(reverse("documents:document_signatures", args=[line.pk])).status_code == 404


def kept(cast: Cast, content: bytes) -> Document:
    """A paper under a number that was reserved for it."""
    (line,) = reserve_numbers(
        actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="GM", purpose="Giấy mời phiên họp"
    )
    paper = PaperInput(
        subject="Mời họp", signer_name=SIGNER, signer_title="Phó Chủ tịch", issued_on=clock.today(),
        file_name="gm.pdf", content=content,
    )  # fmt: skip
    return fill_number(actor=cast.secretary, line=line, paper=paper)
