"""`manage.py load_demo [--if-empty]`: the fictional province, its people, regulations and meetings."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from councils.demo import steps
from councils.models import Area
from councils.official_areas import import_official_areas


class Command(BaseCommand):
    help = "Nạp dữ liệu trình diễn (mọi người, nơi chốn, số liệu đều là giả định)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="chỉ nạp khi chưa có dữ liệu")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Area.objects.exists():
            return
        self.stdout.write("Nạp dữ liệu trình diễn, chừng một phút…")
        for label, step in [("Đơn vị hành chính cả nước", import_official_areas), *steps()]:
            started = time.monotonic()
            step()
            self.stdout.write(f"  {label}: xong sau {time.monotonic() - started:.1f} giây")
