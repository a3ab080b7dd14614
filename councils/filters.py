"""Filters of the directory."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from councils.choices import Level, OrganizationKind
from councils.models import Organization


class OrganizationFilter(django_filters.FilterSet):
    """Text without accents, level and kind."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    cap = django_filters.ChoiceFilter(
        label="Cấp", field_name="level", choices=Level.choices, empty_label="Mọi cấp"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=OrganizationKind.choices, empty_label="Mọi loại"
    )

    class Meta:
        model = Organization
        fields = ()

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, accents aside."""
        return queryset.search(value)  # type: ignore[attr-defined,no-any-return]
