"""Runs the same work in several threads at once, each on a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

from django.db import connection

from hdnd.lib import clock


def together(count: int, work: Callable[[int], Any], *, at: datetime) -> list[Any]:
    """What `work(0)` to `work(count - 1)` gave or raised, in that order; all start at the same moment.

    Args:
        at: the clock of every thread, since a set clock does not pass into threads.
    """
    start = Barrier(count)

    def run(number: int) -> Any:
        try:
            with clock.at(at):
                connection.ensure_connection()
                start.wait(30)
                return work(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))
