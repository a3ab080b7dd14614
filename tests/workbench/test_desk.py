"""The desk tells each person what they must do, and only what they may do."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hdnd.lib import clock
from meetings.models import Meeting
from tests.cast import Cast
from tests.meetings import factories
from workbench.queries import desk

NOW = datetime(2026, 6, 22, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def asked(cast: Cast, set_clock: Callable[[datetime], None]) -> Meeting:
    """UBND invites the standing committee in three days, and a task of it is due tomorrow."""
    set_clock(NOW)
    factories.issuer(cast.world["UBND"], symbol_body="UBND")
    meeting = factories.meeting(cast.world, host="UBND", chair=None, starts_at=NOW + timedelta(days=3))
    factories.invitation(meeting, cast.world["TTHDND"])
    meeting.conclusions.create(
        assignee=cast.world["TTHDND"], text="Cho ý kiến", position=1, due_on=clock.today() + timedelta(days=1),
    )  # fmt: skip
    return meeting


def kinds(cast: Cast, part: str) -> list[str]:
    return sorted(move.kind for move in desk(getattr(cast, part)).moves)


def test_only_who_may_answer_is_told_to(cast: Cast, asked: Meeting) -> None:
    assert {
        part: "answer" in kinds(cast, part) for part in ("secretary", "leader", "delegate", "outsider")
    } == {
        "secretary": True,
        "leader": True,
        "delegate": False,
        "outsider": False,
    }


def test_every_move_on_a_desk_opens(cast: Cast, client: Client, asked: Meeting) -> None:
    for part in ("secretary", "leader", "delegate", "partner"):
        user = getattr(cast, part)
        client.force_login(user)
        for move in desk(user).moves:
            assert client.get(reverse(move.url_name, args=[move.pk])).status_code == 200, (part, move)


def test_a_delegate_reads_the_answer_but_gives_none(cast: Cast, client: Client, asked: Meeting) -> None:
    client.force_login(cast.delegate)
    text = client.get(reverse("meetings:meeting_detail", args=[asked.pk])).content.decode()
    assert text.count("Giấy mời gửi Thường trực HĐND") == 1
    answer = reverse("meetings:invitation_answer", args=[asked.invitations.get().pk])
    assert answer not in text
    client.force_login(cast.leader)
    assert answer in client.get(reverse("meetings:meeting_detail", args=[asked.pk])).content.decode()
