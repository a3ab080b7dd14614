"""Phiếu lấy ý kiến: the questions as a table with boxes to tick. Not one of NĐ 30/2020's types; it borrows their form."""

from dataclasses import dataclass
from datetime import date

from documents.paper import numbers
from documents.paper.model import (
    Align,
    Block,
    Column,
    DocTitle,
    Letterhead,
    Paper,
    PaperError,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    Salutation,
    SignatureBlock,
    Signer,
    Symbol,
    Table,
    Tick,
    text,
)

_COLUMNS = (
    Column("TT", 11, Align.CENTER),
    Column("Nội dung xin ý kiến", 83),
    Column("Đồng ý", 20, Align.CENTER),
    Column("Không đồng ý", 23, Align.CENTER),
    Column("Ý kiến khác", 23, Align.CENTER),
)
_LINE = "…" * 32
_LINES = 2
ANSWERING = Signer("Người cho ý kiến", "", note="(Ký, ghi rõ họ tên)")


@dataclass(frozen=True)
class OpinionFormPaper:
    """All a form says.

    Attributes:
        asker: who asks, `Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang`.
        subject: on what, `Dự thảo Kế hoạch giám sát năm 2027`.
        addressees: Kính gửi, a line each.
        introduction: why it is asked, a paragraph each; may be empty.
        papers: titles of what goes with it.
        answer_by: the last day, itself in time.
        answer_way: how to answer, `đường dẫn trong thư …`.
        late_rule: what becomes of an answer after that day, one sentence.
    """

    letterhead: Letterhead
    number: int | None
    suffix: str
    place: str
    issued_on: date | None
    asker: str
    subject: str
    addressees: tuple[str, ...]
    introduction: tuple[str, ...]
    questions: tuple[str, ...]
    papers: tuple[str, ...]
    answer_by: date
    answer_way: str
    late_rule: str
    signature: SignatureBlock
    recipients: Recipients


def opinion_form(data: OpinionFormPaper) -> Paper:
    """One form for all who are asked; who answers on paper signs at the left.

    Raises:
        PaperError: nothing is asked.
    """
    if not data.questions:
        raise PaperError("an opinion form needs a question")
    return Paper(
        name=f"Phiếu lấy ý kiến {data.subject}",
        letterhead=data.letterhead,
        symbol=Symbol(data.number, data.suffix),
        place_date=PlaceDate(data.place, data.issued_on),
        title=DocTitle("Phiếu lấy ý kiến", (data.subject,)),
        salutation=Salutation(data.addressees),
        blocks=(*_opening(data), _table(data.questions), *_room_to_write(), *_request(data)),
        signature=SignatureBlock((ANSWERING, *data.signature.signers)),
        recipients=data.recipients,
    )


def _opening(data: OpinionFormPaper) -> tuple[Block, ...]:
    asks = f"{data.asker} đề nghị cho ý kiến bằng cách đánh dấu vào ô tương ứng với từng nội dung sau:"
    return (
        *(Paragraph(text(sentence)) for sentence in data.introduction),
        Paragraph(text(asks), kept=True),
    )


def _table(questions: tuple[str, ...]) -> Table:
    rows = tuple(
        (str(at), question, Tick(), Tick(), Tick()) for at, question in enumerate(questions, start=1)
    )
    return Table(_COLUMNS, rows)


def _room_to_write() -> tuple[Block, ...]:
    return (
        Paragraph(text("Lý do không đồng ý, nội dung ý kiến khác (ghi theo số thứ tự):"), Align.LEFT, indented=False, kept=True),
        *(Paragraph(text(_LINE), Align.LEFT, indented=False, kept=True) for _ in range(_LINES)),
    )  # fmt: skip


def _request(data: OpinionFormPaper) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if data.papers:
        blocks.append(Paragraph((Run("Tài liệu kèm theo: ", bold=True), Run(f"{'; '.join(data.papers)}."))))
    request = (
        f"Đề nghị cho ý kiến đến hết ngày {numbers.numeric_date(data.answer_by)}, qua {data.answer_way.rstrip('.')}. "
        f"{data.late_rule.rstrip('.')}./."
    )
    blocks.append(Paragraph(text(request)))
    return tuple(blocks)
