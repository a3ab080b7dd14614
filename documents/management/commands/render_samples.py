"""Writes a sample of every paper as PDF and Word file, to be looked at and measured. Needs no database."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.paper.html import paper_pdf
from documents.paper.samples.catalogue import ND30, OTHER, Maker
from documents.paper.word import paper_docx


class Command(BaseCommand):
    """`render_samples --out DIR`: NĐ 30's types into DIR/nd30, all others into DIR/other."""

    help = "Viết mẫu của mọi loại văn bản ra PDF và Word (DIR/nd30, DIR/other)."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", required=True, metavar="DIR", help="thư mục nhận tệp")

    def handle(self, *args: Any, **options: Any) -> None:
        out = Path(options["out"])
        try:
            written = _write(out / "nd30", ND30) + _write(out / "other", OTHER)
        except OSError as error:
            raise CommandError(f"Không ghi được vào {out}: {error.strerror}.") from error
        self.stdout.write(f"Đã viết {written} mẫu, mỗi mẫu một tệp PDF và một tệp Word, vào {out}.")


def _write(folder: Path, makers: Mapping[str, Maker]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in makers.items():
        paper = make()
        (folder / f"{name}.pdf").write_bytes(paper_pdf(paper))
        (folder / f"{name}.docx").write_bytes(paper_docx(paper))
    return len(makers)
