"""The mails of a draft: to whoever it waits for now, and to its drafter when it comes back.

Written when the turn changes, so a draft that was withdrawn asks nobody further. A signer without an account signs on
paper: the office brings the sheet, a link would not help.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from councils.models import User
from documents.heading import full_name
from documents.models import Draft, SignOff
from documents.queries.drafts import stand_ins, waiting_rows
from documents.sender import sender_for
from hdnd.outbox.services import queue


def tell_turn(*, actor: Any, draft: Draft) -> None:
    """Asks the people of the step that decides now, and who stands in for them; the actor knows already."""
    rows = waiting_rows(draft)
    deputies = stand_ins(rows, draft.organization)
    for row in rows:
        for user in (row.user, *deputies.get(row.user_id or 0, [])):
            if user is not None and user.pk != actor.pk:
                _mail(draft, f"{row.pk}:turn", user, "documents/mail/draft_turn.txt", _asks(row), row)


def tell_returned(*, actor: Any, draft: Draft, row: SignOff) -> None:
    """Tells the drafter, and whoever put it forward, that it came back and why."""
    for user in dict.fromkeys((draft.drafter, row.version.by)):
        if user.pk != actor.pk:
            _mail(draft, f"{row.pk}:returned", user, "documents/mail/draft_returned.txt", "Trả lại", row)


def address_of(user: User) -> str:
    """The person's address, else the account's; empty when there is none."""
    return (user.person.email if user.person else "") or user.email


def unreachable(draft: Draft) -> list[str]:
    """Names of those whom the draft waits for and who have no address: the office tells them itself."""
    return [row.name for row in waiting_rows(draft) if row.user is not None and not address_of(row.user)]


def _asks(row: SignOff) -> str:
    return "Chờ ký" if row.signer_id is not None else "Chờ duyệt"


def _mail(draft: Draft, what: str, user: User, template: str, lead: str, row: SignOff) -> None:
    address = address_of(user)
    if not address:
        return
    context = {
        "draft": draft, "row": row, "name": user.display_name, "host": full_name(draft.organization),
        "is_stand_in": row.user_id != user.pk,
        "link": settings.SITE_URL + reverse("documents:draft_detail", args=[draft.pk]),
    }  # fmt: skip
    queue(
        dedupe_key=f"draft:{what}:{user.pk}",
        to=address,
        to_name=user.display_name,
        **sender_for(draft.organization),
        subject=f"{lead}: {draft.kind.name} {draft.subject}",
        text=render_to_string(template, context),
        about=draft,
    )
