"""Filter of the list of recurring meetings."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from councils.permissions import access
from hdnd.lib import clock
from hdnd.lib.text import fold
from meetings.models import MeetingSeries

RUNNING, OVER = ("dang", "Đang chạy"), ("xong", "Đã kết thúc")


class SeriesFilter(django_filters.FilterSet):
    """Text, host, and whether it still runs."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    co_quan = django_filters.ChoiceFilter(
        label="Cơ quan tổ chức", choices=(), field_name="host", empty_label="Mọi cơ quan"
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", choices=(RUNNING, OVER), method="by_state", empty_label="Mọi trạng thái"
    )

    class Meta:
        model = MeetingSeries
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["co_quan"].extra["choices"] = list(access(self.request.user).names)

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, in the title or in the host's name, accents aside."""
        for word in fold(value).split():
            queryset = queryset.filter(Q(search__contains=word) | Q(host__search__contains=word))
        return queryset

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Neither ended nor past its last day, or one of them."""
        over = Q(ended_at__isnull=False) | Q(until__lt=clock.today())
        return queryset.filter(over if value == OVER[0] else ~over)
