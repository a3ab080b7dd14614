"""Quorum and majorities.

Sources: Luật Tổ chức chính quyền địa phương 77/2015/QH13 (in force 1/1/2016 to 28/2/2025), Điều 83 and Điều 91:
a sitting is valid with at least two thirds of all delegates, a resolution passes with more than half of all
delegates, removal of a delegate with at least two thirds of all. Luật 65/2025/QH15 (1/3/2025 to 15/6/2025, its
article to be checked) and Luật 72/2025/QH15 (in force since 16/6/2025),
Điều 35 keeps the fractions. The denominator is the number of memberships in force that day, vacancies excluded
(a reading to be confirmed by the office). The fractions are dated rows (`meetings.VotingThreshold`), the formula
stands here.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Threshold:
    """A share of all members.

    Attributes:
        strict: more than the share (half), or at least the share (two thirds).
    """

    share: Fraction
    strict: bool
    article: str


HALF = Threshold(Fraction(1, 2), True, "quá nửa tổng số")
TWO_THIRDS = Threshold(Fraction(2, 3), False, "ít nhất hai phần ba tổng số")


def required(total: int, threshold: Threshold) -> int:
    """The least whole number that reaches the threshold; `total//2 + 1` for half, `ceil(2*total/3)` for two thirds.

    Raises:
        ValueError: negative total.
    """
    if total < 0:
        raise ValueError(f"required: {total} members")
    if threshold.strict:
        return int(total * threshold.share) + 1
    return -int(-(total * threshold.share) // 1)


@dataclass(frozen=True)
class Quorum:
    """Whether a meeting may open: members in force that day, present, needed."""

    members: int
    present: int
    required: int

    @property
    def met(self) -> bool:
        """A body without members never meets its quorum."""
        return self.members > 0 and self.present >= self.required


def quorum(members: int, present: int, threshold: Threshold = TWO_THIRDS) -> Quorum:
    """The quorum of a body.

    Raises:
        ValueError: more present than members.
    """
    if present > members:
        raise ValueError(f"{present} present of {members} members")
    return Quorum(members, present, required(members, threshold))


@dataclass(frozen=True)
class Forecast:
    """The quorum if those who said yes come: what members said in advance, against what is needed.

    Attributes:
        coming, absent: members who said they come, and who said they do not.
    """

    members: int
    coming: int
    absent: int
    required: int

    @property
    def silent(self) -> int:
        """Members who said nothing yet."""
        return self.members - self.coming - self.absent

    @property
    def met(self) -> bool:
        """Whether those who said yes are enough; a body without members never meets its quorum."""
        return self.members > 0 and self.coming >= self.required

    @property
    def lost(self) -> bool:
        """Whether it can't be met any more, even if all who are silent come."""
        return self.members == 0 or self.coming + self.silent < self.required


def forecast(members: int, coming: int, absent: int, threshold: Threshold = TWO_THIRDS) -> Forecast:
    """What the answers of members let expect; the share as for `quorum` (TCCQ 2025, Điều 35).

    Raises:
        ValueError: more answers than members.
    """
    if coming + absent > members:
        raise ValueError(f"{coming + absent} answers of {members} members")
    return Forecast(members, coming, absent, required(members, threshold))


@dataclass(frozen=True)
class VoteResult:
    """A tally against all members; the result is computed, never typed."""

    total: int
    present: int
    in_favour: int
    against: int
    other: int
    not_voting: int
    required: int

    @property
    def passed(self) -> bool:
        return self.in_favour >= self.required and self.total > 0


def vote(
    *,
    total: int,
    present: int,
    in_favour: int,
    against: int,
    other: int,
    not_voting: int,
    threshold: Threshold = HALF,
) -> VoteResult:
    """The result of a tally.

    Raises:
        ValueError: in Vietnamese, when the ballots do not add up to those present.
    """
    counts = (in_favour, against, other, not_voting)
    if min(counts) < 0:
        raise ValueError("Số phiếu không thể âm.")
    if sum(counts) != present:
        raise ValueError(
            f"Tổng số tán thành, không tán thành, ý kiến khác và không biểu quyết là {sum(counts)}, "
            f"nhưng có {present} thành viên có mặt. Kiểm tra lại số phiếu hoặc điểm danh."
        )
    return VoteResult(total, present, in_favour, against, other, not_voting, required(total, threshold))
