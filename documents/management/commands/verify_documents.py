"""`manage.py verify_documents [--json]`: ends with 1 when the file of an issued document is missing or changed."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from documents.models import Document
from documents.services.verifying import harmed_documents

WORDS = {"missing": "mất tệp", "changed": "tệp đã bị thay đổi"}


class Command(BaseCommand):
    """Hashes every stored file of the register again."""

    help = "Kiểm tra tệp của mọi văn bản đã phát hành còn nguyên vẹn (SHA-256)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        harmed = list(harmed_documents())
        checked = Document.objects.with_paper().count()
        if options["json"]:
            told = {"checked": checked, "harmed": [asdict(one) for one in harmed]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            for one in harmed:
                self.stdout.write(f"{one.symbol} ({one.year}): {WORDS[one.what]}, {one.file}")
            self.stdout.write(f"Đã kiểm tra {checked} văn bản, {len(harmed)} văn bản không còn nguyên vẹn.")
        if harmed:
            sys.exit(1)
