"""Where stored files lie: whole or not at all on disk; a bucket over its own protocol, without a network."""

import os
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.test import override_settings

from hdnd import env
from hdnd.lib import files

CONTENT = b"%PDF-1.7 giay moi"
NAME = f"{files.digest(CONTENT)[:2]}/{files.digest(CONTENT)}.pdf"


@pytest.fixture
def folder(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    """An empty folder of stored files."""
    settings.MEDIA_ROOT = str(tmp_path / "files")  # type: ignore[attr-defined]
    return tmp_path / "files"


def everything(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_the_same_bytes_are_one_file(folder: Path) -> None:
    assert (files.store(CONTENT, ".pdf"), files.store(CONTENT, ".pdf")) == (NAME, NAME)
    assert (files.read(NAME), everything(folder)) == (CONTENT, [Path(NAME).name])
    assert (folder / NAME).stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("dies_in", ["fsync", "replace"])
def test_a_crash_leaves_nothing_under_the_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    def dies(*args: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, dies_in, dies)
        with pytest.raises(OSError, match="no space"):
            files.store(CONTENT, ".pdf")
    assert everything(folder) == []
    assert files.read(files.store(CONTENT, ".pdf")) == CONTENT


def test_whoever_comes_second_replaces_with_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two requests that both found nothing there leave one file, not a second under another name."""
    files.store(CONTENT, ".pdf")
    monkeypatch.setattr(storages["default"], "exists", lambda name: False)
    assert files.store(CONTENT, ".pdf") == NAME
    assert everything(folder) == [Path(NAME).name]


def test_a_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.lib.fake_servers import bucket

    with bucket() as server:
        url = f"s3://khoa:b%C3%AD%2Fm%E1%BA%ADt@127.0.0.1:{server.server_port}/hdnd/kho?tls=0"
        monkeypatch.setenv("STORAGE_URL", url)
        chosen = {"default": env.storage("STORAGE_URL")}
        with override_settings(STORAGES={**storages.backends, **chosen}):
            assert (files.store(CONTENT, ".pdf"), files.store(CONTENT, ".pdf")) == (NAME, NAME)
            assert files.read(NAME) == CONTENT
            with pytest.raises(FileNotFoundError):
                files.read("00/nothing.pdf")
    path = f"/hdnd/kho/{NAME}"
    assert server.objects == {path: CONTENT}
    assert [method for method, asked in server.asked if asked == path].count("PUT") == 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://a:b@host/c", "is not s3"),
        ("s3://host/c", "expected s3://key:secret@host/bucket"),
        ("s3://a:b@host", "expected s3://key:secret@host/bucket"),
    ],
)
def test_a_bucket_that_is_not_named_in_full(monkeypatch: pytest.MonkeyPatch, url: str, words: str) -> None:
    monkeypatch.setenv("STORAGE_URL", url)
    with pytest.raises(env.EnvError, match=words):
        env.storage("STORAGE_URL")
