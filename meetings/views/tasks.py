"""Conclusions as tasks: who does what by when, and what came of it."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods, require_safe

from councils.choices import RoleKind
from councils.permissions import OFFICE_KINDS, PARTNER_KINDS, STAFF_KINDS, access, can_answer_for, ensure
from hdnd.lib import clock
from hdnd.lib.cells import linker
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import due_pill, state_pill
from meetings.filters import TaskFilter
from meetings.forms.recording import CompleteForm
from meetings.models import Conclusion
from meetings.permissions import can_prepare
from meetings.queries import visible_tasks
from meetings.services import concluding

to_task = linker("meetings:task_complete")
to_meeting = linker("meetings:meeting_detail")
to_notice = linker("documents:document_file")


@dataclass(frozen=True)
class TaskCells:
    """How a task is drawn for one person: bodies they report for, whose meetings they serve, whose they may open."""

    answering: frozenset[int]
    serving: frozenset[int]
    attending: frozenset[int]
    today: date

    def may_report(self, row: Conclusion) -> bool:
        host = row.meeting.host.family_root_id
        return row.assignee.family_root_id in self.answering or host in self.serving

    def text(self, row: Conclusion) -> str:
        return to_task(row.pk, row.text) if self.may_report(row) else row.text

    def due(self, row: Conclusion) -> str:
        if row.due_on is None:
            return "không hạn"
        pill = due_pill(row.due_on, self.today) if row.done_on is None else ""
        return format_html("{}<br>{}" if pill else "{}", short_date(row.due_on), pill)

    def meeting(self, row: Conclusion) -> str:
        is_open = row.meeting.host.family_root_id in self.attending
        title = to_meeting(row.meeting_id, row.meeting.title) if is_open else row.meeting.title
        if row.notice is None:
            return title
        paper = to_notice(row.notice.pk, f"Thông báo {row.notice.symbol}", css="basis")
        return format_html("{}<br>{}", title, paper)

    def done(self, row: Conclusion) -> str:
        if row.done_on is not None:
            is_late = row.due_on is not None and row.done_on > row.due_on
            pill = state_pill("late", "xong muộn") if is_late else state_pill("done", "xong")
            return format_html("{} {}", short_date(row.done_on), pill)
        if not self.may_report(row):
            return "chưa xong"
        aria = f"Báo kết quả: {Truncator(row.text).chars(60)}"
        return to_task(row.pk, "Báo kết quả", css="button small", aria=aria)

    def columns(self) -> tuple[Column, ...]:
        by_body, by_meeting = ("assignee__code", "due_on"), ("meeting__starts_at", "position")
        return (
            Column("han", "Hạn", lambda row: row.due_on, ("due_on",), draw=self.due, labelled=False),
            Column("viec", "Việc phải làm", lambda row: row.text, heads=True, draw=self.text),
            Column(
                "giao",
                "Giao cho",
                lambda row: row.assignee.name,
                by_body,
                draw=lambda row: row.assignee.label,
            ),
            Column("cuoc-hop", "Kết luận của", lambda row: row.meeting.title, by_meeting, draw=self.meeting),
            Column(
                "xong", "Hoàn thành", lambda row: row.done_on, ("done_on",), draw=self.done, labelled=False
            ),
            Column(
                "ket-qua",
                "Kết quả",
                lambda row: row.done_note,
                draw=lambda row: Truncator(row.done_note).chars(120),
            ),
        )


@login_required
@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """Tasks given to the person's bodies and by their meetings."""
    found = TaskFilter(request.GET, queryset=visible_tasks(request.user), request=request)
    rights = access(request.user)
    cells = TaskCells(
        answering=rights.roots_of(PARTNER_KINDS | OFFICE_KINDS),
        serving=rights.roots_of(STAFF_KINDS),
        attending=rights.roots_of(OFFICE_KINDS | {RoleKind.DELEGATE}),
        today=clock.today(),
    )
    columns = cells.columns()
    page = ListPage(request, filterset=found, columns=columns, default_sort="-han", name="nhiem-vu")
    return page.response("meetings/task_list.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Reports a task done."""
    task = get_object_or_404(visible_tasks(request.user), pk=pk)
    ensure(
        can_answer_for(request.user, task.assignee) or can_prepare(request.user, task.meeting),
        "Chỉ cơ quan được giao hoặc thư ký cuộc họp báo được kết quả.",
    )
    form = CompleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            concluding.complete_task(actor=request.user, conclusion=task, note=form.cleaned_data["note"])
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(request, "Đã ghi kết quả.")
            return redirect("meetings:task_list")
    context = {"task": task, "form": form, "today": clock.today()}
    return render(request, "meetings/task_complete.html", context, status=422 if form.errors else 200)
