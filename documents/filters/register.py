"""Filters of the register."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from councils.permissions import access, family_filter
from documents.choices import DocumentState, DocumentType
from documents.models import Document
from documents.queries.book import Shelf
from documents.queries.contents import by_words, few_by_words
from hdnd.lib import clock
from hdnd.lib.text import fold

WAYS = (("di", "Văn bản đi"), ("den", "Văn bản đến"))


def years(field: Any = None) -> list[tuple[str, str]]:
    """This year and nine before it."""
    return [(str(year), f"Năm {year}") for year in range(clock.today().year, clock.today().year - 10, -1)]


class DocumentFilter(django_filters.FilterSet):
    """Text, book, type, way, year, state."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    so = django_filters.ChoiceFilter(
        label="Sổ", field_name="series__issuer", choices=(), empty_label="Mọi sổ"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="doc_type", choices=DocumentType.choices, empty_label="Mọi loại"
    )
    chieu = django_filters.ChoiceFilter(
        label="Đi, đến", choices=WAYS, method="by_way", empty_label="Cả đi và đến"
    )
    nam = django_filters.ChoiceFilter(label="Năm", choices=years, method="by_year", empty_label="Mọi năm")
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=DocumentState.choices, empty_label="Mọi trạng thái"
    )

    class Meta:
        model = Document
        fields = ()

    def __init__(self, *args: Any, shelf: Shelf, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._few: dict[tuple[str, ...], list[int] | None] = {}
        self.filters["so"].extra["choices"] = shelf.books

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, accents aside: in what the register says, or inside the paper."""
        words = tuple(fold(value).split())
        if not words:
            return queryset
        if words not in self._few:  # asked once for all parts of the list
            self._few[words] = few_by_words(words)
        return by_words(queryset, words, self._few[words])

    def by_year(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the day, which is of the year the number counts in: the list is read by its index from there on."""
        return queryset.filter(issued_on__year=value)

    def by_way(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Issued by the person's own bodies, or by others."""
        own = family_filter("organization", access(self.request.user).roots_of())
        return queryset.filter(own) if value == "di" else queryset.exclude(own)
