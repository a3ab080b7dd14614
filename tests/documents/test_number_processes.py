"""1,000 numbers of four processes at once: on SQLite only its immediate transactions stand between them."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from documents.models import Document, Issuer, Series
from tests.cast import Cast
from tests.documents.number_writer import KEPT, NUMBERS, PAPERS, ROUNDS
from tests.worker import environment

PROCESSES = 4


@pytest.mark.django_db(transaction=True)
def test_1000_numbers_of_four_processes_without_gap_or_double(cast: Cast, tmp_path: Path) -> None:
    Issuer.objects.create(
        organization=cast.world["TTHDND"], name_lines="THƯỜNG TRỰC", place="Vĩnh Giang", symbol_body="HĐND"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.documents.number_writer"], cwd=settings.BASE_DIR, env=environment(tmp_path),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(PROCESSES)
    ]  # fmt: skip
    try:
        assert [writer.stdout.readline() for writer in writers] == ["ready\n"] * PROCESSES  # type: ignore[union-attr]
        said = [writer.communicate("go\n", timeout=120) for writer in writers]
    finally:
        for writer in writers:
            writer.kill()
    assert [writer.returncode for writer in writers] == [0] * PROCESSES, said
    lines = list(Document.objects.order_by("number").values_list("number", "state"))
    assert [number for number, _ in lines] == list(range(1, PROCESSES * NUMBERS + 1))
    each = PROCESSES * ROUNDS
    assert Counter(state for _, state in lines) == {
        "issued": each * PAPERS, "reserved": each * (KEPT - 1), "voided": each,
    }  # fmt: skip
    assert Series.objects.get().last_number == PROCESSES * NUMBERS
