"""`manage.py restore FILE.tar [--force]`"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hdnd.lib import backup


class Command(BaseCommand):
    """Puts database and files back as they were when the backup was made."""

    help = "Khôi phục cơ sở dữ liệu và mọi tệp từ bản sao lưu. Dừng hệ thống trước."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="xóa dữ liệu đang có")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = backup.restore(options["file"], force=options["force"])
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Đã khôi phục cơ sở dữ liệu và {files} tệp. Chạy tiếp: manage.py migrate.")
