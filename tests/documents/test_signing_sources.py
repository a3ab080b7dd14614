"""Whoever signs: key files, a token, a remote service, a time server; what is wrong with each is said in words."""

import asyncio
import base64
import io
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from documents.forms.signing import KeyForm, signing_ways
from documents.services.signing import apply_signatures
from documents.signing import demo_keys
from documents.signing.remote import RemoteKey, RemoteSigningService
from documents.signing.report import Report
from documents.signing.sources import KeyFile, SigningSource, Token
from documents.signing.stamps import StampImages
from documents.signing.verifying import verify
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from tests.documents.signing_keys import (
    PASSWORD,
    SIGNER,
    authority,
    invitation_pdf,
    key_and_certificate,
    key_file,
)

NOW = datetime(2026, 11, 24, 9, 30, 5, tzinfo=clock.VIETNAM)
SOFTHSM = next((path for path in Path("/usr/lib").rglob("libsofthsm2.so")), None)


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return invitation_pdf()


def signed(content: bytes, source: SigningSource) -> bytes:
    return apply_signatures(
        content, person=source, organization=None, signer_name=SIGNER, images=StampImages()
    )


def report(content: bytes) -> Report:
    return verify(content, [], at=NOW)


def holders(content: bytes) -> list[str]:
    """Whose whole signatures the file carries."""
    found = report(content)
    assert found.is_whole
    return [one.certificate.name for one in found.signatures if one.certificate]


class TestKeyFile:
    def test_it_signs(self, unsigned: bytes) -> None:
        assert holders(signed(unsigned, key_file(name="Lê Quang Vịnh"))) == ["Lê Quang Vịnh"]

    @pytest.mark.parametrize(
        ("source", "field", "said"),
        [
            (lambda: KeyFile(key_file().content, "sai"), "password", "Mật khẩu của tệp chứng thư không đúng"),
            (lambda: KeyFile(b"not a key", PASSWORD), "key_file", "không phải tệp chứng thư PKCS#12"),
            (lambda: key_file(with_key=False), "key_file", "không có khóa bí mật"),
            (lambda: key_file(ends=datetime(2026, 11, 23, tzinfo=UTC)), "key_file", "đã hết hạn ngày 23/11/2026"),
            (lambda: key_file(ends=datetime(2099, 1, 1, tzinfo=UTC)), "key_file", "chỉ có hiệu lực từ ngày"),
            (lambda: key_file(for_signing=False), "key_file", "không được cấp để ký"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said(
        self, source: Callable[[], KeyFile], field: str, said: str, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(NOW)
        with pytest.raises(DomainError, match=said) as refusal, source().opened():
            pass
        assert refusal.value.field == field

    def test_neither_key_nor_password_is_ever_written_out(self) -> None:
        source = key_file()
        assert PASSWORD not in repr(source)
        assert repr(source.content)[:20] not in repr(source)

    def test_a_key_on_a_curve_leaves_the_pdf_version(self, unsigned: bytes) -> None:
        """pyHanko would turn the file into PDF 2.0, and it would be no PDF/A-2 any more."""
        key = ec.generate_private_key(ec.SECP256R1())
        _, model = key_and_certificate()
        certificate = (
            x509.CertificateBuilder()
            .subject_name(model.subject)
            .issuer_name(model.subject)
            .public_key(key.public_key())
            .serial_number(9)
            .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(2030, 1, 1, tzinfo=UTC))
            .sign(key, hashes.SHA256())
        )
        lock = serialization.BestAvailableEncryption(b"x")
        made = signed(
            unsigned, KeyFile(pkcs12.serialize_key_and_certificates(b"a", key, certificate, None, lock), "x")
        )
        assert holders(made) == ["Người lạ"]
        assert "/Version" not in PdfFileReader(io.BytesIO(made)).root


class TestForm:
    def form(self, data: dict[str, Any], **files: Any) -> KeyForm:
        return KeyForm(data, files, holder=SIGNER, body="Thường trực HĐND tỉnh")

    def test_only_ways_that_exist_are_offered(self, settings: Any, tmp_path: Path) -> None:
        settings.SIGNING_DEMO_DIR = tmp_path / "none"
        assert [way for way, _ in signing_ways()] == ["file"]
        settings.SIGNING_DEMO_DIR = authority(tmp_path)
        settings.SIGNING_TOKEN_MODULE, settings.SIGNING_SERVICE_URL = "/x.so", "http://127.0.0.1:9"
        assert [way for way, _ in signing_ways()] == ["test", "remote", "token", "file"]
        settings.DEMO = False
        assert [way for way, _ in signing_ways()] == ["remote", "token", "file"]

    def test_a_file_and_its_password(self, settings: Any, tmp_path: Path, unsigned: bytes) -> None:
        settings.SIGNING_DEMO_DIR = tmp_path
        key = SimpleUploadedFile("toi.p12", key_file().content)
        form = self.form({"way": "file", "password": PASSWORD}, key_file=key)
        assert form.is_valid(), form.errors
        assert holders(signed(unsigned, form.source())) == ["Người lạ"]

    def test_the_test_certificate_carries_the_signers_name(
        self, settings: Any, tmp_path: Path, unsigned: bytes
    ) -> None:
        settings.SIGNING_DEMO_DIR = authority(tmp_path)
        form = self.form({"way": "test"})
        assert form.is_valid()
        assert holders(signed(unsigned, form.source())) == [SIGNER]

    def test_refusals_stand_beside_their_field(self, settings: Any, tmp_path: Path) -> None:
        settings.SIGNING_DEMO_DIR = tmp_path
        key = SimpleUploadedFile("toi.p12", key_file().content)
        wrong = self.form({"way": "file", "password": "sai"}, key_file=key)
        assert wrong.errors["password"] == ["Mật khẩu của tệp chứng thư không đúng. Nhập lại."]
        assert self.form({"way": "file"}).errors["key_file"] == ["Chọn tệp chứng thư."]
        large = SimpleUploadedFile("toi.p12", bytes(300 * 1024))
        assert "quá lớn" in self.form({"way": "file"}, key_file=large).errors["key_file"][0]
        assert 'value="sai"' not in str(wrong)


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A software token "hdnd", PIN 1234, with one key and its certificate."""
    if not SOFTHSM:
        pytest.skip("signing by token is tested on SoftHSM (apt-get install softhsm2)")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    util = shutil.which("softhsm2-util")
    assert util
    subprocess.run(
        [util, "--init-token", "--free", "--label", "hdnd", "--pin", "1234", "--so-pin", "5678"], check=True
    )  # fmt: skip
    _fill(key_and_certificate("Người có thiết bị"))
    yield SOFTHSM
    del os.environ["SOFTHSM2_CONF"]


def _fill(pair: tuple[Any, Any]) -> None:
    import pkcs11
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    key, certificate = pair
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    own = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "ky so", pkcs11.Attribute.ID: b"\1"}
    der = certificate.public_bytes(serialization.Encoding.DER)
    with pkcs11.lib(str(SOFTHSM)).get_token(token_label="hdnd").open(rw=True, user_pin="1234") as session:
        session.create_object(decode_rsa_private_key(plain) | own)
        session.create_object(decode_x509_certificate(der) | own)


class TestToken:
    def test_it_signs_with_its_only_key(self, token: Path, unsigned: bytes) -> None:
        assert holders(signed(unsigned, Token(str(token), "1234", "hdnd"))) == ["Người có thiết bị"]
        assert holders(signed(unsigned, Token(str(token), "1234", "hdnd", "ky so"))) == ["Người có thiết bị"]

    @pytest.mark.parametrize(
        ("given", "field", "said"),
        [
            (("9999", "hdnd"), "pin", "Mã PIN của thiết bị ký không đúng"),
            (("1234", "khác"), "token_label", "Không tìm thấy thiết bị ký"),
            (("1234", "hdnd", "khác"), "key_label", "không có chứng thư kèm khóa"),
        ],
    )
    def test_what_is_wrong_is_said(self, token: Path, given: tuple[str, ...], field: str, said: str) -> None:
        with pytest.raises(DomainError, match=said) as refusal, Token(str(token), *given).opened():
            pass
        assert refusal.value.field == field

    def test_a_driver_that_is_not_there(self) -> None:
        with (
            pytest.raises(DomainError, match="Không tìm thấy thiết bị ký"),
            Token("/no/driver.so", "1").opened(),
        ):
            pass


@pytest.fixture
def served() -> Iterator[Callable[[Callable[..., tuple[int, str, bytes]]], str]]:
    """`served(answer)` is the address of a server whose `answer(method, path, headers, body)` is (status, type, bytes)."""
    servers = []

    def start(answer: Callable[..., tuple[int, str, bytes]]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def _reply(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, kind, content = answer(self.command, self.path, self.headers, body)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _reply

            def log_message(self, *args: Any) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class Provider:
    """A signing service: its holder agrees on the telephone after `asked` questions, or refuses, or never answers."""

    def __init__(self, decision: str = "signed", asked: int = 2) -> None:
        self.key, self.certificate = key_and_certificate("Người ký từ xa")
        self.decision, self.left, self.seen = decision, asked, list[tuple[str, str, str]]()
        self.signature = b""

    def __call__(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, str, bytes]:
        self.seen.append((method, path, headers["Authorization"]))
        if path.startswith("/keys/"):
            der = self.certificate.public_bytes(serialization.Encoding.DER)
            told: dict[str, Any] = {"certificates": [base64.b64encode(der).decode()]}
            return (
                (200, "application/json", json.dumps(told).encode())
                if path == "/keys/vinh"
                else (404, "", b"")
            )
        if method == "POST":
            digest = base64.b64decode(json.loads(body)["hash"])
            self.signature = self.key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
        self.left -= 1
        state = self.decision if self.left < 0 else "pending"
        signature = base64.b64encode(self.signature).decode() if state == "signed" else ""
        told = {"id": "số 7", "state": state, "signature": signature}
        return 200, "application/json", json.dumps(told).encode()


class TestRemoteService:
    def source(self, url: str, key: str = "vinh") -> RemoteKey:
        return RemoteKey(RemoteSigningService(url, "bí-mật".encode().hex(), patience=0.05, between=0.01), key)

    def test_it_signs_once_the_holder_agrees(self, served: Any, unsigned: bytes) -> None:
        provider = Provider()
        source = self.source(served(provider))
        assert holders(signed(unsigned, source)) == ["Người ký từ xa"]
        assert provider.seen[-1][:2] == ("GET", "/signatures/s%E1%BB%91%207")
        assert {header for _, _, header in provider.seen} == {f"Bearer {source.service.token}"}
        assert source.service.token not in repr(source)

    @pytest.mark.parametrize(
        ("provider", "said"),
        [
            (Provider("refused"), "Người ký đã từ chối trên thiết bị"),
            (Provider(asked=10_000), "mà người ký chưa xác nhận trên điện thoại"),
            (lambda *request: (500, "", b""), "không trả lời đúng"),
            (lambda *request: (200, "text/html", b"<html>"), "không trả lời đúng"),
            (lambda *request: (200, "application/json", b'{"certificates": ["AA=="]}'), "không trả về chứng thư"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said(self, served: Any, unsigned: bytes, provider: Any, said: str) -> None:
        with pytest.raises(DomainError, match=said):
            signed(unsigned, self.source(served(provider)))

    def test_an_unknown_account_and_a_service_that_is_down(self, served: Any) -> None:
        with pytest.raises(DomainError, match="không biết tài khoản ký này") as refusal:
            self.source(served(Provider()), "lạ").service.certificates("lạ")
        assert refusal.value.field == "remote_key"
        with pytest.raises(DomainError, match="không trả lời đúng"):
            self.source("http://127.0.0.1:9").service.certificates("vinh")


def time_authority() -> DummyTimeStamper:
    key, model = key_and_certificate("Máy chủ thời gian")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(model.subject)
        .issuer_name(model.subject)
        .public_key(key.public_key())
        .serial_number(8)
        .not_valid_before(NOW - timedelta(days=900))
        .not_valid_after(NOW + timedelta(days=900))
        .add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(plain),
        fixed_dt=NOW,
    )


class TestTimeServer:
    def test_its_moment_is_in_the_signature(self, served: Any, settings: Any, unsigned: bytes) -> None:
        authority_ = time_authority()

        def answer(method: str, path: str, headers: Any, body: bytes) -> tuple[int, str, bytes]:
            asked = authority_.async_request_tsa_response(tsp.TimeStampReq.load(body))
            return 200, "application/timestamp-reply", asyncio.run(asked).dump()

        settings.SIGNING_TIME_SERVER = served(answer)
        found = report(signed(unsigned, key_file())).signatures[0]
        assert (found.is_stamped, found.signed_at) == (True, NOW)
        assert "Ký lúc 24/11/2026 09:30:05 +07:00, theo máy chủ cấp dấu thời gian, máy chủ này chưa có" in found.findings[1].text  # fmt: skip

    def test_one_that_does_not_answer_signs_nothing(
        self, served: Any, settings: Any, unsigned: bytes
    ) -> None:
        settings.SIGNING_TIME_SERVER = served(lambda *request: (500, "", b""))
        with pytest.raises(DomainError, match=r"Máy chủ cấp dấu thời gian không trả lời\. Chưa ký gì"):
            signed(unsigned, key_file())


def test_the_demo_makes_its_authority_once(tmp_path: Path) -> None:
    assert demo_keys.make_authority(tmp_path / "a") is True
    before = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    assert demo_keys.make_authority(tmp_path / "a") is False
    assert {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()} == before
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "a").glob("*.key"))
