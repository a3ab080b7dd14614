"""Sign-off: put forward, take back, decide, remark, sign, register the signed copy, send."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from councils.permissions import ensure
from documents.draft_paper import signers_of
from documents.forms.drafting import (
    AnswerForm,
    DecideForm,
    DropForm,
    RemarkForm,
    SignedCopyForm,
    SubmitForm,
)
from documents.models import Draft
from documents.permissions import drafts as permissions
from documents.queries.drafts import comments_visible, last_route, open_count, reviewers_of
from documents.services import draft_issuing, draft_mails, draft_signing, drafting, sending, signing_off
from documents.services.draft_signing import Keys
from documents.views.drafts import attempt, found, key_forms, show
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Chooses who is asked and puts the draft forward; the last route is offered again."""
    draft = found(request, pk)
    ensure(permissions.can_draft(request.user, draft.organization), drafting.NOT_YOURS)
    reviewers = reviewers_of(draft.organization)
    steps = dict(zip(("first", "second", "third"), last_route(draft), strict=False))
    form = SubmitForm(request.POST if request.method == "POST" else None, reviewers=reviewers, initial=steps)
    if request.method == "POST" and form.is_valid():
        given = request.POST.get("version", "")
        try:
            made = signing_off.submit_draft(
                actor=request.user, draft=draft, steps=form.steps(), note=form.cleaned_data["note"],
                version=int(given) if given.isdecimal() and len(given) < 10 else None,
            )  # fmt: skip
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(request, f"Đã trình bản {made.number}.")
            _name_unreachable(request, pk)
            return redirect("documents:draft_detail", pk=pk)
    context = {"draft": draft, "form": form, "signers": signers_of(draft), "open_comments": open_count(draft)}
    return render(request, "documents/draft_submit.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def draft_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes it back."""
    draft = found(request, pk)
    return attempt(
        request,
        lambda: signing_off.withdraw_draft(actor=request.user, draft=draft),
        "Đã rút dự thảo về để sửa.",
        draft,
    )


@login_required
@require_POST
def draft_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives it up."""
    draft, form = found(request, pk), DropForm(request.POST)
    return _with(
        request, draft, form, "drop_form", "Đã ghi không ban hành.",
        lambda: drafting.drop_draft(actor=request.user, draft=draft, reason=form.cleaned_data["reason"]),
    )  # fmt: skip


@sensitive_post_parameters()
@login_required
@require_POST
def draft_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's word: `y_kien` is dong-y, ky or tra-lai. Keys and passwords to sign with are not kept."""
    draft, form = found(request, pk), DecideForm(request.POST)
    word = request.POST.get("y_kien", "")
    keys = key_forms(draft, request) if word == "ky" else {}
    if any(not one.is_valid() for one in keys.values()):
        return show(request, draft, status=422, decide_form=form, **keys)

    def verb() -> Any:
        note = form.cleaned_data["note"]
        if word == "dong-y":
            signing_off.approve_draft(actor=request.user, draft=draft, note=note)
            return _name_unreachable(request, pk)
        if word == "ky":
            chosen = Keys(*(one.source() for one in keys.values()))
            if chosen:
                return draft_signing.sign_digitally(actor=request.user, draft=draft, keys=chosen)
            return draft_issuing.sign_draft(actor=request.user, draft=draft)
        return signing_off.return_draft(actor=request.user, draft=draft, reason=note)

    said: dict[str, str | Callable[[Any], str]] = {"dong-y": "Đã ghi ý kiến đồng ý.", "ky": _signed_words}
    done = said.get(word, "Đã trả lại dự thảo.")

    return _with(request, draft, form, "decide_form", done, verb)


@login_required
@require_POST
def draft_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A remark."""
    draft, form = found(request, pk), RemarkForm(request.POST)
    place = request.POST.get("place", "")
    return _with(
        request, draft, form, "remark_form", "Đã ghi góp ý.",
        lambda: signing_off.comment_draft(
            actor=request.user, draft=draft, text=form.cleaned_data["text"], place=form.cleaned_data["place"]
        ),
        anchor=f"#doan-{int(place) + 1}" if place.isdecimal() and len(place) < 6 else "#gop-y",
    )  # fmt: skip


@login_required
@require_POST
def comment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answers a remark, which settles it."""
    comment = get_object_or_404(comments_visible(request.user), pk=pk)
    draft, form = found(request, comment.draft_id), AnswerForm(request.POST)
    return _with(
        request, draft, form, "answer_form", "Đã trả lời góp ý.",
        lambda: signing_off.answer_comment(
            actor=request.user, comment=comment, answer=form.cleaned_data["answer"]
        ),
    )  # fmt: skip


@login_required
@require_POST
def draft_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a number for the copy that is signed by hand."""
    draft = found(request, pk)
    return attempt(
        request,
        lambda: draft_issuing.take_number_for_paper(actor=request.user, draft=draft),
        "Đã lấy số. Ghi số và ngày lên bản giấy, đóng dấu, quét rồi vào sổ.",
        draft,
    )


@login_required
@require_POST
def draft_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issues a long paper that all have signed once more, after its job failed."""
    draft = found(request, pk)
    return attempt(
        request, lambda: draft_issuing.issue_again(actor=request.user, draft=draft), "Đang phát hành lại.", draft
    )  # fmt: skip


@login_required
@require_POST
def draft_signed(request: HttpRequest, pk: int) -> HttpResponse:
    """Registers the scan of the copy that was signed by hand."""
    draft, form = found(request, pk), SignedCopyForm(request.POST, request.FILES)
    return _with(
        request, draft, form, "copy_form", "Đã vào sổ bản đã ký.",
        lambda: draft_issuing.file_signed_copy(actor=request.user, draft=draft, copy=form.copy()),
    )  # fmt: skip


@login_required
@require_POST
def draft_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Mails the issued paper to its addressees."""
    draft = found(request, pk)
    ensure(permissions.can_send_draft(request.user, draft), "Chỉ văn phòng gửi được văn bản đã phát hành.")
    assert draft.document is not None
    try:
        sent = sending.send_document(actor=request.user, document=draft.document)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("documents:draft_detail", pk=pk)
    if sent.messages:
        messages.success(request, f"Đang gửi {draft.document.symbol} tới {len(sent.messages)} địa chỉ.")
    elif not sent.unreachable:
        messages.info(request, "Mọi địa chỉ đã được gửi trước đó, không gửi lại.")
    if sent.unreachable:
        names = ", ".join(body.label for body in sent.unreachable)
        messages.warning(
            request, f"Chưa có địa chỉ thư trong danh bạ: {names}. Gửi bản giấy hoặc bổ sung danh bạ."
        )
    return redirect("documents:draft_detail", pk=pk)


def _signed_words(draft: Draft) -> str:
    return f"Đã ký, phát hành {draft.document}." if draft.state == "issued" else "Đã ký."


def _with(
    request: HttpRequest, draft: Draft, form: Any, name: str, done: str | Callable[[Any], str], verb: Any, *, anchor: str = "",
) -> HttpResponse:  # fmt: skip
    """Runs a verb with a form's input; what is refused shows beside its field on the same page."""
    if form.is_valid():
        try:
            made = verb()
        except (DomainError, ValidationError) as error:
            _into(form, error)
        else:
            messages.success(request, done(made) if callable(done) else done)
            return redirect(reverse("documents:draft_detail", args=[draft.pk]) + anchor)
    return show(request, found(request, draft.pk), status=422, **{name: form})


def _name_unreachable(request: HttpRequest, pk: int) -> None:
    """Says whom no mail reaches, so that somebody tells them."""
    names = draft_mails.unreachable(found(request, pk))
    if names:
        messages.warning(request, f"Không có địa chỉ thư điện tử, cần báo trực tiếp: {', '.join(names)}.")


def _into(form: Any, error: DomainError | ValidationError) -> None:
    """A reviewer's reason is typed where an approval's note is."""
    if isinstance(error, DomainError) and error.field == "reason" and "note" in form.fields:
        form.add_error("note", error.message)
    else:
        refused(form, error)
