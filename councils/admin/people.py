"""People, posts and memberships."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from councils.admin.base import AuditedAdmin, DatedAdmin, InForceFilter
from councils.admin.inlines import SeatsOfPerson
from councils.choices import OrganizationKind
from councils.models import Membership, Person, Post
from hdnd.lib import clock
from hdnd.lib.text import fold


@admin.register(Person)
class PersonAdmin(AuditedAdmin):
    """People with all their seats."""

    list_display = ("full_name", "code", "seats_today", "email", "phone")
    list_filter = ("memberships__organization__kind",)
    fields = (("full_name", "gender"), ("code", "birth_year"), ("email", "phone"))
    inlines = (SeatsOfPerson,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        today = Membership.objects.on(clock.today()).select_related("post", "organization")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", today, to_attr="seats"))

    @admin.display(description="đang giữ")
    def seats_today(self, person: Any) -> str:
        """Posts held today."""
        return "; ".join(f"{seat.post} {seat.organization.label}" for seat in person.seats) or "–"


@admin.register(Post)
class PostAdmin(AuditedAdmin):
    """Titles by kind of body."""

    list_display = ("name", "organization_kind", "rank", "is_leader", "is_head", "is_member")
    list_filter = ("organization_kind", "is_leader", "is_member")
    search_fields = ("name",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Posts are a few dozen and have no folded column: they are folded here."""
        words = fold(search_term).split()
        labels = dict(OrganizationKind.choices)
        texts = {post.pk: fold(f"{post.name} {labels.get(post.organization_kind, '')}") for post in queryset}
        return queryset.filter(
            pk__in=[pk for pk, text in texts.items() if all(w in text for w in words)]
        ), False


@admin.register(Membership)
class MembershipAdmin(DatedAdmin):
    """All seats; mostly edited under the body or the person."""

    list_display = ("person", "post", "organization", "validity", "holds_today", "is_fulltime")
    list_filter = (InForceFilter, "organization__level", "organization__kind", "is_fulltime")
    list_select_related = ("person", "post", "organization")
    autocomplete_fields = ("person", "organization", "post")
    folded = ("person__search", "organization__search")
    fields = (
        "person", "organization", "post", ("valid_from", "valid_to"), "is_fulltime", "constituency",
    )  # fmt: skip
