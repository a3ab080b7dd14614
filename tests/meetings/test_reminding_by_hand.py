"""The secretary reminds by hand, and switches reminders off for one meeting."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from hdnd.audit.models import Entry
from hdnd.lib.errors import DomainError
from meetings.models import Meeting
from meetings.services import reminding
from tests import factories as make
from tests.cast import Cast
from tests.ledger import refused, verbs
from tests.meetings import factories
from tests.meetings.reminding import THURSDAY, WEDNESDAY, item, run, unanswered

REFUSED = "Không có ai để nhắc: mọi cơ quan đã trả lời và tài liệu đã đủ, hoặc những nơi còn lại đã được nhắc hôm nay."


pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(office: Cast) -> Meeting:
    return unanswered(office)


class TestByHand:
    def test_everything_open_at_once(self, office: Cast, invited: Meeting) -> None:
        item(invited, cast=office)
        sent = reminding.remind_now(actor=office.secretary, meeting=invited)
        reached = ["tanhoa@hdnd.test", "thuky@hdnd.test", "thuky@ubnd.test", "vanthu@ubnd.test"]
        assert [message.to for message in sent] == reached
        assert verbs(invited) == ["meetings.reminders.sent_by_hand"]
        entry = Entry.objects.get(verb="meetings.reminders.sent_by_hand")
        assert (entry.actor, entry.changes) == (office.secretary, {"to": reached})

    def test_once_a_day(self, office: Cast, invited: Meeting, set_clock: Callable[[datetime], None]) -> None:
        reminding.remind_now(actor=office.secretary, meeting=invited)
        with refused(DomainError) as caught:
            reminding.remind_now(actor=office.secretary, meeting=invited)
        assert caught.value.message == REFUSED
        set_clock(WEDNESDAY)
        assert len(reminding.remind_now(actor=office.secretary, meeting=invited)) == 3
        assert run(WEDNESDAY) == []  # told an hour ago
        assert len(run(THURSDAY)) == 3

    def test_only_those_the_beat_did_not_reach_today(
        self, office: Cast, invited: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        run(WEDNESDAY)
        set_clock(WEDNESDAY.replace(hour=9))
        factories.invitation(invited, office.world["MTTQ"])
        make.contact(office.world["MTTQ"], "mttq@coquan.test")
        sent = reminding.remind_now(actor=office.secretary, meeting=invited)
        assert [message.to for message in sent] == ["mttq@coquan.test"]

    def test_nobody_left(self, office: Cast, invited: Meeting) -> None:
        invited.invitations.update(answer="accepted")
        with refused(DomainError) as caught:
            reminding.remind_now(actor=office.secretary, meeting=invited)
        assert caught.value.message == REFUSED

    @pytest.mark.parametrize(
        "values", [{"state": "planned"}, {"state": "cancelled"}, {"starts_at": factories.PLANNED_ON}]
    )
    def test_only_between_invitation_and_meeting(
        self, office: Cast, invited: Meeting, values: dict[str, object]
    ) -> None:
        Meeting.objects.filter(pk=invited.pk).update(**values)
        with refused(DomainError) as caught:
            reminding.remind_now(actor=office.secretary, meeting=invited)
        assert caught.value.message == "Chỉ nhắc được khi giấy mời đã phát hành và cuộc họp chưa bắt đầu."

    @pytest.mark.parametrize("part", ["leader", "delegate", "partner", "outsider", "admin"])
    def test_only_the_secretariat(self, office: Cast, invited: Meeting, part: str) -> None:
        for verb in (reminding.remind_now, reminding.pause_reminders, reminding.resume_reminders):
            with refused(PermissionDenied):
                verb(actor=getattr(office, part), meeting=invited)


class TestPause:
    def test_off_and_on(self, office: Cast, invited: Meeting) -> None:
        for _ in range(2):
            reminding.pause_reminders(actor=office.secretary, meeting=invited)
        assert run(WEDNESDAY) == []
        with refused(DomainError) as caught:
            reminding.remind_now(actor=office.secretary, meeting=invited)
        assert caught.value.message == "Nhắc việc của cuộc họp này đang tắt. Bật lại rồi nhắc."
        for _ in range(2):
            reminding.resume_reminders(actor=office.secretary, meeting=invited)
        assert len(run(THURSDAY)) == 3
        assert verbs(invited) == ["meetings.reminders.paused", "meetings.reminders.resumed"]

    def test_other_meetings_go_on(self, office: Cast, invited: Meeting) -> None:
        reminding.pause_reminders(
            actor=office.secretary, meeting=factories.meeting(office.world, title="Khác")
        )
        assert len(run(WEDNESDAY)) == 3
