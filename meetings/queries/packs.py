"""What a pack of a meeting's papers is bound from, and who may open one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from documents.choices import DocumentType
from documents.models import Document
from documents.queries import visible_documents
from hdnd.lib import filetypes
from meetings.models import AgendaItem, AgendaPaper, Meeting, MeetingPack
from meetings.queries.meetings import visible_meetings
from meetings.queries.papers import papers_of


@dataclass(frozen=True)
class Source:
    """A paper to be bound.

    Attributes:
        key: the same for every version of the paper.
        group: its agenda item, `1. Báo cáo`; empty for a paper of the meeting as a whole.
        title: what the contents call it; a later version says which it is.
        file: where it is stored.
        size: in bytes; 0 for an issued paper, which is never large.
        document: the issued paper it is, if it is one.
    """

    key: str
    group: str
    title: str
    file: str
    size: int = 0
    document: int | None = None

    @property
    def kind(self) -> filetypes.FileType:
        """What can be printed is told by it."""
        return filetypes.of_stored(self.file)


def sources_of(meeting: Meeting) -> list[Source]:
    """The invitation, then the papers that hold in order of the agenda; three queries."""
    issued = Document.objects.of(meeting).with_paper().filter(doc_type=DocumentType.INVITATION)
    found = [
        Source(f"document-{row.pk}", "", str(row), row.file, document=row.pk)
        for row in issued.order_by("issued_at")
    ]
    before = dict(AgendaPaper.objects.filter(item__meeting=meeting).values_list("pk", "supersedes"))
    for paper in papers_of(meeting):
        first: int = paper.pk
        while earlier := before.get(first):
            first = earlier
        found.append(Source(f"paper-{first}", str(paper.item), str(paper), paper.file, paper.size))
    return found


def agenda_lines(meeting: Meeting) -> list[tuple[int, str, str, int | None]]:
    """Position, title, presenter, minutes of each item."""
    rows = AgendaItem.objects.filter(meeting=meeting).order_by("position")
    return list(rows.values_list("position", "title", "presenter", "minutes"))


def visible_packs(user: Any) -> QuerySet[MeetingPack]:
    """Packs of visible meetings with nothing in them that the person may not open by itself."""
    held = MeetingPack.documents.through.objects.filter(meetingpack=OuterRef("pk"))
    hidden = held.exclude(document__in=visible_documents(user).values("pk"))
    found = MeetingPack.objects.filter(~Exists(hidden), meeting__in=visible_meetings(user))
    return found.select_related("made_by__person", "meeting")


def packs_of(user: Any, meeting: Meeting) -> list[MeetingPack]:
    """The versions that the person may open, the newest first."""
    return list(visible_packs(user).filter(meeting=meeting))
