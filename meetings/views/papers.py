"""Papers of a meeting: put to items in versions, opened by one touch, with receipts for the secretary."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from councils.permissions import ensure
from hdnd.lib import files, filetypes
from hdnd.lib.errors import DomainError
from hdnd.lib.http import refused, stored_file
from meetings import permissions
from meetings.forms.planning import PaperForm
from meetings.models import AgendaPaper
from meetings.queries.papers import paper_of, papers_of, readers_of, versions_of
from meetings.queries.plan import item_of
from meetings.services import agenda_papers
from meetings.services.links import invitation_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a paper to an agenda item, or the next version of one: `ten` names it."""
    item = get_object_or_404(item_of(request.user), pk=pk)
    ensure(permissions.can_prepare(request.user, item.meeting))
    can_edit = permissions.can_edit_plan(request.user, item.meeting)
    back = "meetings:meeting_plan" if can_edit else "meetings:meeting_detail"
    form = PaperForm(
        request.POST or None, request.FILES or None, initial={"title": request.GET.get("ten", "")}
    )
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            paper = agenda_papers.add_paper(
                actor=request.user,
                item=item,
                title=form.cleaned_data["title"],
                file_name=upload.name,
                content=upload.read(),
                note=form.cleaned_data["note"],
            )
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            version = f", bản {paper.number}," if paper.number > 1 else ""
            messages.success(request, f"Đã thêm tài liệu{version} cho nội dung {item.position}.")
            if said := filetypes.remark(upload):
                messages.warning(request, said)
            return redirect(back, pk=item.meeting_id)
    context = {"form": form, "item": item, "meeting": item.meeting, "back": back}
    return render(request, "meetings/paper_add.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def paper_file(request: HttpRequest, pk: int) -> FileResponse:
    """A paper of an agenda item, for whoever sees the meeting; opening it is noted."""
    paper = get_object_or_404(paper_of(request.user), pk=pk)
    response = _file(paper)
    agenda_papers.note_read(paper=paper, user=request.user)
    return response


@never_cache
@require_GET
def paper_by_link(request: HttpRequest, token: str, pk: int) -> FileResponse:
    """The same for an invited body that comes by the link in its mail."""
    invitation = invitation_of(token)
    if invitation is None:
        raise Http404
    paper = get_object_or_404(papers_of(invitation.meeting), pk=pk)
    response = _file(paper)
    agenda_papers.note_read(paper=paper, invitation=invitation)
    return response


@login_required
@require_GET
def paper_readers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read a version and who has not, for the host's office; other versions beside it."""
    paper = get_object_or_404(paper_of(request.user), pk=pk)
    meeting = paper.item.meeting
    ensure(
        permissions.is_host_office(request.user, meeting), "Chỉ văn phòng của cơ quan tổ chức mới xem được."
    )
    readers = readers_of(meeting)
    context = {
        "paper": paper,
        "meeting": meeting,
        "read": [(reader, *reader.reads[paper.pk]) for reader in readers if paper.pk in reader.reads],
        "unread": [reader for reader in readers if paper.pk not in reader.reads],
        "versions": [
            (version, sum(version.pk in reader.reads for reader in readers)) for version in versions_of(paper)
        ],
        "expected": len(readers),
    }
    return render(request, "meetings/paper_readers.html", context)


def _file(paper: AgendaPaper) -> FileResponse:
    """PDF and pictures open in the browser, others are saved."""
    return stored_file(files.read(paper.file), paper.file_name, paper.kind.mime)
