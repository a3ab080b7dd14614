"""Messages that went out or will, for reading only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from hdnd.outbox.models import Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What was sent to whom, and what failed. Services write here, nobody else."""

    list_display = ("created_at", "to", "to_name", "subject", "state", "attempts", "sent_at")
    list_filter = ("state",)
    date_hierarchy = "created_at"
    search_fields = ("to", "to_name", "subject")
    search_help_text = "Địa chỉ, tên người nhận hoặc tiêu đề."
    fields = (
        "created_at", "state", "attempts", "next_attempt_at", "sent_at", "last_error",
        "from_name", "reply_to", "to", "to_name", "subject", "text", "files",
    )  # fmt: skip
    readonly_fields = ("files",)
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    @admin.display(description="tệp kèm")
    def files(self, message: Message) -> str:
        """Names of the attached files."""
        return ", ".join(str(item.get("name", "")) for item in message.attachments) or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
