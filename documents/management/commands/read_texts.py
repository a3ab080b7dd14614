"""`manage.py read_texts [--again]`"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from documents.services import reading


class Command(BaseCommand):
    """Reads all stored files at once, for instance after a move or a restore; else the worker does it by and by."""

    help = "Đọc nội dung các tệp chưa đọc để tìm kiếm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="đọc lại cả những tệp lần trước không đọc được"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            reading.forget_failures()
        total = 0
        while done := reading.read_what_is_left():
            total += done
        self.stdout.write(f"Đã đọc {total} tệp.")
