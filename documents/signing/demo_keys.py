"""The demo's own certification authority: certificates that say in every name that they are only for testing.

Made on the machine that loads the demo, into a folder under `var/`; no key is ever part of the project.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from documents.signing.certificates import TEST_MARK
from documents.signing.sources import KeyFile

CA_CERTIFICATE = "to-chuc-chung-thuc-thu-nghiem.pem"
_CA_KEY = "to-chuc-chung-thuc-thu-nghiem.key"
_FROM, _TO = datetime(2025, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
_LONGEST_NAME = 64  # of one part of a name (RFC 5280, ub-common-name)


def make_authority(folder: Path) -> bool:
    """Makes the authority once; returns whether it is new."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    if (folder / CA_CERTIFICATE).exists():
        return False
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    key = _new_key()
    name = _name(TEST_MARK, "Dữ liệu mẫu")
    certificate = _certificate(name, name, key.public_key(), key, x509.BasicConstraints(True, 0))
    plain = serialization.NoEncryption()
    (folder / _CA_KEY).touch(mode=0o600)
    (folder / _CA_KEY).write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    (folder / CA_CERTIFICATE).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return True


def is_made(folder: Path) -> bool:
    """Whether the demo's authority is on this machine."""
    return (folder / _CA_KEY).exists()


def key_file(folder: Path, name: str, organization: str, password: str) -> bytes:
    """A PKCS#12 file for a person or, with two equal names, for a body.

    Raises:
        FileNotFoundError: `make_authority` was never called.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    ca_key: Any = serialization.load_pem_private_key((folder / _CA_KEY).read_bytes(), None)
    authority = x509.load_pem_x509_certificate((folder / CA_CERTIFICATE).read_bytes())
    key = _new_key()
    certificate = _certificate(
        _name(name, organization),
        authority.subject,
        key.public_key(),
        ca_key,
        x509.BasicConstraints(False, None),
    )
    return pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, [authority], serialization.BestAvailableEncryption(password.encode())
    )


def trial_source(folder: Path, name: str, organization: str) -> KeyFile:
    """A source that signs under this name with a certificate of the demo's authority, made for this one signature."""
    from secrets import token_hex

    password = token_hex()
    return KeyFile(key_file(folder, name, organization, password), password)


def _new_key() -> Any:
    from cryptography.hazmat.primitives.asymmetric import rsa

    return rsa.generate_private_key(65537, 2048)


def _name(common: str, organization: str) -> Any:
    from cryptography.x509 import Name, NameAttribute
    from cryptography.x509.oid import NameOID

    return Name(
        [
            NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            NameAttribute(NameOID.ORGANIZATION_NAME, organization[:_LONGEST_NAME]),
            NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TEST_MARK),
            NameAttribute(NameOID.COMMON_NAME, common[:_LONGEST_NAME]),
        ]
    )


def _certificate(subject: Any, issuer: Any, public_key: Any, signing_key: Any, constraints: Any) -> Any:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    is_authority = constraints.ca
    usage = {
        "digital_signature": not is_authority, "content_commitment": not is_authority, "key_cert_sign": is_authority,
        "crl_sign": is_authority, "key_encipherment": False, "data_encipherment": False, "key_agreement": False,
        "encipher_only": False, "decipher_only": False,
    }  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_TO)
        .add_extension(constraints, critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
        )
        .sign(signing_key, hashes.SHA256())
    )
