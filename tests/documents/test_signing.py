"""Signing a paper: where the pictures stand, what the file says of itself, what stays as it was, what is refused."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents.paper.html import paper_pdf
from documents.paper.layout import LAYOUT
from documents.paper.minutes import minutes
from documents.services.signing import apply_signatures, sign_annex, signed_elsewhere
from documents.signing import demo_keys
from documents.signing.certificates import TEST_MARK, load_roots
from documents.signing.places import ANNEX_MM, MM, WORDS_MM, places_of
from documents.signing.stamps import BLUE, StampImages, annex_stamp, words_stamp
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.pdf import render_pdf
from tests.documents import paper_samples
from tests.documents.signing_keys import (
    BODY,
    IMAGES,
    SIGNER,
    authority,
    invitation_pdf,
    key_file,
    signed_by_a_stranger,
    signed_by_both,
)

NOW = datetime(2026, 11, 24, 9, 30, 5, tzinfo=clock.VIETNAM)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return authority(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return invitation_pdf()


@pytest.fixture(scope="module")
def signed(keys: Path, unsigned: bytes) -> bytes:
    with clock.at(NOW):
        return signed_by_both(keys, unsigned)


def fields(content: bytes) -> dict[str, tuple[int, tuple[float, float, float, float]]]:
    """Each signature field: its page and its box from the upper left, in mm."""
    found = {}
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            for note in page.annots:
                box = tuple(note[side] / MM for side in ("x0", "top", "x1", "bottom"))
                found[note["data"]["T"].decode()] = (number, box)
    return found


def words_of(content: bytes, page: int) -> list[dict[str, Any]]:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [
            {**word, **{side: word[side] / MM for side in ("x0", "top", "x1", "bottom")}}
            for word in pdf.pages[page].extract_words()
        ]


def near(value: float) -> Any:
    return pytest.approx(value, abs=1)


class TestPositions:
    def test_pictures_stand_between_title_and_name(self, signed: bytes) -> None:
        page, (left, top, right, bottom) = fields(signed)["NguoiKy"]
        words = words_of(signed, page)
        title = next(word for word in words if word["text"] == "TỊCH" and word["x0"] > 105)
        name = [word for word in words if word["text"] in SIGNER.split() and word["x0"] > 105]
        middle = (name[0]["x0"] + name[-1]["x1"]) / 2
        assert (left + right) / 2 == near(middle)
        assert (right - left, bottom - top) == (near(46), near(18))
        assert title["bottom"] < top + 9 < bottom < name[0]["top"]
        assert middle == near(LAYOUT.page_width_mm - LAYOUT.margin_right_mm - LAYOUT.closing_right_mm / 2)

    def test_the_seal_has_its_size_and_covers_a_third_on_the_left(self, signed: bytes) -> None:
        page, (left, _, right, _) = fields(signed)["NguoiKy"]
        on, seal = fields(signed)["CoQuan"]
        assert on == page
        assert (seal[2] - seal[0], seal[3] - seal[1]) == (near(36), near(36))
        assert seal[2] - left == near((right - left) / 3)
        assert seal[0] < left

    def test_each_of_two_signers_signs_in_their_own_place(self, keys: Path) -> None:
        paper = paper_pdf(minutes(paper_samples.minutes_paper()))
        secretary, chair = "Mai Thế Anh", "Nguyễn Đình Lâm"
        once = apply_signatures(
            paper, person=demo_keys.trial_source(keys, secretary, BODY), organization=None, signer_name=secretary, images=IMAGES
        )  # fmt: skip
        twice = apply_signatures(
            once,
            person=demo_keys.trial_source(keys, chair, BODY),
            organization=demo_keys.trial_source(keys, BODY, BODY),
            signer_name=chair,
            images=IMAGES,
        )
        found = fields(twice)
        assert set(found) == {"NguoiKy", "NguoiKy2", "CoQuan"}
        width = LAYOUT.text_width_mm / 2
        for field, column in (("NguoiKy", 0), ("NguoiKy2", 1)):
            left, _, right, _ = found[field][1]
            assert (left + right) / 2 == near(LAYOUT.margin_left_mm + width * (column + 0.5))
        assert len(trusted(twice, keys)) == 3

    def test_words_stand_in_for_missing_pictures(self, keys: Path, unsigned: bytes) -> None:
        made = signed_by_both(keys, unsigned, StampImages())
        (_, person), (_, body) = fields(made)["NguoiKy"], fields(made)["CoQuan"]
        assert person[3] <= body[1]  # the person's above the organization's
        stamp = words_stamp(["Ký số bởi: Lê <b>"], WORDS_MM, BLUE)
        with pdfplumber.open(io.BytesIO(stamp)) as pdf:
            assert pdf.pages[0].extract_text() == "Ký số bởi: Lê <b>"

    def test_an_annex_says_symbol_and_time_at_the_top_right(self, keys: Path, unsigned: bytes) -> None:
        with clock.at(NOW):
            made = sign_annex(
                unsigned, organization=demo_keys.trial_source(keys, BODY, BODY), symbol="31/GM-HĐND"
            )
        page, (_, top, right, bottom) = fields(made)["PhuLuc"]
        assert page == 0
        assert right == near(LAYOUT.page_width_mm - LAYOUT.margin_right_mm)
        assert top < bottom <= LAYOUT.margin_top_mm
        stamp = annex_stamp("31/GM-HĐND", NOW, ANNEX_MM)
        with pdfplumber.open(io.BytesIO(stamp)) as pdf:
            drawn = pdf.pages[0]
            assert drawn.extract_text() == "31/GM-HĐND\n24/11/2026 09:30:05 +07:00"
            assert {
                (round(letter["size"], 1), letter["fontname"].partition("+")[2]) for letter in drawn.chars
            } == {(10.0, "LiberationSerif")}
            assert {letter["non_stroking_color"] for letter in drawn.chars} <= {(0,), (0, 0, 0)}
            assert drawn.images == []


def trusted(content: bytes, keys: Path) -> list[bool]:
    """The verdict of pyHanko's own validator on each signature."""
    context = ValidationContext(trust_roots=load_roots([keys]), allow_fetching=False)
    reader = PdfFileReader(io.BytesIO(content))
    return [validate_pdf_signature(one, context).bottom_line for one in reader.embedded_signatures]


class TestWhatTheFileSays:
    def test_both_signatures_hold_in_the_validator(self, signed: bytes, keys: Path) -> None:
        assert trusted(signed, keys) == [True, True]

    def test_they_are_pades_by_our_clock(self, signed: bytes) -> None:
        person, body = PdfFileReader(io.BytesIO(signed)).embedded_signatures
        assert [person.fq_name, body.fq_name] == ["NguoiKy", "CoQuan"]
        for one in (person, body):
            assert one.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
            assert one.self_reported_timestamp == NOW
        assert person.sig_object["/Name"] == SIGNER

    def test_a_test_says_so_in_the_properties(self, signed: bytes) -> None:
        with pikepdf.open(io.BytesIO(signed)) as pdf:
            assert str(pdf.docinfo["/Keywords"]) == TEST_MARK
            assert pdf.open_metadata()["pdf:Keywords"] == TEST_MARK
        for one in PdfFileReader(io.BytesIO(signed)).embedded_signatures:
            assert one.sig_object["/Reason"] == TEST_MARK

    def test_a_real_certificate_is_not_called_a_test(self, unsigned: bytes) -> None:
        made = apply_signatures(
            unsigned, person=key_file(), organization=None, signer_name=SIGNER, images=IMAGES
        )
        assert TEST_MARK.encode() not in made
        (one,) = PdfFileReader(io.BytesIO(made)).embedded_signatures
        assert "/Reason" not in one.sig_object
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert "/Keywords" not in pdf.docinfo

    def test_it_stays_archivable_and_tagged(self, unsigned: bytes, signed: bytes) -> None:
        assert signed.startswith(unsigned)

        def said(content: bytes) -> list[Any]:
            with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as meta:
                kinds = [str(element.S) for element in pdf.Root.StructTreeRoot.K]
                return [
                    meta["pdfaid:part"], meta["pdfaid:conformance"], bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang),
                    kinds, str(pdf.docinfo["/Title"]), pdf.pdf_version, "/OutputIntents" in pdf.Root,
                ]  # fmt: skip

        assert said(signed) == said(unsigned)
        assert said(signed)[:4] == ["2", "A", True, "vi"]

    def test_every_field_has_an_appearance(self, signed: bytes) -> None:
        with pikepdf.open(io.BytesIO(signed)) as pdf:
            for field in pdf.Root.AcroForm.Fields:
                assert "/N" in field.AP
                assert "/TU" in field


class TestRefused:
    def test_a_pdf_of_another_program_has_no_place_to_sign(self, keys: Path) -> None:
        foreign = render_pdf("<html lang='vi'><body><p>Trần Thị Hải Yến</p></body></html>", title="a")
        assert places_of(foreign) == []
        with pytest.raises(DomainError, match="không có chỗ ký"):
            signed_by_both(keys, foreign)

    def test_an_expired_certificate(self, unsigned: bytes) -> None:
        with pytest.raises(DomainError, match="Chứng thư của Người lạ đã hết hạn ngày 01/03/2025") as refusal:
            apply_signatures(
                unsigned,
                person=key_file(ends=datetime(2025, 3, 1, tzinfo=UTC)),
                organization=None,
                signer_name=SIGNER,
                images=IMAGES,
            )
        assert refusal.value.field == "key_file"


class TestSignedElsewhere:
    def test_our_bytes_with_a_signature_appended(self, unsigned: bytes, signed: bytes) -> None:
        assert [one.certificate.name for one in signed_elsewhere(unsigned, signed).signatures] == [
            SIGNER,
            BODY,
        ]  # type: ignore[union-attr]

    @pytest.mark.parametrize(
        ("make", "said"),
        [
            (lambda ours: ours, "là bản chưa ký"),
            (lambda ours: ours + b"\n", "chưa có chữ ký số"),
            (lambda ours: b"not a pdf", "tệp hỏng hoặc có mật khẩu"),
            (lambda ours: paper_pdf(minutes(paper_samples.minutes_paper())), "là một văn bản khác"),
            (lambda ours: signed_by_a_stranger(ours)[0], "Chữ nghĩa giống bản chưa ký nhưng tệp đã được ghi lại"),
        ],
    )  # fmt: skip
    def test_other_files_are_told_apart(
        self, unsigned: bytes, make: Callable[[bytes], bytes], said: str
    ) -> None:
        with pytest.raises(DomainError, match=said) as refusal:
            signed_elsewhere(unsigned, make(unsigned))
        assert refusal.value.field == "file"

    def test_changed_words_are_named(self, unsigned: bytes) -> None:
        from documents.paper.invitation import invitation

        changed = paper_pdf(invitation(paper_samples.invitation_paper(place="Bình Khê")))
        with pytest.raises(
            DomainError, match=r"thay đổi ở trang 1: không còn “.*Vĩnh Giang, ngày.*nay là “.*Bình Khê"
        ):
            signed_elsewhere(unsigned, changed)

    def test_a_changed_byte_of_a_good_file(self, unsigned: bytes, signed: bytes) -> None:
        broken = bytearray(signed)
        broken[len(unsigned) + 900] ^= 1
        with pytest.raises(DomainError, match="Tệp đã bị thay đổi sau khi ký"):
            signed_elsewhere(unsigned, bytes(broken))
