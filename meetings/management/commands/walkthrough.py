"""`manage.py walkthrough --out DIR [--json] [--on DATE]`: the whole main job on a scratch database."""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from hdnd.lib.dates import short_date
from meetings.walkthrough import STORIES, Report, play

_INSIDE = "HDND_WALKTHROUGH"


class Command(BaseCommand):
    help = "Chạy trọn việc chính của tỉnh mẫu trên cơ sở dữ liệu tạm: mời, trả lời, họp, biên bản, thông báo kết luận."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", required=True, type=Path, help="thư mục nhận giấy tờ, thư và tệp lịch")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument(
            "--on", type=date.fromisoformat, default=date(2026, 6, 26), help="2026-06-26 hoặc 2021-10-29"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["on"] not in STORIES:
            known = ", ".join(str(day) for day in STORIES)
            raise CommandError(f"Chưa có câu chuyện cho ngày {options['on']}. Chọn một trong: {known}.")
        if os.environ.get(_INSIDE):
            self._inside(options)
        else:
            self._on_scratch(options)

    def _on_scratch(self, options: dict[str, Any]) -> None:
        """Runs itself on an empty database of its own, so that no real data is touched."""
        out = options["out"].resolve()
        with tempfile.TemporaryDirectory(prefix="hdnd-") as scratch:
            environment = os.environ | {
                _INSIDE: "1",
                "VAR_DIR": scratch,
                "DATABASE_URL": f"sqlite:///{scratch}/walkthrough.sqlite3",
                "REDIS_URL": "",
                "MEDIA_ROOT": f"{scratch}/files",
                "EMAIL_URL": "",
            }
            words = [sys.executable, sys.argv[0] if sys.argv[0].endswith("manage.py") else "manage.py"]
            words += ["walkthrough", "--out", str(out), "--on", str(options["on"])]
            words += ["--json"] if options["json"] else []
            done = subprocess.run(words, env=environment, check=False)  # noqa: S603 - our own words
        if done.returncode:
            raise SystemExit(done.returncode)

    def _inside(self, options: dict[str, Any]) -> None:
        from coordination.demo import load_regulations
        from councils.demo import load_accounts, load_bodies
        from documents.demo import load_issuers

        call_command("migrate", verbosity=0)
        load_bodies()
        load_accounts()
        load_regulations()
        load_issuers()
        report = play(options["on"], options["out"])
        self.stdout.write(
            json.dumps(report.as_json(), ensure_ascii=False, indent=1) if options["json"] else told(report)
        )
        if report.failures:
            for failure in report.failures:
                self.stderr.write(f"KHÔNG ĐÚNG: {failure}")
            raise SystemExit(1)


def told(report: Report) -> str:
    """The report for people."""
    answers = {
        "accepted": "dự",
        "declined": "không dự",
        "substituted": "cử người dự thay",
        None: "chưa trả lời",
    }
    lines = [f"Giấy mời số {report.symbol}", "", "Được mời:"]
    for row in report.invited:
        why = ", ".join(row["clauses"]) or "không theo điều khoản"
        lines.append(f"  {row['occasion']:12} {row['organization']:10} {why:24} {answers[row['answer']]}")
    quorum = report.quorum
    verdict = "đủ điều kiện họp" if quorum["met"] else "không đủ điều kiện họp"
    lines += [
        "",
        f"Có mặt {quorum['present']}/{quorum['members']} thành viên, cần {quorum['required']}: {verdict}",
    ]
    for vote in report.votes:
        result = "thông qua" if vote["passed"] else "không thông qua"
        lines.append(
            f"Biểu quyết nội dung {vote['item']}: tán thành {vote['for']}, không tán thành {vote['against']}, "
            f"ý kiến khác {vote['other']}, không biểu quyết {vote['not_voting']}; cần {vote['required']}: {result}"
        )
    lines += ["", "Nghĩa vụ:"]
    for duty in report.duties:
        due = short_date(date.fromisoformat(duty["due_on"]))
        sides = f"{duty['debtor']} → {duty['creditor'] or '?'}"
        lines.append(f"  {duty['occasion']:12} {duty['clause']:4} {sides:22} hạn {due}  {duty['state']}")
    lines += ["", f"{len(report.files)} tệp:", *(f"  {name}" for name in report.files)]
    return "\n".join(lines)
