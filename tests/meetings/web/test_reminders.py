"""The card on the meeting's page: who is reminded next, who was; reminding by hand; off and on. The rules in admin."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.background import silenced
from hdnd.outbox.models import Message, State
from meetings.models import AgendaItem, Meeting, ReminderPause, ReminderRule
from meetings.services import reminding
from tests import factories as make
from tests.cast import PARTS, Cast
from tests.meetings import factories

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 6, 24, 7, 30, tzinfo=clock.VIETNAM)


@pytest.fixture
def invited(office: Cast) -> Meeting:
    """UBND and Phú Lộc (no address) have not answered; an item of the Sở has no paper."""
    made = factories.meeting(office.world, items=0)
    for code in ("UBND", "X03-TT"):
        factories.invitation(made, office.world[code])
    item = AgendaItem.objects.create(
        meeting=made, position=1, title="Giải ngân", presenter="Giám đốc Sở Xây dựng"
    )
    item.organizations.add(office.world["SXD"])
    return made


def page(client: Client, user: Any, meeting: Meeting) -> Any:
    client.force_login(user)
    return client.get(reverse("meetings:meeting_people", args=[meeting.pk]))


def post(client: Client, name: str, meeting: Meeting, **data: str) -> list[str]:
    """Posts and returns what the page then says."""
    with silenced():
        answer = client.post(reverse(f"meetings:{name}", args=[meeting.pk]), data, follow=True)
    return [str(message) for message in answer.context["messages"]]


def rows(card: Any) -> list[tuple[str, str, tuple[str, ...], bool, int, date | None]]:
    return [
        (str(group.kind), row.who, row.addresses, row.stands_in, row.times, row.next)
        for group in card.groups
        for row in group.rows
    ]


class TestCard:
    def test_who_is_next_and_when(self, office: Cast, client: Client, invited: Meeting) -> None:
        card = page(client, office.secretary, invited).context["reminders"]
        soon, two = date(2026, 6, 24), date(2026, 6, 23)
        assert rows(card) == [
            ("unanswered", "Ủy ban nhân dân tỉnh Vĩnh Giang", ("vanthu@ubnd.test", "thuky@ubnd.test"), False, 0, soon),
            ("unanswered", "Thường trực HĐND xã Phú Lộc", ("thuky@hdnd.test",), True, 0, soon),
            ("papers", "Sở Xây dựng", ("thuky@hdnd.test",), True, 0, two),
        ]  # fmt: skip
        assert (card.is_paused, card.can_remind, card.times, card.last) == (False, True, 0, None)

    def test_how_often_and_when_last(
        self, office: Cast, client: Client, invited: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(WEDNESDAY)
        with silenced():
            reminding.send_reminders()
        found = page(client, office.secretary, invited)
        card = found.context["reminders"]
        assert [(row[1], row[4], row[5]) for row in rows(card)] == [
            ("Ủy ban nhân dân tỉnh Vĩnh Giang", 1, date(2026, 6, 25)),
            ("Thường trực HĐND xã Phú Lộc", 1, date(2026, 6, 25)),
            ("Sở Xây dựng", 1, date(2026, 6, 25)),
        ]
        text = found.content.decode()
        assert text.count("Đã nhắc 1 lần, gần nhất thứ Tư, 24/06/2026.") == 1
        assert text.count("nhắc lần tới: <b>thứ Năm, 25/06/2026</b>") == 2

    def test_a_mail_that_did_not_arrive_shows_by_name(
        self, office: Cast, client: Client, invited: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        set_clock(WEDNESDAY)
        with silenced():
            reminding.send_reminders()
        Message.objects.filter(to="thuky@ubnd.test").update(state=State.FAILED)
        text = page(client, office.secretary, invited).content.decode()
        assert text.count("Thư nhắc không tới được Thư ký lãnh đạo (thuky@ubnd.test).") == 1
        assert text.count("Thư nhắc không tới được") == 1

    def test_the_host_office_alone_sees_it(self, office: Cast, client: Client, invited: Meeting) -> None:
        seen = {
            part: page(client, getattr(office, part), invited).content.decode().count('id="nhac-viec"')
            for part in PARTS
        }
        assert seen == {part: int(part in {"secretary", "leader"}) for part in PARTS}
        text = page(client, office.leader, invited).content.decode()
        assert (text.count("Nhắc ngay"), text.count("Tắt nhắc việc")) == (0, 0)

    @pytest.mark.parametrize("state", ["planned", "cancelled"])
    def test_nothing_to_say_before_and_after(
        self, office: Cast, client: Client, invited: Meeting, state: str
    ) -> None:
        Meeting.objects.filter(pk=invited.pk).update(state=state)
        assert page(client, office.secretary, invited).context["reminders"] is None

    def test_thirty_invited_cost_as_many_queries_as_one(
        self, office: Cast, client: Client, invited: Meeting
    ) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                page(client, office.secretary, invited)
            return len(captured)

        cost()
        few = cost()
        for number in range(2, 32):
            body = make.organization(area=office.world.areas["T"])
            make.contact(body)
            factories.invitation(invited, body)
            AgendaItem.objects.create(meeting=invited, position=number, title="Báo cáo").organizations.add(
                body
            )
        assert cost() == few


class TestByHand:
    def test_reminded_and_then_told_it_was_done(self, office: Cast, client: Client, invited: Meeting) -> None:
        client.force_login(office.secretary)
        assert post(client, "remind_now", invited) == ["Đã gửi thư nhắc tới 3 địa chỉ."]
        assert list(Message.objects.order_by("to").values_list("to", flat=True)) == [
            "thuky@hdnd.test", "thuky@ubnd.test", "vanthu@ubnd.test",
        ]  # fmt: skip
        assert post(client, "remind_now", invited) == [
            "Không có ai để nhắc: mọi cơ quan đã trả lời và tài liệu đã đủ, hoặc những nơi còn lại đã được nhắc hôm nay."
        ]
        assert Message.objects.count() == 3

    def test_off_and_on(self, office: Cast, client: Client, invited: Meeting) -> None:
        client.force_login(office.secretary)
        assert post(client, "reminder_switch", invited) == ["Đã tắt nhắc việc của cuộc họp này."]
        card = page(client, office.secretary, invited).context["reminders"]
        assert (card.is_paused, card.can_remind, card.groups) == (True, False, ())
        assert post(client, "reminder_switch", invited, bat="1") == ["Đã bật lại nhắc việc của cuộc họp này."]
        assert ReminderPause.objects.count() == 0


class TestRulesInAdmin:
    ADD = "/quan-tri/meetings/reminderrule/add/"

    def save(self, client: Client, address: str, **values: str) -> Any:
        data = {"what": "unanswered", "event_kind": "other", "host": "", "is_active": "on", **values}
        return client.post(address, data)

    def test_days_are_typed_as_a_list(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.admin)
        assert self.save(client, self.ADD, days_before=" 3; 1, 3", days_after="").status_code == 302
        rule = ReminderRule.objects.get(event_kind="other")
        assert (rule.days_before, rule.days_after, rule.is_active) == ([3, 1], [], True)
        assert Entry.objects.get(verb="meetings.reminderrule.created").actor == cast.admin
        change = f"/quan-tri/meetings/reminderrule/{rule.pk}/change/"
        assert client.get(change).context["adminform"].form["days_before"].value() == "3, 1"
        self.save(client, change, days_before="5, 2", days_after="")
        entry = Entry.objects.get(verb="meetings.reminderrule.changed")
        assert entry.changes == {"days_before": [[3, 1], [5, 2]]}

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            (
                {"days_before": "hai"},
                "Ghi số ngày làm việc từ 0 đến 30, cách nhau bằng dấu phẩy, ví dụ 2, 1.",
            ),
            ({"days_before": "-1"}, "Ghi số ngày làm việc từ 0 đến 30, cách nhau bằng dấu phẩy, ví dụ 2, 1."),
            (
                {"days_before": "31"},
                "Ghi số ngày làm việc từ 0 đến 30, cách nhau bằng dấu phẩy, ví dụ 2, 1.",
            ),
            (
                {"days_before": ""},
                "Ghi ít nhất một ngày, ví dụ 2, 1. Nếu không muốn nhắc, bỏ chọn “có nhắc”.",
            ),
            (
                {"days_before": "1", "event_kind": ""},
                "Đã có lịch nhắc cho trường hợp này. Sửa dòng đã có thay vì thêm dòng mới.",
            ),
        ],
    )
    def test_what_is_refused(self, cast: Cast, client: Client, values: dict[str, str], message: str) -> None:
        client.force_login(cast.admin)
        before = ReminderRule.objects.count()
        answer = self.save(client, self.ADD, **values)
        errors = answer.context["adminform"].form.errors
        assert [text for found in errors.values() for text in found] == [message]
        assert ReminderRule.objects.count() == before

    def test_found_by_the_name_of_the_host(self, cast: Cast, client: Client) -> None:
        ReminderRule.objects.create(what="papers", host=cast.world["UBND"], days_before=[1])
        client.force_login(cast.admin)
        found = client.get("/quan-tri/meetings/reminderrule/", {"q": "uy ban"}).context["cl"].result_list
        assert [rule.host for rule in found] == [cast.world["UBND"]]
