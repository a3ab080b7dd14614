"""A backup restored into an empty machine equals the original, row by row and file by file."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from hdnd.lib import backup, files
from hdnd.lib.background import silenced
from meetings.services import inviting
from tests.cast import Cast
from tests.ledger import everything
from tests.meetings import factories as make
from tests.worker import environment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    """A folder of papers for this test alone."""
    settings.MEDIA_ROOT = str(tmp_path / "papers")


@pytest.fixture
def office(cast: Cast) -> Cast:
    """An issued invitation: rows in every app, a PDF and calendar files."""
    make.issuer(cast.world["TTHDND"])
    cast.world.people["P01"].email = "p01@hdnd.test"
    cast.world.people["P01"].save()
    meeting = make.meeting(cast.world, state="planned", starts_at=make.clock.now() + make.timedelta(days=9))
    with silenced():
        inviting.issue_invitations(actor=cast.secretary, meeting=meeting)
    return cast


def stored(root: Path) -> dict[str, bytes]:
    """Every file below the folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


class Machine:
    """Another machine: a database and a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.papers = folder, folder / "papers"
        folder.mkdir()
        self.name = f"hdnd_{folder.name}_{os.getpid()}"
        self.sqlite = folder / "hdnd.sqlite3"
        if connection.vendor == "postgresql":
            self._server(f'CREATE DATABASE "{self.name}"')

    def remove(self) -> None:
        if connection.vendor == "postgresql":
            self._server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """A command of manage.py there."""
        there = {
            "DATABASE_URL": self.url,
            "MEDIA_ROOT": str(self.papers),
            "VAR_DIR": str(self.folder / "var"),
        }
        return subprocess.run(
            [sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment(self.folder) | there,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    @property
    def url(self) -> str:
        if connection.vendor == "sqlite":
            return f"sqlite://{quote(str(self.sqlite))}"
        database = connection.settings_dict
        server = f"host={quote(database['HOST'], safe='')}&port={database['PORT']}"
        return f"postgres://{quote(database['USER'])}@/{self.name}?{server}"

    def rows(self) -> dict[str, list[Any]]:
        """Every row of every table, and where its sequences stand."""
        return rows_of(str(self.sqlite) if connection.vendor == "sqlite" else self.name)

    def _server(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def rows_of(name: str) -> dict[str, list[Any]]:
    """Table to its rows as the database holds them, read past Django; and where its sequences stand."""
    if connection.vendor == "sqlite":
        opened: Any = sqlite3.connect(name)
        tables, sequences = "SELECT name FROM sqlite_master WHERE type = 'table'", ""
    else:
        import psycopg

        database = connection.settings_dict
        opened = psycopg.connect(
            dbname=name, user=database["USER"], host=database["HOST"], port=database["PORT"]
        )
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        sequences = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
    with closing(opened):
        cursor = opened.cursor()
        found: dict[str, list[Any]] = {}
        for (table,) in cursor.execute(tables).fetchall():
            found[table] = sorted(cursor.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
        if sequences:
            found["sequences"] = cursor.execute(sequences).fetchall()
    return found


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Callable[[str], Machine]]:
    """Makes empty machines by name."""
    made: list[Machine] = []

    def new(name: str) -> Machine:
        made.append(Machine(tmp_path / name))
        return made[-1]

    yield new
    for one in made:
        one.remove()


def refuse(file: Path, words: str, *, force: bool = True) -> None:
    """Restoring is refused with these words, and nothing has changed."""
    before, papers = everything(), stored(Path(settings.MEDIA_ROOT))
    with pytest.raises(backup.BackupError, match=words):
        backup.restore(file, force=force)
    assert (everything(), stored(Path(settings.MEDIA_ROOT))) == (before, papers)


def test_an_empty_machine_becomes_the_original(
    office: Cast, tmp_path: Path, machine: Callable[[str], Machine]
) -> None:
    made = backup.make(tmp_path / "a.tar")
    rows, papers = rows_of(str(connection.settings_dict["NAME"])), stored(Path(settings.MEDIA_ROOT))
    assert (made.files, made.damaged, len(papers)) == (2, [], 2)
    assert len([table for table, found in rows.items() if found]) > 15
    assert (tmp_path / "a.tar").stat().st_mode & 0o777 == 0o600
    first = machine("first")
    done = first.run("restore", str(tmp_path / "a.tar"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Đã khôi phục cơ sở dữ liệu và 2 tệp. Chạy tiếp: manage.py migrate.\n"
    assert (first.rows(), stored(first.papers)) == (rows, papers)
    # And its own backup is as good: nothing is lost from one generation to the next.
    assert first.run("backup", "--out", str(tmp_path / "b.tar")).returncode == 0
    second = machine("second")
    assert second.run("migrate", "-v0").returncode == 0  # an installation that nobody has used yet
    assert second.run("restore", str(tmp_path / "b.tar")).returncode == 0
    assert (second.rows(), stored(second.papers)) == (rows, papers)
    # What has been added since goes when told so, and only then.
    (second.papers / "zz").mkdir()
    (second.papers / "zz" / "moi.pdf").write_bytes(b"x")
    refused = second.run("restore", str(tmp_path / "a.tar"))
    assert (refused.returncode, "đã có tệp" in refused.stderr, len(stored(second.papers))) == (1, True, 3)
    assert second.run("restore", str(tmp_path / "a.tar"), "--force").returncode == 0
    assert (second.rows(), stored(second.papers)) == (rows, papers)


def test_a_target_in_use_is_refused(office: Cast, tmp_path: Path) -> None:
    backup.make(tmp_path / "a.tar")
    refuse(tmp_path / "a.tar", "đã có tệp", force=False)
    shutil.rmtree(settings.MEDIA_ROOT)
    refuse(tmp_path / "a.tar", "đã có tài khoản", force=False)


def test_an_existing_file_is_never_written_over(office: Cast, tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(b"x")
    with pytest.raises(backup.BackupError, match="đã có"):
        backup.make(tmp_path / "a.tar")
    assert (tmp_path / "a.tar").read_bytes() == b"x"


def repacked(file: Path, change: Callable[[Path], None]) -> Path:
    """The backup with its content changed behind its back."""
    folder = file.with_suffix("")
    with tarfile.open(file) as archive:
        archive.extractall(folder, filter="data")
    change(folder)
    other = file.with_name("changed.tar")
    with tarfile.open(other, "w") as archive:
        for path in folder.rglob("*"):
            archive.add(path, path.relative_to(folder), recursive=False)
    return other


def manifest(folder: Path, **values: Any) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def a_paper(folder: Path) -> Path:
    return next(path for path in sorted((folder / "files").rglob("*")) if path.is_file())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda folder: a_paper(folder).write_bytes(b"forged"), "hỏng: 1 tệp"),
        (lambda folder: a_paper(folder).unlink(), "hỏng: 1 tệp"),
        (lambda folder: (folder / "files" / "zz.pdf").write_bytes(b"x"), "hỏng: 1 tệp"),
        (lambda folder: (folder / "manifest.json").unlink(), "thiếu bảng kê"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "thiếu bảng kê"),
        (lambda folder: manifest(folder, format=99), "dạng 99"),
        (lambda folder: manifest(folder, database="oracle"), "Bản sao lưu của oracle"),
        (lambda folder: manifest(folder, migrations=["meetings.9999_next"]), "phiên bản mới hơn"),
    ],
)
def test_a_damaged_or_foreign_backup_is_refused(
    office: Cast, tmp_path: Path, change: Callable[[Path], None], words: str
) -> None:
    backup.make(tmp_path / "a.tar")
    refuse(repacked(tmp_path / "a.tar", change), words)


def test_what_is_no_archive_is_refused(office: Cast, tmp_path: Path) -> None:
    refuse(tmp_path / "none.tar", "Không đọc được")
    (tmp_path / "a.tar").write_bytes(b"PK" * 900)
    refuse(tmp_path / "a.tar", "Không đọc được")
    backup.make(tmp_path / "b.tar")
    whole = (tmp_path / "b.tar").read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: len(whole) // 2])
    refuse(tmp_path / "cut.tar", "Không đọc được|thiếu bảng kê")


def test_a_path_out_of_the_folder_is_refused(office: Cast, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(tmp_path / "x", "../../evil")
    refuse(tmp_path / "evil.tar", "Không đọc được")
    assert list(tmp_path.rglob("evil")) == []


def test_a_paper_that_is_no_longer_what_it_was_is_named_and_left_out(office: Cast, tmp_path: Path) -> None:
    name = files.store(b"%PDF-1.7 rotten", ".pdf")
    (Path(settings.MEDIA_ROOT) / name).write_bytes(b"%PDF-1.7 rotted")
    made = backup.make(tmp_path / "a.tar")
    assert (made.files, made.damaged) == (2, [name])


def test_a_database_that_refuses_leaves_the_files_as_they_were(
    office: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.make(tmp_path / "a.tar")
    shutil.rmtree(settings.MEDIA_ROOT)

    def broken(dump: Path) -> None:
        raise backup.BackupError("no space left")

    monkeypatch.setattr(backup, "_load", broken)
    refuse(tmp_path / "a.tar", "no space left")


def test_files_in_a_bucket_are_the_buckets_to_keep(
    office: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.make(tmp_path / "disk.tar")
    monkeypatch.setattr(files, "bucket_name", lambda: "kho-hdnd")
    made = backup.make(tmp_path / "bucket.tar")
    assert (made.files, made.bucket) == (0, "kho-hdnd")
    refuse(tmp_path / "disk.tar", "STORAGE_URL đang chỉ kho kho-hdnd")
