"""Writing a draft: saved while one types, seen beside it as it will print, taken to Word and back."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reselect, retarget

from councils.permissions import ensure
from documents.differences import differences
from documents.draft_paper import Content, content_of, draft_paper
from documents.draft_view import Frame, beginning, blocks_of
from documents.forms.drafting import DraftForm, WordForm
from documents.models import Draft, DraftVersion
from documents.paper.word import WORD
from documents.permissions import drafts as permissions
from documents.queries.book import joint_bodies
from documents.queries.drafts import addressees_to_choose, seats_to_choose, signer_seats
from documents.services import drafting, word_upload
from documents.services.draft_printing import Form, print_draft
from documents.views.drafts import found, show
from hdnd.audit.queries import timeline_of
from hdnd.jobs.choices import JobState
from hdnd.jobs.models import Job
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.http import first_message, made_file, refused

NOT_OPEN = "Dự thảo đang trình hoặc đã kết thúc nên không sửa được."
SALT = "documents.word-upload"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor; a POST saves, also while one is still typing."""
    draft = found(request, pk)
    ensure(permissions.can_draft(request.user, draft.organization), drafting.NOT_YOURS)
    if not draft.is_editable and request.method != "POST":
        messages.info(request, NOT_OPEN)
        return redirect("documents:draft_detail", pk=pk)
    if request.method != "POST":
        return _editor(request, draft, _form(request, draft))
    form, version = _form(request, draft, request.POST), _version(request)
    if form.is_valid():
        try:
            saved = drafting.save_draft(
                actor=request.user, draft=draft, data=form.data_typed(), version=version
            )
        except StaleEdit as error:
            return _both_versions(request, form, error)
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            return _saved(request, saved)
    return _whole_form(request, _editor(request, draft, form, version=version, status=422))


def _form(request: HttpRequest, draft: Draft, data: Any = None) -> DraftForm:
    others = [body for body in joint_bodies(request.user) if body != draft.organization]
    return DraftForm(
        data, draft=draft, seats=seats_to_choose(draft, [draft.organization]), joint=signer_seats(others),
        bodies=addressees_to_choose(),
    )  # fmt: skip


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _saved(request: HttpRequest, saved: Draft) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, "Đã lưu.")
        return redirect("documents:draft_edit", pk=saved.pk)
    fresh = found(request, saved.pk)
    response = _editor(request, fresh, _form(request, fresh), saved_at=clock.now())
    return _whole_form(request, response, "none") if "redraw" in request.POST else response


def _both_versions(request: HttpRequest, form: DraftForm, error: StaleEdit) -> HttpResponse:
    """Somebody saved first: both versions side by side, and one's own still in the fields."""
    stored = error.stored
    assert isinstance(stored, Draft)
    mine = str(form.cleaned_data["body"])
    context: dict[str, Any] = {
        "stale": True,
        "stored": form.differences(stored),
        "body_changes": differences(stored.body, mine),
        "last": next(iter(timeline_of(stored)), None),
        "version": stored.version,
        "status": 409,
    }
    return _whole_form(request, _editor(request, found(request, stored.pk), form, **context))


def _whole_form(request: HttpRequest, response: HttpResponse, scroll: str = "top") -> HttpResponse:
    """Lets htmx redraw the form itself, with what was refused beside its fields."""
    if request.htmx:  # type: ignore[attr-defined]
        retarget(response, "#draft-form")
        reselect(response, "#draft-form")
        response["HX-Reswap"] = f"outerHTML show:{scroll}"
    return response


def _editor(
    request: HttpRequest, draft: Draft, form: DraftForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    content = content_of(draft, clock.today())
    shown, left = beginning(content.body)
    page = {
        "draft": draft,
        "form": form,
        "version": draft.version,
        "frame": Frame(draft_paper(draft, replace(content, body=""))),
        "blocks": blocks_of(shown)[0],
        "left": left,
        "word_form": WordForm(),
    }
    return render(request, "documents/draft_edit.html", page | context, status=status)


@login_required
@require_safe
def draft_paper_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as it would print now, or one of its versions (`ban`); a long one leads to its job."""
    return _file(request, found(request, pk), Form.PDF)


@login_required
@require_safe
def draft_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a Word file, or one of its versions (`ban`); a long one leads to its job."""
    return _file(request, found(request, pk), Form.WORD)


def _file(request: HttpRequest, draft: Draft, form: Form) -> HttpResponse:
    # A link, though a long one starts a job: asked again, the same words are the same job.
    back = reverse("documents:draft_detail", args=[draft.pk])
    made = print_draft(
        actor=request.user, draft=draft, content=_content(request, draft), form=form, back=back
    )
    if isinstance(made, Job):
        return redirect("jobs:job_file" if made.state == JobState.DONE else "jobs:job", pk=made.pk)
    return made_file(made.content, made.filename, made.mime, save=form is Form.WORD)


def _content(request: HttpRequest, draft: Draft) -> Content:
    asked = request.GET.get("ban", "")
    return Content.of(_numbered(draft, asked).content) if asked else content_of(draft, clock.today())


def _numbered(draft: Draft, asked: str) -> DraftVersion:
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else 0
    return get_object_or_404(draft.versions, number=number)


@login_required
@require_safe
def version_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The Word file a version was read from, as it was uploaded.

    Raises:
        Http404: the version was written in the browser.
    """
    version = _numbered(found(request, pk), str(number))
    if not version.file:
        raise Http404("no file")
    return made_file(files.read(version.file), version.file_name, WORD, save=True)


@login_required
@require_safe
def draft_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions side by side: `tu` and `den`, the last two when not given; `den=nay` is the working copy."""
    draft = found(request, pk)
    numbers = [version.number for version in draft.versions.order_by("number")]
    later = request.GET.get("den") or (str(numbers[-1]) if draft.state == "issued" and numbers else "nay")
    earlier = request.GET.get("tu") or (
        str(numbers[-2 if later != "nay" and len(numbers) > 1 else -1]) if numbers else "nay"
    )
    before, after = (
        content_of(draft, clock.today()) if one == "nay" else Content.of(_numbered(draft, one).content)
        for one in (earlier, later)
    )
    context = {
        "draft": draft,
        "numbers": numbers,
        "earlier": earlier,
        "later": later,
        "fields": _changed_fields(before, after),
        "changes": differences(before.body, after.body),
    }
    return render(request, "documents/draft_versions.html", context)


def _changed_fields(before: Content, after: Content) -> list[tuple[str, str, str]]:
    labels = {
        "subject": "Trích yếu", "salutation": "Kính gửi", "recipients": "Nơi nhận", "signers": "Người ký",
        "addressees": "Gửi tới", "urgency": "Độ khẩn", "kind": "Loại",
    }  # fmt: skip
    pairs = ((label, getattr(before, name), getattr(after, name)) for name, label in labels.items())
    return [(label, _words(one), _words(other)) for label, one, other in pairs if one != other]


def _words(value: Any) -> str:
    """A field's value as a cell shows it: lines below one another."""
    if isinstance(value, str):
        return value or "(trống)"
    lines = [one if isinstance(one, str) else " ".join((*one[2], one[0], one[1])) for one in value]
    return "\n".join(lines) or "(trống)"


@login_required
@require_POST
def draft_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A Word file comes in: what differs is shown before anything is changed."""
    draft = found(request, pk)
    ensure(permissions.can_draft(request.user, draft.organization), drafting.NOT_YOURS)
    form = WordForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            upload = word_upload.keep_upload(
                actor=request.user, draft=draft, file_name=given.name, content=given.read()
            )
        except DomainError as error:
            refused(form, error)
        else:
            return _differences(request, draft, upload)
    return show(request, draft, status=422, word_form=form)


@login_required
@require_POST
def draft_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the file that was shown the next version, with the fields that were chosen."""
    draft = found(request, pk)
    ensure(permissions.can_draft(request.user, draft.organization), drafting.NOT_YOURS)
    try:
        kept = signing.loads(request.POST.get("upload", ""), salt=SALT)
    except signing.BadSignature:
        messages.error(request, "Tệp Word đã tải lên không còn dùng được. Tải lên lại.")
        return redirect("documents:draft_detail", pk=pk)
    if kept["draft"] != pk:
        raise Http404("another draft's file")
    try:
        upload = word_upload.stored_upload(
            actor=request.user, draft=draft, file=kept["file"], file_name=kept["name"]
        )
        made = word_upload.take_word_file(
            actor=request.user, draft=draft, upload=upload, taken=request.POST.getlist("lay"), version=_version(request),
            note=request.POST.get("note", ""),
        )  # fmt: skip
    except StaleEdit as error:
        messages.error(request, f"{error.message} Xem lại chỗ khác nhau với bản mới rồi xác nhận.")
        return _differences(request, found(request, pk), upload, status=409)
    except (DomainError, ValidationError) as error:
        messages.error(request, first_message(error))
        return redirect("documents:draft_detail", pk=pk)
    messages.success(request, f"Đã nhận tệp Word thành bản {made.number}.")
    return redirect("documents:draft_edit", pk=pk)


def _differences(
    request: HttpRequest, draft: Draft, upload: word_upload.Upload, status: int = 200
) -> HttpResponse:
    token = signing.dumps({"draft": draft.pk, "file": upload.file, "name": upload.file_name}, salt=SALT)
    context = {
        "draft": draft,
        "upload": upload,
        "token": token,
        "fields": word_upload.changes_in(draft, upload.read),
        "changes": differences(draft.body, upload.read.body),
        "beside_key": word_upload.BESIDE,
    }
    return render(request, "documents/draft_word.html", context, status=status)
