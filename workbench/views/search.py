"""One search box for everything."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workbench.queries.search import SHOWN, found_for


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What `tim` is found in, by kind."""
    text = request.GET.get("tim", "").strip()[:200]
    context = {"search_text": text, "groups": found_for(request.user, text), "shown": SHOWN}
    return render(request, "workbench/search.html", context)
