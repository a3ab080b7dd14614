"""Conclusions as tasks: who does what by when, and what came of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from councils.choices import RoleKind
from councils.permissions import OFFICE_KINDS, PARTNER_KINDS, STAFF_KINDS, access, can_answer_for, ensure
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused
from hdnd.lib.lists import Column, ListPage
from meetings.filters import TaskFilter
from meetings.forms.recording import CompleteForm
from meetings.permissions import can_prepare
from meetings.queries import visible_tasks
from meetings.services import concluding

COLUMNS = (
    Column("han", "Hạn", lambda row: row.due_on or "", order=("due_on",)),
    Column("viec", "Việc phải làm", lambda row: row.text),
    Column("giao", "Giao cho", lambda row: row.assignee.name, order=("assignee__code", "due_on")),
    Column(
        "cuoc-hop", "Kết luận của", lambda row: row.meeting.title, order=("meeting__starts_at", "position")
    ),
    Column("xong", "Hoàn thành", lambda row: row.done_on or "", order=("done_on",)),
    Column("ket-qua", "Kết quả", lambda row: row.done_note),
)


@login_required
@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """Tasks given to the person's bodies and by their meetings."""
    found = TaskFilter(request.GET, queryset=visible_tasks(request.user), request=request)
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="-han", name="nhiem-vu")
    rights = access(request.user)
    # Bodies for which the person reports, whose meetings they serve, whose meetings they may open.
    extra = {
        "today": clock.today(),
        "answering": rights.roots_of(PARTNER_KINDS | OFFICE_KINDS),
        "serving": rights.roots_of(STAFF_KINDS),
        "attending": rights.roots_of(OFFICE_KINDS | {RoleKind.DELEGATE}),
    }
    return page.response("meetings/task_list.html", extra)


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
