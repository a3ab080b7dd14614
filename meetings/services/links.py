"""Signed links to answer without signing in. The link names the invitation; forging one needs the secret key."""

import re

from django.urls import reverse

from hdnd.lib import links
from meetings.models import Invitation

_SALT = "meetings.invitation"
DEAD = "thu-xem-truoc"
"""Stands for the token wherever a mail is only looked at; its page says that the link is none."""


def token_for(invitation: Invitation) -> str:
    """The token of the invitation's link; a new nonce ends it."""
    return links.signed(_SALT, invitation.pk, invitation.nonce)


def invitation_of(token: str) -> Invitation | None:
    """The invitation a token stands for; None when it is forged, cut off or withdrawn."""
    named = links.opened(_SALT, token)
    if named is None:
        return None
    key, nonce = named
    found = Invitation.objects.select_related("organization", "meeting__host", "document__issuer").filter(
        pk=key, nonce=nonce, issued_at__isnull=False, is_left_out=False
    )
    return found.first()


def without_token(text: str) -> str:
    """The text of a mail with its answer link dead, for eyes other than the invited body's."""
    before, after = reverse("meetings:answer_link", args=[DEAD]).split(DEAD)
    return re.sub(rf"{re.escape(before)}[\w:-]+{re.escape(after)}", f"{before}{DEAD}{after}", text)
