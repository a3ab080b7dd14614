"""Signed links to answer without signing in. The link names the invitation; forging one needs the secret key."""

from django.core import signing

from meetings.models import Invitation

_SALT = "meetings.invitation"


def token_for(invitation: Invitation) -> str:
    """The token of the invitation's link; a new nonce ends it."""
    return signing.dumps({"i": invitation.pk, "n": invitation.nonce}, salt=_SALT)


def invitation_of(token: str) -> Invitation | None:
    """The invitation a token stands for; None when it is forged, cut off or withdrawn."""
    try:
        content = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    if not isinstance(content, dict) or not isinstance(content.get("i"), int):
        return None
    found = Invitation.objects.select_related("organization", "meeting__host", "document__issuer").filter(
        pk=content["i"], nonce=content.get("n"), issued_at__isnull=False, is_left_out=False
    )
    return found.first()
