"""A vote as a minutes paper states it."""

from dataclasses import dataclass

from documents.paper import numbers
from documents.paper.model import PaperError, Paragraph, Run


@dataclass(frozen=True)
class VoteLine:
    """A tally and what the law made of it; the paper states both and computes neither.

    Attributes:
        question: what was voted on; empty when the item's title says it.
        total: all members of the body on that day, the base of the share.
        required: the votes in favour that were needed.
        basis: the article that asks for them, `Điều 31 …`; may be empty.
    """

    question: str
    total: int
    present: int
    in_favour: int
    against: int
    other: int
    not_voting: int
    required: int
    passed: bool
    basis: str = ""

    def __post_init__(self) -> None:
        counted = self.in_favour + self.against + self.other + self.not_voting
        if counted != self.present:
            raise PaperError(f"{counted} votes counted, {self.present} members present: {self.question}")
        if self.passed != (self.in_favour >= self.required):
            raise PaperError(f"the result contradicts the tally: {self.question}")


def vote_paragraph(vote: VoteLine) -> Paragraph:
    """The tally in one sentence, the result in bold."""
    question = f" ({vote.question.rstrip('.')})" if vote.question else ""
    basis = f" theo {vote.basis}" if vote.basis else ""
    tally = (
        f": tổng số thành viên {numbers.count(vote.total)}; có mặt {numbers.count(vote.present)}; "
        f"tán thành {numbers.count(vote.in_favour)} ({numbers.percent(vote.in_favour, vote.total)} tổng số "
        f"thành viên); không tán thành {numbers.count(vote.against)}; "
        f"ý kiến khác {numbers.count(vote.other)}; không biểu quyết {numbers.count(vote.not_voting)}. "
        f"Số phiếu tán thành cần có{basis}: {numbers.count(vote.required)}. "
    )
    result = "Kết quả: được thông qua." if vote.passed else "Kết quả: không được thông qua."
    return Paragraph((Run("Kết quả biểu quyết", bold=True), Run(question + tally), Run(result, bold=True)))
