"""Certificates in words: whose, by whom, from when to when, and whether they are only for testing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from hdnd.lib import clock
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError

TEST_MARK = "CHỨNG THƯ THỬ NGHIỆM - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
"""Stands in the name of the demo's authority and of all it issues, and in the properties of what they sign."""

SIGNING_USES = frozenset({"digital_signature", "non_repudiation"})


@dataclass(frozen=True)
class Certificate:
    """A certificate as people are told of it; both moments are in Vietnam's time."""

    name: str
    organization: str
    authority: str
    valid_from: datetime
    valid_to: datetime
    is_test: bool
    may_sign: bool


def described(certificate: Any) -> Certificate:
    """What an asn1crypto certificate says."""
    subject, issuer = certificate.subject.native, certificate.issuer.native
    usage = certificate.key_usage_value
    return Certificate(
        name=_first(subject, "common_name") or certificate.subject.human_friendly,
        organization=_first(subject, "organization_name"),
        authority=_first(issuer, "common_name") or certificate.issuer.human_friendly,
        valid_from=clock.local(certificate.not_valid_before),
        valid_to=clock.local(certificate.not_valid_after),
        is_test=TEST_MARK in certificate.subject.human_friendly + certificate.issuer.human_friendly,
        may_sign=usage is None or bool(SIGNING_USES & usage.native),
    )


def ensure_usable(certificate: Certificate, at: datetime, field: str | None = None) -> None:
    """Refuses a certificate that does not sign at that moment.

    Raises:
        DomainError: expired, not yet valid, or made for something else than signing.
    """
    if at > certificate.valid_to:
        raise DomainError(
            f"Chứng thư của {certificate.name} đã hết hạn ngày {short_date(certificate.valid_to.date())}. "
            "Gia hạn hoặc chọn chứng thư khác rồi ký lại.",
            field=field,
        )
    if at < certificate.valid_from:
        raise DomainError(
            f"Chứng thư của {certificate.name} chỉ có hiệu lực từ ngày {short_date(certificate.valid_from.date())}. "
            "Chọn chứng thư khác.",
            field=field,
        )
    if not certificate.may_sign:
        raise DomainError(
            f"Chứng thư của {certificate.name} không được cấp để ký. Chọn chứng thư ký số.", field=field
        )


def load_roots(folders: Iterable[Path]) -> list[Any]:
    """The authorities an office trusts: every `.pem`, `.crt` and `.cer` of the folders, PEM or DER."""
    return [certificate for folder in folders for certificate in _in_folder(folder)]


def _in_folder(folder: Path) -> Iterator[Any]:
    from asn1crypto import pem, x509

    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in {".pem", ".crt", ".cer"}:
            continue
        content = path.read_bytes()
        if pem.detect(content):
            yield from (x509.Certificate.load(der) for _, _, der in pem.unarmor(content, multiple=True))
        else:
            yield x509.Certificate.load(content)


def _first(names: dict[str, Any], key: str) -> str:
    value = names.get(key, "")
    return str(value[0] if isinstance(value, list) else value)
