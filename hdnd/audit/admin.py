"""The journal, for reading only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from hdnd.audit.changes import changes_of, label
from hdnd.audit.models import Entry
from hdnd.audit.queries import search


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
        return search(queryset, search_term), False

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
        lines = [(change.label, change.before, change.after) for change in changes_of(entry)]
        return format_html_join("", "<p>{}: {} → {}</p>", lines) or "–"
