"""What an entry says of its changes, in words: fields by their names, values as people read them."""

from dataclasses import dataclass
from typing import Any

from hdnd.audit.models import Entry


@dataclass(frozen=True)
class Change:
    """One field: before and after."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label}: {self.before} → {self.after}"


def changes_of(entry: Entry) -> list[Change]:
    """All changes of an entry; its content type should be at hand."""
    return [Change(label(entry, name), *_sides(value)) for name, value in entry.changes.items()]


def label(entry: Entry, name: str) -> str:
    """A field as people call it."""
    model = entry.content_type.model_class() if entry.content_type else None
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    return str(getattr(fields.get(name), "verbose_name", name))


def _sides(value: Any) -> tuple[str, str]:
    """Before and after as text; a bare value has no before."""
    before, after = value if isinstance(value, list) and len(value) == 2 else (None, value)
    return _text(before), _text(after)


def _text(value: Any) -> str:
    """A stored value as text."""
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "–"
    if isinstance(value, bool):
        return "có" if value else "không"
    return "–" if value in (None, "") else str(value)
