"""Signed links: a page for whoever holds the address in a mail, without signing in. Forging one needs the secret key."""

from django.core import signing


def signed(salt: str, key: int, nonce: str) -> str:
    """The token that names a row; a new nonce of the row ends it.

    Args:
        salt: what kind of row, `meetings.invitation`; a token of one kind opens nothing of another.
    """
    return signing.dumps({"i": key, "n": nonce}, salt=salt)


def opened(salt: str, token: str) -> tuple[int, str] | None:
    """The key and the nonce that a token names; None when it is forged or cut off."""
    try:
        content = signing.loads(token, salt=salt)
    except signing.BadSignature:
        return None
    if not isinstance(content, dict):
        return None
    key, nonce = content.get("i"), content.get("n")
    return (key, nonce) if isinstance(key, int) and isinstance(nonce, str) else None
