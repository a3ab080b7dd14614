"""Filters of the list of invitations that came in."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from coordination.choices import EventKind
from councils.models import Organization
from hdnd.lib import clock
from meetings.filters_answering import WHEN
from meetings.models import IncomingInvitation

STATES = (
    ("cho", "Chưa cử người"),
    ("cu", "Đã cử người"),
    ("du", "Đã dự"),
    ("khong", "Không dự"),
    ("rut", "Đã rút"),
)


class IncomingFilter(django_filters.FilterSet):
    """Text, host, kind, where it stands, before or after now."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    ben_moi = django_filters.ModelChoiceFilter(
        label="Cơ quan mời",
        field_name="host",
        queryset=Organization.objects.none(),
        empty_label="Mọi cơ quan mời",
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=EventKind.choices, empty_label="Mọi loại"
    )
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", choices=STATES, method="by_state", empty_label="Mọi tình trạng"
    )
    khi = django_filters.ChoiceFilter(
        label="Thời gian", choices=WHEN, method="by_time", empty_label="Mọi thời gian"
    )

    class Meta:
        model = IncomingInvitation
        fields = ()

    def __init__(self, *args: Any, hosts: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["ben_moi"].queryset = hosts
        self.filters["ben_moi"].extra["queryset"] = hosts

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, accents aside."""
        return queryset.search(value)  # type: ignore[attr-defined,no-any-return]

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Where it stands, as `IncomingInvitation.outcome` says."""
        if value == "rut":
            return queryset.exclude(withdrawn_because="")
        queryset = queryset.filter(withdrawn_because="")
        if value == "du":
            return queryset.exclude(attended_on=None)
        if value == "khong":
            return queryset.exclude(absent_because="")
        sent = IncomingInvitation.people.through.objects.values("incominginvitation")
        assigned = Q(pk__in=sent)
        return queryset.filter(assigned if value == "cu" else ~assigned, attended_on=None, absent_because="")

    def by_time(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Events to come or past."""
        now = clock.now()
        return (
            queryset.filter(starts_at__gte=now) if value == "sap-toi" else queryset.filter(starts_at__lt=now)
        )
