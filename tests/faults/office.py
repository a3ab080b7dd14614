"""What a web process does when an invitation is issued: `python -m tests.faults.office COUNT` queues that many."""

import sys

import django


def main(count: int) -> None:
    """One transaction, as every verb is."""
    django.setup()
    from django.db import transaction

    from hdnd.lib import clock
    from hdnd.outbox.services import queue

    now = clock.now().isoformat()
    with transaction.atomic():
        for number in range(count):
            queue(
                dedupe_key=f"{now}:{number}",
                to=f"vanthu{number}@coquan.test",
                subject="Giấy mời",
                text="Kính mời",
            )


if __name__ == "__main__":
    main(int(sys.argv[1]))
