"""One of several processes that take numbers at once: says that it is ready, waits for a line, takes 250 numbers."""

import sys
from datetime import datetime

ROUNDS, PAPERS, KEPT = 5, 30, 20
NUMBERS = ROUNDS * (PAPERS + KEPT)


def main() -> None:
    """Each round: thirty papers, then twenty numbers kept at once, one of which is given up."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model

    from councils.models import Organization
    from documents.services import issue, reserve_numbers, void_number
    from hdnd.lib import clock
    from tests.blank_pdf import BLANK

    actor = get_user_model().objects.get(username="thuky")
    body = Organization.objects.get(code="TTHDND")
    print("ready", flush=True)
    sys.stdin.readline()
    with clock.at(datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)):
        for _ in range(ROUNDS):
            for _ in range(PAPERS):
                issue(
                    actor=actor, organization=body, doc_type="NQ", subject="Thử", signer_name="A", signer_title="B",
                    recipients=[], render=lambda issuer, taken: BLANK,
                )  # fmt: skip
            kept = reserve_numbers(
                actor=actor, organization=body, doc_type="NQ", purpose="Nghị quyết đầu tư công", count=KEPT
            )
            void_number(actor=actor, line=kept[0], reason="Văn bản không ban hành nữa")


if __name__ == "__main__":
    main()
