"""Drafts on the desk: what waits for this person's word, what came back to them, what is signed and not sent."""

from dataclasses import dataclass
from typing import Any

from documents.models import Draft
from documents.queries.drafts import returned_to_me, signed_unsent, waiting_for_me

LIMIT = 6


@dataclass(frozen=True)
class DeskDrafts:
    """The lists, the oldest first; each with one more than shown where there are more."""

    waiting: list[Draft]
    returned: list[Draft]
    unsent: list[Draft]

    @property
    def any(self) -> bool:
        """Whether there is a section to show."""
        return bool(self.waiting or self.returned or self.unsent)

    @property
    def has_more(self) -> bool:
        """Whether the list of drafts holds more than the desk shows."""
        return max(map(len, (self.waiting, self.returned, self.unsent))) > LIMIT


def desk_drafts(user: Any) -> DeskDrafts:
    """What the desk shows of drafts; three queries."""
    waiting = (
        waiting_for_me(user).select_related("organization", "drafter__person").order_by("changed_at", "pk")
    )
    returned = returned_to_me(user).select_related("organization").order_by("changed_at", "pk")
    unsent = signed_unsent(user).select_related("organization", "document").order_by("changed_at", "pk")
    return DeskDrafts(*(list(rows[: LIMIT + 1]) for rows in (waiting, returned, unsent)))
