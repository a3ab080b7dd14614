"""`manage.py load_deadlines`: the terms set by law that are not stored yet; what an office changed stays."""

from typing import Any

from django.core.management.base import BaseCommand

from coordination.services import load_deadlines


class Command(BaseCommand):
    help = "Nạp các thời hạn theo quy định còn thiếu; không sửa dòng đã có."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã thêm {load_deadlines()} thời hạn theo quy định.")
