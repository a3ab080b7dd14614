"""`manage.py explain_deadline --clause D13 --from 2026-02-12 [--json]`: a due day with how it is counted.

Any term: `--days 5 --unit wd --from 2026-02-12 [--before]`.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coordination.choices import Direction, LeadUnit
from coordination.law.working_days import MOST_DAYS
from coordination.queries import explain, reckon
from hdnd.lib.dates import long_date, read_date
from hdnd.lib.errors import DomainError


class Command(BaseCommand):
    help = "Tính một thời hạn và giải thích: tính từ ngày nào, bỏ những ngày nào, vì sao, theo điều nào."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clause", help="mã thời hạn theo quy định, ví dụ D13")
        parser.add_argument("--from", required=True, dest="day", help="ngày mốc, ví dụ 2026-02-12")
        parser.add_argument("--days", type=int, help="số ngày, khi không dùng --clause")
        parser.add_argument(
            "--unit", choices=LeadUnit.values, help="wd: ngày làm việc (mặc định); d: ngày theo lịch"
        )
        parser.add_argument("--before", action="store_true", help="tính lùi từ ngày mốc")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = self._told(options)
        except (DomainError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) if options["json"] else _words(told))

    def _told(self, options: dict[str, Any]) -> dict[str, Any]:
        day = read_date(options["day"])
        if day is None:
            raise CommandError("Ghi ngày mốc sau --from, ví dụ --from 2026-02-12.")
        code, days = options["clause"], options["days"]
        if (code is None) == (days is None):
            raise CommandError("Ghi --clause với mã thời hạn, hoặc --days với số ngày; đúng một trong hai.")
        if code is not None:
            if options["before"] or options["unit"]:
                raise CommandError("--unit và --before chỉ dùng với --days: mã thời hạn đã nói rõ.")
            deadline, due = explain(code, day)
            about = {"clause": deadline.code, "title": deadline.title, "source": deadline.source}
            about["confidence"] = str(deadline.get_confidence_display())
        else:
            if not 0 <= days <= MOST_DAYS:
                raise CommandError(f"Số ngày (--days) phải từ 0 đến {MOST_DAYS}.")
            direction = Direction.BEFORE if options["before"] else Direction.AFTER
            due = reckon(day, days, options["unit"] or LeadUnit.WORKING_DAYS, direction)
            about = {"source": due.basis}
        return {
            **about,
            "from": day.isoformat(),
            "due_on": due.on.isoformat(),
            "due_in_words": long_date(due.on),
            "moved_from": due.moved_from.isoformat() if due.moved_from else None,
            "day_off": due.day_off,
            "skipped": [{"date": passed.isoformat(), "why": why} for passed, why in due.skipped],
            "counted_by": due.basis,
            "explanation": due.explain(),
        }


def _words(told: dict[str, Any]) -> str:
    """The same for people."""
    lines = [f"{told['clause']}: {told['title']}"] if "clause" in told else []
    lines += [f"Hạn: {told['due_in_words']}", f"Cách tính: {told['explanation']}."]
    if told["source"]:
        sure = f" ({told['confidence']})" if "confidence" in told else ""
        lines.append(f"Căn cứ: {told['source']}{sure}")
    if told["counted_by"] and told["counted_by"] != told["source"]:
        lines.append(f"Cách đếm ngày theo: {told['counted_by']}")
    return "\n".join(lines)
