"""What the tests of the accounts' pages read in a page, and the codes of an authenticator app."""

import base64
import hashlib
import hmac
import re
import struct
from typing import Any

from tests.architecture.test_templates import REFUSED

ENGLISH = (
    "Sign In",
    "Sign Up",
    "Sign Out",
    "Password",
    "Authenticator",
    "Passkey",
    "Recovery",
    "Email",
    "Security",
    "Please",
)
# Apps are found by their names, and these are English.
NAMES_OF_APPS = re.compile(r"(Google|Microsoft) Authenticator")


def faults(html: str) -> list[str]:
    """English words and what the content security policy refuses, in a page as it was sent."""
    text = NAMES_OF_APPS.sub("", html)
    return [word for word in ENGLISH if word in text] + [
        kind for kind, pattern in REFUSED.items() if pattern.search(html)
    ]


def heading(response: Any) -> str:
    """The page's only h1."""
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), flags=re.DOTALL)
    return " ".join(found.split())


def errors(response: Any) -> list[str]:
    """The messages beside the fields and above the form."""
    return [str(message) for messages in response.context["form"].errors.values() for message in messages]


def app_code(secret: str, step: int) -> str:
    """What an authenticator app shows in the 30-second step of that number (RFC 6238, SHA-1, six digits)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
