"""Nhật ký: who did what, for reading only."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from councils.filters import JournalFilter
from councils.permissions import can_administer, ensure
from hdnd.audit import queries
from hdnd.audit.changes import changes_of
from hdnd.lib.lists import Column, ListPage

COLUMNS = (
    Column("luc", "Thời điểm", lambda entry: entry.at, order=("at",)),
    Column("nguoi", "Người làm", lambda entry: entry.actor_name, order=("actor_name", "at")),
    Column("viec", "Việc", lambda entry: entry.in_words, order=("verb", "at")),
    Column("loai", "Loại", lambda entry: entry.content_type.name if entry.content_type else ""),
    Column("doi-tuong", "Đối tượng", lambda entry: entry.object_name, order=("object_name", "at")),
    Column("thay-doi", "Thay đổi", lambda entry: "; ".join(str(change) for change in changes_of(entry))),
)


@login_required
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """The whole journal, newest first; nothing here can be changed by anyone."""
    ensure(can_administer(request.user))
    found = JournalFilter(request.GET, queryset=queries.journal())
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="-luc", name="nhat-ky")
    return page.response("councils/journal.html")
