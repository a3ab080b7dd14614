"""From a meeting to the papers that are made for its pack: the programme, and cover and contents."""

from collections.abc import Sequence

from documents.models import Issuer
from documents.paper.binder import Binder, Group, binder_pdf
from documents.paper.html import paper_pdf
from documents.paper.model import Align, Column, DocTitle, Letterhead, Paper, Paragraph, Table, text
from hdnd.lib.dates import date_time
from meetings.models import Meeting
from meetings.papers import letterhead

_COLUMNS = (
    Column("TT", 12, Align.CENTER),
    Column("Nội dung", 80),
    Column("Trình bày", 50),
    Column("Số phút", 18, Align.CENTER),
)


def head_of(meeting: Meeting) -> Letterhead:
    """The host's letterhead, or its name where it has none."""
    issuer = Issuer.objects.filter(organization=meeting.host_id).first()
    return letterhead(issuer) if issuer else Letterhead((meeting.host.name.upper(),))


def programme_pdf(meeting: Meeting, lines: Sequence[tuple[int, str, str, int | None]]) -> bytes:
    """The agenda as a paper.

    Args:
        lines: position, title, presenter, minutes.
    """
    rows = tuple((str(at), title, who, str(minutes or "")) for at, title, who, minutes in lines)
    facts = tuple(Paragraph(text(f"{fact}."), kept=True) for fact in _facts(meeting))
    paper = Paper(
        name=f"Chương trình {meeting.title}",
        letterhead=head_of(meeting),
        title=DocTitle("Chương trình", (meeting.title,)),
        blocks=(*facts, Table(_COLUMNS, rows)),
    )
    return paper_pdf(paper)


def front_pdf(meeting: Meeting, number: int, made_on: str, groups: Sequence[Group]) -> bytes:
    """Cover and contents.

    Args:
        number: of this version of the pack.
        made_on: `24/11/2026`.
    """
    made = f"Bản {number}, lập ngày {made_on}" if number > 1 else f"Lập ngày {made_on}"
    return binder_pdf(Binder(head_of(meeting), meeting.title, _facts(meeting), made, tuple(groups)))


def _facts(meeting: Meeting) -> tuple[str, ...]:
    return (f"Thời gian: {date_time(meeting.starts_at)}", f"Địa điểm: {meeting.place}")
