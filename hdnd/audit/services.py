"""The one verb of the audit: record."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from hdnd.audit.models import Entry
from hdnd.lib import clock


def record(
    verb: str,
    target: models.Model,
    *,
    actor: Any,
    actor_name: str = "",
    changes: dict[str, Any] | None = None,
) -> Entry:
    """Writes one entry for one service call, in the caller's transaction.

    Args:
        verb: `app.noun.verb`, for instance `meetings.invitation.issued`.
        actor: the user, or None for the system or someone who came by a signed link.
        actor_name: who it was when there is no user.
        changes: field names to `[before, after]` or to the new value.

    Raises:
        RuntimeError: called outside a transaction, where entry and change could part.
    """
    entry = _entry(verb, target, actor, actor_name, changes)
    entry.save()
    return entry


def record_many(told: Sequence[tuple[str, models.Model, dict[str, Any]]], *, actor: Any) -> None:
    """`record` for many objects at once: (verb, target, changes) each.

    Raises:
        RuntimeError: called outside a transaction.
    """
    Entry.objects.bulk_create(
        [_entry(verb, target, actor, "", changes) for verb, target, changes in told], batch_size=500
    )


def _entry(
    verb: str, target: models.Model, actor: Any, actor_name: str, changes: dict[str, Any] | None
) -> Entry:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"audit entry {verb} outside a transaction")
    return Entry(
        at=clock.now(),
        actor=actor,
        actor_name=(actor_name or (str(actor) if actor else "Hệ thống"))[:200],
        verb=verb,
        content_type=ContentType.objects.get_for_model(target),
        object_id=str(target.pk),
        object_name=str(target)[:300],
        changes={key: plain(value) for key, value in (changes or {}).items()},
    )


def plain(value: Any) -> Any:
    """A value that JSON can hold; objects become their names."""
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, (bool, int, float, str, dict)):
        return value
    return str(value)


def changed(instance: models.Model, fields: list[str]) -> dict[str, Any]:
    """What the named fields hold now against what is stored: `{field: [before, after]}`, only where they differ."""
    before = (
        type(instance)._default_manager.filter(pk=instance.pk).values(*fields).first()
        if instance.pk
        else None
    )
    result = {}
    for name in fields:
        field = instance._meta.get_field(name)
        after = getattr(instance, getattr(field, "attname", name))
        old = before[name] if before else None
        if old != after:
            result[name] = [plain(old), plain(after)]
    return result
