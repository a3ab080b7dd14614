"""The verbs of the heart."""

from coordination.services.deadlines import load_deadlines
from coordination.services.duties import raise_duties, void_duties, waive
from coordination.services.evidence import settle, withdraw, withdraw_evidence
from coordination.services.recomputing import follow, recompute

__all__ = [
    "follow",
    "load_deadlines",
    "raise_duties",
    "recompute",
    "settle",
    "void_duties",
    "waive",
    "withdraw",
    "withdraw_evidence",
]
