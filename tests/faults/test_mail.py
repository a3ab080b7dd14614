"""Five hundred mails while something dies: every one reaches the mail server, and as good as none twice."""

import time

from hdnd.lib import clock
from hdnd.outbox.models import Message, State
from tests.faults.conftest import Town, wait_for

MAILS = 500


def all_sent() -> bool:
    return Message.objects.exclude(state=State.SENT).count() == 0


def leases_run_out() -> None:
    """Five minutes pass: what a killed worker held may be taken up again."""
    Message.objects.filter(state=State.SENDING).update(next_attempt_at=clock.now())


def everyone_got_it(town: Town) -> None:
    assert set(town.accepted) == set(Message.objects.values_list("pk", flat=True))
    assert len(set(town.accepted)) == MAILS
    assert all_sent()


def test_a_worker_is_killed_in_the_middle_twice(town: Town) -> None:
    town.start_mail_server()
    worker = town.start_worker()
    town.issue(MAILS)
    for reached in (120, 260):
        wait_for(lambda reached=reached: len(town.accepted) >= reached, 30, f"{reached} mails")
        worker.kill()
        assert len(set(town.accepted)) < MAILS
        leases_run_out()
        worker = town.start_worker()
        town.sweep()
    wait_for(all_sent, 30, "the rest")
    everyone_got_it(town)
    assert town.doubles <= 2  # one for each process killed


def test_a_worker_is_killed_between_acceptance_and_commit(town: Town) -> None:
    """The one moment that makes a second copy: four threads send, the server has taken a mail and not said so."""
    town.start_mail_server(hold_after=150)
    worker = town.start_worker()
    town.issue(MAILS)
    wait_for(lambda: len(town.accepted) > 150, 30, "150 mails")
    time.sleep(1)  # the other threads' chance
    assert len(town.accepted) == 151
    worker.kill()
    town.release.touch()
    leases_run_out()
    town.start_worker()
    town.sweep()
    wait_for(all_sent, 30, "the rest")
    everyone_got_it(town)
    assert town.doubles == 1
    assert town.accepted.count(town.accepted[150]) == 2


def test_redis_is_killed_in_the_middle(town: Town) -> None:
    town.start_mail_server()
    worker = town.start_worker()
    town.issue(MAILS - 100)
    wait_for(lambda: len(town.accepted) >= 100, 30, "100 mails")
    town.redis.kill()
    town.redis.wait()
    town.issue(100)  # issued all the same
    assert Message.objects.count() == MAILS
    town.start_redis()
    worker.wait_for(lambda: town_is_served(town), 30)
    worker.wait_for(all_sent, 30)
    everyone_got_it(town)
    assert town.doubles == 0


def town_is_served(town: Town) -> bool:
    """Asks for a sweep each time, as beat does every 30 seconds; true once the worker takes one."""
    town.sweep()
    time.sleep(0.5)
    return all_sent()
