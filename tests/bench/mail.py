"""Mails a second: the outbox against the floor, by one worker to one mail server on this machine."""

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MAILS, ROUNDS = 500, 5
PAPER_BYTES = 40_000


def mail() -> bool:
    """Prints both rates and whether ours is at least 60 % of the floor's."""
    from django.conf import settings

    from tests.worker import WorkerProcess

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="hdnd-mail-"))
    log = folder / "accepted"
    sink = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.sink", str(port), str(log)], cwd=settings.BASE_DIR
    )
    worker = WorkerProcess.start(
        folder, servers={"EMAIL_URL": f"smtp://127.0.0.1:{port}"}, include="tests.bench.mail_floor"
    )
    try:
        letter = content()
        ours, floor = [], []
        for number in range(ROUNDS + 1):  # the first warms up
            for rates, send in ((ours, queue_all), (floor, hand_over_all)):
                rate = MAILS / timed(log, lambda send=send: send(letter))
                if number:
                    rates.append(rate)
    finally:
        worker.stop()
        sink.kill()
        sink.wait()
    # Each pair met the same machine in the same seconds.
    ratio = statistics.median(one / other for one, other in zip(ours, floor, strict=True))
    print(
        f"\nthư mỗi giây ({MAILS} thư, PDF {PAPER_BYTES // 1000} kB và tệp lịch): {statistics.median(ours):.0f}"
    )
    print(f"giao thẳng cho máy chủ thư: {statistics.median(floor):.0f}; tỷ lệ {ratio:.2f}, ít nhất 0,60")
    return ratio >= 0.6


def content() -> dict[str, Any]:
    """What all mails hold."""
    import random

    from hdnd.lib import files

    text = "Thường trực HĐND tỉnh trân trọng kính mời dự phiên họp.\n" * 12
    paper = b"%PDF-1.7\n" + random.Random(1).randbytes(PAPER_BYTES)
    calendar = ("BEGIN:VCALENDAR\r\n" + "DESCRIPTION:Phiên họp\r\n" * 40 + "END:VCALENDAR\r\n").encode()
    return {
        "text": text,
        "html": f"<html><body><p>{text}</p></body></html>",
        "pdf": files.store(paper, ".pdf"),
        "ics": files.store(calendar, ".ics"),
    }


def queue_all(letter: dict[str, Any]) -> None:
    """As issuing does it: rows in one transaction, tasks after the commit."""
    from django.db import transaction

    from hdnd.outbox.services import Attachment, queue

    attachments = [
        Attachment("31-GM-HĐND.pdf", "application/pdf", letter["pdf"]),
        Attachment("cuoc-hop.ics", "text/calendar; method=REQUEST", letter["ics"]),
    ]
    key = time.monotonic_ns()
    with transaction.atomic():
        for number in range(MAILS):
            queue(
                dedupe_key=f"bench:{key}:{number}", to=f"vanthu{number}@coquan.test", subject="Giấy mời",
                text=letter["text"], html=letter["html"], attachments=attachments,
            )  # fmt: skip


def hand_over_all(letter: dict[str, Any]) -> None:
    """The same mails in as many tasks."""
    from tests.bench.mail_floor import PER_CONNECTION, hand_over

    for first in range(0, MAILS, PER_CONNECTION):
        hand_over.delay(first, **letter)


def timed(log: Path, send: Callable[[], None]) -> float:
    """Seconds from when the worker has all of it to when the server has accepted the last."""
    before = len(log.read_bytes().split())
    send()
    at_start = len(log.read_bytes().split())
    started = time.perf_counter()
    while (count := len(log.read_bytes().split())) < before + MAILS:
        time.sleep(0.005)
    elapsed = time.perf_counter() - started
    # What was accepted while the tasks were still being handed over does not count as done in this time.
    return elapsed * MAILS / max(count - at_start, 1)
