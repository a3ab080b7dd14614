"""Keys, papers and strangers' signatures for the tests of signing. All made on the spot; nothing is a secret."""

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7, pkcs12
from cryptography.x509.oid import NameOID

from documents.demo_signing import handwriting, seal
from documents.paper.html import paper_pdf
from documents.paper.invitation import invitation
from documents.services.signing import apply_signatures
from documents.signing import demo_keys
from documents.signing.sources import KeyFile
from documents.signing.stamps import StampImages
from tests.documents import paper_samples

SIGNER = "Trần Thị Hải Yến"  # as printed on the sample invitation
BODY = "Thường trực HĐND tỉnh Vĩnh Giang"
PASSWORD = "mật khẩu của tôi"
IMAGES = StampImages(handwriting(SIGNER), seal(BODY))
ROOM = 8_192  # bytes kept for a stranger's signature


def invitation_pdf() -> bytes:
    """The sample invitation, unsigned, its number on it."""
    return paper_pdf(invitation(paper_samples.invitation_paper()))


def authority(folder: Path) -> Path:
    """The demo's authority, made in this folder."""
    demo_keys.make_authority(folder)
    return folder


def signed_by_both(folder: Path, content: bytes, images: StampImages = IMAGES) -> bytes:
    """The paper with a person's and then the body's signature, by the demo's authority."""
    return apply_signatures(
        content,
        person=demo_keys.trial_source(folder, SIGNER, BODY),
        organization=demo_keys.trial_source(folder, BODY, BODY),
        signer_name=SIGNER,
        images=images,
    )


def key_and_certificate(
    name: str = "Người lạ", *, ends: datetime | None = None, for_signing: bool = True
) -> tuple[Any, Any]:
    """A key and a certificate that it signed itself, as a stranger's program would have."""
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    ends = ends or datetime(2040, 1, 1, tzinfo=UTC)
    usage = {
        "content_commitment": False, "key_encipherment": not for_signing, "data_encipherment": False, "key_agreement": False,
        "key_cert_sign": False, "crl_sign": False, "encipher_only": False, "decipher_only": False,
    }  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(ends - timedelta(days=9_000))
        .not_valid_after(ends)
        .add_extension(x509.KeyUsage(digital_signature=for_signing, **usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def key_file(*, with_key: bool = True, **given: Any) -> KeyFile:
    """A PKCS#12 file under `PASSWORD`."""
    key, certificate = key_and_certificate(**given)
    lock = serialization.BestAvailableEncryption(PASSWORD.encode())
    content = (
        pkcs12.serialize_key_and_certificates(b"a", key, certificate, None, lock)
        if with_key
        else pkcs12.serialize_key_and_certificates(b"a", None, None, [certificate], lock)
    )
    return KeyFile(content, PASSWORD)


def signed_by_a_stranger(content: bytes) -> tuple[bytes, Any]:
    """A PDF signed by hand with pikepdf and OpenSSL's PKCS#7 (`adbe.pkcs7.detached`), as other programs do; its certificate."""
    key, certificate = key_and_certificate()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        signature = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
                ByteRange=pikepdf.Array([0, 9_999_999_991, 9_999_999_992, 9_999_999_993]), Contents=pikepdf.String(b"\0" * ROOM),
                M=pikepdf.String("D:20261101080000+07'00'"),
            )
        )  # fmt: skip
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                FT=pikepdf.Name.Sig, T=pikepdf.String("Signature1"), V=signature, Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget, Rect=[0, 0, 0, 0], F=132, P=pdf.pages[0].obj,
            )
        )  # fmt: skip
        pdf.pages[0].Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
        written = io.BytesIO()
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    raw = written.getvalue()
    start = raw.index(b"<" + b"00" * ROOM)
    end = start + 2 * ROOM + 2
    numbers = f"0 {start} {end} {len(raw) - end}".encode()
    raw = re.sub(
        rb"\[ 0 9999999991 9999999992 9999999993 \]",
        lambda match: (b"[ " + numbers).ljust(len(match[0]) - 1) + b"]",
        raw,
    )
    made = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(raw[:start] + raw[end:])
        .add_signer(certificate, key, hashes.SHA256())
        .sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])
    )
    return raw[:start] + b"<" + made.hex().encode().ljust(2 * ROOM, b"0") + b">" + raw[end:], certificate
