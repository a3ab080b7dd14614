"""What the signatures of a PDF are worth, and the pictures a signature is drawn with."""

from django.conf import settings

from councils.models import Person
from documents.models import Document, Issuer, SealImage, SignatureImage
from documents.signing.certificates import load_roots
from documents.signing.report import Report
from documents.signing.stamps import StampImages
from documents.signing.verifying import verify
from hdnd.lib import clock, files


def report_on(content: bytes) -> Report:
    """The signatures of any PDF, judged by the authorities that this office trusts and the demo's own.

    Takes up to a second for a paper with several signatures.
    """
    roots = load_roots((settings.SIGNING_TRUST_DIR, settings.SIGNING_DEMO_DIR))
    return verify(content, roots, at=clock.now())


def report_of(document: Document) -> Report:
    """The signatures of an issued paper.

    Raises:
        FileNotFoundError: its stored file is missing.
    """
    return report_on(files.read(document.file))


def images_of(person: Person | None, issuer: Issuer | None) -> StampImages:
    """The stored pictures of who signs; none where none is stored."""
    signature = SignatureImage.objects.filter(person=person).first() if person else None
    seal = SealImage.objects.filter(issuer=issuer).first() if issuer else None
    return StampImages(
        signature=files.read(signature.file) if signature else None,
        seal=files.read(seal.file) if seal else None,
    )
