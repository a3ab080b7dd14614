"""Under whose name the mails of a body go out."""

from typing import TypedDict

from councils.models import Organization
from documents.heading import full_name
from documents.models import Issuer


class Sender(TypedDict):
    """What `queue` is told of who writes."""

    from_name: str
    reply_to: str


def sender_of(issuer: Issuer) -> Sender:
    """Under whose name mails of the body go out, and where replies go."""
    name = issuer.mail_name or full_name(issuer.organization)
    return {"from_name": name, "reply_to": issuer.reply_to}


def sender_for(organization: Organization) -> Sender:
    """The same for any body; one without a letterhead writes under its full name."""
    issuer = Issuer.objects.filter(organization=organization).select_related("organization__area").first()
    return sender_of(issuer) if issuer else {"from_name": full_name(organization), "reply_to": ""}
