"""What narrows the calendar's list and the list of weekly calendars."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from meetings.models import Meeting
from workbench.calendar import monday_of
from workbench.models import WorkWeek, WorkWeekEdition


class CalendarFilter(django_filters.FilterSet):
    """The meetings of the month by words of title and place."""

    tim = django_filters.CharFilter(label="Tìm trong lịch", method="search")

    class Meta:
        model = Meeting
        fields = ()

    def search(self, queryset: QuerySet[Meeting], name: str, value: str) -> QuerySet[Meeting]:
        """Every word, with or without accents."""
        found: Any = queryset
        return found.search(value)  # type: ignore[no-any-return]


class WeekFilter(django_filters.FilterSet):
    """Weeks that hold a day, published or not."""

    ngay = django_filters.DateFilter(
        label="Tuần có ngày", method="of_day", widget=forms.DateInput(attrs={"type": "date"})
    )
    cong_bo = django_filters.ChoiceFilter(
        label="Công bố",
        method="published",
        empty_label="Tất cả",
        choices=(("roi", "Đã công bố"), ("chua", "Chưa công bố")),
    )

    class Meta:
        model = WorkWeek
        fields = ()

    def of_day(self, queryset: QuerySet[WorkWeek], name: str, value: date) -> QuerySet[WorkWeek]:
        """The week of any of its days."""
        return queryset.filter(monday=monday_of(value))

    def published(self, queryset: QuerySet[WorkWeek], name: str, value: str) -> QuerySet[WorkWeek]:
        """With or without an edition."""
        editions = WorkWeekEdition.objects.filter(week=OuterRef("pk"))
        return queryset.filter(Exists(editions) if value == "roi" else ~Exists(editions))
