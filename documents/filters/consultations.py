"""Filters of the list of consultations."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from councils.models import Organization
from documents.choices_consultation import ConsultationState
from documents.models import Consultation
from documents.queries.consultations import visible_consultations

OF_MINE = (("cho", "Chờ tôi cho ý kiến"),)


def _hosts(request: Any) -> QuerySet[Organization]:
    """Bodies that asked, among what the person sees."""
    seen = visible_consultations(request.user).values("organization")
    return Organization.objects.filter(pk__in=seen).order_by("code")


class ConsultationFilter(django_filters.FilterSet):
    """Text, what waits for me, state, body."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    cua_toi = django_filters.ChoiceFilter(
        label="Của tôi", choices=OF_MINE, method="by_mine", empty_label="Tất cả"
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái",
        field_name="state",
        choices=ConsultationState.choices,
        empty_label="Mọi trạng thái",
    )
    co_quan = django_filters.ModelChoiceFilter(
        label="Cơ quan lấy ý kiến", field_name="organization", queryset=_hosts, empty_label="Mọi cơ quan"
    )

    class Meta:
        model = Consultation
        fields = ()

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, accents aside."""
        return queryset.search(value)  # type: ignore[attr-defined,no-any-return]

    def by_mine(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those in which the person still has to answer."""
        return queryset.filter(waits=True)
