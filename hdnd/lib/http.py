"""From what a service raises to what a page shows; and every file that leaves by a view."""

import io
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from hdnd.lib.errors import DomainError

PDF = "application/pdf"
SHOWN = frozenset({PDF, "image/png", "image/jpeg"})
"""What a browser may open by itself; everything else is saved."""
R = TypeVar("R", bound=HttpResponseBase)


def refused(form: Form, error: DomainError | ValidationError) -> None:
    """Puts a refusal beside the field it names, or above the form; what was typed stays."""
    if isinstance(error, DomainError):
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return
    if hasattr(error, "error_dict"):
        for name, messages in error.message_dict.items():
            for message in messages:
                form.add_error(name if name in form.fields else None, message)
        return
    for message in error.messages:
        form.add_error(None, message)


def first_message(error: DomainError | ValidationError | Any) -> str:
    """One line for a notice."""
    return error.message if isinstance(error, DomainError) else "; ".join(error.messages)


def tried(request: HttpRequest, form: Form, verb: Callable[[], Any]) -> Any:
    """What the verb made of a posted form; None when nothing was sent or it was refused, which the form then says."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return verb()
    except (DomainError, ValidationError) as error:
        refused(form, error)
        return None


def guarded(response: R, name: str, mime: str, *, save: bool = False) -> R:
    """Puts on a file's response what keeps it from doing harm, whatever it holds.

    The type stands as we tell it, only `SHOWN` opens in the browser, and nothing in it may run or load anything. A
    PDF is not sandboxed: browsers do not open their viewer in a sandbox.

    Args:
        name: the file's name, accents and all.
        save: download it even where a browser could open it.
    """
    shown = mime in SHOWN and not save
    response["Content-Type"] = mime
    response["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    policy = "default-src 'none'; frame-ancestors 'self'"
    response["Content-Security-Policy"] = policy if shown and mime == PDF else f"{policy}; sandbox"
    return response


def stored_file(content: bytes, name: str, mime: str, *, save: bool = False) -> FileResponse:
    """A file as it was stored."""
    return guarded(FileResponse(io.BytesIO(content), content_type=mime), name, mime, save=save)


def made_file(content: bytes, name: str, mime: str = PDF, *, save: bool = False) -> HttpResponse:
    """A file made just now: a preview, an export."""
    return guarded(HttpResponse(content, content_type=mime), name, mime, save=save)
