"""Quản lý: the administrators' table of contents."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from councils.permissions import can_administer, ensure


@login_required
@require_GET
def manage(request: HttpRequest) -> HttpResponse:
    """All that administrators do on pages; reference data is edited row by row in Django admin."""
    ensure(can_administer(request.user))
    return render(request, "councils/manage.html")
