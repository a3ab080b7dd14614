"""Content-addressed storage: a file is stored once, under its SHA-256, and never changes.

Where it lies, on disk or in a bucket, is the storage's own business (`hdnd.lib.storage`).
"""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def digest(content: bytes) -> str:
    """The SHA-256 of the content, 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def store(content: bytes, suffix: str) -> str:
    """Stores the bytes and returns their storage name `ab/abcd….pdf`; the same bytes give the same name.

    A name appears once all its bytes are there: whatever dies on the way leaves nothing under it.
    """
    name = digest(content)
    path = f"{name[:2]}/{name}{suffix}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return path


def read(name: str) -> bytes:
    """The stored bytes.

    Raises:
        FileNotFoundError: nothing is stored under that name.
    """
    with default_storage.open(name, "rb") as stored:
        return bytes(stored.read())


def bucket_name() -> str:
    """The bucket that files are stored in; "" when they lie on disk."""
    return str(getattr(default_storage, "bucket_name", ""))
