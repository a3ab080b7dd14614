"""Start a job in the caller's transaction; run it once; take up what a killed worker left; forget it in the end."""

import json
import logging
import time
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q

from hdnd.audit.services import record
from hdnd.jobs.choices import JobState
from hdnd.jobs.models import Job
from hdnd.jobs.registry import Progress, Result, runner_of
from hdnd.lib import clock, files
from hdnd.lib.background import enqueue
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc

LEASE = timedelta(minutes=5)
"""How long a worker may be silent; every progress it tells renews this. The longest single step must be shorter."""

PICKED_UP_WITHIN = timedelta(minutes=1)
"""A queued job that no worker has begun by then is handed over again: the broker may have lost it."""

MAX_TRIES = 3
"""A job whose worker died this often is given up: it is likely what kills them."""

KEPT_FOR = timedelta(days=7)

TOLD_EVERY = 0.5
"""Seconds between two progresses that are written down."""

SWEEP_BATCH = 100

_FAULT = "Hệ thống gặp lỗi khi làm việc này. Làm lại từ trang trước; nếu vẫn lỗi, báo quản trị."
_GIVEN_UP = (
    "Việc này bị ngắt giữa chừng nhiều lần nên hệ thống dừng lại. Chia nhỏ rồi làm lại, hoặc báo quản trị."
)
_NOT_ALLOWED = "Tài khoản không còn quyền làm việc này. Nhờ người có quyền làm lại."

logger = logging.getLogger(__name__)


class Superseded(Exception):
    """Another worker has the job, or it is over: whoever meets this stops."""


@transaction.atomic
def start(*, actor: Any, kind: str, args: dict[str, Any], title: str, key: str = "", back: str = "") -> Job:
    """Hands a piece of work to a worker once the transaction commits; the caller has checked the right.

    Args:
        args: ids and plain values for the runner; JSON.
        title: what the person reads: `Tập tài liệu: phiên họp tháng 6`.
        key: says what the result depends on beside kind and args (a version, a digest). With a key, equal work is not
            done again: the person's own job that runs or is done is returned, and another's result is theirs at once.
        back: the address of the page where it was started.

    Returns:
        The job; its page is `jobs:job`.

    Raises:
        LookupError: no such kind.
        TypeError: args are no JSON.
    """
    runner_of(kind)
    fingerprint = _fingerprint(kind, args, key) if key else ""
    same = _same(actor, fingerprint) if fingerprint else None
    if same and same.actor_id == actor.pk:
        return same
    now = clock.now()
    job = Job(
        kind=kind, args=args, fingerprint=fingerprint, actor=actor, title=nfc(title)[:300], back=back[:300],
        created_at=now, due_at=now + PICKED_UP_WITHIN,
    )  # fmt: skip
    if same:
        job.state, job.started_at, job.finished_at = JobState.DONE, now, now
        job.done, job.total = same.done, same.total
        job.file, job.filename, job.mime, job.page = same.file, same.filename, same.mime, same.page
    job.full_clean()
    job.save()
    record("jobs.job.started", job, actor=actor, changes={"kind": kind, "args": args})
    if not same:
        _hand_over(job)
    return job


def run(*, job_id: int) -> JobState | None:
    """Does a job that waits, or whose worker is gone; None when there is nothing to do.

    The runner works outside a transaction, so that its progress is seen while it works. Whatever it raises ends the
    job: a `DomainError` with its own words. Only a worker that died is made up for, by the sweep.
    """
    job = Job.objects.filter(_waiting(), pk=job_id).select_related("actor").first()
    if job is None or not _lease(job):
        return None
    try:
        result = runner_of(job.kind)(job.args, _progress_of(job))
    except Superseded:
        return None
    except DomainError as error:
        return _end(job, error=error.message)
    except PermissionDenied as error:
        return _end(job, error=str(error) or _NOT_ALLOWED)
    except Exception:
        logger.exception("Job %s (%s) failed.", job.pk, job.kind)
        return _end(job, error=_FAULT)
    return _end(job, result=result)


def sweep() -> list[int]:
    """Hands over again what no worker began or a killed one left, gives up what failed too often, forgets old jobs.

    Returns:
        Keys of the jobs handed over.
    """
    handed = []
    due = Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING], due_at__lte=clock.now())
    for job in due.order_by("due_at", "pk")[:SWEEP_BATCH]:
        if job.tries >= MAX_TRIES:
            _end(job, error=_GIVEN_UP)
            continue
        with transaction.atomic():
            if job.state == JobState.QUEUED:  # a worker that is only slow need not be asked again at once
                Job.objects.filter(pk=job.pk, state=job.state).update(due_at=clock.now() + PICKED_UP_WITHIN)
            _hand_over(job)
        handed.append(job.pk)
    Job.objects.filter(created_at__lt=clock.now() - KEPT_FOR).exclude(state=JobState.RUNNING).delete()
    return handed


def _fingerprint(kind: str, args: dict[str, Any], key: str) -> str:
    return files.digest(json.dumps([kind, args, key], sort_keys=True).encode())


def _same(actor: Any, fingerprint: str) -> Job | None:
    """Equal work: the person's own that has not failed, else anybody's that is done."""
    equal = Job.objects.filter(fingerprint=fingerprint).exclude(state=JobState.FAILED)
    own = equal.filter(actor=actor).order_by("-pk").first()
    return own or equal.filter(state=JobState.DONE).order_by("-pk").first()


def _hand_over(job: Job) -> None:
    from hdnd.jobs.tasks import run_job

    enqueue(run_job, job.pk)


def _waiting() -> Q:
    """Nobody's: never begun, or begun by a worker that has been silent for too long."""
    return Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, due_at__lte=clock.now())


def _lease(job: Job) -> bool:
    """Takes the job unless it was touched since it was read; one worker wins."""
    now = clock.now()
    untouched = Job.objects.filter(pk=job.pk, state=job.state, tries=job.tries).filter(_waiting())
    taken = untouched.update(
        state=JobState.RUNNING, tries=F("tries") + 1, due_at=now + LEASE, started_at=now, done=0
    )
    job.state, job.tries = JobState.RUNNING, job.tries + 1
    return bool(taken)


def _progress_of(job: Job) -> Progress:
    """Writes how far the job is, not more often than anyone looks, and renews the lease."""
    told_at = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal told_at
        if done < total and time.monotonic() - told_at < TOLD_EVERY:
            return
        told_at = time.monotonic()
        if not _held(job).update(done=done, total=total, due_at=clock.now() + LEASE):
            raise Superseded

    return progress


def _held(job: Job) -> Any:
    """The row as long as this try of it is the one that counts."""
    return Job.objects.filter(pk=job.pk, state=job.state, tries=job.tries)


def _end(job: Job, *, result: Result | None = None, error: str = "") -> JobState | None:
    """Writes what came of the job, unless another has it by now."""
    stored = files.store(result.content, PurePath(result.filename).suffix) if result else ""
    with transaction.atomic():
        if not _held(job).select_for_update().exists():
            return None
        held = Job.objects.get(pk=job.pk)
        held.state, held.finished_at = JobState.FAILED, clock.now()
        held.error = error
        if result:
            held.state, held.done = JobState.DONE, held.total
            held.file, held.filename, held.mime = stored, nfc(result.filename)[-200:], result.mime
            held.page = result.page[:300]
        held.full_clean()
        held.save()
        changes = {"filename": held.filename} if result else {"error": error}
        record("jobs.job.finished" if result else "jobs.job.failed", held, actor=None, changes=changes)
    return JobState(held.state)
