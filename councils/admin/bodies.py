"""Areas, bodies, terms and the contact book."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from councils.admin.base import AuditedAdmin, DatedAdmin, InForceFilter
from councils.admin.inlines import ContactInline, CouncilTermInline, MembersOfBody, RolesForBody
from councils.choices import OrganizationKind
from councils.models import Area, Contact, CouncilTerm, LegislativeTerm, Organization


@admin.register(Area)
class AreaAdmin(DatedAdmin):
    """Provinces, districts and communes of both regimes."""

    list_display = ("name", "code", "kind", "parent", "validity", "holds_today")
    list_filter = (InForceFilter, "level", "kind", "is_mountainous")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent", "successors")
    fields = ("code", "name", "kind", "parent", "is_mountainous", ("valid_from", "valid_to"), "successors")


@admin.register(Organization)
class OrganizationAdmin(DatedAdmin):
    """Bodies of all kinds with their people, addresses and accounts."""

    list_display = ("name", "code", "kind", "level", "area", "validity", "holds_today")
    list_filter = (InForceFilter, "level", "kind")
    list_select_related = ("area",)
    autocomplete_fields = ("area", "parent", "successors")
    folded = ("search", "area__search")
    fields = (
        "code", "name", "short_name", "kind", "area", "parent", "abbreviation", "identifier",
        ("valid_from", "valid_to"), "successors",
    )  # fmt: skip
    inlines = (ContactInline, MembersOfBody, RolesForBody)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """A council also has terms."""
        is_council = obj is not None and obj.kind == OrganizationKind.COUNCIL
        return (CouncilTermInline, *self.inlines) if is_council else self.inlines


@admin.register(LegislativeTerm)
class LegislativeTermAdmin(AuditedAdmin):
    """Terms shared by all councils."""

    list_display = ("code", "valid_from", "valid_to")
    search_fields = ("code",)
    folded = ("code",)


@admin.register(CouncilTerm)
class CouncilTermAdmin(AuditedAdmin):
    """Ordinals and seats of each council."""

    list_display = ("council", "term", "ordinal", "seats")
    list_filter = ("term",)
    list_select_related = ("council", "term")
    autocomplete_fields = ("council", "term")
    folded = ("council__search",)


@admin.register(Contact)
class ContactAdmin(DatedAdmin):
    """The contact book across all bodies."""

    list_display = ("organization", "kind", "name", "email", "phone", "receives_invitations", "validity")
    list_filter = (InForceFilter, "kind", "receives_invitations", "organization__level")
    list_select_related = ("organization",)
    autocomplete_fields = ("organization",)
    folded = ("search", "organization__search")
    ordering = ("organization__code", "kind", "name")
