"""The embedded broker loses nothing and gives nothing twice; a real worker takes from either broker."""

import multiprocessing
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from hdnd.broker import celery_settings

MESSAGES = 150
WRITERS = 2
READERS = 2


def connection(var_dir: Path) -> Connection:
    settings = celery_settings(None, var_dir)
    return Connection(
        settings["CELERY_BROKER_URL"], transport_options=settings["CELERY_BROKER_TRANSPORT_OPTIONS"]
    )


def write(var_dir: Path, writer: int) -> None:
    with connection(var_dir) as broker:
        for number in range(MESSAGES):
            broker.default_channel._put("celery", {"id": f"{writer}-{number}"})


def read(var_dir: Path, taken, stop) -> None:
    with connection(var_dir) as broker:
        while True:
            last = stop.is_set()
            try:
                taken.put(broker.default_channel._get("celery")["id"])
            except Empty:
                if last:
                    return


def test_every_message_is_read_once_while_others_write(tmp_path):
    processes = multiprocessing.get_context("spawn")
    taken, stop = processes.Queue(), processes.Event()
    writers = [processes.Process(target=write, args=(tmp_path, writer)) for writer in range(WRITERS)]
    readers = [processes.Process(target=read, args=(tmp_path, taken, stop)) for _ in range(READERS)]
    for process in readers + writers:
        process.start()
    for process in writers:
        process.join(60)
    stop.set()
    ids = sorted(taken.get(timeout=60) for _ in range(MESSAGES * WRITERS))
    for process in readers:
        process.join(60)
    assert ids == sorted(f"{writer}-{number}" for writer in range(WRITERS) for number in range(MESSAGES))
    assert taken.empty()
    assert [process.exitcode for process in readers + writers] == [0] * (READERS + WRITERS)
    assert list((tmp_path / "broker" / "messages").iterdir()) == []


def test_a_queue_does_not_take_the_messages_of_another(tmp_path):
    with connection(tmp_path) as broker:
        channel = broker.default_channel
        channel._put("celery", {"id": 1})
        channel._put("other.celery", {"id": 2})
        assert (channel._size("celery"), channel._size("other.celery")) == (1, 1)
        assert channel._get("celery") == {"id": 1}
        with pytest.raises(Empty):
            channel._get("celery")


def test_binding_twice_keeps_one_row(tmp_path):
    with connection(tmp_path) as broker:
        channel = broker.default_channel
        for _ in range(2):
            channel._queue_bind("celery", "celery", None, "celery")
        channel._queue_bind("celery", "other", None, "other")
        assert [tuple(row) for row in channel.get_table("celery")] == [
            ("other", "", "other"),
            ("celery", "", "celery"),
        ]


def test_redis_is_used_when_its_address_is_given(tmp_path):
    settings = celery_settings("redis://host:6379/3", tmp_path)
    assert settings["CELERY_BROKER_URL"] == "redis://host:6379/3"
    assert settings["CELERY_BROKER_TRANSPORT_OPTIONS"] == {"visibility_timeout": 600}
    # What this buys is in tests/faults: a worker that goes on after Redis was away.
    assert settings["CELERY_WORKER_DISABLE_PREFETCH"] is True
    assert settings["CELERY_WORKER_PREFETCH_MULTIPLIER"] == 0
    assert list(tmp_path.iterdir()) == []


def test_a_real_worker_does_what_is_queued(celery_worker_process):
    from hdnd.celery import app

    done = [app.send_task("celery.accumulate", args=[number]).id for number in range(5)]
    celery_worker_process.wait_for(lambda: celery_worker_process.log.count(" succeeded in ") == 5)
    assert all(f"[{task}] succeeded in " in celery_worker_process.log for task in done)
