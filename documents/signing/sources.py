"""Whoever signs: a PKCS#12 file or a PKCS#11 token. Keys and passwords live in memory for one signature and are nowhere kept."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from documents.signing.certificates import described, ensure_usable
from hdnd.lib import clock
from hdnd.lib.errors import DomainError


class SigningSource(Protocol):
    """A way to a private key. The one thing `documents.signing.applying` asks of it is a signer for a while."""

    def opened(self) -> AbstractContextManager[Any]:
        """A pyHanko `Signer` whose certificate signs today; what it holds open is closed at the end.

        Raises:
            DomainError: it can't be opened, or its certificate does not sign today; the field is named.
        """
        ...


@dataclass(frozen=True)
class KeyFile:
    """A PKCS#12 file (.p12, .pfx) and its password, as uploaded at the moment of signing."""

    content: bytes = field(repr=False)
    password: str = field(repr=False)

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """See `SigningSource`."""
        from cryptography.hazmat.primitives.serialization import pkcs12
        from pyhanko.keys.internal import (
            translate_pyca_cryptography_cert_to_asn1,
            translate_pyca_cryptography_key_to_asn1,
        )
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        self._ensure_format()
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(
                self.content, self.password.encode() or None
            )
        except ValueError as error:
            raise DomainError("Mật khẩu của tệp chứng thư không đúng. Nhập lại.", field="password") from error
        if key is None or certificate is None:
            raise DomainError(
                "Tệp chứng thư không có khóa bí mật nên không ký được. Xuất lại tệp kèm khóa bí mật (private key).",
                field="key_file",
            )
        own = translate_pyca_cryptography_cert_to_asn1(certificate)
        ensure_usable(described(own), clock.now(), "key_file")
        store = SimpleCertificateStore()
        store.register_multiple([translate_pyca_cryptography_cert_to_asn1(one) for one in others])
        yield SimpleSigner(
            signing_cert=own, signing_key=translate_pyca_cryptography_key_to_asn1(key), cert_registry=store
        )

    def _ensure_format(self) -> None:
        from asn1crypto import pkcs12

        try:
            pkcs12.Pfx.load(self.content)["version"].native  # noqa: B018 (parses on reading)
        except (ValueError, TypeError) as error:
            raise DomainError(
                "Tệp không phải tệp chứng thư PKCS#12. Chọn tệp có đuôi .p12 hoặc .pfx.", field="key_file"
            ) from error


@dataclass(frozen=True)
class Token:
    """A PKCS#11 token at the server: its driver, which token, which certificate, and the PIN.

    Attributes:
        token_label: of the token; empty where there is only one.
        key_label: of certificate and key; empty where there is only one.
    """

    module: str
    pin: str = field(repr=False)
    token_label: str = ""
    key_label: str = ""

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """See `SigningSource`."""
        import pkcs11
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

        criteria = TokenCriteria(label=self.token_label) if self.token_label else None
        try:
            session = open_pkcs11_session(self.module, token_criteria=criteria, user_pin=self.pin)
        except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
            raise DomainError(
                "Mã PIN của thiết bị ký không đúng. Nhập lại; sai nhiều lần thiết bị sẽ khóa.", field="pin"
            ) from error
        except pkcs11.PinLocked as error:
            raise DomainError(
                "Thiết bị ký đã khóa vì sai mã PIN nhiều lần. Nhờ nơi cấp mở khóa.", field="pin"
            ) from error
        except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
            raise DomainError(
                "Không tìm thấy thiết bị ký trên máy chủ. Cắm thiết bị, kiểm tra nhãn thiết bị rồi ký lại.",
                field="token_label",
            ) from error
        with session:
            try:
                identity, certificate = self._identity(session)
                ensure_usable(described(certificate), clock.now(), "key_label")
                signer = PKCS11Signer(
                    session, signing_cert=certificate, key_id=identity, other_certs_to_pull=None
                )
                yield signer
            except pkcs11.PKCS11Error as error:
                raise DomainError(
                    "Thiết bị ký không ký được. Rút ra cắm lại rồi ký lại.", field="token_label"
                ) from error

    def _identity(self, session: Any) -> tuple[bytes, Any]:
        """Id and certificate of the one key that is meant; a certificate and its key share their id."""
        import pkcs11
        from asn1crypto import x509

        wanted: dict[Any, Any] = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY}
        if self.key_label:
            wanted[pkcs11.Attribute.LABEL] = self.key_label
        keys = {key[pkcs11.Attribute.ID] for key in session.get_objects(wanted)}
        certificates = [
            (one[pkcs11.Attribute.ID], one[pkcs11.Attribute.VALUE])
            for one in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE})
        ]
        usable = [(identity, der) for identity, der in certificates if identity in keys]
        if len(usable) != 1:
            what = "không có chứng thư kèm khóa" if not usable else "có nhiều chứng thư"
            raise DomainError(f"Thiết bị ký {what}. Ghi đúng nhãn của chứng thư cần dùng.", field="key_label")
        return usable[0][0], x509.Certificate.load(usable[0][1])
