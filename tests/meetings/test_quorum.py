"""Quorum and majorities as tables, and the dated rows that overrule the law's own fractions."""

from datetime import date
from fractions import Fraction
from importlib import import_module

import pytest
from django.apps import apps

from meetings.law import quorum as law
from meetings.models import VotingThreshold
from meetings.queries import threshold_on

# members -> more than half, at least two thirds
NEEDED = {0: (1, 0), 1: (1, 1), 2: (2, 2), 3: (2, 2), 5: (3, 4), 7: (4, 5), 62: (32, 42), 95: (48, 64)}


@pytest.mark.parametrize(("members", "needed"), NEEDED.items())
def test_least_number_that_reaches_the_share(members: int, needed: tuple[int, int]) -> None:
    assert (law.required(members, law.HALF), law.required(members, law.TWO_THIRDS)) == needed


@pytest.mark.parametrize("members", range(1, 200))
def test_one_less_never_reaches_the_share(members: int) -> None:
    half, two_thirds = law.required(members, law.HALF), law.required(members, law.TWO_THIRDS)
    assert 2 * half > members >= 2 * (half - 1)
    assert 3 * two_thirds >= 2 * members > 3 * (two_thirds - 1)


def test_negative_members_are_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="-1 members"):
        law.required(-1, law.HALF)


@pytest.mark.parametrize(
    ("members", "present", "met"),
    [(0, 0, False), (1, 0, False), (1, 1, True), (3, 1, False), (3, 2, True), (7, 4, False), (7, 5, True),
     (62, 41, False), (62, 42, True), (95, 63, False), (95, 64, True)],
)  # fmt: skip
def test_quorum(members: int, present: int, met: bool) -> None:
    assert law.quorum(members, present).met is met


def test_more_present_than_members_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="8 present of 7 members"):
        law.quorum(7, 8)


@pytest.mark.parametrize(
    ("total", "in_favour", "threshold", "passed"),
    [(7, 3, law.HALF, False), (7, 4, law.HALF, True), (62, 31, law.HALF, False), (62, 32, law.HALF, True),
     (62, 41, law.TWO_THIRDS, False), (62, 42, law.TWO_THIRDS, True), (0, 0, law.TWO_THIRDS, False)],
)  # fmt: skip
def test_a_vote_counts_against_all_members_not_those_present(
    total: int, in_favour: int, threshold: law.Threshold, passed: bool
) -> None:
    result = law.vote(
        total=total,
        present=in_favour,
        in_favour=in_favour,
        against=0,
        other=0,
        not_voting=0,
        threshold=threshold,
    )
    assert result.passed is passed


@pytest.mark.parametrize(
    ("ballots", "message"),
    [
        ((5, 0, 0, 0), "là 5, nhưng có 6 thành viên có mặt"),
        ((5, 1, 1, 0), "là 7, nhưng có 6 thành viên có mặt"),
        ((7, -1, 0, 0), "Số phiếu không thể âm."),
    ],
)
def test_ballots_that_do_not_add_up(ballots: tuple[int, int, int, int], message: str) -> None:
    in_favour, against, other, not_voting = ballots
    with pytest.raises(ValueError, match=message):
        law.vote(total=7, present=6, in_favour=in_favour, against=against, other=other, not_voting=not_voting)


LAW_2025 = "Luật Tổ chức chính quyền địa phương 72/2025/QH15, Điều 35"
LAW_BETWEEN = "Luật Tổ chức chính quyền địa phương 65/2025/QH15, điều cần kiểm chứng"
LAW_2015 = "Luật Tổ chức chính quyền địa phương 77/2015/QH13"


def test_without_a_row_the_law_s_own_fractions_hold(db: None) -> None:
    VotingThreshold.objects.all().delete()
    day = date(2026, 6, 26)
    assert [threshold_on(use, day) for use in ("quorum", "majority", "two_thirds")] == [
        law.TWO_THIRDS, law.HALF, law.TWO_THIRDS,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "quorum", "vote"),
    [
        (date(2021, 10, 29), f"{LAW_2015}, Điều 83", f"{LAW_2015}, Điều 91 khoản 3"),
        (date(2025, 2, 28), f"{LAW_2015}, Điều 83", f"{LAW_2015}, Điều 91 khoản 3"),
        (date(2025, 3, 1), LAW_BETWEEN, LAW_BETWEEN),
        (date(2025, 6, 15), LAW_BETWEEN, LAW_BETWEEN),
        (date(2025, 6, 16), LAW_2025, LAW_2025),
    ],
)
def test_each_law_in_its_time(db: None, day: date, quorum: str, vote: str) -> None:
    """The rows that come with the system: the same shares under both laws, each with its article."""
    # Tests that commit empty all tables afterwards, these rows too: write them again as the migration does.
    import_module("meetings.migrations.0002_voting_thresholds").add(apps, None)
    assert threshold_on("quorum", day) == law.Threshold(Fraction(2, 3), False, quorum)
    assert threshold_on("majority", day) == law.Threshold(Fraction(1, 2), True, vote)
    assert threshold_on("two_thirds", day) == law.Threshold(Fraction(2, 3), False, vote)


def test_a_dated_row_holds_in_its_time_only(db: None) -> None:
    VotingThreshold.objects.create(
        use="quorum", numerator=3, denominator=4, is_strict=False, article="Điều 9",
        valid_from=date(2027, 1, 1), valid_to=date(2027, 12, 31),
    )  # fmt: skip
    shares = [
        threshold_on("quorum", date(*day)).share
        for day in ((2026, 12, 31), (2027, 1, 1), (2027, 12, 31), (2028, 1, 1))
    ]
    assert shares == [Fraction(2, 3), Fraction(3, 4), Fraction(3, 4), Fraction(2, 3)]
    assert law.required(62, threshold_on("quorum", date(2027, 6, 1))) == 47
