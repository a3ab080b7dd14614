"""Two beats at once, a beat and the secretary at once: everybody is told once."""

from datetime import datetime
from typing import Any

import pytest

from hdnd.lib import clock
from hdnd.outbox.models import Message
from meetings.models import ReminderRule, ReminderSent
from meetings.services import reminding
from tests import factories as make
from tests.cast import Cast
from tests.concurrency.together import together
from tests.meetings import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]
WEDNESDAY = datetime(2026, 6, 24, 7, 30, tzinfo=clock.VIETNAM)


@pytest.fixture
def addresses(cast: Cast) -> list[str]:
    """Twelve bodies with an address each, invited to a meeting on Friday; the rule is the migration's."""
    # A test with real transactions flushes what migrations wrote.
    ReminderRule.objects.get_or_create(what="unanswered", defaults={"days_before": [2, 1]})
    meeting = factories.meeting(cast.world, items=0)
    found = []
    for number in range(12):
        body = make.organization(area=cast.world.areas["T"])
        found.append(make.contact(body, f"coquan{number:02}@coquan.test").email)
        factories.invitation(meeting, body)
    return found


def told() -> list[str]:
    """Whom a reminder was written to, and whom a mail."""
    rows = list(ReminderSent.objects.order_by("to").values_list("to", flat=True))
    assert rows == list(Message.objects.order_by("to").values_list("to", flat=True))
    return rows


def test_four_beats_at_once_tell_everybody_once(addresses: list[str]) -> None:
    results = together(4, lambda _: reminding.send_reminders(), at=WEDNESDAY)
    assert sorted(message.to for sent in results for message in sent) == addresses
    assert told() == addresses


def test_by_hand_and_by_the_beat_at_once(cast: Cast, addresses: list[str]) -> None:
    meeting = factories.Meeting.objects.get()

    def work(who: int) -> Any:
        if who:
            return reminding.send_reminders()
        return reminding.remind_now(actor=cast.secretary, meeting=meeting)

    results = together(2, work, at=WEDNESDAY)
    # The secretary may come too late for all of them, and is told so.
    assert {type(result).__name__ for result in results} <= {"list", "DomainError"}
    assert told() == addresses
