"""Mail as `.eml` files: what an office without a mail server, the demo and the walkthrough send to."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from hdnd.lib import clock


class EmlBackend(BaseEmailBackend):
    """Writes each mail to a file of its own that any mail program opens."""

    def __init__(self, folder: str | Path | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(folder or str(getattr(settings, "EMAIL_FILE_PATH", "var/mail")))

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Writes the mails; a half-written one never shows under its final name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            name = f"{clock.now():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}"
            draft = self.folder / f".{name}"
            draft.write_bytes(mail.message().as_bytes(linesep="\r\n"))
            os.replace(draft, self.folder / f"{name}.eml")
        return len(email_messages)
