"""Who decides on drafts in whose place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from documents.forms.drafting import DelegationForm
from documents.permissions.drafts import can_delegate
from documents.queries.drafts import delegating_bodies, delegations_of, people_of
from documents.services import delegating
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delegation_list(request: HttpRequest) -> HttpResponse:
    """Delegations of the person's bodies; a POST writes one down."""
    own = delegating_bodies(request.user)
    acting = getattr(request, "acting", None)
    form = DelegationForm(
        request.POST if request.method == "POST" else None, own=own, people=people_of(own),
        initial={"organization": acting, "valid_from": clock.today()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = delegating.delegate(actor=request.user, **form.cleaned_data)
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, f"Đã ghi: {made}.")
            return redirect("documents:delegation_list")
    rows = [(row, can_delegate(request.user, row.organization)) for row in delegations_of(request.user)]
    context = {"rows": rows, "form": form, "may_delegate": own.exists(), "today": clock.today()}
    return render(request, "documents/delegation_list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends one at once."""
    row = get_object_or_404(delegations_of(request.user), pk=pk)
    delegating.end_delegation(actor=request.user, delegation=row)
    messages.success(request, "Đã kết thúc ủy quyền.")
    return redirect("documents:delegation_list")
