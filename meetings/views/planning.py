"""Planning on one page: the meeting, its agenda and the papers of its items."""

import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reselect, retarget

from councils.permissions import ensure
from hdnd.audit.queries import timeline_of
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.http import refused
from meetings import permissions
from meetings.forms.planning import HostForm, ItemForm, PaperForm, PlanForm
from meetings.models import Meeting
from meetings.queries.plan import default_chair, default_host, hosts_of, item_of, paper_of
from meetings.services import planning
from meetings.views.plan_page import after, is_live, plan_for, run, show, submit


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create(request: HttpRequest) -> HttpResponse:
    """Begins a plan: whose meeting, what, when, where."""
    hosts = hosts_of(request.user)
    ensure(hosts.exists(), "Chỉ thư ký hoặc đầu mối của một cơ quan mới lập được cuộc họp.")
    host = default_host(request.user, request.acting)  # type: ignore[attr-defined]
    given = request.POST if request.method == "POST" else request.GET
    host_form = HostForm(given if "host" in given else None, hosts=hosts, initial={"host": host})
    if host_form.is_bound and host_form.is_valid():
        host = host_form.cleaned_data["host"]
    first = {"secretary_name": request.user.display_name, "chair": default_chair(host)}  # type: ignore[union-attr]
    form = PlanForm(request.POST if request.method == "POST" else None, host=host, initial=first)
    if request.method == "POST" and host_form.is_valid() and form.is_valid():
        try:
            meeting = planning.create_meeting(actor=request.user, host=host, plan=form.plan())
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            return redirect("meetings:meeting_plan", pk=meeting.pk)
    context = {"form": form, "host_form": host_form, "host": host}
    return render(
        request, "meetings/meeting_create.html", context, status=422 if request.method == "POST" else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The planning page; a POST saves time, place and the like, also while one is still typing."""
    meeting = plan_for(request, pk)
    if request.method != "POST":
        return show(request, meeting)
    form = PlanForm(request.POST, host=meeting.host, meeting=meeting)
    given = request.POST.get("version", "")
    version = int(given) if given.isdecimal() else 0
    if form.is_valid():
        try:
            saved = planning.update_meeting(
                actor=request.user, meeting=meeting, plan=form.plan(), version=version
            )
        except StaleEdit as error:
            return _both_versions(request, form, error)
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            return _saved(request, saved)
    # The version stays the one the person read: showing the stored one would hide that somebody saved meanwhile.
    by_hand = "luu" in request.POST
    response = show(request, meeting, form=form, version=version, autosaved=not by_hand, status=422)
    return _whole_form(request, response, "top") if by_hand else response


def _saved(request: HttpRequest, saved: Meeting) -> HttpResponse:
    """The saved plan; a form that showed refusals is redrawn without them, else it is left to the one typing."""
    if not is_live(request):
        messages.success(request, "Đã lưu.")
        return redirect("meetings:meeting_plan", pk=saved.pk)
    response = after(request, saved.pk, version=saved.version, saved_at=clock.now())
    return _whole_form(request, response, "none") if "redraw" in request.POST else response


def _both_versions(request: HttpRequest, form: PlanForm, error: StaleEdit) -> HttpResponse:
    """Somebody saved first: both versions side by side, and one's own still in the fields."""
    stored = error.stored
    assert isinstance(stored, Meeting)
    context = {
        "form": form,
        "version": stored.version,
        "stored": form.differences(stored),
        "last": next(iter(timeline_of(stored)), None),
    }
    return _whole_form(request, show(request, plan_for(request, stored.pk), status=409, **context), "top")


def _whole_form(request: HttpRequest, response: HttpResponse, scroll: str) -> HttpResponse:
    """Lets htmx redraw the form itself, with what was refused beside its fields, scrolled to its `top` or not."""
    if is_live(request):
        retarget(response, "#plan-time")
        reselect(response, "#plan-time")
        response["HX-Reswap"] = f"outerHTML show:{scroll}"
    return response


@login_required
@require_POST
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds an agenda item; the form stays open for the next."""
    meeting = plan_for(request, pk)
    form = ItemForm(request.POST, meeting=meeting)
    return submit(
        request, meeting, form, "item_form",
        lambda: planning.add_item(actor=request.user, meeting=meeting, item=form.item()), then={"adding": True},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes an agenda item."""
    item = get_object_or_404(item_of(request.user), pk=pk)
    meeting = plan_for(request, item.meeting_id)
    if request.method != "POST":
        return show(request, meeting, item=item, item_form=ItemForm(meeting=meeting, item=item))
    form = ItemForm(request.POST, meeting=meeting, item=item)
    return submit(
        request, meeting, form, "item_form",
        lambda: planning.change_item(actor=request.user, item=item, data=form.item()), item=item,
    )  # fmt: skip


@login_required
@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an item off the agenda."""
    item = get_object_or_404(item_of(request.user), pk=pk)
    return run(request, item.meeting_id, lambda meeting: planning.remove_item(actor=request.user, item=item))


@login_required
@require_POST
def item_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves one item up or down: `item` and `step` (-1 or 1)."""

    def move(meeting: Meeting) -> None:
        order = [item.pk for item in meeting.agenda.all()]
        chosen, step = request.POST.get("item", ""), request.POST.get("step", "")
        at = order.index(int(chosen)) if chosen.isdecimal() and int(chosen) in order else -1
        to = at + (-1 if step == "-1" else 1)
        if at >= 0 and 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            planning.order_items(actor=request.user, meeting=meeting, order=order)

    return run(request, pk, move)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a paper to an agenda item."""
    item = get_object_or_404(item_of(request.user), pk=pk)
    ensure(permissions.can_prepare(request.user, item.meeting))
    can_edit = permissions.can_edit_plan(request.user, item.meeting)
    back = "meetings:meeting_plan" if can_edit else "meetings:meeting_detail"
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            planning.add_paper(
                actor=request.user,
                item=item,
                title=form.cleaned_data["title"],
                file_name=upload.name,
                content=upload.read(),
            )
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, f"Đã thêm tài liệu cho nội dung {item.position}.")
            return redirect(back, pk=item.meeting_id)
    context = {"form": form, "item": item, "meeting": item.meeting, "back": back}
    return render(request, "meetings/paper_add.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def paper_file(request: HttpRequest, pk: int) -> FileResponse:
    """A paper of an agenda item, for whoever sees the meeting."""
    paper = get_object_or_404(paper_of(request.user), pk=pk)
    return FileResponse(
        io.BytesIO(files.read(paper.file)), filename=paper.file_name, content_type="application/pdf"
    )
