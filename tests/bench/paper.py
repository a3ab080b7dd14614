"""Minutes with 60 attendees, and WeasyPrint called plainly."""

from documents.paper.minutes import minutes
from documents.paper.model import Paper
from tests.documents.paper_samples import minutes_paper


def long_minutes() -> Paper:
    """60 attendees: members and guests."""
    return minutes(minutes_paper(members=40, guests=20))


def plain(html: str) -> bytes:
    """WeasyPrint on the same HTML, nothing else."""
    import weasyprint

    return bytes(weasyprint.HTML(string=html).write_pdf())
