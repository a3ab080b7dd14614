"""Papers that arrived and wait for this person, for the desk."""

from typing import Any

from documents.models import IncomingDocument
from documents.queries.incoming import handed_to

LIMIT = 6


def desk_arrivals(user: Any) -> list[IncomingDocument]:
    """What was handed to the person, the most urgent first, one more than the desk shows; one query."""
    return list(handed_to(user)[: LIMIT + 1])
