"""What the frame around every page needs."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from councils.permissions import access


@dataclass(frozen=True)
class Room:
    """One entry of the rail."""

    label: str
    icon: str
    url: str
    current: bool


# label, icon, URL name, namespace; only rooms that are built
ROOMS = (
    ("Bàn làm việc", "house", "workbench:home", "workbench"),
    ("Lịch", "calendar-days", "calendar:calendar", "calendar"),
    ("Cuộc họp", "users", "meetings:meeting_list", "meetings"),
    ("Phối hợp", "git-branch", "coordination:duty_list", "coordination"),
    ("Văn bản", "file-text", "documents:document_list", "documents"),
    ("Cơ quan", "building-2", "councils:organization_list", "councils"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Rooms, the body acted for and the demo accounts of the sign-in page."""
    context: dict[str, Any] = {"demo_accounts": demo_accounts() if settings.DEMO else []}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    match = request.resolver_match
    context["rail"] = rail(match.namespace if match else "")
    context["has_search"] = True
    context["acting"] = request.acting or None  # type: ignore[attr-defined]
    context["acting_choices"] = access(user).organizations
    return context


@lru_cache(maxsize=32)
def rail(here: str) -> SafeString:
    """The rail with one room marked; the same for everyone, so it is drawn once for each room."""
    rooms = [Room(label, icon, reverse(name), here == namespace) for label, icon, name, namespace in ROOMS]
    return render_to_string("frame/rail.html", {"rooms": rooms})


def demo_accounts() -> list[tuple[str, str]]:
    """Names and posts of the demo accounts, shown on the sign-in page of a demo."""
    from councils.demo import ACCOUNTS

    return [(account.username, account.who) for account in ACCOUNTS]
