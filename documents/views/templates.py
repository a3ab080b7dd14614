"""Templates in the browser: their list, a template with its preview, its versions and the way back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.permissions import can_serve_office, ensure
from documents.forms.templates import TemplateForm
from documents.models import Issuer
from documents.paper.differences import differences
from documents.paper.html import paper_pdf
from documents.paper.template_kinds import TemplateKind, template_kind
from documents.queries.templates import (
    default_issuer,
    parts_of_version,
    standing_parts,
    standing_templates,
    template_issuers,
    versions_of,
)
from documents.services import templates as services
from documents.template_preview import sample_paper
from hdnd.lib import clock
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.http import first_message, made_file, refused


@login_required
@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """The kinds of one issuer, each with the version that stands."""
    issuers = list(template_issuers(request.user))
    acting = getattr(request, "acting", None)
    issuer = default_issuer(issuers, request.GET.get("co-quan", ""), acting)
    context = {
        "issuers": issuers,
        "issuer": issuer,
        "rows": standing_templates(issuer) if issuer else [],
        "may_edit": issuer is not None and can_serve_office(request.user, issuer.organization),
    }
    return render(request, "documents/template_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The parts of a template, its preview beside them, its versions below."""
    issuer, found = _template(request, pk, kind)
    versions = list(versions_of(issuer, kind))
    newest = versions[0].version if versions else 0
    if request.method != "POST":
        initial = standing_parts(issuer, kind) | {"seen": newest}
        return _show(request, issuer, found, versions, TemplateForm(kind=found, initial=initial))
    form = TemplateForm(request.POST, kind=found)
    if form.is_valid():
        try:
            made = services.save_template(
                actor=request.user, issuer=issuer, kind=found, parts=form.parts(),
                seen=form.cleaned_data["seen"], note=form.cleaned_data["note"],
            )  # fmt: skip
        except StaleEdit as error:
            # Whoever has read this may save on top: both versions stay.
            form = TemplateForm(request.POST.dict() | {"seen": newest}, kind=found)
            refused(form, error)
            return _show(request, issuer, found, versions, form, status=409)
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, f"Đã lưu bản {made.version} của mẫu {found.name.lower()}.")
            return redirect("documents:template_edit", pk=pk, kind=kind)
    return _show(request, issuer, found, versions, form, status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_preview(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A sample paper as PDF: of what is typed, or of the version that stands."""
    issuer, found = _template(request, pk, kind)
    given = request.POST.dict() if request.method == "POST" else standing_parts(issuer, kind)
    try:
        parts = services.checked_parts(issuer, found, given)
        content = paper_pdf(sample_paper(issuer, found, parts, clock.today()))
    except DomainError as error:
        return render(request, "documents/template_fault.html", {"message": error.message}, status=422)
    return made_file(content, f"{kind}.pdf")


@login_required
@require_safe
def template_version(request: HttpRequest, pk: int, kind: str, version: int) -> HttpResponse:
    """A version against the one that stands, word by word."""
    issuer, found = _template(request, pk, kind)
    parts = parts_of_version(issuer, found, version)
    if parts is None:
        raise Http404
    standing = standing_parts(issuer, kind)
    told = [
        (part.name, differences(_word(part, parts), _word(part, standing)))
        for part in found.parts
        if parts[part.key] != standing[part.key]
    ]
    context = {"issuer": issuer, "kind": found, "version": version, "told": told}
    return render(request, "documents/template_version.html", context)


@login_required
@require_POST
def template_restore(request: HttpRequest, pk: int, kind: str, version: int) -> HttpResponse:
    """Lets an older version stand again."""
    issuer, found = _template(request, pk, kind)
    try:
        made = services.restore_template(actor=request.user, issuer=issuer, kind=found, version=version)
    except DomainError as error:
        messages.error(request, first_message(error))
    else:
        messages.success(request, f"Đã khôi phục: bản {made.version} đang dùng.")
    return redirect("documents:template_edit", pk=pk, kind=kind)


def _template(request: HttpRequest, pk: int, kind: str) -> tuple[Issuer, TemplateKind]:
    issuer: Issuer = get_object_or_404(template_issuers(request.user), pk=pk)
    ensure(can_serve_office(request.user, issuer.organization), services.NOT_YOURS)
    try:
        return issuer, template_kind(kind)
    except KeyError as error:
        raise Http404 from error


def _word(part: Any, parts: dict[str, str]) -> str:
    return dict(part.choices).get(parts[part.key], parts[part.key])


def _show(
    request: HttpRequest,
    issuer: Issuer,
    kind: TemplateKind,
    versions: list[Any],
    form: TemplateForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "issuer": issuer,
        "kind": kind,
        "versions": versions,
        "form": form,
        "boxes": form.boxes(),
        "faulty": [box for box in form if box.errors],
    }
    return render(request, "documents/template_edit.html", context, status=status)
