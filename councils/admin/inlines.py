"""Rows edited on the page of the body, person or account they belong to."""

from collections.abc import Iterator
from itertools import combinations, groupby
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from councils.choices import OrganizationKind
from councils.models import Contact, CouncilTerm, Membership, Organization, Post, Role


class DatedRows(admin.TabularInline):  # type: ignore[type-arg]
    """Rows in a table, without the four icons that Django draws beside each select of each row."""

    extra = 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made = super().get_formset(request, obj, **kwargs)
        for field in made.form.base_fields.values():
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                for link in ("add", "change", "delete", "view"):
                    setattr(field.widget, f"can_{link}_related", False)
        return made


class MembershipFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Compares the rows of the page with each other by what was typed, not by what is stored.

    So "end the old seat and begin the new one" is one save, and two new rows that overlap are still refused.
    """

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        form.instance.edited_beside = [row.pk for row in self.get_queryset()]
        return form

    def clean(self) -> None:
        super().clean()
        deleted = self.deleted_forms
        kept = [
            form for form in self.forms if (form.has_changed() or form.instance.pk) and form not in deleted
        ]
        complete = [form for form in kept if not form.errors and form.instance.valid_from]
        for first, second in combinations(complete, 2):
            if first.instance.overlaps(second.instance):
                older, newer = sorted((first, second), key=lambda form: form.instance.valid_from)
                newer.add_error("valid_from", older.instance.overlap_message())


def post_choices(kind: str | None) -> Iterator[tuple[str, Any]]:
    """Posts for a select: those of one kind of body, or all of them grouped by kind."""
    yield "", "---------"
    posts = Post.objects.order_by("organization_kind", "rank", "name")
    if kind:
        yield from ((str(post.pk), post.name) for post in posts if post.organization_kind == kind)
        return
    labels = dict(OrganizationKind.choices)
    for group, members in groupby(posts, key=lambda post: post.organization_kind):
        yield str(labels.get(group, group)), [(str(post.pk), post.name) for post in members]


class MembershipInline(DatedRows):
    """Seats with their dates; posts are read once for all rows, not once a row."""

    model = Membership
    formset = MembershipFormSet
    fields: tuple[str, ...] = ("post", "valid_from", "valid_to", "is_fulltime", "constituency")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made = super().get_formset(request, obj, **kwargs)
        # The list is shared by all rows of the page: without it each row's select is a query.
        post: Any = made.form.base_fields["post"]
        post.choices = list(post_choices(obj.kind if isinstance(obj, Organization) else None))
        return made


class MembersOfBody(MembershipInline):
    """Under a body: its people, those who left last."""

    fields = ("person", *MembershipInline.fields)
    autocomplete_fields = ("person",)
    verbose_name_plural = "thành viên, cả đã thôi"

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request).select_related("person", "post", "organization")
        return found.order_by("post__rank", "person__sort_key", "-valid_from")


class SeatsOfPerson(MembershipInline):
    """Under a person: their seats, the latest first."""

    fields = ("organization", *MembershipInline.fields)
    autocomplete_fields = ("organization",)
    verbose_name_plural = "tư cách thành viên, chức vụ"

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request).select_related("person", "post", "organization")
        return found.order_by("-valid_from")


class ContactInline(DatedRows):
    """The body's addresses."""

    model = Contact
    fields = ("kind", "name", "email", "phone", "receives_invitations", "valid_from", "valid_to")


class RoleInline(DatedRows):
    """Rights with their dates."""

    model = Role

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user__person", "organization")


class RolesForBody(RoleInline):
    """Under a body: who may act for it."""

    fields = ("user", "kind", "valid_from", "valid_to")
    autocomplete_fields = ("user",)
    verbose_name_plural = "tài khoản được thay mặt cơ quan"


class RolesOfUser(RoleInline):
    """Under an account: for whom it may act."""

    fields = ("organization", "kind", "valid_from", "valid_to")
    autocomplete_fields = ("organization",)
    verbose_name_plural = "vai trò của tài khoản"


class CouncilTermInline(DatedRows):
    """Under a council: its ordinals and seats."""

    model = CouncilTerm
    fk_name = "council"
    fields = ("term", "ordinal", "seats")
