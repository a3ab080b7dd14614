"""Pictures of signatures and seals: what is taken, what is refused, and whose are drawn."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from documents.demo_signing import handwriting, load_signed_paper, load_signing, seal
from documents.heading import full_name
from documents.models import Document, SealImage, SignatureImage
from documents.queries.signatures import images_of, report_of
from documents.signing import demo_keys
from documents.signing.pictures import Ink, cleaned, is_inked
from hdnd.lib import files
from hdnd.lib.errors import DomainError
from tests.cast import Cast
from tests.ledger import verbs
from tests.meetings import factories as make

BLUE, RED, CLEAR, WHITE = (20, 60, 210, 255), (200, 20, 30, 255), (0, 0, 0, 0), (255, 255, 255, 255)


def png(
    ground: tuple[int, ...] = CLEAR, ink: tuple[int, ...] = BLUE, size: tuple[int, int] = (400, 160)
) -> bytes:
    picture = Image.new("RGBA", size, ground)
    ImageDraw.Draw(picture).line((20, 20, size[0] - 20, size[1] - 20), fill=ink, width=6)
    target = io.BytesIO()
    picture.save(target, "PNG", pnginfo=None)
    return target.getvalue()


class TestCleaning:
    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.png", png(WHITE), "không có nền trong suốt"),
            ("a.png", png(size=(60, 60)), r"60 × 60 điểm ảnh\. Mỗi cạnh cần từ 100 đến 3000"),
            ("a.png", png()[:120], "tệp hỏng hoặc chưa tải xong"),
            ("a.png", b"", "Tệp rỗng"),
            ("a.jpg", b"\xff\xd8\xff\xe0 jpeg", "Chỉ nhận: ảnh PNG"),
            ("a.jpg", png(), "đuôi “.jpg”"),
            ("a.png", png() + bytes(1024 * 1024), "lớn hơn 1 MB"),
        ],
    )
    def test_refused(self, name: str, content: bytes, said: str) -> None:
        with pytest.raises(DomainError, match=said) as refusal:
            cleaned(name, content)
        assert refusal.value.field == "picture"

    def test_what_else_the_file_carried_is_dropped(self) -> None:
        kept = cleaned("a.png", png() + b"a tail that no picture needs")
        assert b"tail" not in kept
        with Image.open(io.BytesIO(kept)) as picture:
            assert (picture.mode, picture.size) == ("RGBA", (400, 160))

    def test_ink(self) -> None:
        assert [is_inked(png(ink=ink), wanted) for ink in (BLUE, RED) for wanted in (Ink.BLUE, Ink.RED)] == [
            True, False, False, True,
        ]  # fmt: skip

    def test_the_demos_own_pictures_are_taken(self) -> None:
        assert is_inked(cleaned("a.png", handwriting("Lê Quang Vịnh")), Ink.BLUE)
        assert is_inked(cleaned("a.png", seal("Thường trực HĐND tỉnh Vĩnh Giang")), Ink.RED)
        assert handwriting("Lê Quang Vịnh") == handwriting("Lê Quang Vịnh") != handwriting("Lê Quang Minh")


class TestAdmin:
    def post(self, client: Client, person: Any, content: bytes) -> Any:
        upload = SimpleUploadedFile("ky.png", content)
        return client.post(
            reverse("admin:documents_signatureimage_add"),
            {"person": person.pk, "picture": upload},
            follow=True,
        )

    def test_a_picture_is_kept_and_audited(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.admin)
        person = cast.world.people["P01"]
        page = self.post(client, person, png())
        kept = SignatureImage.objects.get(person=person)
        assert files.read(kept.file) == cleaned("a.png", png())
        assert verbs(kept) == ["documents.signatureimage.created"]
        assert "không phải màu" not in page.content.decode()
        shown = client.get(reverse("admin:documents_signatureimage_change", args=[kept.pk])).content.decode()
        assert 'src="data:image/png;base64,' in shown

    def test_a_wrong_colour_is_kept_and_told(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.admin)
        page = self.post(client, cast.world.people["P01"], png(ink=RED))
        assert "nét không phải màu xanh" in page.content.decode()
        assert SignatureImage.objects.count() == 1

    def test_a_refused_picture_leaves_nothing(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.admin)
        page = self.post(client, cast.world.people["P01"], png(WHITE))
        assert "không có nền trong suốt" in page.content.decode()
        assert not SignatureImage.objects.exists()

    def test_others_do_not_come_in(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.secretary)
        assert client.get(reverse("admin:documents_sealimage_add")).status_code in {302, 403}


class TestImages:
    def test_each_has_their_own_or_none(self, cast: Cast) -> None:
        issuer = make.issuer(cast.world["TTHDND"])
        signer, other = cast.world.people["P01"], cast.world.people["P02"]
        SignatureImage.objects.create(person=signer, file=files.store(png(), ".png"))
        SealImage.objects.create(issuer=issuer, file=files.store(png(ink=RED), ".png"))
        found = images_of(signer, issuer)
        assert (found.signature, found.seal) == (png(), png(ink=RED))
        assert images_of(other, issuer).signature is None
        assert images_of(None, None) == images_of(other, None)

    def test_the_demo_gives_leaders_and_bodies_theirs_once(
        self, cast: Cast, settings: Any, tmp_path: Any
    ) -> None:
        settings.SIGNING_DEMO_DIR = tmp_path
        make.issuer(cast.world["TTHDND"])
        assert load_signing() == 1 + 7
        assert load_signing() == 0
        assert demo_keys.is_made(tmp_path)
        assert images_of(cast.world.people["P01"], None).signature == handwriting("Nguyễn Đình Lâm")
        assert (load_signed_paper(), load_signed_paper()) == (1, 0)
        report = report_of(Document.objects.get())
        assert report.is_whole
        assert [one.certificate.name for one in report.signatures if one.certificate] == [
            "Nguyễn Đình Lâm",
            full_name(cast.world["TTHDND"]),
        ]
        assert all(one.is_test and one.is_trusted for one in report.signatures)
