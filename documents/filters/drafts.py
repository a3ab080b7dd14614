"""Filters of the list of drafts."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from councils.permissions import STAFF_KINDS, access, family_filter
from documents.choices import DraftState
from documents.models import Draft
from documents.paper.kinds import KINDS
from documents.queries.drafts import waiting_for_me

WHOSE = (("cho-toi", "Chờ tôi"), ("toi-soan", "Tôi soạn"), ("co-quan", "Của cơ quan tôi"))


class DraftFilter(django_filters.FilterSet):
    """Text, whose move, state, kind."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    cua = django_filters.ChoiceFilter(label="Của ai", choices=WHOSE, method="by_whose", empty_label="Tất cả")
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=DraftState.choices, empty_label="Mọi trạng thái"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind_code", choices=[(kind.code, kind.name) for kind in KINDS], empty_label="Mọi loại"
    )  # fmt: skip

    class Meta:
        model = Draft
        fields = ()

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, accents aside."""
        return queryset.search(value)  # type: ignore[attr-defined,no-any-return]

    def by_whose(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Waiting for me, written by me, of my office."""
        user = self.request.user
        if value == "cho-toi":
            return queryset.filter(pk__in=waiting_for_me(user).values("pk"))
        if value == "toi-soan":
            return queryset.filter(drafter=user)
        return queryset.filter(family_filter("organization", access(user).roots_of(STAFF_KINDS)))
