"""One file that holds everything: the database and the stored papers, with the SHA-256 of each.

The database is dumped first and the files are taken after it: they are only ever added and never change, so whatever
a dumped row names is there. A backup is checked whole before a restore touches anything.

Files in a bucket (`STORAGE_URL`) are the bucket's to keep: a backup then holds the database alone, and says so.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hdnd.lib import clock, files

FORMAT = 1
MANIFEST = "manifest.json"
_DUMP = {"postgresql": "database.sql", "sqlite": "database.sqlite3"}
_FILES = "files"
_CONTENT_NAME = re.compile(r"^([0-9a-f]{64})\.")
_CHUNK = 1 << 20


class BackupError(Exception):
    """Why nothing was written or restored, in Vietnamese, with the way out."""


@dataclass(frozen=True)
class Made:
    """What a backup holds.

    Attributes:
        damaged: stored papers whose content no longer is what their name says; they were left out.
        bucket: where the stored papers are instead; "" when they are in the backup.
    """

    file: Path
    files: int
    size: int
    damaged: list[str]
    bucket: str = ""


def make(out: Path) -> Made:
    """Writes a backup to `out`, which appears only once it is complete.

    Raises:
        BackupError: the file exists, or the database's own tool is missing or failed.
    """
    if out.exists():
        raise BackupError(f"Tệp {out} đã có. Chọn tên khác.")
    out.parent.mkdir(parents=True, exist_ok=True)
    entries: dict[str, dict[str, Any]] = {}
    damaged: list[str] = []
    draft = out.with_name(f".{out.name}.draft")
    try:
        with tempfile.TemporaryDirectory(dir=out.parent) as scratch, tarfile.open(draft, "w") as archive:
            dump = Path(scratch) / _DUMP[connection.vendor]
            _dump(dump)
            _add(archive, dump, dump.name, entries)
            root = Path(settings.MEDIA_ROOT)
            for path in [] if (bucket := files.bucket_name()) else _files(root):
                digest = _digest(path)
                named = _CONTENT_NAME.match(path.name)
                if named and named[1] != digest:
                    damaged.append(str(path.relative_to(root)))
                    continue
                _add(archive, path, f"{_FILES}/{path.relative_to(root).as_posix()}", entries, digest)
            manifest = Path(scratch) / MANIFEST
            manifest.write_text(json.dumps(_manifest(entries), indent=1), encoding="utf-8")
            archive.add(manifest, MANIFEST)
        draft.chmod(0o600)  # it holds all the personal data there is
        os.replace(draft, out)
    finally:
        draft.unlink(missing_ok=True)
    return Made(out, len(entries) - 1, out.stat().st_size, damaged, bucket)


def restore(file: Path, *, force: bool = False) -> int:
    """Puts database and files back as they were; returns the number of files.

    The database changes in one transaction. Files are added before it and superfluous ones removed after it, so that
    at no moment a row names a file that is not there.

    Raises:
        BackupError: the backup is damaged or of another kind of database or of a newer version, or the target
            holds data and `force` is not given; nothing has been changed then.
    """
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    if not force and (reason := _occupied(root)):
        raise BackupError(f"{reason} Khôi phục vào máy trống, hoặc thêm --force để xóa dữ liệu đang có.")
    # Inside, so that moving a file into place is a rename even where the folder is a mounted volume.
    with tempfile.TemporaryDirectory(dir=root, prefix=".restore-") as scratch:
        staged = Path(scratch)
        _unpack(file, staged)
        _check(staged)
        if (bucket := files.bucket_name()) and any(_files(staged / _FILES)):
            raise BackupError(
                f"Bản sao lưu chứa tệp, còn STORAGE_URL đang chỉ kho {bucket}. Bỏ STORAGE_URL, khôi phục, chép thư mục "
                "MEDIA_ROOT lên kho rồi đặt lại STORAGE_URL."
            )
        before = set(_relative(root))
        wanted = set(_relative(staged / _FILES))
        added = wanted - before
        for name in wanted:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged / _FILES / name, root / name)
        try:
            _load(staged / _DUMP[connection.vendor])
        except BackupError:
            for name in added:
                (root / name).unlink()
            raise
        for name in before - wanted:
            (root / name).unlink()
    return len(wanted)


def _manifest(entries: dict[str, dict[str, Any]]) -> dict[str, Any]:
    applied = MigrationLoader(connection).applied_migrations
    return {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "database": connection.vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "entries": entries,
    }


def _add(
    archive: tarfile.TarFile, path: Path, name: str, entries: dict[str, dict[str, Any]], digest: str = ""
) -> None:
    entries[name] = {"size": path.stat().st_size, "sha256": digest or _digest(path)}
    archive.add(path, name, recursive=False)


def _files(root: Path) -> Iterator[Path]:
    """Stored files in a fixed order; hidden ones are drafts of somebody at work."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts):
            yield path


def _relative(root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in _files(root)]


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _unpack(file: Path, into: Path) -> None:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(into, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"Không đọc được tệp sao lưu {file}: {error}.") from error


def _check(staged: Path) -> None:
    """Compares what was unpacked with the manifest, both ways."""
    try:
        manifest = json.loads((staged / MANIFEST).read_text(encoding="utf-8"))
        entries: dict[str, dict[str, Any]] = manifest["entries"]
        vendor, version, migrations = manifest["database"], manifest["format"], manifest["migrations"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError("Tệp này không phải bản sao lưu của hệ thống, hoặc thiếu bảng kê.") from error
    if version != FORMAT:
        raise BackupError(f"Bản sao lưu dạng {version}, hệ thống này đọc dạng {FORMAT}. Dùng đúng phiên bản.")
    found = {path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file()}
    wrong = sorted(found ^ {MANIFEST, *entries})
    wrong += sorted(
        name for name, row in entries.items() if name in found and _digest(staged / name) != row["sha256"]
    )
    if wrong:
        raise BackupError(
            f"Bản sao lưu hỏng: {len(wrong)} tệp thừa, thiếu hoặc sai nội dung, ví dụ {wrong[0]}."
        )
    if vendor != connection.vendor:
        raise BackupError(
            f"Bản sao lưu của {vendor}, còn DATABASE_URL đang chỉ {connection.vendor}. Đặt lại DATABASE_URL."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(migrations) - known):
        raise BackupError(f"Bản sao lưu của phiên bản mới hơn ({newer[0]}). Cập nhật hệ thống rồi khôi phục.")


def _occupied(root: Path) -> str:
    """What speaks against restoring here; empty when nothing does. Freshly migrated tables hold no account."""
    if next(_files(root), None):
        return f"Thư mục {root} đã có tệp."
    users = get_user_model()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if users._meta.db_table not in tables:
        return "Cơ sở dữ liệu có bảng của hệ thống khác." if tables else ""
    return "Cơ sở dữ liệu đã có tài khoản." if users._base_manager.exists() else ""


def _dump(into: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(into)) as target:
            connection.connection.backup(target)
        return
    _run("pg_dump", "--no-owner", "--no-privileges", f"--file={into}", f"--dbname={_server()}")


def _load(dump: Path) -> None:
    """Replaces the whole database in one transaction."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        try:
            with closing(sqlite3.connect(dump)) as source:
                source.backup(connection.connection)
        except sqlite3.Error as error:
            raise BackupError(f"Không ghi được cơ sở dữ liệu: {error}. Dừng hệ thống rồi thử lại.") from error
        finally:
            connection.close()
        return
    connection.close()
    emptied = dump.with_name("empty.sql")
    emptied.write_text("DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n", encoding="utf-8")
    _run(
        "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
        f"--dbname={_server()}", f"--file={emptied}", f"--file={dump}",
    )  # fmt: skip


def _server() -> str:
    """How libpq's tools reach the database; the password goes by the environment, where `ps` does not show it."""
    from psycopg.conninfo import make_conninfo

    database = connection.settings_dict
    options = {name: value for name, value in database["OPTIONS"].items() if isinstance(value, str)}
    return make_conninfo(
        dbname=database["NAME"],
        user=database["USER"] or None,
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        **options,
    )


def _run(tool: str, *arguments: str) -> None:
    found = shutil.which(tool)
    if found is None:
        raise BackupError(f"Thiếu chương trình {tool}. Cài gói postgresql-client rồi chạy lại.")
    environment = os.environ | {"PGPASSWORD": str(connection.settings_dict["PASSWORD"] or "")}
    command = [found, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{tool} báo lỗi: {done.stderr.strip()[-1000:]}")
