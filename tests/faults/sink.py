"""An SMTP server in a process of its own: `python -m tests.faults.sink PORT LOG [HOLD_AFTER RELEASE]`.

It writes the `Message-ID` of each mail it accepts to LOG, a line each, before it answers. After HOLD_AFTER mails it
accepts without answering until the file RELEASE exists: what a sender sees that dies in between.
"""

import asyncio
import re
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Handler:
    """Accepts all."""

    def __init__(self, log: Path, hold_after: int, release: Path) -> None:
        self.log, self.hold_after, self.release, self.count = log, hold_after, release, 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        found = re.search(rb"^Message-ID: <(\d+)\.", envelope.content, flags=re.M)
        assert found is not None
        self.count += 1
        with self.log.open("ab", buffering=0) as log:
            log.write(found[1] + b"\n")
        while self.count > self.hold_after and not self.release.exists():
            await asyncio.sleep(0.01)
        return "250 OK"


async def serve(port: int, handler: Handler) -> None:
    """Until killed."""
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler), "127.0.0.1", port)
    handler.log.touch()
    await server.serve_forever()


if __name__ == "__main__":
    hold_after = int(sys.argv[3]) if len(sys.argv) > 3 else sys.maxsize
    release = Path(sys.argv[4]) if len(sys.argv) > 4 else Path("/nonexistent")
    asyncio.run(serve(int(sys.argv[1]), Handler(Path(sys.argv[2]), hold_after, release)))
