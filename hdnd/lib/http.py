"""From what a service raises to what a page shows."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest

from hdnd.lib.errors import DomainError


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
