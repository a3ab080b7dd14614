"""The page of a job: how far it is, then what came of it."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hdnd.jobs.choices import JobState
from hdnd.jobs.queries import jobs_of
from hdnd.lib import files
from hdnd.lib.http import stored_file


@login_required
@never_cache
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar while it runs; the page asks again by itself, and a reload shows where it is."""
    context = {"job": get_object_or_404(jobs_of(request.user), pk=pk)}
    asks_again = request.headers.get("HX-Target") == "job"
    return render(request, "jobs/job.html#job" if asks_again else "jobs/job.html", context)


@login_required
@require_GET
def job_file(request: HttpRequest, pk: int) -> FileResponse:
    """The result: a PDF opens, others are saved; `tai` saves a PDF too.

    Raises:
        Http404: another's job, not done, or the stored file is gone.
    """
    found = get_object_or_404(jobs_of(request.user), pk=pk)
    if found.state != JobState.DONE:
        raise Http404
    try:
        content = files.read(found.file)
    except FileNotFoundError as error:
        raise Http404 from error
    return stored_file(content, found.filename, found.mime, save="tai" in request.GET)
