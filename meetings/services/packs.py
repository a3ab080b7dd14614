"""Bind the papers of a meeting to one file, version by version, in the background."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse

from councils.models import User
from councils.permissions import ensure
from documents.paper.binder import Entry, Group
from hdnd.audit.services import record
from hdnd.jobs import Progress, Result
from hdnd.jobs.models import Job
from hdnd.jobs.services import start
from hdnd.lib import clock, files, filetypes
from hdnd.lib.dates import read_date, short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.pdf import MissingGlyphError
from hdnd.lib.pdf.errors import UnreadablePdf
from hdnd.lib.pdf.packs import Part, bind, look_at
from hdnd.lib.pdf.pictures import picture_pdf
from meetings.law.packs import Label, assign, label_of, spans
from meetings.models import Meeting, MeetingPack
from meetings.pack_papers import front_pdf, head_of, programme_pdf
from meetings.permissions import can_prepare
from meetings.queries.packs import Source, agenda_lines, sources_of

PACK = "meetings.pack"
LIMIT = 300 * filetypes.MEGABYTE
"""Of all papers together, in bytes: what a worker binds without harm to its neighbours."""

_PROGRAMME = "programme"
_PRINTED = (filetypes.PDF, filetypes.PNG, filetypes.JPEG)


@dataclass
class _Paper:
    """A paper on its way into the pack."""

    key: str
    group: str
    title: str
    read: Callable[[], bytes]
    pages: int = 0
    why_not: str = ""
    notes: list[str] = field(default_factory=list)
    late_on: str = ""
    labels: list[Label] = field(default_factory=list)
    number: Label | None = None


def start_pack(*, actor: Any, meeting: Meeting) -> Job:
    """Has the papers bound as they are now; a person who asks again for the same gets the same job.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: the meeting is called off, has no paper yet, or its papers are too many bytes together.
    """
    ensure(can_prepare(actor, meeting))
    if meeting.is_called_off:
        raise DomainError("Cuộc họp không còn diễn ra nên không lập tập tài liệu.")
    sources = sources_of(meeting)
    if not sources:
        raise DomainError("Chưa có giấy mời hay tài liệu nào. Thêm tài liệu vào chương trình rồi lập tập.")
    size = sum(source.size for source in sources)
    if size > LIMIT:
        raise DomainError(
            f"Các tài liệu nặng {size // filetypes.MEGABYTE} MB, tập tối đa {LIMIT // filetypes.MEGABYTE} MB. "
            "Tải lên bản nén nhẹ hơn của các tài liệu nặng nhất rồi lập lại."
        )
    return start(
        actor=actor,
        kind=PACK,
        args={"meeting": meeting.pk, "actor": actor.pk},
        title=f"Tập tài liệu: {meeting.title}",
        key=fingerprint(meeting, sources),
        back=reverse("meetings:meeting_packs", args=[meeting.pk]),
    )


def run_pack(args: dict[str, Any], progress: Progress) -> Result:
    """The job of `start_pack`."""
    actor = User.objects.get(pk=args["actor"])
    pack = make_pack(actor=actor, meeting_id=args["meeting"], progress=progress)
    page = reverse("meetings:meeting_packs", args=[pack.meeting_id])
    name = f"tap-tai-lieu-{pack.meeting_id}-ban-{pack.number}.pdf"
    return Result(files.read(pack.file), name, filetypes.PDF.mime, page)


def make_pack(*, actor: Any, meeting_id: int, progress: Progress) -> MeetingPack:
    """Binds the papers that hold; those that cannot be printed are named in the contents and in `left_out`.

    Papers of earlier versions keep their numbers and pages. Nothing changed since the last version gives that one.

    Raises:
        PermissionDenied: the actor is not, or no longer, of the host's secretariat.
        DomainError: no paper can be printed, or someone else bound a version meanwhile.
    """
    meeting = Meeting.objects.select_related("host").get(pk=meeting_id)
    ensure(can_prepare(actor, meeting))
    sources = sources_of(meeting)
    mark = fingerprint(meeting, sources)
    earlier: list[MeetingPack] = list(meeting.packs.order_by("number"))
    if earlier and earlier[-1].fingerprint == mark:
        return earlier[-1]
    with _naming(meeting, sources):
        papers = _looked_at(meeting, sources, progress)
    printed = [paper for paper in papers if not paper.why_not]
    if not any(paper.key != _PROGRAMME for paper in printed):
        named = "; ".join(f"{paper.title}: {paper.why_not}" for paper in papers if paper.why_not)
        raise DomainError(
            f"Không tài liệu nào in được ({named}). Tải lên bản PDF không có mật khẩu rồi lập lại."
        )
    _number(printed, earlier)
    bound = sorted(printed, key=lambda paper: paper.labels[0])
    today = clock.today()
    with _naming(meeting, sources):
        front = front_pdf(meeting, len(earlier) + 1, short_date(today), _contents(papers, bound))
    parts = [
        Part(_bookmark(paper), paper.read, [str(label) for label in paper.labels], paper.group)
        for paper in bound
    ]
    content = bind(
        front, parts, title=f"Tập tài liệu {meeting.title}", author=meeting.host.name,
        progress=lambda done, total: progress(len(papers) + done, len(papers) + total),
    )  # fmt: skip
    pack = MeetingPack(
        meeting=meeting, number=len(earlier) + 1, made_at=clock.now(), made_by=actor, size=len(content),
        page_count=sum(paper.pages for paper in printed) + look_at(front).pages, fingerprint=mark,
        parts=[_kept(paper) for paper in bound],
        left_out=[{"title": paper.title, "why": paper.why_not} for paper in papers if paper.why_not],
    )  # fmt: skip
    return _store(actor, pack, content, [source.document for source in sources if source.document])


def fingerprint(meeting: Meeting, sources: Sequence[Source]) -> str:
    """The same as long as the pack would be the same."""
    head = head_of(meeting)
    said = [meeting.title, meeting.starts_at.isoformat(), meeting.place, head.name_lines, head.superior_lines]
    held = [[source.key, source.group, source.title, source.file] for source in sources]
    return files.digest(json.dumps([said, agenda_lines(meeting), held]).encode())


def _looked_at(meeting: Meeting, sources: Sequence[Source], progress: Progress) -> list[_Paper]:
    """The papers with their pages: the invitation, the programme, then what is put to the items."""
    papers = []
    for at, source in enumerate(sources, start=1):
        paper = _Paper(source.key, source.group, source.title, partial(_content, source))
        papers.append(paper)
        if source.kind in _PRINTED:
            _look(paper)
        else:
            paper.why_not = f"tệp kèm theo, không in ({source.kind.label})"
        progress(at, 2 * len(sources))
    lines = agenda_lines(meeting)
    if lines:
        content = programme_pdf(meeting, lines)
        programme = _Paper(_PROGRAMME, "", "Chương trình", lambda: content, pages=look_at(content).pages)
        papers.insert(sum(not source.group for source in sources), programme)
    return papers


@contextmanager
def _naming(meeting: Meeting, sources: Sequence[Source]) -> Iterator[None]:
    """Says which name has the letters that cannot be printed."""
    try:
        yield
    except MissingGlyphError as error:
        said = [str(word) for line in agenda_lines(meeting) for word in line]
        names = [meeting.title, meeting.place, *said, *(source.title for source in sources)]
        found = next((name for name in names if set(error.characters) & set(name)), meeting.host.name)
        raise DomainError(f"“{found}”: {error.message}") from error


def _content(source: Source) -> bytes:
    """The paper as PDF; a picture becomes a page."""
    content = files.read(source.file)
    return content if source.kind is filetypes.PDF else picture_pdf(content, source.kind.mime, source.title)


def _look(paper: _Paper) -> None:
    try:
        sheets = look_at(paper.read())
    except UnreadablePdf as error:
        paper.why_not = error.message
    except FileNotFoundError:
        paper.why_not = "tệp không còn trong kho"
    else:
        paper.pages = sheets.pages
        if sheets.is_signed:
            paper.notes.append("bản in trong tập; bản ký số là tài liệu gốc")


def _number(printed: Sequence[_Paper], earlier: Sequence[MeetingPack]) -> None:
    """Numbers and pages, with what earlier versions gave kept."""
    labels: dict[str, list[Label]] = {}
    numbers: dict[str, list[Label]] = {}
    late_on: dict[str, str] = {}
    for pack in earlier:
        for part in pack.parts:
            given = {*labels.get(part["key"], []), *map(label_of, part["labels"])}
            labels[part["key"]] = sorted(given)
            numbers[part["key"]] = [label_of(part["number"])]
            late_on[part["key"]] = part["late_on"]
    order = [paper.key for paper in printed]
    pages = assign(order, {paper.key: paper.pages for paper in printed}, labels)
    papers = assign(order, dict.fromkeys(order, 1), numbers)
    for paper in printed:
        paper.labels, paper.number = pages[paper.key], papers[paper.key][0]
        paper.late_on = late_on.get(paper.key, clock.today().isoformat() if earlier else "")


def _contents(papers: Sequence[_Paper], bound: Sequence[_Paper]) -> list[Group]:
    """In order of the agenda, whatever the order of the pages."""
    groups: dict[str, list[Entry]] = {}
    for paper in papers:
        place = bound.index(paper) + 1 if paper.number else None
        number = paper.number.two_digits if paper.number else ""
        notes = [f"bổ sung ngày {_day(paper.late_on)}"] if paper.late_on else []
        notes += [paper.why_not] if paper.why_not else paper.notes
        entry = Entry(number, paper.title, spans(paper.labels) or "–", "; ".join(notes), place)
        groups.setdefault(paper.group, []).append(entry)
    return [Group(title, tuple(entries)) for title, entries in groups.items()]


def _bookmark(paper: _Paper) -> str:
    assert paper.number is not None
    return f"{paper.number.two_digits}. {paper.title}"


def _kept(paper: _Paper) -> dict[str, Any]:
    assert paper.number is not None
    return {
        "key": paper.key, "number": str(paper.number), "title": paper.title, "late_on": paper.late_on,
        "labels": [str(label) for label in paper.labels],
    }  # fmt: skip


def _day(iso: str) -> str:
    day = read_date(iso)
    return short_date(day) if day else iso


@transaction.atomic
def _store(actor: Any, pack: MeetingPack, content: bytes, documents: Sequence[int]) -> MeetingPack:
    """Writes the version, unless another took its number while the pages were bound."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=pack.meeting_id)
    if MeetingPack.objects.filter(meeting=pack.meeting, number=pack.number).exists():
        raise DomainError("Người khác vừa lập một bản mới của tập này. Xem bản đó, hoặc lập lại.")
    pack.file = files.store(content, filetypes.PDF.suffix)
    pack.full_clean()
    pack.save()
    pack.documents.set(documents)
    changes = {
        "number": pack.number,
        "pages": pack.page_count,
        "left_out": [row["title"] for row in pack.left_out],
    }
    record("meetings.pack.bound", pack.meeting, actor=actor, changes=changes)
    return pack
