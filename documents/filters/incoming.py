"""Filters of the incoming book and of the papers that wait for it."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from documents.choices import IncomingState, incoming_types
from documents.filters.register import years
from documents.models import Document, IncomingDocument
from documents.queries.book import Shelf
from hdnd.lib import clock


class IncomingFilter(django_filters.FilterSet):
    """Text, book, type, where it stands, due day, year."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    so = django_filters.ChoiceFilter(
        label="Sổ", field_name="book__organization__issuer", choices=(), empty_label="Mọi sổ"
    )
    nam = django_filters.ChoiceFilter(
        label="Năm", field_name="book__year", choices=years, empty_label="Mọi năm"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="doc_type", choices=incoming_types, empty_label="Mọi loại"
    )
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", choices=IncomingState.choices, method="by_state", empty_label="Mọi tình trạng"
    )

    class Meta:
        model = IncomingDocument
        fields = ()

    def __init__(self, *args: Any, shelf: Shelf, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["so"].extra["choices"] = shelf.books

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, accents aside."""
        return queryset.search(value)  # type: ignore[attr-defined,no-any-return]

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Where it stands today."""
        return queryset.in_state(value, clock.today())  # type: ignore[attr-defined,no-any-return]


class WaitingFilter(django_filters.FilterSet):
    """Text and year of papers that wait to be entered."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    nam = django_filters.ChoiceFilter(label="Năm", field_name="year", choices=years, empty_label="Mọi năm")

    class Meta:
        model = Document
        fields = ()

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, accents aside."""
        return queryset.search(value)  # type: ignore[attr-defined,no-any-return]
