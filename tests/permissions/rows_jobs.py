"""Rows of jobs: a job is seen by whoever started it, by nobody else."""

from typing import Any

from hdnd.jobs.models import Job
from hdnd.jobs.services import run, start
from tests.cast import Cast
from tests.jobs import kinds
from tests.permissions.row import NOT_ALLOWED, Row, everyone


def done(cast: Cast) -> Job:
    """The secretary's, done."""
    job = start(actor=cast.secretary, kind=kinds.PAGES, args={"pages": 2}, title="Tập tài liệu")
    run(job_id=job.pk)
    return job


def pk(cast: Cast, made: Any) -> dict[str, Any]:
    return {"pk": made.pk}


OWN = everyone(404, secretary=200)

ROWS: tuple[Row, ...] = (
    Row("jobs:job", OWN, NOT_ALLOWED, args=pk, setup=done),
    Row("jobs:job_file", OWN, NOT_ALLOWED, args=pk, setup=done),
)
