"""Letterheads and series are reference data; the registers are read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from councils.admin import AuditedAdmin, FoldedSearch
from documents.models import Document, IncomingBook, IncomingDocument, Issuer, Series


@admin.register(Issuer)
class IssuerAdmin(AuditedAdmin):
    """How a body issues papers."""

    list_display = ("organization", "symbol_body", "place", "series_scope")
    list_select_related = ("organization",)
    autocomplete_fields = ("organization", "register_of")
    search_fields = ("organization__search",)
    folded = ("organization__search",)


@admin.register(Series)
class SeriesAdmin(AuditedAdmin):
    """Opening numbers; fixed once a document has taken a number from the series."""

    list_display = ("issuer", "doc_type", "year", "last_number")
    list_filter = ("year", "doc_type")
    list_select_related = ("issuer__organization",)
    autocomplete_fields = ("issuer",)
    search_fields = ("issuer__organization__search",)
    folded = ("issuer__organization__search",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        taken = obj is not None and Document.objects.filter(series=obj).exists()
        return ("issuer", "doc_type", "year", "last_number") if taken else ()


@admin.register(IncomingBook)
class IncomingBookAdmin(AuditedAdmin):
    """Opening numbers; fixed once a paper has taken one from the book."""

    list_display = ("organization", "year", "last_number")
    list_filter = ("year",)
    list_select_related = ("organization",)
    autocomplete_fields = ("organization",)
    search_fields = ("organization__search",)
    folded = ("organization__search",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        taken = obj is not None and obj.lines.exists()
        return ("organization", "year", "last_number") if taken else ()


class _Register(FoldedSearch, admin.ModelAdmin):  # type: ignore[type-arg]
    """A register as it stands: nothing is written here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(IncomingDocument)
class IncomingDocumentAdmin(_Register):
    """The incoming book as it stands."""

    list_display = ("number", "book", "arrived_on", "author", "symbol", "subject")
    list_filter = ("book__year",)
    list_select_related = ("book__organization",)
    date_hierarchy = "arrived_on"


@admin.register(Document)
class DocumentAdmin(_Register):
    """The register as it stands."""

    list_display = ("symbol", "issued_on", "doc_type", "subject", "organization", "signer_name")
    list_filter = ("doc_type", "year")
    list_select_related = ("organization",)
    date_hierarchy = "issued_on"
