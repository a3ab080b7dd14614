"""Taking back one wrong piece of evidence."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coordination.forms import WithdrawForm
from coordination.permissions import can_withdraw
from coordination.queries import visible_evidence
from coordination.services import withdraw_evidence
from councils.permissions import ensure
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason, and takes the evidence back; without a reason one taken back counts again."""
    evidence = get_object_or_404(visible_evidence(request.user), pk=pk)
    duty = evidence.duty
    ensure(can_withdraw(request.user, duty, evidence))
    form = WithdrawForm(
        request.POST if request.method == "POST" else None,
        initial={"reason": evidence.withdrawn_reason},
        is_withdrawn=bool(evidence.withdrawn_reason),
    )
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw_evidence(actor=request.user, evidence=evidence, reason=reason)
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(request, "Đã rút bằng chứng." if reason else "Đã khôi phục bằng chứng.")
            return redirect("coordination:duty_detail", pk=duty.pk)
    context = {"evidence": evidence, "duty": duty, "form": form}
    return render(request, "coordination/evidence_withdraw.html", context, status=422 if form.errors else 200)
