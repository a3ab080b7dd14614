"""Cơ quan: the directory of bodies."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from councils.filters import OrganizationFilter
from councils.permissions import can_administer
from councils.queries import may_see_contacts
from councils.queries import organization_detail as detail_of
from councils.queries import organization_list as list_of
from hdnd.lib.cells import linker
from hdnd.lib.lists import Column, ListPage

to_body = linker("councils:organization_detail")

COLUMNS = (
    Column(
        "ten",
        "Cơ quan",
        lambda body: body.name,
        order=("search",),
        heads=True,
        draw=lambda body: to_body(body.pk, body.name),
    ),
    Column("loai", "Loại", lambda body: body.get_kind_display(), order=("kind", "code")),
    Column("cap", "Cấp", lambda body: body.get_level_display(), order=("level", "code")),
    Column("dia-ban", "Đơn vị hành chính", lambda body: body.area or "", order=("area__code", "code")),
    Column("ma", "Mã", lambda body: body.code, order=("code",)),
)


@login_required
@require_GET
def organization_list(request: HttpRequest) -> HttpResponse:
    """The directory as of today."""
    found = OrganizationFilter(request.GET, queryset=list_of(request.user))
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="cap", name="co-quan")
    return page.response("councils/organization_list.html", {"can_administer": can_administer(request.user)})


@login_required
@require_GET
def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: who leads it, its members, organs and, for those who work with it, its addresses."""
    organization = get_object_or_404(detail_of(request.user), pk=pk)
    context = {
        "organization": organization,
        "show_contacts": may_see_contacts(request.user),
        "can_administer": can_administer(request.user),
    }
    return render(request, "councils/organization_detail.html", context)
