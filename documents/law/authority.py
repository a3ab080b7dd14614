"""In whose place a signer signs. Source: NĐ 30/2020/NĐ-CP, Điều 13 and Phụ lục I, mục II.7 (in force since 5/3/2020)."""

MARKS = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
"""For a collective body, for the head, by order, by a mandate in writing, acting."""
PARTY_MARKS = ("T/M", "K/T", "T/L", "TUQ", "Q.")
"""Of the Party: Hướng dẫn 36-HD/VPTW (2018); from knowledge, confidence high."""


def is_authority(line: str, *, of_party: bool = False) -> bool:
    """Whether the line above a signer's office begins with one of the marks and names someone."""
    mark = next((mark for mark in (PARTY_MARKS if of_party else MARKS) if line.upper().startswith(mark)), "")
    return bool(mark) and bool(line[len(mark) :].strip())
