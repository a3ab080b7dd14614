"""What a written consultation came to: as a notice for all asked, or as minutes of the count for the body itself."""

from dataclasses import dataclass
from datetime import date

from documents.paper import numbers
from documents.paper.model import (
    Align,
    Block,
    Column,
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
    Table,
    text,
)
from documents.paper.wording import inside


@dataclass(frozen=True)
class Counted:
    """One question and its count; the paper states the result and computes none.

    Attributes:
        result: `được thông qua`; empty when opinions were only collected.
        remarks: reasons and other opinions, a line each.
    """

    question: str
    agree: int
    disagree: int
    other: int
    silent: int
    result: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsultationResultPaper:
    """All the result says.

    Attributes:
        is_minutes: `Biên bản kiểm phiếu` instead of `Thông báo`.
        form: `Phiếu lấy ý kiến số 04/PLYK-HĐND ngày 18/6/2026`.
        asked: who was asked, `thành viên Thường trực HĐND tỉnh`; `unit` counts them, `thành viên` or `cơ quan`.
        voices: how many had a voice on the last day.
        answered: whose answer counts; `late` answers came after the last day.
        late_counts: whether those count too.
        rule: what carries a question, with its basis; empty when opinions were only collected.
    """

    letterhead: Letterhead
    number: int | None
    suffix: str
    place: str
    issued_on: date | None
    is_minutes: bool
    issuer: str
    subject: str
    form: str
    deadline: date
    asked: str
    unit: str
    voices: int
    answered: int
    late: int
    late_counts: bool
    rule: str
    items: tuple[Counted, ...]
    signature: SignatureBlock
    recipients: Recipients


def consultation_result(data: ConsultationResultPaper) -> Paper:
    """The result as a paper.

    Raises:
        PaperError: nothing was asked, or a count does not add up to the voices.
    """
    if not data.items:
        raise PaperError("a result needs a question")
    for item in data.items:
        if item.agree + item.disagree + item.other + item.silent != data.voices:
            raise PaperError(f"the count does not add up to {data.voices} voices: {item.question}")
    kind = "Biên bản" if data.is_minutes else "Thông báo"
    subject = result_subject(data.subject, data.asked, is_minutes=data.is_minutes)
    return Paper(
        name=f"{kind} {subject}",
        letterhead=data.letterhead,
        symbol=Symbol(data.number, data.suffix),
        place_date=PlaceDate(data.place, data.issued_on),
        title=DocTitle(kind, (subject,)),
        blocks=(*_opening(data), _table(data), *_results(data), *_remarks(data), _last(data)),
        signature=data.signature,
        recipients=data.recipients,
    )


def result_subject(subject: str, asked: str, *, is_minutes: bool) -> str:
    """What the paper is about, without its type."""
    about = "Kiểm phiếu lấy ý kiến" if is_minutes else "Kết quả lấy ý kiến"
    return f"{about} {asked} về {inside(subject)}"


def _opening(data: ConsultationResultPaper) -> tuple[Block, ...]:
    took = (
        f"{data.issuer} đã lấy ý kiến bằng văn bản {data.asked} theo {data.form}, "
        f"hạn trả lời hết ngày {numbers.numeric_date(data.deadline)}."
    )
    share = f" ({numbers.percent(data.answered, data.voices)})" if data.voices else ""
    figures = (
        f"Tổng số {data.unit} được lấy ý kiến: {numbers.count(data.voices)}; số phiếu được tính: "
        f"{numbers.count(data.answered)}{share}; không có phiếu được tính: "
        f"{numbers.count(data.voices - data.answered)}."
    )
    if data.late:
        counted = "có tính vào kết quả" if data.late_counts else "không tính vào kết quả"
        figures += f" Số phiếu trả lời sau thời hạn: {numbers.count(data.late)}, {counted}."
    return (
        Paragraph(text(took)),
        Paragraph(text(figures)),
        Paragraph(text("Kết quả từng nội dung:"), kept=True),
    )


def _table(data: ConsultationResultPaper) -> Table:
    columns = (
        Column("TT", 11, Align.CENTER),
        Column("Nội dung", 69),
        Column("Đồng ý", 20, Align.CENTER),
        Column("Không đồng ý", 20, Align.CENTER),
        Column("Ý kiến khác", 20, Align.CENTER),
        Column("Không trả lời", 20, Align.CENTER),
    )
    rows = tuple(
        (str(at), item.question, *(numbers.count(n) for n in (item.agree, item.disagree, item.other, item.silent)))
        for at, item in enumerate(data.items, start=1)
    )  # fmt: skip
    return Table(columns, rows)


def _results(data: ConsultationResultPaper) -> tuple[Block, ...]:
    if not data.rule:
        return ()
    blocks: list[Block] = [
        Paragraph(
            (Run("Điều kiện thông qua: ", bold=True), Run(f"{data.rule.rstrip('.')}.")),
            kept=True,
        )
    ]
    for at, item in enumerate(data.items, start=1):
        share = numbers.percent(item.agree, data.voices) if data.voices else "0%"
        runs = (
            Run(f"Đồng ý {numbers.count(item.agree)}/{numbers.count(data.voices)} ({share} tổng số {data.unit}). "),
            Run(f"Kết quả: {item.result}.", bold=True),
        )  # fmt: skip
        blocks.append(NumberedItem(f"{at}.", runs=runs))
    return tuple(blocks)


def _remarks(data: ConsultationResultPaper) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for at, item in enumerate(data.items, start=1):
        if item.remarks:
            blocks.append(Paragraph(text(f"Ý kiến cụ thể đối với nội dung {at}:", bold=True), kept=True))
            blocks += [Paragraph(text(f"- {line.rstrip('.')}.")) for line in item.remarks]
    return tuple(blocks)


def _last(data: ConsultationResultPaper) -> Paragraph:
    if data.is_minutes:
        return Paragraph(text("Biên bản được lập làm căn cứ để kết luận các nội dung đã lấy ý kiến./."))
    return Paragraph(text(f"{data.issuer} thông báo để các {data.unit} được lấy ý kiến biết./."))
