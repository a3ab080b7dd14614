"""Whose turn it is. NĐ 30/2020/NĐ-CP, Điều 12 and 13 (in force since 5/3/2020): whoever is in charge of the drafting
unit checks the content, the office the form, and the competent person signs last."""

from collections.abc import Sequence

from documents.choices import DraftState, Verdict

Row = tuple[int, str, bool]
"""Step, verdict, whether it is a signer's."""


def open_step(rows: Sequence[Row]) -> int | None:
    """The step that decides now: the first with an open sign-off; None when nothing is open."""
    return min((step for step, verdict, _ in rows if verdict == Verdict.PENDING), default=None)


def standing(rows: Sequence[Row]) -> DraftState | None:
    """Where a version stands; None when all have agreed and all signers signed.

    One return is enough, whoever else agreed. While only signers are open, it waits for signature.
    """
    if any(verdict == Verdict.RETURNED for _, verdict, _ in rows):
        return DraftState.RETURNED
    pending = [signs for _, verdict, signs in rows if verdict == Verdict.PENDING]
    if not pending:
        return None
    return DraftState.APPROVED if all(pending) else DraftState.IN_REVIEW
