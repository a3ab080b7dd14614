"""A pack of 40 papers and 400 pages: time, and the memory of a process that does nothing else."""

import resource
import subprocess
import sys
import time
from typing import Any

PAPERS, PAGES = 40, 10
LIMIT_MB = 500


def pack() -> bool:
    """Binds in a process of its own, so that its peak is its own; prints the figures."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.pack"], check=True, capture_output=True, text=True
    )
    pages, seconds, before, peak, size = (float(word) for word in done.stdout.split())
    print(f"\ntập {PAPERS} tài liệu, {pages:.0f} trang: {seconds:.1f} giây, {size:.1f} MB")
    print(f"bộ nhớ cao nhất {peak:.0f} MB (trước khi ghép {before:.0f} MB); giới hạn {LIMIT_MB} MB")
    return peak < LIMIT_MB and pages >= PAPERS * PAGES


def main() -> None:
    """Pages, seconds, MB before and at the peak, MB of the pack; WeasyPrint is in memory as in any worker."""
    from documents.paper.binder import Binder, Entry, Group, binder_pdf
    from documents.paper.html import paper_pdf
    from hdnd.lib.pdf.packs import Part, bind, look_at
    from tests.documents.paper_samples import STANDING_COMMITTEE, SUBJECT

    papers = [paper_pdf(_paper(number)) for number in range(PAPERS // 5)]
    groups = tuple(
        Group(f"{at}. Nội dung", (Entry(f"{at:02}", "Báo cáo", f"{at}", place=at),))
        for at in range(1, PAPERS + 1)
    )
    front = binder_pdf(Binder(STANDING_COMMITTEE, SUBJECT, (), "", groups))
    before = _peak()
    started = time.monotonic()
    parts, last = [], 0
    for at in range(PAPERS):
        content = papers[at % len(papers)]
        labels = [str(last + page + 1) for page in range(look_at(content).pages)]
        last += len(labels)
        parts.append(
            Part(f"{at + 1:02}. Báo cáo", lambda content=content: content, labels, f"{at + 1}. Nội dung")
        )  # type: ignore[misc]
    content = bind(front, parts, title=SUBJECT, progress=lambda done, total: None)
    seconds = time.monotonic() - started
    pages = look_at(content).pages - look_at(front).pages
    print(pages, seconds, before, _peak(), len(content) / 1024 / 1024)


def _paper(number: int) -> Any:
    """Ten pages: text, then a table over the rest."""
    from documents.paper.model import Column, DocTitle, Paper, Paragraph, Table, text
    from tests.documents.paper_samples import COUNCIL, DISCUSSION

    columns = (Column("TT", 12), Column("Danh mục", 98), Column("Vốn", 30))
    rows = tuple((str(at), f"Dự án thứ {at} của phụ lục {number}", "1.234.567") for at in range(1, 263))
    words = tuple(Paragraph(text(DISCUSSION.replace("\n", " "))) for _ in range(4))
    return Paper(
        f"Báo cáo {number}", COUNCIL, (*words, Table(columns, rows)), DocTitle("Báo cáo", ("Về vốn",))
    )


def _peak() -> float:
    """The most memory the process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
