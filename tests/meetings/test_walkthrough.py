"""The main job on the sample, in both years, as someone runs it from the shell."""

import json
import os
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from icalendar import Calendar

from meetings.walkthrough import Report, differences

STORIES = {
    "2026-06-26": {
        "invited": [
            ("PH-03", "UBND", ["R09"], "accepted"), ("PH-03", "MTTQ", ["R34"], "substituted"),
            ("PH-03", "VP", [], "accepted"), ("PH-03", "SNV", [], None), ("PH-03", "STC", [], "accepted"),
            ("PH-03", "X01-TT", ["R22"], "accepted"), ("PH-03", "X03-TT", ["R22"], "declined"),
            *(("GB-02", f"X0{number}-TT", ["R20"], None) for number in range(1, 7)),
        ],
        "quorum": {"members": 7, "present": 6, "required": 5, "met": True},
        "votes": [(6, 5, 0, 0, 1, 4, True)],
        "duties": {
            ("R09", "UBND", "2026-06-19", "met"), ("R22", "X01-TT", "2026-06-19", "met"),
            ("R22", "X03-TT", "2026-06-19", "met"), ("R34", "MTTQ", "2026-06-19", "met"),
            *(("R20", f"X0{number}-TT", "2026-07-23", "met") for number in range(1, 7)),
        },
        "papers": ["2026-01-BB-HĐND.pdf", "2026-01-TB-HĐND.pdf", "2026-31-GM-HĐND.pdf", "2026-32-GM-HĐND.pdf"],
    },
    "2021-10-29": {
        "invited": [
            ("PH-2021-10", "UBND", ["R09"], "accepted"), ("PH-2021-10", "MTTQ", ["R34"], "accepted"),
            ("PH-2021-10", "H02-TT", ["R22"], "accepted"), ("PH-2021-10", "H02-UBND", [], "accepted"),
            *(("GB-2021-02", f"H0{number}-TT", ["R20"], None) for number in range(1, 4)),
        ],
        "quorum": {"members": 5, "present": 4, "required": 4, "met": True},
        "votes": [],
        "duties": {
            ("R09", "UBND", "2021-10-22", "late"), ("R22", "H02-TT", "2021-10-22", "late"),
            ("R34", "MTTQ", "2021-10-22", "late"),
            *(("R20", f"H0{number}-TT", "2021-12-09", "met") for number in range(1, 4)),
        },
        "papers": ["2021-01-BB-HĐND.pdf", "2021-01-GM-HĐND.pdf", "2021-01-TB-HĐND.pdf", "2021-02-GM-HĐND.pdf"],
    },
}  # fmt: skip


def play(out: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", "walkthrough", "--out", str(out), *words],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "hdnd.settings", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("day", STORIES)
def test_it_ends_as_the_sample_expects(day: str, tmp_path: Path) -> None:
    told: dict[str, Any] = STORIES[day]
    done = play(tmp_path, "--json", "--on", day)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert sorted(found) == ["duties", "files", "invited", "quorum", "votes"]
    assert [
        (row["occasion"], row["organization"], row["clauses"], row["answer"]) for row in found["invited"]
    ] == told["invited"]
    assert found["quorum"] == told["quorum"]
    names = ("item", "for", "against", "other", "not_voting", "required", "passed")
    assert [tuple(row[name] for name in names) for row in found["votes"]] == told["votes"]
    assert {(row["clause"], row["creditor"], row["due_on"], row["state"]) for row in found["duties"]} == told[
        "duties"
    ]
    assert {row["debtor"] for row in found["duties"]} == {"TTHDND"}
    assert found["files"] == sorted(
        str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()
    )
    assert sorted(path.name for path in (tmp_path / "nd30").iterdir()) == told["papers"]


def test_its_mails_and_calendars_open(tmp_path: Path) -> None:
    assert play(tmp_path, "--on", "2026-06-26").returncode == 0
    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in (tmp_path / "mail").iterdir()
    ]
    calendars = [Calendar.from_ical(path.read_bytes()) for path in (tmp_path / "ics").iterdir()]
    assert {str(calendar["method"]) for calendar in calendars} == {"REQUEST"}
    assert len(mails) > len(calendars) > 0  # the notice of conclusions has no calendar
    addresses = {address.addr_spec for mail in mails for address in mail["to"].addresses}
    assert all(address.endswith(".test") for address in addresses)
    assert all(any(part.get_content_type() == "application/pdf" for part in mail.walk()) for mail in mails)


def test_a_day_without_a_story(tmp_path: Path) -> None:
    done = play(tmp_path, "--on", "2025-01-01")
    assert done.returncode == 1
    assert "Chưa có câu chuyện cho ngày 2025-01-01. Chọn một trong: 2026-06-26, 2021-10-29." in done.stderr


def test_what_differs_is_told() -> None:
    story = json.loads(
        (settings.BASE_DIR / "meetings/demo_data/walkthrough-2026-06-26.json").read_text(encoding="utf-8")
    )
    found = differences(Report(symbol="30/GM-HĐND"), story)
    assert [line.partition(":")[0] for line in found] == [
        "thành phần mời", "trả lời", "điều kiện họp", "biểu quyết", "nghĩa vụ", "số giấy mời",
    ]  # fmt: skip
