"""Thông báo kết luận of a meeting: who does what, by when, and reports to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from documents.paper import numbers
from documents.paper.model import (
    Block,
    DocTitle,
    Letterhead,
    NumberedItem,
    Paper,
    PaperError,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    SignatureBlock,
    Symbol,
    text,
)
from documents.paper.sentences import sentence


@dataclass(frozen=True)
class ConclusionLine:
    """One conclusion. Without an assignee it is a statement and gives nobody a task."""

    task: str
    assignee: str = ""
    cooperating: tuple[str, ...] = ()
    due_on: date | None = None
    report_to: str = ""


@dataclass(frozen=True)
class ConclusionNoticePaper:
    """All a notice of conclusions says.

    Attributes:
        suffix: `TB-HĐND`.
        subject: `Kết luận Phiên họp thứ 3 Thường trực HĐND tỉnh`.
        introduction: what was held, who chaired and attended; lines are paragraphs.
        issuer: in whose name, `Thường trực HĐND tỉnh`.
    """

    letterhead: Letterhead
    number: int | None
    suffix: str
    place: str
    issued_on: date | None
    subject: str
    introduction: tuple[str, ...]
    chair: str
    items: tuple[ConclusionLine, ...]
    issuer: str
    signature: SignatureBlock
    recipients: Recipients
    wording: Mapping[str, str] = field(default_factory=dict)


def conclusion_notice(data: ConclusionNoticePaper) -> Paper:
    """The notice as a paper, one numbered item per conclusion.

    Raises:
        PaperError: there is no conclusion.
    """
    if not data.items:
        raise PaperError("a notice of conclusions needs a conclusion")
    values = {"chủ trì": data.chair, "cơ quan ban hành": data.issuer}
    lead = sentence("thong-bao-ket-luan", "lead", data.wording, values)
    last = f"{sentence('thong-bao-ket-luan', 'closing', data.wording, values).rstrip('.')}./."
    blocks: tuple[Block, ...] = (
        *(Paragraph(text(line)) for line in data.introduction),
        Paragraph(text(lead), kept=True),
        *(_item(position, line) for position, line in enumerate(data.items, start=1)),
        Paragraph(text(last)),
    )
    return Paper(
        name=f"Thông báo {data.subject}",
        letterhead=data.letterhead,
        symbol=Symbol(data.number, data.suffix),
        place_date=PlaceDate(data.place, data.issued_on),
        title=DocTitle("Thông báo", (data.subject,)),
        blocks=blocks,
        signature=data.signature,
        recipients=data.recipients,
    )


def _item(position: int, line: ConclusionLine) -> NumberedItem:
    task = line.task.strip().rstrip(".;")
    if not line.assignee:
        return NumberedItem(f"{position}.", runs=text(f"{task}."))
    runs = [Run("Giao "), Run(line.assignee, bold=True)]
    if line.cooperating:
        runs.append(Run(f" chủ trì, phối hợp với {', '.join(line.cooperating)}"))
    runs.append(Run(f" {task[:1].lower()}{task[1:]}" if _lowers(task) else f" {task}"))
    if line.due_on is not None:
        runs += [Run("; hoàn thành trước ngày "), Run(numbers.numeric_date(line.due_on), bold=True)]
    if line.report_to:
        runs.append(Run(f"; báo cáo kết quả với {line.report_to}"))
    runs.append(Run("."))
    return NumberedItem(f"{position}.", runs=tuple(runs))


def _lowers(task: str) -> bool:
    """Whether the first word may start small inside a sentence: not when it is an abbreviation."""
    first = task.split(maxsplit=1)[0] if task else ""
    return first[1:] == first[1:].lower()
