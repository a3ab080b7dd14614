"""Reference data of meetings: the shares that quorums and votes need, and sessions. Meetings are not edited here."""

from django.contrib import admin

from councils.admin import AuditedAdmin, DatedAdmin
from meetings.models import Session, VotingThreshold


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
