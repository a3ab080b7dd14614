"""Phối hợp: regulations, and the duties they raised."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from coordination.choices import OPEN_STATES
from coordination.filters import DutyFilter
from coordination.forms import WaiveForm
from coordination.permissions import can_waive, can_withdraw
from coordination.queries import duty_detail as detail_of
from coordination.queries import duty_list as list_of
from coordination.queries import duty_rows, duty_timeline, visible_regulations
from coordination.services import waive
from councils.permissions import can_administer
from hdnd.lib import clock
from hdnd.lib.cells import linker
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import duty_pill

to_duty = linker("coordination:duty_detail")

COLUMNS = (
    Column("han", "Hạn", lambda duty: duty.due_on, order=("due_on",)),
    Column(
        "su-kien",
        "Sự kiện",
        lambda duty: duty.occasion_title,
        order=("event_on", "occasion_title"),
        heads=True,
        draw=lambda duty: to_duty(duty.pk, duty.occasion_title),
    ),
    Column(
        "dieu-khoan",
        "Điều khoản",
        lambda duty: f"{duty.clause.code}, {duty.clause.basis}",
        order=("clause__code",),
        draw=lambda duty: f"{duty.clause_code}, {duty.clause_article}",
    ),
    Column(
        "ben-lam",
        "Bên phải làm",
        lambda duty: duty.debtor or "",
        order=("debtor__code",),
        draw=lambda duty: duty.debtor_short_name or duty.debtor_name or "",
    ),
    Column("viec", "Việc", lambda duty: duty.get_mode_display(), order=("mode",)),
    Column(
        "ben-huong",
        "Bên được hưởng",
        lambda duty: duty.creditor or "",
        order=("creditor__code",),
        draw=lambda duty: duty.creditor_short_name or duty.creditor_name or "",
    ),
    Column(
        "trang-thai",
        "Trạng thái",
        lambda duty: duty.state_on(clock.today()).label,
        order=("current",),
        labelled=False,
        draw=duty_pill,
    ),
)


@login_required
@require_GET
def duty_list(request: HttpRequest) -> HttpResponse:
    """Duties of the person's bodies, owed and claimed."""
    # The page names clause and sides in short; the export writes them out.
    duties = list_of(request.user) if "xuat" in request.GET else duty_rows(request.user)
    found = DutyFilter(request.GET, queryset=duties, request=request)
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="-han", name="nghia-vu")
    return page.response("coordination/duty_list.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def duty_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty: why, by when and how that day is counted, what settled it; its debtor may waive it with a reason."""
    duty = get_object_or_404(detail_of(request.user), pk=pk)
    # A waiver can be taken back even when evidence has come meanwhile.
    is_waivable = not duty.void_reason and (not duty.settled_on or bool(duty.waived_reason))
    is_debtor = can_waive(request.user, duty)
    form = WaiveForm(
        request.POST if request.method == "POST" else None,
        initial={"reason": duty.waived_reason},
        is_waived=bool(duty.waived_reason),
        is_debtor=is_debtor,
    )
    if request.method == "POST" and form.is_valid():
        try:
            waive(actor=request.user, duty=duty, reason=form.cleaned_data["reason"])
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(request, "Đã ghi lý do." if form.cleaned_data["reason"] else "Đã bỏ miễn.")
            return redirect("coordination:duty_detail", pk=pk)
    state = duty.state_on(clock.today())
    context = {
        "duty": duty,
        "state": state,
        "is_open": state in OPEN_STATES,
        "form": form if form.errors or (is_waivable and is_debtor) else None,
        "evidence": [(item, can_withdraw(request.user, duty, item)) for item in duty.evidence.all()],
        "timeline": duty_timeline(duty),
    }
    return render(request, "coordination/duty_detail.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def regulation_list(request: HttpRequest) -> HttpResponse:
    """Regulations, the newest first."""
    context = {
        "regulations": visible_regulations(request.user),
        "today": clock.today(),
        "can_administer": can_administer(request.user),
    }
    return render(request, "coordination/regulation_list.html", context)


@login_required
@require_GET
def regulation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One regulation with its clauses."""
    regulation = get_object_or_404(visible_regulations(request.user).prefetch_related("replaced_by"), pk=pk)
    today = clock.today()
    context = {
        "regulation": regulation,
        "holds": regulation.holds_on(today),
        "clauses": [
            (clause, regulation.holds_on(today) and clause.holds_on(today))
            for clause in regulation.clauses.all()
        ],
        "can_administer": can_administer(request.user),
    }
    return render(request, "coordination/regulation_detail.html", context)
