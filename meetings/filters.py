"""Filters of the meetings list and of tasks."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet

from coordination.choices import EventKind
from councils.permissions import access, family_filter
from hdnd.lib import clock
from hdnd.lib.text import fold
from meetings.choices import MeetingState
from meetings.models import Conclusion, Meeting

OTHER_HOSTS = ("khac", "Cơ quan khác mời")
TASK_WAYS = (("nhan", "Được giao cho tôi"), ("giao", "Cuộc họp của tôi giao"))
TASK_STATES = (("con", "Chưa xong"), ("qua", "Quá hạn"), ("xong", "Đã xong"), ("muon", "Xong muộn"))


def day_field() -> forms.Widget:
    """The browser's own date picker."""
    return forms.DateInput(attrs={"type": "date"})


class MeetingFilter(django_filters.FilterSet):
    """Text, kind, state, host, from and to."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=EventKind.choices, empty_label="Mọi loại"
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=MeetingState.choices, empty_label="Mọi trạng thái"
    )
    co_quan = django_filters.ChoiceFilter(
        label="Cơ quan tổ chức", choices=(), method="by_host", empty_label="Mọi cơ quan"
    )
    tu = django_filters.DateFilter(label="Từ ngày", method="from_day", widget=day_field())
    den = django_filters.DateFilter(label="Đến ngày", method="to_day", widget=day_field())

    class Meta:
        model = Meeting
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Own bodies by name; hosts that invite are found by typing, since reading all of them costs a query.
        self.filters["co_quan"].extra["choices"] = [*access(self.request.user).names, OTHER_HOSTS]

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, in the meeting or in its host's name, accents aside."""
        for word in fold(value).split():
            queryset = queryset.filter(Q(search__contains=word) | Q(host__search__contains=word))
        return queryset

    def by_host(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Meetings of one of the person's bodies, or those that others invite them to."""
        if value == OTHER_HOSTS[0]:
            return queryset.exclude(family_filter("host", access(self.request.user).roots_of()))
        return queryset.filter(host=value)

    def from_day(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return queryset.filter(starts_at__gte=clock.at_time(value, 0))

    def to_day(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return queryset.filter(starts_at__lte=clock.at_time(value, 23, 59))


class TaskFilter(django_filters.FilterSet):
    """Text, given to whom, and how far it is."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    chieu = django_filters.ChoiceFilter(
        label="Nhận, giao", choices=TASK_WAYS, method="by_way", empty_label="Cả nhận và giao"
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", choices=TASK_STATES, method="by_state", empty_label="Mọi trạng thái"
    )

    class Meta:
        model = Conclusion
        fields = ()

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Words in the meeting's title or the body's name."""
        for word in fold(value).split():
            queryset = queryset.filter(meeting__search__contains=word) | queryset.filter(
                assignee__search__contains=word
            )
        return queryset

    def by_way(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Given to the person's own bodies, or by their meetings."""
        own = access(self.request.user).roots_of()
        return queryset.filter(family_filter("assignee" if value == "nhan" else "meeting__host", own))

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Open, overdue, done, done late."""
        today = clock.today()
        if value == "con":
            return queryset.filter(done_on=None)
        if value == "qua":
            return queryset.filter(done_on=None, due_on__lt=today)
        done = queryset.exclude(done_on=None)
        return done.filter(done_on__gt=F("due_on")) if value == "muon" else done
