"""The virus scanner, over clamd's own protocol: what it finds is refused, and what it can't scan waits."""

import socket
from typing import Any

import pytest
from django.test import Client

from hdnd import env
from hdnd.lib import filetypes, scanning
from hdnd.lib.errors import DomainError
from tests.blank_pdf import BLANK
from tests.lib.fake_servers import VIRUS, clamd


def use(settings: Any, server: Any) -> None:
    settings.CLAMAV_ADDRESS = server.server_address


@pytest.fixture
def nobody(settings: Any) -> None:
    """A scanner is named, and nobody listens there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMAV_ADDRESS = free.getsockname()


def refusal(content: bytes = BLANK) -> str:
    with pytest.raises(DomainError) as caught:
        filetypes.checked("a.pdf", content, filetypes.PAPERS)
    assert caught.value.field == "file"
    return caught.value.message


def test_without_a_scanner_nothing_is_asked() -> None:
    assert scanning.is_configured() is False
    scanning.ensure_clean(VIRUS)
    assert scanning.trouble() == ""


def test_a_clean_file_is_taken(settings: Any) -> None:
    with clamd() as server:
        use(settings, server)
        large = BLANK.ljust(100_000)  # several chunks
        assert filetypes.checked("a.pdf", large, filetypes.PAPERS) == filetypes.PDF
        assert (server.scanned, scanning.trouble()) == ([large], "")


def test_a_virus_is_refused_by_name(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    logged: list[Any] = []
    monkeypatch.setattr(scanning.logger, "warning", lambda *said: logged.append(said))
    with clamd() as server:
        use(settings, server)
        assert refusal(BLANK + VIRUS).startswith("Tệp có vi-rút (Eicar-Test-Signature) nên không nhận.")
    assert logged == [("An upload was refused: %s", "Eicar-Test-Signature")]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"INSTREAM size limit exceeded. ERROR\n", "lớn hơn mức máy quét vi-rút nhận"),
        (b"stream: something ERROR\n", "Thử lại sau ít phút"),
        (b"gibberish\n", "Thử lại sau ít phút"),
        (b"\n", "Thử lại sau ít phút"),
    ],
)
def test_a_file_that_was_not_scanned_is_refused(settings: Any, answer: bytes, words: str) -> None:
    with clamd(answer) as server:
        use(settings, server)
        assert words in refusal()


def test_nobody_answers(nobody: None, settings: Any, client: Client, db: None) -> None:
    assert "Thử lại sau ít phút" in refusal()
    health = client.get("/suc-khoe/")
    assert (health.status_code, health.content.decode()) == (
        200, "ok; máy quét vi-rút không trả lời: tệp tải lên bị từ chối",
    )  # fmt: skip


def test_an_office_that_would_rather_take_it(
    nobody: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CLAMAV_OPTIONAL = True
    logged: list[Any] = []
    monkeypatch.setattr(scanning.logger, "error", lambda *said: logged.append(said))
    assert filetypes.checked("a.pdf", BLANK, filetypes.PAPERS) == filetypes.PDF
    assert [said[0] for said in logged] == ["The virus scanner does not answer: %s"]
    assert scanning.trouble() == "máy quét vi-rút không trả lời: tệp tải lên vẫn nhận mà không quét"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("", ("", 0)),
        ("tcp://quet:3310", ("quet", 3310)),
        ("unix:/run/clamav/clamd.ctl", ("/run/clamav/clamd.ctl", 0)),
    ],
)
def test_where_it_listens(monkeypatch: pytest.MonkeyPatch, url: str, address: tuple[str, int]) -> None:
    monkeypatch.setenv("CLAMAV_URL", url)
    assert env.scanner("CLAMAV_URL") == address
    monkeypatch.setenv("CLAMAV_URL", "http://quet")
    with pytest.raises(env.EnvError, match="expected tcp://host:port"):
        env.scanner("CLAMAV_URL")
