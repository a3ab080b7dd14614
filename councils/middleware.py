"""Which body the signed-in person acts for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from councils.models import Organization
from councils.permissions import access

SESSION_KEY = "acting_for"


class ActingMiddleware:
    """Sets `request.acting`: the body chosen in the top bar, else that of the first role, else None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = SimpleLazyObject(lambda: acting(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def acting(request: HttpRequest) -> Organization | None:
    """The body the person acts for; a role that ended meanwhile no longer counts."""
    own = access(request.user).organizations
    chosen = request.session.get(SESSION_KEY)
    return next((organization for organization in own if organization.pk == chosen), own[0] if own else None)
