"""The journal, for reading only."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from hdnd.audit.models import Entry
from hdnd.lib.text import nfc


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who did what, when, and what changed. Nobody adds, changes or deletes here."""

    list_display = ("at", "actor_name", "verb", "object_name", "summary")
    list_filter = (("content_type", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("content_type",)
    date_hierarchy = "at"
    search_fields = ("verb", "object_name", "actor_name")
    search_help_text = "Việc, đối tượng hoặc người làm; gõ có dấu."
    fields = ("at", "actor_name", "actor", "verb", "content_type", "object_name", "what_changed")
    readonly_fields = fields
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Every word in one of the columns. SQLite tells "đ" from "Đ": the usual spellings are all tried."""
        for word in nfc(search_term).split():
            found = Q()
            for spelling in {word, word.lower(), word.upper(), word.capitalize()}:
                for name in self.search_fields:
                    found |= Q(**{f"{name}__contains": spelling})
            queryset = queryset.filter(found)
        return queryset, False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="thay đổi")
    def summary(self, entry: Entry) -> str:
        """The names of what changed."""
        return ", ".join(label(entry, name) for name in entry.changes) or "–"

    @admin.display(description="thay đổi")
    def what_changed(self, entry: Entry) -> SafeString | str:
        """One line a field: before and after."""
        lines = [(label(entry, name), *sides(value)) for name, value in entry.changes.items()]
        return format_html_join("", "<p>{}: {} → {}</p>", lines) or "–"


def label(entry: Entry, name: str) -> str:
    """A field as people call it."""
    model = entry.content_type.model_class() if entry.content_type else None
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    return str(getattr(fields.get(name), "verbose_name", name))


def sides(value: Any) -> tuple[str, str]:
    """Before and after as text; a bare value has no before."""
    before, after = value if isinstance(value, list) and len(value) == 2 else (None, value)
    return text(before), text(after)


def text(value: Any) -> str:
    """A stored value as text."""
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "–"
    if isinstance(value, bool):
        return "có" if value else "không"
    return "–" if value in (None, "") else str(value)
