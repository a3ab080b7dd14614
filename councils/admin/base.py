"""What every admin page of the project has: writes through services, search without accents, dates in lists.

Other apps may build their admin on `AuditedAdmin`; what is particular to bodies and people stays here.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.deletion import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from councils.models import Role, User
from councils.models.dated import in_force
from councils.services import delete_record, note_relations, save_record, sync_staff
from hdnd.lib import clock
from hdnd.lib.dates import short_date
from hdnd.lib.text import fold


class FoldedSearch:
    """Search without accents: every word typed must stand in one of the folded columns.

    `folded` names them (over relations too); `search_fields` only makes Django draw the search box.
    """

    search_fields: Sequence[str] = ("search",)
    folded: Sequence[str] = ("search",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Serves the list's search box and autocompletes alike; folded columns never repeat a row."""
        for word in fold(search_term).split():
            found = Q()
            for path in self.folded:
                found |= Q(**{f"{path}__contains": word})
            queryset = queryset.filter(found)
        return queryset, False


class AuditedAdmin(FoldedSearch, admin.ModelAdmin):  # type: ignore[type-arg]
    """Saves and deletes through `councils.services`, so that all is audited, inline rows included."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    # Rows are ended by date; a wrong one is deleted on its own page, where what refers to it is named.
    actions = None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_record(actor=request.user, record_=obj, check=False)  # the form has just run full_clean
        self.written(obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            delete_record(actor=request.user, record_=row)
            self.written(row)
        for row in rows:
            save_record(actor=request.user, record_=row, check=False)
            self.written(row)
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        names = [field.name for field in self.opts.many_to_many if field.name in form.cleaned_data]
        before = {name: linked(form.instance, name) for name in names}
        super().save_related(request, form, formsets, change)
        after = {name: linked(form.instance, name) for name in names}
        changes = {name: [before[name], after[name]] for name in names if before[name] != after[name]}
        note_relations(actor=request.user, record_=form.instance, changes=changes)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_record(actor=request.user, record_=obj)
        self.written(obj)

    def written(self, row: models.Model) -> None:
        """Runs after each row written; a role opens or closes Django admin."""
        if isinstance(row, Role):
            sync_staff(User.objects.get(pk=row.user_id))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refuses a row that others refer to, says which, and how to end it instead."""
        row = self.get_object(request, object_id)
        if row is not None and self.has_delete_permission(request, row):
            protected = self.get_deleted_objects([row], request)[3]
            if protected:
                return self.refuse_delete(request, row, len(protected))
        try:
            return super().delete_view(request, object_id, extra_context)
        except (ProtectedError, RestrictedError):  # referred to since the page was drawn
            return self.refuse_delete(request, row, 0)

    def refuse_delete(self, request: HttpRequest, row: Any, count: int) -> HttpResponse:
        """Back to the row with the reason."""
        many = f"{count} bản ghi" if count else "bản ghi khác"
        self.message_user(
            request,
            f"Không xóa được “{row}”: còn {many} đang dùng đến. {self.way_out()}",
            level=messages.ERROR,
        )
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)

    def way_out(self) -> str:
        """What to do instead of deleting."""
        if any(field.name == "valid_to" for field in self.opts.fields):
            return "Hãy nhập “đến hết ngày” để kết thúc hiệu lực thay vì xóa."
        return "Hãy bỏ các liên kết đó trước."

    # The journal of the project is hdnd.audit, written by the services; Django's own would only say it twice.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """No second journal."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """No second journal."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]
        """No second journal."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The row's entries in the audit."""
        kind = ContentType.objects.get_for_model(self.model, for_concrete_model=True)
        address = reverse("admin:audit_entry_changelist")
        return redirect(f"{address}?content_type__id__exact={kind.pk}&object_id__exact={object_id}")


def linked(row: models.Model, name: str) -> list[str]:
    """Names of the rows linked by a many-to-many field, in a fixed order."""
    return sorted(str(other) for other in getattr(row, name).all()) if row.pk else []


class DatedAdmin(AuditedAdmin):
    """Rows with validity: those in force today come first, and the list says from when to when."""

    def get_ordering(self, request: HttpRequest) -> Sequence[Any]:
        """Also the order of autocompletes; an expression, since forms order a plain queryset by it."""
        return (past_last(), *(self.ordering or self.opts.ordering or ("pk",)))

    @admin.display(description="hiệu lực", ordering="valid_from")
    def validity(self, row: Any) -> str:
        """`từ 01/07/2025`, `đến 30/06/2025` …"""
        return period(row.valid_from, row.valid_to)

    @admin.display(description="hôm nay", boolean=True)
    def holds_today(self, row: Any) -> bool:
        """Whether the row is in force today."""
        return bool(row.holds_on(clock.today()))


def past_last() -> Any:
    """Sorts rows in force today before the others."""
    return Case(When(in_force(clock.today()), then=Value(0)), default=Value(1)).asc()


def period(valid_from: Any, valid_to: Any) -> str:
    """A period in words; a dash when it has no bounds."""
    parts = []
    if valid_from:
        parts.append(f"từ {short_date(valid_from)}")
    if valid_to:
        parts.append(f"đến {short_date(valid_to)}")
    return " ".join(parts) or "–"


class InForceFilter(admin.SimpleListFilter):
    """In force today, ended, or not yet begun."""

    title = "hiệu lực"
    parameter_name = "hieu-luc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return (("nay", "Đang hiệu lực"), ("het", "Đã kết thúc"), ("chua", "Chưa bắt đầu"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        day = clock.today()
        condition = {"nay": in_force(day), "het": Q(valid_to__lt=day), "chua": Q(valid_from__gt=day)}
        return queryset.filter(condition.get(str(self.value()), Q()))
