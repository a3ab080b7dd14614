"""Signing a paper under its reserved number."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from councils.permissions import can_serve_office, ensure
from documents.forms.signing import KeyForm, UnsignedForm
from documents.heading import full_name, signatory
from documents.models import Document
from documents.queries.papers import register_list
from documents.services.registering import NOT_YOURS
from documents.services.signing_numbers import sign_number
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def number_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs the paper with the person's and the body's keys, then registers it. No key and no password is kept."""
    line: Document = get_object_or_404(register_list(request.user), pk=pk)
    ensure(can_serve_office(request.user, line.organization), NOT_YOURS)
    if not line.is_reserved:
        messages.info(request, f"Số {line.symbol} không còn là số giữ trước.")
        return redirect("documents:number_detail", pk=pk)
    given: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    body = full_name(line.organization)
    form = UnsignedForm(*given, initial=_initial(line))
    holder = request.POST.get("signer_name", "")[:64] or body
    person = KeyForm(*given, holder=holder, body=body, may_skip=True, prefix="person")
    organization = KeyForm(*given, holder=body, body=body, may_skip=True, prefix="organization")
    forms = (form, person, organization)
    refusing = [one for one in forms if given and not one.is_valid()]
    if given and not refusing:
        try:
            sign_number(
                actor=request.user, line=line, paper=form.paper(), person=person.source(), organization=organization.source(),
            )  # fmt: skip
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, f"Đã ký số và vào sổ văn bản {line.symbol}.")
            return redirect("documents:number_detail", pk=pk)
    context = {"line": line, "form": form, "person": person, "organization": organization}
    wrong = any(one.errors for one in forms)  # also what the service refused
    return render(request, "documents/number_sign.html", context, status=422 if wrong else 200)


def _initial(line: Document) -> dict[str, Any]:
    """What the line says already, and who would sign today."""
    known = {"subject": line.subject, "issued_on": clock.today()}
    try:
        signer = signatory(line.issuer, line.organization, clock.today())
    except DomainError:
        return known
    return known | {"signer_name": signer.name, "signer_title": signer.full_title}
