"""Reminders as they leave: rows, mails, audit; nothing twice, nothing once it is settled."""

from datetime import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.outbox.models import Message
from meetings.models import AgendaPaper, Meeting, ReminderSent
from meetings.queries import reminders as queries
from meetings.services import reminding
from meetings.services.links import token_for
from meetings.tasks import send_reminders
from tests import factories as make
from tests.cast import Cast
from tests.ledger import verbs
from tests.meetings import factories
from tests.meetings.reminding import THURSDAY, WEDNESDAY, item, run, unanswered

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(office: Cast) -> Meeting:
    return unanswered(office)


class TestBeat:
    def test_every_address_once(self, invited: Meeting) -> None:
        everybody = ["tanhoa@hdnd.test", "thuky@ubnd.test", "vanthu@ubnd.test"]
        assert run(WEDNESDAY) == everybody
        assert [run(WEDNESDAY.replace(hour=hour)) for hour in (8, 12, 17)] == [[], [], []]
        assert run(THURSDAY) == everybody
        assert (Message.objects.count(), ReminderSent.objects.count()) == (6, 6)

    def test_the_mail_is_recorded(self, invited: Meeting) -> None:
        run(WEDNESDAY)
        for message in Message.objects.all():
            assert verbs(message) == ["meetings.reminder.sent"]
        entry = Entry.objects.filter(verb="meetings.reminder.sent").earliest("pk")
        assert (entry.actor, entry.actor_name, entry.changes["to"]) == (None, "Hệ thống", "tanhoa@hdnd.test")

    def test_one_address_of_two_bodies_gets_one_mail(self, office: Cast, invited: Meeting) -> None:
        make.contact(office.world["X01-TT"], "VanThu@UBND.test")
        assert run(WEDNESDAY) == ["tanhoa@hdnd.test", "thuky@ubnd.test", "vanthu@ubnd.test"]
        both = Message.objects.get(to="vanthu@ubnd.test")
        assert both.subject == "Nhắc việc thứ Tư, 24/06/2026: 2 giấy mời chưa trả lời"
        assert ReminderSent.objects.filter(message=both, to="vanthu@ubnd.test").count() == 2

    @pytest.mark.parametrize(
        "moment",
        [
            WEDNESDAY.replace(hour=7, minute=29),
            WEDNESDAY.replace(hour=18),
            datetime(2026, 6, 27, 9, tzinfo=clock.VIETNAM),
        ],
    )
    def test_not_at_night_nor_on_a_day_off(self, invited: Meeting, moment: datetime) -> None:
        assert run(moment) == []
        assert Message.objects.count() == 0

    def test_not_once_the_meeting_has_begun(self, invited: Meeting) -> None:
        assert run(factories.STARTS_AT) == []

    def test_what_is_settled_between_reading_and_writing_is_left_out(
        self, invited: Meeting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def answered_meanwhile(now: datetime) -> list[queries.Digest]:
            found = queries.due_digests(now)
            invited.invitations.filter(organization__code="UBND").update(answer="accepted")
            return found

        monkeypatch.setattr(reminding, "due_digests", answered_meanwhile)
        assert run(WEDNESDAY) == ["tanhoa@hdnd.test"]
        assert ReminderSent.objects.count() == 1

    def test_a_second_mail_of_the_day_waits(self, office: Cast, invited: Meeting) -> None:
        run(WEDNESDAY)
        late = factories.meeting(office.world, title="Họp gấp", items=0, starts_at=THURSDAY.replace(hour=14))
        factories.invitation(late, office.world["UBND"])
        assert run(WEDNESDAY.replace(hour=9)) == []
        assert ReminderSent.objects.filter(invitation__meeting=late).count() == 0
        run(THURSDAY)
        text = Message.objects.filter(to="vanthu@ubnd.test").latest("pk").text
        assert (text.count("- Họp gấp"), text.count(f"- {factories.TITLE}")) == (1, 1)

    def test_one_mail_that_fails_takes_no_other_with_it(
        self, invited: Meeting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(digest: queries.Digest) -> str:
            if digest.reader.key == "tanhoa@hdnd.test":
                raise ValueError("không soạn được thư")
            return "Nhắc việc"

        with monkeypatch.context() as patched:
            patched.setattr(reminding, "_subject", broken)
            with pytest.raises(ExceptionGroup) as caught:
                run(WEDNESDAY)
        assert [str(error) for error in caught.value.exceptions] == ["không soạn được thư"]
        assert sorted(ReminderSent.objects.values_list("to", flat=True)) == [
            "thuky@ubnd.test",
            "vanthu@ubnd.test",
        ]
        assert run(WEDNESDAY.replace(hour=8)) == ["tanhoa@hdnd.test"]

    def test_a_moved_meeting_is_reminded_of_again(self, invited: Meeting) -> None:
        run(WEDNESDAY)
        invited.starts_at = datetime(2026, 7, 3, 8, 0, tzinfo=clock.VIETNAM)
        invited.save()
        assert run(THURSDAY) == []
        assert len(run(datetime(2026, 7, 1, 8, tzinfo=clock.VIETNAM))) == 3

    def test_beat_calls_it_from_half_past_seven(self) -> None:
        entry = settings.CELERY_BEAT_SCHEDULE["reminders"]
        assert entry["task"] == send_reminders.name
        assert (min(entry["schedule"].hour), max(entry["schedule"].hour), entry["schedule"].minute) == (
            7,
            17,
            {30},
        )


class TestMail:
    def test_links_lead_to_where_it_is_settled(self, office: Cast, invited: Meeting) -> None:
        row = invited.invitations.get(organization__code="UBND")
        paper = item(invited, "UBND", cast=office)
        run(THURSDAY)
        mail = Message.objects.get(to="vanthu@ubnd.test")
        link = settings.SITE_URL + reverse("meetings:answer_link", args=[token_for(row)])
        assert (mail.text.count(link), mail.html.count(f'href="{link}"')) == (1, 1)
        assert mail.text.count(f"- Nội dung {paper.position}: {paper.title}") == 1
        # The partner can't add papers itself; only the secretariat gets that address.
        assert mail.text.count(reverse("meetings:paper_add", args=[paper.pk])) == 0
        assert mail.text.startswith(f"Kính gửi Văn thư UBND tỉnh, {row.organization.name},\n")
        assert (mail.from_name, mail.to_name) == ("Thường trực HĐND tỉnh Vĩnh Giang", "Văn thư UBND tỉnh")

    def test_by_when_to_answer(self, invited: Meeting) -> None:
        invited.answer_by = THURSDAY.replace(hour=17)
        invited.save()
        run(WEDNESDAY)
        mail = Message.objects.get(to="vanthu@ubnd.test")
        assert mail.text.count("Hạn trả lời: thứ Năm, 25/06/2026, 17:30") == 1
        assert mail.html.count("Hạn trả lời: thứ Năm, 25/06/2026, 17:30") == 1

    def test_the_secretary_is_told_whom_to_call(self, office: Cast, invited: Meeting) -> None:
        row = factories.invitation(invited, office.world["X03-TT"])
        run(WEDNESDAY)
        mail = Message.objects.get(to="thuky@hdnd.test")
        assert (
            mail.text.count(f"{row.organization.name} chưa trả lời và chưa có địa chỉ thư trong danh bạ.")
            == 1
        )
        assert mail.text.count(settings.SITE_URL + reverse("meetings:answer_record", args=[row.pk])) == 1
        assert mail.text.count(reverse("meetings:answer_link", args=[token_for(row)])) == 0

    def test_html_is_escaped(self, office: Cast, invited: Meeting) -> None:
        invited.title = "<script>alert(1)</script>"
        invited.save()
        run(WEDNESDAY)
        mail = Message.objects.get(to="vanthu@ubnd.test")
        assert ("<script>" in mail.html, "<script>" in mail.text) == (False, True)


def test_a_paper_that_came_stops_it(office: Cast) -> None:
    paper = item(factories.meeting(office.world, items=0), "UBND", cast=office)
    AgendaPaper.objects.create(item=paper, title="Báo cáo", file="f", file_name="f.pdf", size=1)
    assert run(THURSDAY) == []


def test_the_cost_does_not_grow_with_the_invited(office: Cast) -> None:
    def cost() -> int:
        with clock.at(THURSDAY), CaptureQueriesContext(connection) as captured:
            assert len(queries.due_digests(clock.now())) > 0
        return len(captured)

    made = factories.meeting(office.world, items=0)
    factories.invitation(made, office.world["X01-TT"])
    item(made, "UBND", cast=office)
    first = cost()
    for _ in range(30):
        body = make.organization()
        make.contact(body)
        factories.invitation(made, body)
        item(made, cast=office).organizations.set([body])
    assert cost() == first
