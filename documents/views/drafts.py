"""Dự thảo: the list, a new one, the page on which one is read, decided and followed."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from councils.permissions import can_serve_office, ensure
from documents.choices import DraftState, RelationKind
from documents.draft_paper import Content, content_of, issued_paper, signers_of
from documents.draft_view import Frame, blocks_of, life_of, steps_of, waiting_names
from documents.filters.drafts import DraftFilter
from documents.forms.drafting import (
    AnswerForm,
    DecideForm,
    DropForm,
    FollowForm,
    RemarkForm,
    SignedCopyForm,
    StartForm,
    WordForm,
)
from documents.forms.signing import KeyForm
from documents.heading import full_name
from documents.models import Draft
from documents.permissions import drafts as permissions
from documents.queries import visible_documents
from documents.queries.book import issuing_bodies
from documents.queries.drafts import (
    comments_of,
    deputies_today,
    draft_of,
    put_waiting,
    versions_of,
)
from documents.queries.drafts import (
    draft_list as drafts_of,
)
from documents.queries.relations import relations_of
from documents.queries.sending import deliveries_of
from documents.services import draft_issuing, drafting
from hdnd.audit.queries import timeline_of
from hdnd.jobs.queries import open_job
from hdnd.lib import clock
from hdnd.lib.cells import linker
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import pill

to_draft = linker("documents:draft_detail")
TONES = {
    "drafting": "info", "in_review": "waiting", "returned": "late", "approved": "waiting", "issued": "done", "dropped": "off",
}  # fmt: skip

COLUMNS = (
    Column(
        "trich-yeu", "Trích yếu", lambda row: row.subject, order=("subject",), heads=True,
        draw=lambda row: to_draft(row.pk, row.subject),
    ),
    Column("loai", "Loại", lambda row: row.kind.name, order=("kind_code", "-changed_at"), labelled=False),
    Column(
        "co-quan", "Cơ quan", lambda row: row.organization.name, order=("organization__code", "-changed_at"),
        draw=lambda row: row.organization.label, labelled=False,
    ),
    Column(
        "trang-thai", "Trạng thái", lambda row: row.get_state_display(), order=("state", "-changed_at"), labelled=False,
        draw=lambda row: pill(TONES[row.state], row.get_state_display()),
    ),
    Column("cho", "Đang chờ", lambda row: row.waiting_for),
    Column("nguoi-soan", "Người soạn", lambda row: row.drafter.display_name, order=("drafter__person__sort_key",)),
    Column("sua-luc", "Sửa lần cuối", lambda row: row.changed_at, order=("changed_at",)),
)  # fmt: skip


@login_required
@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    """Drafts of the person's offices and those they were asked about."""
    found = DraftFilter(request.GET, queryset=drafts_of(request.user), request=request)
    page = ListPage(
        request, filterset=found, columns=COLUMNS, default_sort="-sua-luc", name="du-thao", finish=put_waiting
    )
    return page.response("documents/draft_list.html", {"may_draft": issuing_bodies(request.user).exists()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft_create(request: HttpRequest) -> HttpResponse:
    """Begins a draft: whose, what sort, about what."""
    own = issuing_bodies(request.user)
    ensure(own.exists(), "Chỉ thư ký hoặc đầu mối của cơ quan có thể thức văn bản mới soạn được dự thảo.")
    acting = getattr(request, "acting", None)
    form = StartForm(
        request.POST if request.method == "POST" else None, own=own, initial={"organization": acting}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            draft = drafting.start_draft(
                actor=request.user, organization=given["organization"], kind_code=given["kind"], subject=given["subject"]
            )  # fmt: skip
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            return redirect("documents:draft_edit", pk=draft.pk)
    return render(request, "documents/draft_create.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """What later papers did to an issued one; a POST begins one more."""
    document = get_object_or_404(visible_documents(request.user).select_related("organization"), pk=pk)
    may_follow = can_serve_office(request.user, document.organization) and document.state != "withdrawn"
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        ensure(can_serve_office(request.user, document.organization), drafting.NOT_YOURS)
        if form.is_valid():
            relation = RelationKind(form.cleaned_data["relation"])
            try:
                draft = drafting.start_follow_up(actor=request.user, target=document, relation=relation)
            except (DomainError, ValidationError) as error:
                refused(form, error)
            else:
                return redirect("documents:draft_edit", pk=draft.pk)
    context = {"document": document, "form": form, "may_follow": may_follow, **relations_of(document)}
    return render(request, "documents/document_follow.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def draft_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft; `doan` opens the remark form at a paragraph."""
    return show(request, found(request, pk))


def found(request: HttpRequest, pk: int) -> Draft:
    """The visible draft.

    Raises:
        Http404: another office's, and nobody asked this person.
    """
    draft: Draft = get_object_or_404(draft_of(request.user), pk=pk)
    return draft


def show(request: HttpRequest, draft: Draft, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of a draft; `forms` brings those in progress."""
    user = request.user
    versions = versions_of(draft)
    submitted = next((version for version in versions if version.sign_offs.all()), None)
    # What is decided on is the version; the working copy is the office's.
    content = (
        Content.of(submitted.content)
        if submitted and not draft.is_editable
        else content_of(draft, clock.today())
    )
    blocks, loose = blocks_of(content.body, comments_of(draft))
    steps = steps_of(submitted) if submitted else []
    asked = request.GET.get("doan", "")
    context: dict[str, Any] = {
        "draft": draft,
        "content": content,
        "frame": Frame(issued_paper(draft, replace(content, body=""))),
        "tone": TONES[draft.state],
        "steps": life_of(draft),
        "blocks": blocks,
        "loose": loose,
        "open_comments": sum(one.is_open for block in blocks for one in block.comments) + sum(one.is_open for one in loose),
        "versions": versions,
        "route": steps,
        "submitted": submitted,
        "waiting": waiting_names(draft, steps),
        "deputies": _deputies(draft, steps),
        "mine": permissions.open_sign_off(user, draft),
        "may_edit": permissions.can_edit_draft(user, draft),
        "may_withdraw": permissions.can_withdraw_draft(user, draft),
        "may_comment": permissions.can_comment_draft(user, draft),
        "may_answer": permissions.can_draft(user, draft.organization),
        "may_file": permissions.can_file_signed_copy(user, draft),
        "may_send": permissions.can_send_draft(user, draft),
        "deliveries": deliveries_of(draft.document) if draft.document and draft.document.has_paper else [],
        "unsent": draft.document is not None and draft.document.has_paper,
        "at": int(asked) if asked.isdecimal() and len(asked) < 6 else None,
        "timeline": timeline_of(draft),
    }  # fmt: skip
    if draft.state == DraftState.APPROVED and steps and not any(step.is_open for step in steps):
        context |= {"all_signed": True, "issuing": open_job(user, draft_issuing.JOB, draft=draft.pk)}
    context |= {
        "decide_form": DecideForm(),
        **(key_forms(draft) if context["mine"] and context["mine"].signer_id else {}),
        "remark_form": RemarkForm(initial={"place": context["at"]}),
        "answer_form": AnswerForm(),
        "drop_form": DropForm(),
        "word_form": WordForm(),
        "copy_form": SignedCopyForm(initial={"issued_on": clock.today()}),
    }
    return render(request, "documents/draft_detail.html", context | forms, status=status)


def key_forms(draft: Draft, request: HttpRequest | None = None) -> dict[str, KeyForm]:
    """With what the only signer and the body sign; none for a paper of several signers, who sign elsewhere."""
    signers = signers_of(draft)
    if len(signers) != 1:
        return {}
    given: tuple[Any, ...] = (request.POST, request.FILES) if request else ()
    body = full_name(draft.organization)
    holders = {"person": signers[0].seat.person.full_name, "organization": body}
    return {
        f"{name}_key": KeyForm(
            *given, holder=holder[:64], body=body, may_skip=True, prefix=name, initial={"way": "none"}
        )
        for name, holder in holders.items()
    }


def _deputies(draft: Draft, steps: Any) -> dict[int, str]:
    """Who may decide in whose place now, by sign-off."""
    rows = [row for step in steps for row in step.rows if row.verdict == "pending" and row.user_id]
    if not draft.is_waiting or not rows:
        return {}
    names = deputies_today([row.user_id for row in rows], draft.organization)
    return {row.pk: ", ".join(names[row.user_id]) for row in rows if row.user_id in names}


def attempt(request: HttpRequest, verb: Any, done: str, draft: Draft) -> HttpResponse:
    """Runs a verb without a form and shows the draft again, refused or not."""
    try:
        verb()
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("documents:draft_detail", pk=draft.pk)
