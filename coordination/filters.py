"""Filters of the lists of duties and of terms set by law."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from coordination.choices import Confidence, DutyState, EventKind
from coordination.models import Clause, Deadline, Duty
from councils.permissions import access, family_filter
from hdnd.lib import clock
from hdnd.lib.text import fold

SIDES = (("no", "Cơ quan tôi phải làm"), ("duoc", "Cơ quan tôi được hưởng"))


def years(field: Any = None) -> list[tuple[str, str]]:
    """Next year, this year and nine before it."""
    this = clock.today().year
    return [(str(year), f"Năm {year}") for year in range(this + 1, this - 10, -1)]


class DutyFilter(django_filters.FilterSet):
    """Text, state, clause, side, kind of event, regulation, year."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="current", choices=DutyState.choices, empty_label="Mọi trạng thái"
    )
    dieu_khoan = django_filters.ChoiceFilter(
        label="Điều khoản", field_name="clause__code", choices=(), empty_label="Mọi điều khoản"
    )
    ben = django_filters.ChoiceFilter(label="Bên", choices=SIDES, method="by_side", empty_label="Cả hai bên")
    su_kien = django_filters.ChoiceFilter(
        label="Sự kiện", field_name="event_kind", choices=EventKind.choices, empty_label="Mọi sự kiện"
    )
    quy_che = django_filters.ChoiceFilter(
        label="Quy chế", field_name="clause__regulation", choices=(), empty_label="Mọi quy chế"
    )
    nam = django_filters.ChoiceFilter(
        label="Năm", field_name="due_on__year", choices=years, empty_label="Mọi năm"
    )

    class Meta:
        model = Duty
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Both choices from one read: the newest regulation first, the clauses by code.
        clauses = list(
            Clause.objects.order_by("-regulation__valid_from", "regulation__code")
            .select_related("regulation")
            .only("code", "regulation__kind", "regulation__number", "regulation__title")
        )
        codes = sorted({clause.code for clause in clauses})
        self.filters["dieu_khoan"].extra["choices"] = [(code, code) for code in codes]
        regulations = {clause.regulation_id: str(clause.regulation) for clause in clauses}
        self.filters["quy_che"].extra["choices"] = list(regulations.items())

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Words in the event, the clause or the bodies; accents aside where a folded column holds them."""
        for word in fold(value).split():
            queryset = queryset.filter(
                Q(search__contains=word)
                | Q(clause__search__contains=word)
                | Q(debtor__search__contains=word)
                | Q(creditor__search__contains=word)
            )
        return queryset

    def by_side(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Owed by, or to, the person's own bodies."""
        roots = access(self.request.user).roots_of()
        return queryset.filter(family_filter("debtor" if value == "no" else "creditor", roots))


class DeadlineFilter(django_filters.FilterSet):
    """Text, confidence, validity on a day."""

    tim = django_filters.CharFilter(
        label="Tìm", method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    ngay = django_filters.DateFilter(
        label="Có hiệu lực ngày", method="by_day", widget=forms.DateInput(attrs={"type": "date"})
    )
    tin_cay = django_filters.ChoiceFilter(
        label="Độ tin cậy", field_name="confidence", choices=Confidence.choices, empty_label="Mọi mức"
    )

    class Meta:
        model = Deadline
        fields = ()

    def by_text(self, queryset: Any, name: str, value: str) -> Any:
        """Every word typed, accents aside."""
        return queryset.search(value)

    def by_day(self, queryset: Any, name: str, value: date) -> Any:
        """Rows in force on the day."""
        return queryset.on(value)
