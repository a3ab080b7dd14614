"""Typed readers of environment variables; the only place that touches `os.environ`.

A secret may also be given as a file: `NAME_FILE` names a file whose stripped content is the value,
the convention of container secrets.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class EnvError(ValueError):
    """An environment variable holds a value its reader can't take."""


def text(name: str, default: str = "") -> str:
    """The variable's value, else the content of the file named by `NAME_FILE`, else the default.

    Raises:
        EnvError: `NAME_FILE` names a file that can't be read.
    """
    if name in os.environ:
        return os.environ[name]
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise EnvError(f"{name}_FILE: {path}: {error.strerror}") from error


def boolean(name: str, default: bool) -> bool:
    """A yes/no switch; 1/0, true/false, yes/no, on/off in any case.

    Raises:
        EnvError: any other value.
    """
    value = text(name).strip().lower()
    if not value:
        return default
    if value in TRUE or value in FALSE:
        return value in TRUE
    raise EnvError(f"{name}: expected one of {sorted(TRUE | FALSE)}, got {value!r}")


def integer(name: str, default: int) -> int:
    """A whole number.

    Raises:
        EnvError: not a whole number.
    """
    value = text(name).strip()
    try:
        return int(value) if value else default
    except ValueError as error:
        raise EnvError(f"{name}: expected a whole number, got {value!r}") from error


def words(name: str, default: list[str]) -> list[str]:
    """A list separated by commas, blanks dropped."""
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default


def database(name: str, sqlite_path: Path) -> dict[str, object]:
    """A Django DATABASES entry from a URL: `postgres://user:pass@host:port/name` or `sqlite:///path`.

    A PostgreSQL socket directory may be given as `?host=/dir`. Unset means SQLite at `sqlite_path`.

    Raises:
        EnvError: a scheme that is neither.
    """
    url = text(name)
    if not url:
        return sqlite(sqlite_path)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvError(f"{name}: scheme {parts.scheme!r} is neither postgres nor sqlite")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": integer("DATABASE_CONN_MAX_AGE", 600),
        "CONN_HEALTH_CHECKS": True,
        # A list of choices through a cursor WITH HOLD takes three round trips instead of one.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": query,
    }


def sqlite(path: Path) -> dict[str, object]:
    """A SQLite entry whose write transactions take the lock at once, so that none fails half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;",
        },
        # In-memory databases ignore IMMEDIATE, which is our row lock on SQLite: tests use a file.
        "TEST": {"NAME": str(path.with_name(f"test-{path.name}"))},
    }


def email(name: str, folder: Path) -> dict[str, object]:
    """Django's mail settings from `smtp://user:pass@host:port`, `smtps://…` or `file:///folder`.

    `smtp+tls://` asks for STARTTLS. Unset writes each mail to a file in `folder`.

    Raises:
        EnvError: an unknown scheme.
    """
    url = text(name)
    if not url or url.startswith("file:"):
        where = unquote(urlsplit(url).path) if url else str(folder)
        return {"EMAIL_BACKEND": "hdnd.outbox.backends.EmlBackend", "EMAIL_FILE_PATH": where}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"}:
        raise EnvError(f"{name}: scheme {parts.scheme!r} is none of smtp, smtps, smtp+tls, file")
    return {
        "EMAIL_BACKEND": "hdnd.outbox.backends.SmtpBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": integer("EMAIL_TIMEOUT", 30),
    }


def storage(name: str) -> dict[str, object]:
    """Django's storage of files: the disk (`MEDIA_ROOT`), or a bucket by `s3://key:secret@host[:port]/bucket[/folder]`.

    `?region=…` names a region, `?tls=0` speaks plain http.

    Raises:
        EnvError: another scheme, or a part is missing.
    """
    url = text(name)
    if not url:
        # The same name is the same content: writing it again replaces it with itself.
        return {"BACKEND": "hdnd.lib.storage.DiskStorage", "OPTIONS": {"allow_overwrite": True}}
    parts = urlsplit(url)
    bucket, _, folder = unquote(parts.path).strip("/").partition("/")
    if parts.scheme != "s3":
        raise EnvError(f"{name}: scheme {parts.scheme!r} is not s3")
    if not (parts.hostname and bucket and parts.username and parts.password):
        raise EnvError(f"{name}: expected s3://key:secret@host/bucket")
    query = dict(parse_qsl(parts.query))
    port = f":{parts.port}" if parts.port else ""
    tls = query.get("tls", "1") not in FALSE
    return {
        "BACKEND": "hdnd.lib.bucket.BucketStorage",
        "OPTIONS": {
            "endpoint_url": f"{'https' if tls else 'http'}://{parts.hostname}{port}",
            "bucket_name": bucket,
            "location": folder,
            "access_key": unquote(parts.username),
            "secret_key": unquote(parts.password),
            "region_name": query.get("region", "us-east-1"),
        },
    }


def scanner(name: str) -> tuple[str, int]:
    """Where clamd listens: `tcp://host:port` as (host, port), `unix:/path` as (path, 0); ("", 0) when unset.

    Raises:
        EnvError: another scheme, or a part is missing.
    """
    url = text(name)
    if not url:
        return "", 0
    parts = urlsplit(url)
    if parts.scheme == "tcp" and parts.hostname and parts.port:
        return parts.hostname, parts.port
    if parts.scheme == "unix" and parts.path:
        return parts.path, 0
    raise EnvError(f"{name}: expected tcp://host:port or unix:/path")


def secret(name: str, path: Path) -> str:
    """The variable's value; unset, a random one kept in `path` so that sessions outlive a restart."""
    value = text(name)
    if value:
        return value
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
