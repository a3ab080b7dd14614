"""Filters of the invitation list."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from hdnd.lib import clock
from hdnd.lib.text import fold
from meetings.choices import Answer
from meetings.models import Invitation

WHEN = (("sap-toi", "Sắp diễn ra"), ("da-qua", "Đã diễn ra"))
ANSWERS = (("chua", "Chưa trả lời"), *Answer.choices)


class InvitationFilter(django_filters.FilterSet):
    """Text of the meeting, host, answer, before or after now."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    ben_moi = django_filters.ChoiceFilter(
        label="Cơ quan mời", field_name="meeting__host", choices=(), empty_label="Mọi cơ quan mời"
    )
    tra_loi = django_filters.ChoiceFilter(
        label="Trả lời", choices=ANSWERS, method="by_answer", empty_label="Mọi trả lời"
    )
    khi = django_filters.ChoiceFilter(
        label="Thời gian", choices=WHEN, method="by_time", empty_label="Mọi thời gian"
    )

    class Meta:
        model = Invitation
        fields = ()

    def __init__(self, *args: Any, hosts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["ben_moi"].extra["choices"] = hosts

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, in the meeting's title or place."""
        for word in fold(value).split():
            queryset = queryset.filter(meeting__search__contains=word)
        return queryset

    def by_answer(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """One kind of answer, or none yet."""
        return queryset.filter(answer="" if value == "chua" else value)

    def by_time(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Meetings to come or past."""
        now = clock.now()
        return (
            queryset.filter(meeting__starts_at__gte=now)
            if value == "sap-toi"
            else queryset.filter(meeting__starts_at__lt=now)
        )
