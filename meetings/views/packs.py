"""Tập tài liệu: the versions of a meeting's bound papers, a new one in the background, the file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from councils.permissions import ensure
from hdnd.jobs.queries import open_job
from hdnd.lib import files, filetypes
from hdnd.lib.errors import DomainError
from hdnd.lib.http import stored_file
from meetings.permissions import can_prepare
from meetings.queries.detail import meeting_page
from meetings.queries.packs import packs_of, sources_of, visible_packs
from meetings.services import packs as services
from meetings.views.meeting_page import head_of


@login_required
@require_GET
def meeting_packs(request: HttpRequest, pk: int) -> HttpResponse:
    """The versions, the newest first; the secretariat sees whether papers changed since."""
    meeting = get_object_or_404(meeting_page(request.user), pk=pk)
    context = head_of(request, meeting)
    packs = packs_of(request.user, meeting)
    context |= {"packs": packs, "may_bind": context["can_prepare"] and not meeting.is_called_off}
    if context["may_bind"]:
        sources = sources_of(meeting)
        context |= {
            "running": open_job(request.user, services.PACK, meeting=meeting.pk),
            "sources": len(sources),
            "is_current": bool(packs) and packs[0].fingerprint == services.fingerprint(meeting, sources),
        }
    return render(request, "meetings/meeting_packs.html", context)


@login_required
@require_POST
def pack_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Starts binding; the page of the job shows how far it is."""
    meeting = get_object_or_404(meeting_page(request.user), pk=pk)
    ensure(can_prepare(request.user, meeting), "Chỉ thư ký của cơ quan tổ chức mới lập được tập tài liệu.")
    try:
        job = services.start_pack(actor=request.user, meeting=meeting)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("meetings:meeting_packs", pk)
    return redirect("jobs:job", job.pk)


@login_required
@require_GET
def pack_file(request: HttpRequest, pk: int) -> FileResponse:
    """A version opens in the browser; `tai` saves it.

    Raises:
        Http404: not visible, or the stored file is gone.
    """
    pack = get_object_or_404(visible_packs(request.user), pk=pk)
    try:
        content = files.read(pack.file)
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"tap-tai-lieu-{pack.meeting_id}-ban-{pack.number}.pdf"
    return stored_file(content, name, filetypes.PDF.mime, save="tai" in request.GET)
