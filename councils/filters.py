"""Filters of the directory."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from councils.choices import Level, OrganizationKind, RoleKind, RowOutcome
from councils.models import ImportRow, Organization, Role
from councils.models.dated import in_force
from hdnd.audit import queries as audit
from hdnd.audit.models import Entry
from hdnd.audit.verbs import ACTS, WORDS
from hdnd.lib import clock
from hdnd.lib.text import fold


class OrganizationFilter(django_filters.FilterSet):
    """Text without accents, level and kind."""

    tim = django_filters.CharFilter(label="Tìm", method="by_text")
    cap = django_filters.ChoiceFilter(
        label="Cấp", field_name="level", choices=Level.choices, empty_label="Mọi cấp"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=OrganizationKind.choices, empty_label="Mọi loại"
    )

    class Meta:
        model = Organization
        fields = ()

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, accents aside."""
        return queryset.search(value)  # type: ignore[attr-defined,no-any-return]


class ImportRowFilter(django_filters.FilterSet):
    """What the check said."""

    ket_qua = django_filters.ChoiceFilter(
        label="Kết quả", field_name="outcome", choices=RowOutcome.choices, empty_label="Mọi kết quả"
    )

    class Meta:
        model = ImportRow
        fields = ()


class RoleFilter(django_filters.FilterSet):
    """Account, person or body as text, kind, and when; roles in force today unless asked otherwise."""

    WHEN = (("het", "Đã kết thúc"), ("chua", "Chưa bắt đầu"), ("moi", "Mọi thời gian"))

    tim = django_filters.CharFilter(label="Tìm người hoặc cơ quan", method="by_text")
    vai_tro = django_filters.ChoiceFilter(
        label="Vai trò", field_name="kind", choices=RoleKind.choices, empty_label="Mọi vai trò"
    )
    hieu_luc = django_filters.ChoiceFilter(
        label="Hiệu lực", choices=WHEN, method="by_time", empty_label="Đang hiệu lực"
    )

    class Meta:
        model = Role
        fields = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Whoever asks for nothing means today."""
        if not self.form.cleaned_data.get("hieu_luc"):
            queryset = queryset.filter(in_force(clock.today()))
        return super().filter_queryset(queryset)  # type: ignore[no-any-return]

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word typed, in the account, its person or the body."""
        for word in fold(value).split():
            places = ("user__search", "user__person__search", "organization__search")
            found = Q()
            for place in places:
                found |= Q(**{f"{place}__contains": word})
            queryset = queryset.filter(found)
        return queryset

    def by_time(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Ended before today, or beginning after it."""
        day = clock.today()
        return queryset.filter({"het": Q(valid_to__lt=day), "chua": Q(valid_from__gt=day)}.get(value, Q()))


class JournalFilter(django_filters.FilterSet):
    """Text, actor, act, kind of object and days."""

    ACTS = tuple(
        (f".{act}", f"{word} dữ liệu danh mục") for act, word in ACTS.items() if act != "relations_changed"
    )

    tim = django_filters.CharFilter(
        label="Tìm việc, đối tượng",
        method="by_text",
        widget=forms.TextInput(attrs={"placeholder": "gõ có dấu"}),
    )
    nguoi = django_filters.CharFilter(label="Người làm", method="by_actor")
    viec = django_filters.ChoiceFilter(
        label="Việc", choices=(*ACTS, *sorted(WORDS.items(), key=lambda pair: fold(pair[1]))), method="by_verb",
        empty_label="Mọi việc",
    )  # fmt: skip
    loai = django_filters.ChoiceFilter(
        label="Đối tượng", field_name="content_type", empty_label="Mọi đối tượng"
    )
    tu = django_filters.DateFilter(
        label="Từ ngày", method="since", widget=forms.DateInput(attrs={"type": "date"})
    )
    den = django_filters.DateFilter(
        label="Đến hết ngày", method="until", widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = Entry
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(str(kind.pk), str(kind.name)) for kind in audit.kinds_of_objects()]
        self.filters["loai"].extra["choices"] = sorted(kinds, key=lambda pair: fold(pair[1]))

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word, in the act, the object or the actor."""
        return audit.search(queryset, value)

    def by_actor(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Accounts without accents; who came by a link, as spelled."""
        found = Q(actor_name__contains=value.strip())
        accounts = Q()
        for word in fold(value).split():
            accounts &= Q(actor__search__contains=word) | Q(actor__person__search__contains=word)
        return queryset.filter(found | accounts)

    def by_verb(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """One act, or one kind of change to reference data."""
        return queryset.filter(Q(verb__endswith=value) if value.startswith(".") else Q(verb=value))

    def since(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """From that day on."""
        return audit.between(queryset, value, None)

    def until(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Up to the end of that day."""
        return audit.between(queryset, None, value)
