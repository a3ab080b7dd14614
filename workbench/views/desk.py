"""The desk: what must I do now."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from councils.middleware import SESSION_KEY
from councils.permissions import access
from councils.queries import visible_organizations
from workbench.queries import desk, may_plan
from workbench.queries.arrivals import desk_arrivals
from workbench.queries.drafts import desk_drafts
from workbench.queries.opinions import opinions_to_give
from workbench.queries.weeks import week_to_publish


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Bàn làm việc."""
    acting = request.acting or None  # type: ignore[attr-defined]
    context = {
        "desk": desk(request.user),
        "opinions": opinions_to_give(request.user),
        "drafts": desk_drafts(request.user),
        "arrivals": desk_arrivals(request.user),
        "may_plan": may_plan(request.user, acting),
        "week_to_publish": week_to_publish(request.user, acting),
    }
    return render(request, "workbench/home.html", context)


@login_required
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Switches the body the person acts for; a body without a role of theirs is 404."""
    own = [organization.pk for organization in access(request.user).organizations]
    chosen = request.POST.get("organization", "")
    organization = get_object_or_404(
        visible_organizations(request.user), pk=chosen if chosen.isdigit() else None, pk__in=own
    )
    request.session[SESSION_KEY] = organization.pk
    back = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else "workbench:home")
