"""Jobs with a real Celery worker."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hdnd.jobs.choices import JobState
from hdnd.jobs.models import Job
from hdnd.jobs.services import LEASE, start, sweep
from hdnd.lib import clock
from tests import factories as make
from tests.jobs import kinds
from tests.worker import WorkerProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[WorkerProcess]:
    started = WorkerProcess.start(tmp_path, include="tests.jobs.kinds")
    yield started
    started.stop()


def state_of(job: Job) -> str:
    return str(Job.objects.get(pk=job.pk).state)


def test_a_killed_workers_job_is_done_by_the_next(worker: WorkerProcess, tmp_path: Path) -> None:
    person: Any = make.user("thuky")
    quick = start(actor=person, kind=kinds.PAGES, args={"pages": 3}, title="Tập tài liệu")
    worker.wait_for(lambda: state_of(quick) == JobState.DONE)
    slow = start(actor=person, kind=kinds.SLOW, args={"seconds": 60}, title="Tập dày")
    worker.wait_for(lambda: Job.objects.get(pk=slow.pk).done == 1)
    worker.kill()
    Job.objects.filter(pk=slow.pk).update(args={"seconds": 0})
    (tmp_path / "next").mkdir()
    following = WorkerProcess.start(tmp_path / "next", include="tests.jobs.kinds")
    try:
        sweep()
        assert state_of(slow) == JobState.RUNNING
        Job.objects.filter(pk=slow.pk).update(due_at=clock.now() - LEASE)
        assert sweep() == [slow.pk]
        following.wait_for(lambda: state_of(slow) == JobState.DONE)
    finally:
        following.stop()
    assert Job.objects.get(pk=slow.pk).tries == 2
