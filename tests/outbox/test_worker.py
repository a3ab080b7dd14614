"""The outbox with a real Celery worker."""

import pytest
from django.db import transaction

from hdnd.lib import clock
from hdnd.outbox.models import Message, State
from hdnd.outbox.services import LEASE, queue
from hdnd.outbox.tasks import sweep
from tests.worker import WorkerProcess


def _queue(key: str) -> Message:
    with transaction.atomic():
        message = queue(dedupe_key=key, to="a@coquan.test", subject="Giấy mời", text="Kính mời")
    assert message is not None
    return message


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_sent_once(celery_worker_process: WorkerProcess) -> None:
    message = _queue("k")
    celery_worker_process.wait_for(lambda: Message.objects.get(pk=message.pk).state == State.SENT)
    assert len(list(celery_worker_process.mail_folder.glob("*.eml"))) == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_the_sweep_sends(celery_worker_process: WorkerProcess) -> None:
    """The lease of a worker that died is what is left of it; after it the message goes out."""
    celery_worker_process.kill()
    message = _queue("k")
    Message.objects.filter(pk=message.pk).update(
        state=State.SENDING, attempts=1, next_attempt_at=clock.now() + LEASE
    )
    sweep()
    assert Message.objects.get(pk=message.pk).state == State.SENDING
    with clock.at(clock.now() + LEASE):
        sweep()
    assert Message.objects.get(pk=message.pk).state == State.SENT
