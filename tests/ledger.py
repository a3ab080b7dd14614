"""What a service left behind: all rows before and after, and the audit entries of an object."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from hdnd.audit.models import Entry

_APPS = frozenset({"audit", "outbox", "jobs", "councils", "coordination", "documents", "meetings"})


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of the product's own tables."""
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in _APPS
    }


@contextmanager
def refused(error: type[Exception], *, field: str | None = None) -> Iterator[Any]:
    """The block raises the error, for the field if one is named, and leaves not a single row changed."""
    before = everything()
    with pytest.raises(error) as caught:
        yield caught
    assert everything() == before
    if field is not None:
        assert getattr(caught.value, "field", None) == field


def verbs(target: models.Model) -> list[str]:
    """The verbs recorded on an object, oldest first."""
    return [entry.verb for entry in entries(target)]


def entries(target: models.Model) -> list[Entry]:
    """The audit entries of an object, oldest first."""
    kind = ContentType.objects.get_for_model(target)
    return list(Entry.objects.filter(content_type=kind, object_id=str(target.pk)).order_by("pk"))
