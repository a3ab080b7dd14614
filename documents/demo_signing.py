"""Signing in the demo: an authority of its own, and pictures that nobody can take for real ones."""

import io
import math
import random
from typing import Any

from django.conf import settings

from councils.models import Membership
from councils.models.dated import in_force
from councils.queries import leaders_on
from documents.choices import DocumentType
from documents.heading import full_name, letterhead, recipients, signatory, suffix
from documents.models import Issuer, SealImage, SignatureImage
from documents.paper.html import paper_pdf
from documents.paper.kinds import kind_of
from documents.paper.sheet import Sheet, paper_of
from documents.queries.signatures import images_of
from documents.services.issuing import issue
from documents.services.numbering import Numbered
from documents.services.signing import apply_signatures
from documents.signing import demo_keys
from hdnd.lib import clock, files
from hdnd.lib.pdf.fonts import font_files

INK = (29, 78, 216, 255)
RED = (200, 30, 30, 255)
PLAN_SUBJECT = "Khảo sát việc giải quyết kiến nghị của cử tri tại các xã, phường"
PLAN_RECIPIENTS = ("Các Ban HĐND tỉnh", "Thường trực HĐND các xã, phường được khảo sát")
PLAN = """I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nắm việc giải quyết kiến nghị của cử tri gửi đến kỳ họp gần nhất; kịp thời tháo gỡ vướng mắc ở cơ sở.
2. Yêu cầu
Khảo sát đúng thành phần, đúng thời gian, gắn với tình hình thực tế của địa phương.
II. NỘI DUNG
1. Nghe Thường trực HĐND xã, phường báo cáo kết quả giải quyết kiến nghị.
2. Kiểm tra thực tế ít nhất hai công trình cử tri đã kiến nghị.
III. TỔ CHỨC THỰC HIỆN
Văn phòng chuẩn bị điều kiện làm việc của đoàn, tổng hợp báo cáo gửi Thường trực HĐND tỉnh trước ngày 15 của tháng sau./."""
SIGNATURE_PX = (544, 213)  # 46 mm at 300 dpi
SEAL_PX = 426  # 36 mm
_FINER = 2  # drawn larger and then reduced, which smooths edges


def load_signing() -> int:
    """The authority, and pictures for the province's leaders and the bodies they sign for; returns how many are new."""
    demo_keys.make_authority(settings.SIGNING_DEMO_DIR)
    made = 0
    for issuer in Issuer.objects.filter(organization__code__in=("HDND", "TTHDND")).select_related(
        "organization"
    ):
        name = issuer.organization.name
        made += SealImage.objects.get_or_create(issuer=issuer, defaults={"file": _stored(seal(name))})[1]
    leaders = Membership.objects.filter(in_force(clock.today()), organization__code="TTHDND").select_related(
        "person"
    )
    for leader in leaders:
        picture = handwriting(leader.person.full_name)
        made += SignatureImage.objects.get_or_create(
            person=leader.person, defaults={"file": _stored(picture)}
        )[1]
    return made


def load_signed_paper() -> int:
    """One plan of the standing committee, signed by its head and the body; returns how many are new."""
    issuer = Issuer.objects.filter(organization__code="TTHDND").select_related("organization__area").first()
    if issuer is None or issuer.documents.filter(doc_type=DocumentType.PLAN, subject=PLAN_SUBJECT).exists():
        return 0
    body = issuer.organization
    signer = signatory(issuer, body, clock.today())
    head = leaders_on(body, clock.today())[0].person

    def render(issuer: Issuer, taken: Numbered) -> bytes:
        sheet = Sheet(
            kind_of("ke-hoach"), letterhead(issuer), taken.number, suffix(taken.symbol), issuer.place, clock.today(),
            PLAN_SUBJECT, PLAN, signer.block, recipients(issuer, PLAN_RECIPIENTS),
        )  # fmt: skip
        folder = settings.SIGNING_DEMO_DIR
        return apply_signatures(
            paper_pdf(paper_of(sheet)),
            person=demo_keys.trial_source(folder, signer.name, full_name(body)),
            organization=demo_keys.trial_source(folder, full_name(body), full_name(body)),
            signer_name=signer.name,
            images=images_of(head, issuer),
        )

    issue(
        actor=None, organization=body, doc_type=DocumentType.PLAN, subject=PLAN_SUBJECT, signer_name=signer.name,
        signer_title=signer.full_title, recipients=PLAN_RECIPIENTS, is_ensured=True, render=render,
    )  # fmt: skip
    return 1


def handwriting(seed: str) -> bytes:
    """A curve that looks written by hand and says nothing; the same seed gives the same."""
    from PIL import Image, ImageDraw

    chance = random.Random(seed)  # noqa: S311 (a drawing)
    width, height = (side * _FINER for side in SIGNATURE_PX)
    picture = Image.new("RGBA", (width, height), (*INK[:3], 0))
    pen = ImageDraw.Draw(picture)
    waves = [
        (chance.uniform(0.08, 0.34) / (n + 1), chance.uniform(2, 4) * (n + 1), chance.uniform(0, 6))
        for n in range(4)
    ]
    points = []
    for step in range(1200):
        at = step / 1200
        rise = sum(size * math.sin(speed * 2 * math.pi * at + start) for size, speed, start in waves)
        loop = 0.055 * math.sin(11 * math.pi * at + waves[0][2])
        points.append((width * (0.06 + 0.86 * at + loop), height * (0.5 + rise * (1 - 0.55 * at))))
    for number, (x, y) in enumerate(points):
        nib = _FINER * (1.6 + 1.3 * abs(math.sin(number / 70)))
        pen.ellipse((x - nib, y - nib, x + nib, y + nib), fill=INK)
    pen.line([(width * 0.2, height * 0.86), (width * 0.9, height * 0.74)], fill=INK, width=2 * _FINER)
    return _png(picture.resize(SIGNATURE_PX, Image.Resampling.LANCZOS))


def seal(name: str) -> bytes:
    """A round seal with the body's name and a star; the word in its middle says that it is a sample."""
    from PIL import Image, ImageDraw, ImageFont

    size = SEAL_PX * _FINER
    picture = Image.new("RGBA", (size, size), (*RED[:3], 0))
    pen = ImageDraw.Draw(picture)
    for radius, thick in ((0.49, 0.018), (0.455, 0.006), (0.3, 0.006)):
        edge = size * (0.5 - radius)
        pen.ellipse((edge, edge, size - edge, size - edge), outline=RED, width=round(size * thick))
    path = str(font_files()["LiberationSerif-Bold.ttf"])
    font = ImageFont.truetype(path, round(size * 0.066))
    _around(picture, name.upper(), font, radius=0.375, middle=-90)
    _star(picture, size / 2, size * 0.875, size * 0.05)  # drawn: no Times-like font has one
    word = ImageFont.truetype(path, round(size * 0.1))
    pen.text((size / 2, size * 0.44), "MẪU", font=word, fill=RED, anchor="mm")
    pen.text((size / 2, size * 0.57), "THỬ", font=word, fill=RED, anchor="mm")
    return _png(picture.resize((SEAL_PX, SEAL_PX), Image.Resampling.LANCZOS))


def _around(picture: Any, text: str, font: Any, *, radius: float, middle: float) -> None:
    """Letters along the circle, the text's middle at the angle (degrees, clockwise from the right)."""
    from PIL import Image, ImageDraw

    size = picture.width
    step = 360 / (2 * math.pi * radius * size)
    widths = [font.getlength(letter) * 1.08 for letter in text]
    angle = middle - sum(widths) * step / 2
    for letter, width in zip(text, widths, strict=True):
        angle += width * step / 2
        box = round(font.size * 2)
        tile = Image.new("RGBA", (box, box), (*RED[:3], 0))
        ImageDraw.Draw(tile).text((box / 2, box / 2), letter, font=font, fill=RED, anchor="mm")
        turned = tile.rotate(-(angle + 90), resample=Image.Resampling.BICUBIC)
        x = size / 2 + radius * size * math.cos(math.radians(angle))
        y = size / 2 + radius * size * math.sin(math.radians(angle))
        picture.alpha_composite(turned, (round(x - box / 2), round(y - box / 2)))
        angle += width * step / 2


def _star(picture: Any, x: float, y: float, radius: float) -> None:
    from PIL import ImageDraw

    corners = []
    for point in range(10):
        reach = radius if point % 2 == 0 else radius * 0.4
        turn = math.radians(point * 36 - 90)
        corners.append((x + reach * math.cos(turn), y + reach * math.sin(turn)))
    ImageDraw.Draw(picture).polygon(corners, fill=RED)


def _png(picture: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _stored(content: bytes) -> str:
    return files.store(content, ".png")
