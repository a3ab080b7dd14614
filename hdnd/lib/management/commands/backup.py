"""`manage.py backup --out FILE.tar`"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hdnd.lib import backup, clock


class Command(BaseCommand):
    """Writes database and files to one file."""

    help = "Sao lưu cơ sở dữ liệu và mọi tệp vào một tệp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--out", type=Path, help="tệp .tar; mặc định theo ngày giờ, trong thư mục đang đứng"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        out = options["out"] or Path(f"hdnd-{clock.now():%Y%m%d-%H%M%S}.tar")
        try:
            made = backup.make(out)
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        for name in made.damaged:
            self.stderr.write(f"Tệp hỏng, không sao lưu: {name}")
        self.stdout.write(
            f"Đã sao lưu cơ sở dữ liệu và {made.files} tệp vào {made.file} ({made.size:,} byte)."
        )
        if made.bucket:
            self.stdout.write(
                f"Tệp nằm trong kho {made.bucket}, không có trong bản sao lưu: sao lưu kho riêng."
            )
