"""Validity: everything that holds from a day to a day, both included."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from hdnd.lib.text import fold, nfc


def in_force(day: date, prefix: str = "") -> Q:
    """The condition that a row holds on the day; `prefix` reaches it over a relation (`organization__`)."""
    return (Q(**{f"{prefix}valid_from__lte": day}) | Q(**{f"{prefix}valid_from": None})) & (
        Q(**{f"{prefix}valid_to__gte": day}) | Q(**{f"{prefix}valid_to": None})
    )


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with validity."""

    def on(self, day: date) -> Self:
        """Rows in force on the day."""
        return self.filter(in_force(day))

    def search(self, text: str) -> Self:
        """Rows whose folded text holds every word typed, with or without accents."""
        found = self
        for word in fold(text).split():
            found = found.filter(search__contains=word)
        return found


class Dated(models.Model):
    """`valid_from` to `valid_to`, last day included; empty means open."""

    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError(
                {
                    "valid_to": "Ngày kết thúc sớm hơn ngày bắt đầu. "
                    "Sửa một trong hai ngày, hoặc bỏ trống nếu chưa kết thúc."
                }
            )

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Searchable(models.Model):
    """Keeps text in NFC and a folded copy of it for search; both are derived, so they are kept in `save`."""

    search = models.TextField(editable=False, default="")

    search_fields: Sequence[str] = ()
    derived_fields: Sequence[str] = ("search",)

    class Meta:
        abstract = True

    def refresh_derived(self) -> None:
        """Recomputes what `save` derives; call it before `bulk_create`."""
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if isinstance(value, str) and isinstance(field, (models.CharField, models.TextField)):
                setattr(self, field.attname, nfc(value))
        self.search = fold(" ".join(str(getattr(self, name)) for name in self.search_fields))

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.refresh_derived()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refresh_derived()
        if kwargs.get("update_fields"):  # what is derived is stored with what it is derived from
            kwargs["update_fields"] = {*kwargs["update_fields"], *self.derived_fields}
        super().save(*args, **kwargs)
