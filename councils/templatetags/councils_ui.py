"""Small pieces of the administrators' pages."""

from typing import Any

from django import template

from hdnd.audit.changes import Change
from hdnd.audit.changes import changes_of as in_words

register = template.Library()


@register.filter
def changes_of(entry: Any) -> list[Change]:
    """What an audit entry says of its changes."""
    return in_words(entry)
