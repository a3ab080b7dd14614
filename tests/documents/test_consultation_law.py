"""Which answer counts, what carries a question, when to remind: by table."""

from datetime import date

import pytest

from documents.law.consultation import (
    is_late,
    moved_forward,
    reminder_day,
    required,
    standing,
    tally,
)

THU, FRI, SAT, MON = date(2026, 6, 18), date(2026, 6, 19), date(2026, 6, 20), date(2026, 6, 22)


@pytest.mark.parametrize(
    ("members", "majority", "two_thirds"),
    [(0, 1, 0), (1, 1, 1), (2, 2, 2), (3, 2, 2), (4, 3, 3), (6, 4, 4), (7, 4, 5), (9, 5, 6), (10, 6, 7), (62, 32, 42)],
)  # fmt: skip
def test_more_than_half_and_two_thirds_of_all_members(members: int, majority: int, two_thirds: int) -> None:
    assert (required(members, "majority"), required(members, "two_thirds")) == (majority, two_thirds)
    assert required(members, "collect") == 0


def test_there_are_no_negative_members() -> None:
    with pytest.raises(ValueError, match="-1 members"):
        required(-1, "majority")


@pytest.mark.parametrize(
    ("agree", "disagree", "other", "passed", "lost"),
    [
        (0, 0, 0, False, False),
        (3, 0, 0, False, False),
        (4, 0, 0, True, False),
        (4, 3, 0, True, False),
        (3, 3, 0, False, False),  # the seventh decides
        (3, 3, 1, False, True),
        (0, 3, 0, False, False),
        (0, 2, 2, False, True),
        (7, 0, 0, True, False),
    ],
)
def test_seven_members_and_more_than_half(
    agree: int, disagree: int, other: int, passed: bool, lost: bool
) -> None:
    counted = tally(7, ["agree"] * agree + ["disagree"] * disagree + ["other"] * other, "majority")
    assert (counted.passed, counted.lost) == (passed, lost)
    assert counted.answered + counted.silent == 7
    assert counted.missing == max(4 - agree, 0)


def test_opinions_that_are_only_collected_carry_nothing() -> None:
    counted = tally(2, ["agree", "agree"], "collect")
    assert (counted.is_vote, counted.passed, counted.lost) == (False, False, False)


def test_a_body_without_members_carries_nothing() -> None:
    for rule in ("majority", "two_thirds"):
        assert tally(0, [], rule).passed is False


def test_more_answers_than_voices_are_an_error() -> None:
    with pytest.raises(ValueError, match="2 answers of 1 voices"):
        tally(1, ["agree", "agree"], "majority")


def test_the_last_day_itself_is_in_time() -> None:
    assert [is_late(day, FRI) for day in (THU, FRI, SAT)] == [False, False, True]


@pytest.mark.parametrize(
    ("days", "counts_late", "at"),
    [
        ([], False, None),
        ([THU], False, 0),
        ([THU, FRI], False, 1),
        ([THU, SAT], False, 0),  # the late change does not undo what was said in time
        ([THU, SAT], True, 1),
        ([SAT], False, None),
        ([SAT], True, 0),
        ([SAT, THU], False, 1),  # on Monday the secretary noted what was said on Thursday
    ],
)
def test_which_answer_counts(days: list[date], counts_late: bool, at: int | None) -> None:
    assert standing(days, FRI, counts_late=counts_late) == at


def test_a_deadline_on_a_day_off_moves_to_the_next_working_day() -> None:
    assert moved_forward(FRI) == FRI
    assert moved_forward(SAT) == MON
    assert moved_forward(FRI, {FRI: (False, "nghỉ"), SAT: (True, "làm bù")}) == SAT
    assert moved_forward(date(2026, 9, 2)) == date(2026, 9, 3)


@pytest.mark.parametrize(
    ("deadline", "before", "day"),
    [(FRI, 2, date(2026, 6, 17)), (FRI, 0, FRI), (SAT, 0, FRI), (MON, 1, FRI), (date(2026, 9, 3), 2, date(2026, 8, 27))],
)  # fmt: skip
def test_the_day_to_remind_is_worked(deadline: date, before: int, day: date) -> None:
    assert reminder_day(deadline, before) == day
