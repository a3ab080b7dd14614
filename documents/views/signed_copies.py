"""Digital signatures on an approved draft whose number the office has taken."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.permissions import ensure
from documents.draft_paper import signers_of
from documents.forms.signing import CheckForm, KeyForm
from documents.heading import full_name
from documents.models import Draft
from documents.permissions.drafts import can_file_signed_copy
from documents.services.draft_issuing import NOT_OFFICE, numbered_paper
from documents.services.draft_signing import Keys
from documents.services.signed_copies import file_signed_elsewhere, sign_numbered_draft
from documents.views.drafts import found
from hdnd.lib.errors import DomainError
from hdnd.lib.http import first_message, made_file, tried

NO_NUMBER = "Lấy số cho văn bản trước, rồi ký số."


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Keys for each signer and their body; no key and no password is kept."""
    draft = _approved(request, pk)
    if not draft.has_number:
        messages.info(request, NO_NUMBER)
        return redirect("documents:draft_detail", pk=pk)
    places = _places(request, draft)
    forms = [form for place in places for form in (place["person"], place["organization"])]
    posted = request.method == "POST"
    refusing = [form for form in forms if posted and not form.is_valid()]
    problem = ""
    if posted and not refusing:
        keys = [Keys(place["person"].source(), place["organization"].source()) for place in places]
        try:
            sign_numbered_draft(actor=request.user, draft=draft, keys=keys)
        except (DomainError, ValidationError) as error:
            problem = first_message(error)
        else:
            return _done(request, draft)
    return _show(request, draft, places, problem, CheckForm(), 422 if refusing or problem else 200)


@login_required
@require_POST
def draft_sign_elsewhere(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as another program signed it."""
    draft, form = _approved(request, pk), CheckForm(request.POST, request.FILES)
    done = tried(
        request, form,
        lambda: file_signed_elsewhere(actor=request.user, draft=draft, content=form.cleaned_data["file"].read()),
    )  # fmt: skip
    return _done(request, draft) if done else _show(request, draft, _places(None, draft), "", form, 422)


@login_required
@require_safe
def draft_unsigned(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper under its number, to be signed with another program."""
    draft = _approved(request, pk)
    try:
        content = numbered_paper(draft)
    except DomainError as error:
        messages.info(request, error.message)
        return redirect("documents:draft_detail", pk=pk)
    assert draft.document is not None
    name = f"{draft.document.symbol.replace('/', '-')} chưa ký.pdf"
    return made_file(content, name, save=True)


def _approved(request: HttpRequest, pk: int) -> Draft:
    draft = found(request, pk)
    ensure(can_file_signed_copy(request.user, draft), NOT_OFFICE)
    return draft


def _places(request: HttpRequest | None, draft: Draft) -> list[dict[str, Any]]:
    """For each signer: who, for which body, and the forms for both keys."""
    given: tuple[Any, ...] = (request.POST, request.FILES) if request and request.method == "POST" else ()
    places = []
    for at, signer in enumerate(signers_of(draft), start=1):
        name, body = signer.seat.person.full_name, full_name(signer.organization)
        person = KeyForm(*given, holder=name, body=body, may_skip=True, prefix=f"person{at}")
        organization = KeyForm(*given, holder=body, body=body, may_skip=True, prefix=f"organization{at}")
        places.append({"name": name, "body": body, "person": person, "organization": organization})
    return places


def _done(request: HttpRequest, draft: Draft) -> HttpResponse:
    assert draft.document is not None
    messages.success(request, f"Đã ký số và vào sổ văn bản {draft.document.symbol}.")
    return redirect("documents:number_detail", pk=draft.document.pk)


def _show(
    request: HttpRequest, draft: Draft, places: Any, problem: str, form: CheckForm, status: int
) -> HttpResponse:
    context = {"draft": draft, "places": places, "problem": problem, "form": form}
    return render(request, "documents/draft_sign.html", context, status=status)
