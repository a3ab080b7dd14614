"""Filter of a meeting's mails."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from hdnd.outbox.models import Message, State

STATES = (("chua", "Chưa tới"), *State.choices)


class MailFilter(django_filters.FilterSet):
    """By state; what has not arrived in one."""

    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", choices=STATES, empty_label="Mọi trạng thái", method="by_state"
    )

    class Meta:
        model = Message
        fields = ()

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """One state, or all but the sent ones."""
        return queryset.exclude(state=State.SENT) if value == "chua" else queryset.filter(state=value)
