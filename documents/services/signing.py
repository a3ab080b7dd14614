"""Sign a paper that is about to be issued, and take one that was signed elsewhere. Bytes in, bytes out: nothing is stored."""

from django.conf import settings

from documents.queries.signatures import report_on
from documents.signing import places, stamps
from documents.signing.applying import Mark, certificate_of, sign
from documents.signing.certificates import Certificate
from documents.signing.elsewhere import ensure_ours
from documents.signing.network import time_server
from documents.signing.report import Report
from documents.signing.sources import SigningSource
from documents.signing.stamps import StampImages
from hdnd.lib import clock
from hdnd.lib.errors import DomainError

TEST_NOTE = "Chữ ký thử nghiệm, không có giá trị pháp lý"


def apply_signatures(
    content: bytes,
    *,
    person: SigningSource | None,
    organization: SigningSource | None,
    signer_name: str,
    images: StampImages,
) -> bytes:
    """The paper with the person's signature and then the organization's (NĐ 30/2020, Điều 5 and Phụ lục I, mục II.7, II.8).

    Both fields are written before the first signature. A paper of several signers is signed place by place: call it once
    for each, with the signer's name.

    Args:
        content: a PDF of this system (`documents.paper.html.paper_pdf`), number and day on it.
        signer_name: as printed on the paper; says where to sign.

    Raises:
        DomainError: the PDF has no place to sign, or as `SigningSource.opened` and `applying.sign`.
    """
    place = places.place_for(places.places_of(content), signer_name)
    above_words = organization is not None and images.seal is None
    ratio = stamps.ratio_of(images.signature) if images.signature else None
    box = places.person_box(place, ratio, above_words=above_words)
    marks = []
    if person is not None:
        told = certificate_of(person)
        stamp = _stamp(told, signer_name, images.signature, box, stamps.BLUE)
        marks.append(
            Mark("NguoiKy", f"Chữ ký của {signer_name}", place.page, box, stamp, person, told.is_test)
        )
    if organization is not None:
        told = certificate_of(organization)
        box = places.organization_words_box(place) if above_words else places.seal_box(place, box)
        stamp = _stamp(told, told.name, images.seal, box, stamps.RED)
        marks.append(
            Mark("CoQuan", f"Chữ ký của {told.name}", place.page, box, stamp, organization, told.is_test)
        )
    return sign(content, marks, time_server=time_server(settings.SIGNING_TIME_SERVER))


def sign_annex(content: bytes, *, organization: SigningSource, symbol: str) -> bytes:
    """An annex in a file of its own, signed by the organization: symbol and time, upper right on page 1 (mục II.8.d).

    Raises:
        DomainError: as `SigningSource.opened` and `applying.sign`.
    """
    told = certificate_of(organization)
    box = places.annex_box(content)
    stamp = stamps.annex_stamp(symbol, clock.now(), places.size_mm(box), TEST_NOTE if told.is_test else "")
    mark = Mark("PhuLuc", f"Chữ ký của {told.name}", 0, box, stamp, organization, told.is_test)
    return sign(content, [mark], time_server=time_server(settings.SIGNING_TIME_SERVER))


def signed_elsewhere(unsigned: bytes, signed: bytes) -> Report:
    """What the signatures of a file are worth that another program made of our paper.

    Raises:
        DomainError: for the field `file`: not our paper, or no whole signature on it.
    """
    ensure_ours(unsigned, signed)
    report = report_on(signed)
    if not report.is_whole:
        raise DomainError(report.verdict.text, field="file")
    return report


def _stamp(told: Certificate, name: str, picture: bytes | None, box: places.Box, colour: str) -> bytes:
    """The picture, or words where there is none; a test says so on the person's, and on both in words."""
    note = TEST_NOTE if told.is_test else ""
    if picture is None:
        words = (f"Ký số bởi: {name}", f"Thời gian ký: {stamps.moment_words(clock.now())}", note)
        return stamps.words_stamp([line for line in words if line], places.size_mm(box), colour)
    return stamps.picture_stamp(picture, places.size_mm(box), note if colour == stamps.BLUE else "")
