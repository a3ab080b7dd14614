"""Stored files in a bucket that speaks S3, when `STORAGE_URL` names one. Only then is boto3 loaded."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):  # type: ignore[misc]
    """A bucket. A PUT is whole or not there; read and sent by us, never linked to: views ask for the right first."""

    def get_default_settings(self) -> dict[str, Any]:
        """Private objects, addressed by path, with checksums only where the server asks for them."""
        settings: dict[str, Any] = super().get_default_settings()
        return settings | {
            "file_overwrite": True,  # the same name is the same content
            "default_acl": None,
            "client_config": Config(
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }
