"""A remote signing service: the key stays with the provider, who signs a hash when its holder has agreed on a telephone.

Providers differ; this is the small protocol that an office's gateway translates into its provider's own:

- `GET  {url}/keys/{key}` answers `{"certificates": [DER in base64, the signer's first]}`;
- `POST {url}/signatures` with `{"key", "algorithm": "sha256", "hash": base64}` answers
  `{"id", "state": "pending" | "signed" | "refused", "signature": base64}`, RSA by PKCS#1 v1.5 or ECDSA in DER;
- `GET  {url}/signatures/{id}` answers the same, until the state is no longer `pending`.

All with `Authorization: Bearer {token}`.
"""

import asyncio
import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from documents.signing.certificates import described, ensure_usable
from documents.signing.network import asked_json
from hdnd.lib import clock
from hdnd.lib.errors import DomainError

PATIENCE = 90.0
"""Seconds the holder has to agree on the telephone."""

BETWEEN = 1.0
"""Seconds between two questions whether it is signed."""


@dataclass(frozen=True)
class RemoteSigningService:
    """Where the service is and how long its answer is waited for, in seconds."""

    url: str
    token: str = field(repr=False)
    patience: float = PATIENCE
    between: float = BETWEEN

    def certificates(self, key: str) -> list[Any]:
        """The signer's certificate, then those above it.

        Raises:
            DomainError: no answer, or no such key.
        """
        from asn1crypto import x509

        told = asked_json(f"{self.url}/keys/{quote(key, safe='')}", token=self.token)
        try:
            found = [x509.Certificate.load(base64.b64decode(one)) for one in told["certificates"]]
            found[0].subject.native  # noqa: B018 (parses on reading)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise DomainError(
                "Dịch vụ ký số không trả về chứng thư của tài khoản này.", field="remote_key"
            ) from error
        return found

    async def signature(self, key: str, data: bytes) -> bytes:
        """The signature over the data, whose hash alone is sent.

        Raises:
            DomainError: the holder refused or was not heard in time, or no answer.
        """
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        content = {"key": key, "algorithm": "sha256", "hash": digest}
        told = await asyncio.to_thread(
            asked_json, f"{self.url}/signatures", token=self.token, content=content
        )
        waited = 0.0
        while told.get("state") == "pending":
            if waited >= self.patience:
                raise DomainError(
                    f"Đã chờ {self.patience:.0f} giây mà người ký chưa xác nhận trên điện thoại. Chưa ký gì; ký lại khi sẵn sàng."
                )
            await asyncio.sleep(self.between)
            waited += self.between
            address = f"{self.url}/signatures/{quote(str(told.get('id', '')), safe='')}"
            told = await asyncio.to_thread(asked_json, address, token=self.token)
        if told.get("state") != "signed":
            raise DomainError("Người ký đã từ chối trên thiết bị của mình. Chưa ký gì.")
        try:
            return base64.b64decode(told["signature"], validate=True)
        except (KeyError, TypeError, ValueError) as error:
            raise DomainError("Dịch vụ ký số trả về chữ ký không đọc được. Báo quản trị.") from error


@dataclass(frozen=True)
class RemoteKey:
    """A key at the service, by the name its holder has there."""

    service: RemoteSigningService
    key: str

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """See `documents.signing.sources.SigningSource`."""
        own, *others = self.service.certificates(self.key)
        ensure_usable(described(own), clock.now(), "remote_key")
        yield _signer_class()(self, own, others)


@cache
def _signer_class() -> type[Any]:
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class RemoteSigner(Signer):
        """Lets pyHanko build the signature and the service sign its hash."""

        def __init__(self, key: RemoteKey, own: Any, others: list[Any]) -> None:
            store = SimpleCertificateStore()
            store.register_multiple(others)
            super().__init__(signing_cert=own, cert_registry=store)
            self._key = key

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            if dry_run:  # only its length counts
                return bytes(512)
            return await self._key.service.signature(self._key.key, data)

    return RemoteSigner
