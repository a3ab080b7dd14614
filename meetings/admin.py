"""Reference data of meetings: shares of quorums and votes, sessions, days of reminders. Meetings are not edited here."""

from django.contrib import admin

from councils.admin import AuditedAdmin, DatedAdmin
from meetings.forms.reminding import ReminderRuleForm
from meetings.models import ReminderRule, Session, VotingThreshold


@admin.register(VotingThreshold)
class VotingThresholdAdmin(DatedAdmin):
    """Dated rows with their article; a new law is a new row."""

    list_display = ("use", "numerator", "denominator", "is_strict", "article", "valid_from", "valid_to")
    list_filter = ("use",)
    search_fields = ("article",)
    folded = ("article",)


@admin.register(Session)
class SessionAdmin(AuditedAdmin):
    """Kỳ họp of a council."""

    list_display = ("title", "council", "kind", "opens_on", "closes_on")
    list_filter = ("kind",)
    autocomplete_fields = ("council",)


@admin.register(ReminderRule)
class ReminderRuleAdmin(AuditedAdmin):
    """On which working days people are reminded, for all or for one kind of meeting or one host."""

    form = ReminderRuleForm
    list_display = ("what", "event_kind", "host", "before", "after", "is_active")
    list_filter = ("what",)
    list_select_related = ("host",)
    autocomplete_fields = ("host",)
    search_fields = ("host__search",)
    search_help_text = "Tên cơ quan tổ chức."
    empty_value_display = "tất cả"
    folded = ("host__search",)

    @admin.display(description="trước, ngày làm việc")
    def before(self, rule: ReminderRule) -> str:
        """`2, 1`."""
        return ", ".join(map(str, rule.days_before)) or "–"

    @admin.display(description="sau hạn")
    def after(self, rule: ReminderRule) -> str:
        """`1, 5`."""
        return ", ".join(map(str, rule.days_after)) or "–"
