"""Regulations and clauses are data an administrator edits; duties and evidence are read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from coordination.forms import ClauseForm
from coordination.models import CalendarException, Clause, Deadline, Duty, Evidence, Regulation
from coordination.services import follow
from councils.admin import AuditedAdmin, DatedAdmin, FoldedSearch, InForceFilter
from hdnd.lib.dates import short_date


@admin.register(Regulation)
class RegulationAdmin(DatedAdmin):
    """Quy chế, luật and what they replace."""

    list_display = ("number", "title", "kind", "area", "validity", "holds_today")
    list_filter = (InForceFilter, "kind")
    autocomplete_fields = ("area", "parties", "replaces")
    readonly_fields = ("clauses_link",)
    fieldsets = (
        (None, {"fields": ("code", "kind", "number", "title", "area", "parties", "clauses_link")}),
        ("Hiệu lực", {"fields": ("signed_on", "valid_from", "valid_to", "replaces")}),
        ("Nguồn", {"fields": ("source", "note")}),
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if {"valid_from", "valid_to"} & set(form.changed_data) and change:
            clauses = obj.clauses.values_list("pk", flat=True)
            follow(actor=request.user, clauses=list(clauses), why=f"hiệu lực của {obj} được sửa")

    @admin.display(description="điều khoản")
    def clauses_link(self, regulation: Regulation) -> str:
        """To the clauses, which are too long to edit in a row here, and to a new one."""
        if regulation.pk is None:
            return "Lưu quy chế trước, rồi thêm điều khoản."
        return format_html(
            '<a href="{}?regulation__id__exact={}">{} điều khoản</a> · <a href="{}?regulation={}">Thêm điều khoản</a>',
            reverse("admin:coordination_clause_changelist"), regulation.pk, regulation.clauses.count(),
            reverse("admin:coordination_clause_add"), regulation.pk,
        )  # fmt: skip


@admin.register(Clause)
class ClauseAdmin(DatedAdmin):
    """One obligation; the form reads like the sentence it makes."""

    form = ClauseForm
    list_display = ("code", "article", "sentence", "regulation", "validity", "holds_today")
    list_filter = (InForceFilter, "mode", "trigger", "confidence", "regulation")
    list_select_related = ("regulation",)
    autocomplete_fields = ("regulation",)
    folded = ("search", "regulation__search")
    fieldsets = (
        ("Điều khoản", {"fields": ("regulation", "code", "article", "sentence", "trigger")}),
        ("Khi", {"fields": ("event_kinds", "host_kinds", "host_level", "agenda_kind")}),
        (
            "Ai phải làm gì với ai",
            {
                "fields": (
                    "owed_by",
                    "mode",
                    "counterpart_kinds",
                    "counterpart_scope",
                    "counterpart_level",
                    "counterpart_role",
                )
            },
        ),
        ("Trước bao lâu", {"fields": ("lead_days", "lead_unit", "deliverable")}),
        ("Căn cứ", {"fields": ("source", "confidence", "valid_from", "valid_to")}),
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        counted = {"lead_days", "lead_unit", "valid_from", "valid_to", "regulation"}
        if change and counted & set(form.changed_data):
            follow(actor=request.user, clauses=[obj.pk], why=f"điều khoản {obj.code} được sửa")


@admin.register(Deadline)
class DeadlineAdmin(DatedAdmin):
    """Terms set by law: a new law is a new row, the old one gets its last day."""

    list_display = ("code", "title", "term", "source", "confidence", "validity", "holds_today")
    list_filter = (InForceFilter, "confidence", "unit", "direction")
    fieldsets = (
        ("Việc phải làm", {"fields": ("code", "title")}),
        ("Thời hạn", {"fields": ("value", "unit", "direction", "anchor")}),
        ("Căn cứ", {"fields": ("source", "confidence", "note", "valid_from", "valid_to")}),
    )

    @admin.display(description="thời hạn")
    def term(self, row: Deadline) -> str:
        """In words."""
        return row.term


@admin.register(CalendarException)
class CalendarExceptionAdmin(AuditedAdmin):
    """Days off and worked days decreed after the built-in table was made."""

    list_display = ("day", "is_working", "reason", "source")
    list_filter = ("is_working",)
    search_fields = ("reason",)
    folded = ("reason",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        days = {obj.day, form.initial["day"]} if change else {obj.day}
        kind = "ngày làm việc" if obj.is_working else "ngày nghỉ"
        follow(actor=request.user, days=days, why=f"{short_date(obj.day)} là {kind} ({obj.reason})")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        why = f"bỏ ngày {short_date(obj.day)} ({obj.reason}) khỏi bảng ngày nghỉ, ngày làm bù"
        follow(actor=request.user, days={obj.day}, why=why)


class ReadOnly:
    """Rows that only services write."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EvidenceInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """What settled the duty."""

    model = Evidence
    extra = 0
    fields = ("kind", "on", "note", "withdrawn_reason", "recorded_at")


@admin.register(Duty)
class DutyAdmin(ReadOnly, FoldedSearch, admin.ModelAdmin):  # type: ignore[type-arg]
    """Duties as they stand."""

    list_display = ("clause", "occasion_title", "debtor", "creditor", "due_on", "settled_on")
    list_filter = ("mode", "event_kind")
    list_select_related = ("clause__regulation", "debtor", "creditor")
    folded = ("search", "clause__search", "debtor__search", "creditor__search")
    date_hierarchy = "due_on"
    inlines = (EvidenceInline,)
