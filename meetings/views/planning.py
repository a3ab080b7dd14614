"""Planning on one page: the meeting and its agenda."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reselect, retarget

from councils.permissions import ensure
from hdnd.audit.queries import timeline_of
from hdnd.lib import clock
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.http import refused
from meetings.forms.planning import HostForm, ItemForm, PlanForm
from meetings.models import Meeting
from meetings.queries.plan import default_chair, default_host, hosts_of, item_of
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
