"""Written consultation: which answer counts, whether a question is carried, when to remind.

Source: neither a law nor NĐ 30/2020/NĐ-CP has a rule for opinions taken in writing; the body's own work regulation
(quy chế làm việc) has. So the share is a field of each consultation, with its article as text. The shares are those of
a vote in a sitting, counted of all members and not of those who answered (TCCQ 2025, Luật 72/2025/QH15, Điều 35, in
force since 16/6/2025); that they hold for a vote in writing too is the office's reading. A last day that is a day off
may move to the next working day (Bộ luật Dân sự 91/2015/QH13, Điều 148 khoản 5, in force since 1/1/2017).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordination.law.working_days import NO_EXCEPTIONS, Exceptions, due_before, is_working_day
from documents.choices_consultation import Opinion, TallyRule

FARTHEST = 30
"""The most working days a reminder may lie before the deadline."""


def required(members: int, rule: str) -> int:
    """The least number of "đồng ý" that carries a question: `members // 2 + 1`, or two thirds rounded up; 0 when
    opinions are only collected.

    Raises:
        ValueError: negative members.
    """
    if members < 0:
        raise ValueError(f"required: {members} members")
    if rule == TallyRule.MAJORITY:
        return members // 2 + 1
    if rule == TallyRule.TWO_THIRDS:
        return -(-2 * members // 3)
    return 0


@dataclass(frozen=True)
class Tally:
    """One question counted: of all who have a voice, those whose answer counts.

    Attributes:
        members: all who have a voice on the last day.
        required: "đồng ý" that carry the question; 0 when opinions are only collected.
    """

    members: int
    agree: int
    disagree: int
    other: int
    required: int

    @property
    def answered(self) -> int:
        """Voices whose answer counts."""
        return self.agree + self.disagree + self.other

    @property
    def silent(self) -> int:
        """Voices without an answer that counts."""
        return self.members - self.answered

    @property
    def is_vote(self) -> bool:
        """Whether there is a share to reach."""
        return self.required > 0

    @property
    def passed(self) -> bool:
        """Carried already; a body without members carries nothing."""
        return self.is_vote and self.members > 0 and self.agree >= self.required

    @property
    def missing(self) -> int:
        """How many "đồng ý" are still needed."""
        return max(self.required - self.agree, 0)

    @property
    def lost(self) -> bool:
        """Can't be carried even if all who are silent agree; whoever answered may still change it while it is open."""
        return self.is_vote and (self.members == 0 or self.agree + self.silent < self.required)


def tally(members: int, opinions: Iterable[str], rule: str) -> Tally:
    """Counts one question.

    Args:
        members: all who have a voice, the base of the share.
        opinions: what each counted answer says (`Opinion`).

    Raises:
        ValueError: more answers than voices.
    """
    counted = Counter(opinions)
    found = Tally(
        members,
        counted[Opinion.AGREE],
        counted[Opinion.DISAGREE],
        counted[Opinion.OTHER],
        required(members, rule),
    )
    if found.silent < 0:
        raise ValueError(f"{found.answered} answers of {members} voices")
    return found


def is_late(given_on: date, deadline: date) -> bool:
    """Whether an answer was given after the last day, which itself is in time."""
    return given_on > deadline


def standing(days: Sequence[date], deadline: date, *, counts_late: bool) -> int | None:
    """Which of a voice's answers counts, by its place; None when none does.

    The last one recorded stands. Where late answers do not count, the last one given in time does: a late change must
    not take away what was said in time.

    Args:
        days: when each answer was given, in the order in which they were recorded.
    """
    return next(
        (at for at in reversed(range(len(days))) if counts_late or not is_late(days[at], deadline)), None
    )


def moved_forward(day: date, exceptions: Exceptions = NO_EXCEPTIONS) -> date:
    """The day, or the next one that is worked (Bộ luật Dân sự 91/2015/QH13, Điều 148 khoản 5)."""
    while not is_working_day(day, exceptions):
        day += timedelta(days=1)
    return day


def reminder_day(deadline: date, days_before: int, exceptions: Exceptions = NO_EXCEPTIONS) -> date:
    """The working day on which to remind the silent; 0 is the last day itself, or the working day before it.

    Raises:
        ValueError: negative days.
    """
    day = due_before(deadline, days_before, "wd", exceptions).on
    while not is_working_day(day, exceptions):  # only with 0
        day -= timedelta(days=1)
    return day
