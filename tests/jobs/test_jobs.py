"""A job is started in a transaction, run once, taken up again when its worker died, and forgotten in the end."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from hdnd.audit.models import Entry
from hdnd.jobs import register, services
from hdnd.jobs.choices import JobState
from hdnd.jobs.models import Job
from hdnd.jobs.services import KEPT_FOR, LEASE, MAX_TRIES, PICKED_UP_WITHIN, Superseded
from hdnd.jobs.tasks import run_job
from hdnd.lib import clock, files
from tests import factories as make
from tests.jobs import kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: None) -> Any:
    return make.user("thuky")


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Keys that reached the broker."""
    keys: list[int] = []
    monkeypatch.setattr(run_job, "apply_async", lambda args, **_: keys.extend(args))
    return keys


def start(person: Any, kind: str = kinds.PAGES, **values: Any) -> Job:
    values = {"args": {"pages": 3}, "title": "Tập tài liệu", "back": "/cuoc-hop/7/", **values}
    return services.start(actor=person, kind=kind, **values)


def verbs() -> list[tuple[str, str]]:
    return list(Entry.objects.order_by("pk").values_list("verb", "actor_name"))


class TestStarting:
    def test_the_worker_gets_the_key_after_the_commit(
        self, person: Any, handed_over: list[int], django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            job = start(person)
            assert handed_over == []
        assert handed_over == [job.pk]
        assert (job.state, job.actor, job.args) == (JobState.QUEUED, person, {"pages": 3})
        assert verbs() == [("jobs.job.started", str(person))]

    @pytest.mark.django_db(transaction=True)
    def test_what_is_rolled_back_leaves_nothing(self, person: Any, handed_over: list[int]) -> None:
        with transaction.atomic():
            start(person)
            transaction.set_rollback(True)
        assert (Job.objects.count(), Entry.objects.count(), handed_over) == (0, 0, [])

    def test_a_kind_nobody_named_is_refused(self, person: Any) -> None:
        with pytest.raises(LookupError, match=r"khong\.co"):
            start(person, "khong.co")
        assert Job.objects.count() == 0

    def test_a_kind_is_named_once(self) -> None:
        register(kinds.PAGES, kinds.pages)
        with pytest.raises(ValueError, match="twice"):
            register(kinds.PAGES, kinds.sheet)


class TestTheSameAgain:
    def test_while_it_runs_the_person_gets_the_same_job(self, person: Any) -> None:
        assert start(person, key="v1").pk == start(person, key="v1").pk
        assert len(verbs()) == 1

    def test_once_done_another_person_gets_the_result_at_once(self, person: Any) -> None:
        first = start(person, key="v1")
        services.run(job_id=first.pk)
        first.refresh_from_db()
        other = start(make.user("lanhdao"), key="v1")
        assert (other.state, other.file, other.filename) == (JobState.DONE, first.file, "tập.pdf")
        assert other.pk != first.pk

    @pytest.mark.parametrize(
        "differently", [{"key": "v2"}, {"args": {"pages": 4}}, {"kind": kinds.SHEET}, {"key": ""}], ids=str
    )
    def test_other_work_is_done_anew(self, person: Any, differently: dict[str, Any]) -> None:
        first = start(person, key="v1")
        assert start(person, **{"key": "v1", **differently}).pk != first.pk

    def test_what_failed_is_tried_anew_and_what_another_still_runs_is_not_waited_for(
        self, person: Any
    ) -> None:
        failed = start(person, kinds.REFUSED, key="v1")
        services.run(job_id=failed.pk)
        assert start(person, kinds.REFUSED, key="v1").pk != failed.pk
        assert start(make.user("lanhdao"), kinds.REFUSED, key="v1").state == JobState.QUEUED


class TestRunning:
    def test_the_result_is_kept_and_told(self, person: Any) -> None:
        job = start(person, args={"pages": 3, "page": "/cuoc-hop/7/tap/"})
        assert services.run(job_id=job.pk) == JobState.DONE
        job.refresh_from_db()
        assert (job.done, job.total, job.filename, job.page) == (3, 3, "tập.pdf", "/cuoc-hop/7/tap/")
        assert files.read(job.file) == b"%PDF-1.7 3"
        assert verbs()[1] == ("jobs.job.finished", "Hệ thống")

    def test_a_second_call_does_nothing(self, person: Any) -> None:
        job = start(person)
        services.run(job_id=job.pk)
        assert services.run(job_id=job.pk) is None
        assert len(verbs()) == 2

    @pytest.mark.parametrize(
        ("kind", "told"),
        [
            (kinds.REFUSED, "Tệp “Phụ lục.pdf” có mật khẩu. Bỏ mật khẩu rồi tải lên lại."),
            (kinds.FORBIDDEN, services._NOT_ALLOWED),
            (kinds.BROKEN, services._FAULT),
        ],
    )
    def test_a_failure_is_told_in_words_and_not_repeated(self, person: Any, kind: str, told: str) -> None:
        job = start(person, kind)
        assert services.run(job_id=job.pk) == JobState.FAILED
        job.refresh_from_db()
        assert (job.error, job.file, job.tries) == (told, "", 1)
        assert verbs()[1][0] == "jobs.job.failed"
        with clock.at(clock.now() + LEASE):
            assert services.sweep() == []


class TestADeadWorker:
    def test_its_job_is_nobody_elses_until_the_lease_is_over(self, person: Any) -> None:
        job = start(person)
        assert services._lease(job)
        with clock.at(clock.now() + LEASE - timedelta(seconds=10)):
            assert services.run(job_id=job.pk) is None
            assert services.sweep() == []
        with clock.at(clock.now() + LEASE + timedelta(seconds=10)):
            assert services.sweep() == [job.pk]
            assert services.run(job_id=job.pk) == JobState.DONE

    def test_progress_renews_the_lease(self, person: Any) -> None:
        job = start(person)
        services._lease(job)
        later = clock.now() + LEASE - timedelta(seconds=10)
        with clock.at(later):
            services._progress_of(job)(1, 3)
        job.refresh_from_db()
        assert (job.done, job.total, job.due_at) == (1, 3, later + LEASE)

    def test_one_that_comes_back_late_stops_and_writes_nothing(self, person: Any) -> None:
        job = start(person)
        services._lease(job)
        with clock.at(clock.now() + LEASE + timedelta(seconds=10)):
            services.run(job_id=job.pk)
        with pytest.raises(Superseded):
            services._progress_of(job)(1, 3)
        assert services._end(job, error="muộn") is None
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.DONE, "")

    def test_a_job_that_kills_every_worker_is_given_up(self, person: Any) -> None:
        job, now = start(person), clock.now()
        for attempt in range(MAX_TRIES):
            now += LEASE + timedelta(seconds=10)
            with clock.at(now):
                services.sweep()
                assert services._lease(Job.objects.get(pk=job.pk)), attempt
        with clock.at(now + LEASE):
            assert services.sweep() == []
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.FAILED, services._GIVEN_UP)

    def test_what_a_lost_broker_forgot_is_handed_over_once_a_minute(
        self, person: Any, handed_over: list[int], django_capture_on_commit_callbacks: Any
    ) -> None:
        job = start(person)
        with clock.at(clock.now() + PICKED_UP_WITHIN), django_capture_on_commit_callbacks(execute=True):
            assert services.sweep() == [job.pk]
            assert services.sweep() == []
        assert handed_over == [job.pk]


def test_old_jobs_are_forgotten_and_running_ones_are_not(person: Any) -> None:
    old, running = start(person), start(person)
    services.run(job_id=old.pk)
    with clock.at(clock.now() + KEPT_FOR - timedelta(minutes=1)):
        services._lease(running)
        young = start(person)
    with clock.at(clock.now() + KEPT_FOR + timedelta(minutes=1)):
        services.sweep()
    assert set(Job.objects.values_list("pk", flat=True)) == {running.pk, young.pk}
