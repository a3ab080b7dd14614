"""Drafts on the desk: what waits for this person's word, and what came back to them."""

from dataclasses import dataclass
from typing import Any

from documents.models import Draft
from documents.queries.drafts import returned_to_me, waiting_for_me

LIMIT = 6


@dataclass(frozen=True)
class DeskDrafts:
    """Both lists, the oldest first; each with one more than shown where there are more."""

    waiting: list[Draft]
    returned: list[Draft]

    @property
    def any(self) -> bool:
        """Whether there is a section to show."""
        return bool(self.waiting or self.returned)

    @property
    def has_more(self) -> bool:
        """Whether the list of drafts holds more than the desk shows."""
        return len(self.waiting) > LIMIT or len(self.returned) > LIMIT


def desk_drafts(user: Any) -> DeskDrafts:
    """What the desk shows of drafts; two queries."""
    waiting = (
        waiting_for_me(user).select_related("organization", "drafter__person").order_by("changed_at", "pk")
    )
    returned = returned_to_me(user).select_related("organization").order_by("changed_at", "pk")
    return DeskDrafts(list(waiting[: LIMIT + 1]), list(returned[: LIMIT + 1]))
