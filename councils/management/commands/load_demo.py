"""`manage.py load_demo [--if-empty]`: the fictional province, its people, regulations and meetings."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from councils.demo import may_load, note_finished, steps
from councils.models import Area
from councils.official_areas import import_official_areas


class Command(BaseCommand):
    """Loads the demo step by step; a step that was cut short leaves nothing and is done again next time."""

    help = "Nạp dữ liệu trình diễn (mọi người, nơi chốn, số liệu đều là giả định)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="chỉ nạp khi chưa có dữ liệu")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not may_load():
            return
        self.stdout.write("Nạp dữ liệu trình diễn, chừng một phút…")
        work: list[Any] = steps()
        if not Area.objects.filter(code__startswith="VN-").exists():
            work.insert(0, ("Đơn vị hành chính cả nước", import_official_areas))
        for label, step in work:
            started = time.monotonic()
            with transaction.atomic():
                step()
            self.stdout.write(f"  {label}: xong sau {time.monotonic() - started:.1f} giây")
        note_finished()
