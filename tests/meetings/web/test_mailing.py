"""The mails of a meeting: by name and with what to do, each as it was sent, tried on oneself, mended."""

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.models import Clause
from documents.models import Issuer
from hdnd.lib import clock
from hdnd.lib.background import silenced
from hdnd.outbox.models import Message, State
from hdnd.outbox.services import queue
from meetings.models import Meeting
from meetings.services import inviting, planning
from meetings.services.links import DEAD, invitation_of, token_for
from tests import factories
from tests.cast import Cast
from tests.ledger import entries, everything
from tests.meetings import factories as make

pytestmark = pytest.mark.django_db
REPLY_TO = "congtac@hdnd.test"


@pytest.fixture
def secretary(office: Cast, client: Client) -> Client:
    client.force_login(office.secretary)
    return client


@pytest.fixture
def plan(office: Cast, clauses: dict[str, Clause], blank_papers: list[Any]) -> Meeting:
    """Planned: UBND with two addresses, X01-TT with one, two members; MTTQ, SXD and X03-TT have none."""
    return planning.create_meeting(
        actor=office.secretary, host=office.world["TTHDND"], plan=make.plan(office.world)
    )


@pytest.fixture
def issued(office: Cast, plan: Meeting) -> Meeting:
    """Issued, and all mails taken by the server."""
    inviting.issue_invitations(actor=office.secretary, meeting=plan)
    Message.objects.update(state=State.SENT, sent_at=clock.now(), attempts=1)
    return plan


def mail(to: str) -> Message:
    return Message.objects.get(to=to)


def fail(to: str, error: str = "{'x': (550, b'5.1.1 no such user')}") -> Message:
    """The server refused that address."""
    message = mail(to)
    message.state, message.last_error, message.sent_at = State.FAILED, error, None
    message.save()
    return message


def address(name: str, message: Message, *more: int) -> str:
    meeting = message.about if isinstance(message.about, Meeting) else message.about.meeting
    return reverse(f"meetings:{name}", args=[meeting.pk, message.pk, *more])


class TestList:
    def test_who_did_not_get_it_stands_first_with_what_to_do(
        self, secretary: Client, issued: Meeting
    ) -> None:
        fail("thuky@ubnd.test")
        waiting = mail("tanhoa@hdnd.test")
        waiting.state, waiting.last_error, waiting.sent_at = State.QUEUED, "[Errno 111] refused", None
        waiting.next_attempt_at = clock.at_time(clock.today(), 9, 15)
        waiting.save()
        page = secretary.get(reverse("meetings:mail_list", args=[issued.pk]))
        assert [(row.to, row.state_in_words, row.what_to_do) for row in page.context["page"]][:3] == [
            (
                "thuky@ubnd.test", "không gửi được",
                "Hộp thư này không tồn tại. Kiểm tra chính tả của địa chỉ, hỏi lại người nhận, rồi sửa địa chỉ và gửi lại.",
            ),
            (
                "tanhoa@hdnd.test", "chờ gửi",
                "Máy chủ thư không trả lời. Hệ thống tự gửi lại lúc thứ Hai, 15/06/2026, 09:15.",
            ),
            ("p01@hdnd.test", "đã gửi", ""),
        ]  # fmt: skip
        assert "3/5 thư đã gửi, 1 thư đang chờ, 1 thư không tới" in page.content.decode()

    def test_the_filter(self, secretary: Client, issued: Meeting) -> None:
        fail("thuky@ubnd.test")
        page = secretary.get(reverse("meetings:mail_list", args=[issued.pk]), {"trang_thai": "chua"})
        assert [row.to for row in page.context["page"]] == ["thuky@ubnd.test"]

    def test_the_export_names_body_and_person(self, secretary: Client, issued: Meeting) -> None:
        fail("thuky@ubnd.test", "bounced full: báo ngày 16/6")
        Message.objects.filter(to="thuky@ubnd.test").update(sent_at=clock.now())
        content = secretary.get(reverse("meetings:mail_list", args=[issued.pk]), {"xuat": "csv"}).content
        assert content.decode("utf-8-sig").splitlines()[1] == (
            '"UBND tỉnh, Thư ký lãnh đạo",thuky@ubnd.test,Giấy mời số 31/GM-HĐND: '
            + make.TITLE
            + ",bị trả lại,"
            '"thứ Hai, 15/06/2026, 09:00","Thư bị trả lại: hộp thư của người nhận đã đầy. '
            'Gọi điện đề nghị dọn hộp thư hoặc xin địa chỉ khác, rồi gửi lại."'
        ).replace("UBND tỉnh", mail("thuky@ubnd.test").about.organization.label)

    def test_as_many_queries_for_thirty_mails_as_for_one(self, office: Cast, secretary: Client) -> None:
        meeting = make.meeting(office.world)

        def add(number: int) -> None:
            for _ in range(number):
                row = make.invitation(meeting, factories.organization())
                with silenced(), transaction.atomic():
                    queue(
                        dedupe_key=f"k{row.pk}", to=f"a{row.pk}@coquan.test", subject="x", text="x", about=row
                    )

        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                page = secretary.get(reverse("meetings:mail_list", args=[meeting.pk]))
            assert page.status_code == 200
            return len(captured)

        add(1)
        count()
        one = count()
        add(29)
        assert count() == one

    def test_another_meeting_s_mail_is_not_found(
        self, office: Cast, secretary: Client, issued: Meeting
    ) -> None:
        other = make.meeting(office.world)
        message = mail("thuky@ubnd.test")
        for name in ("mail_detail", "mail_body"):
            assert secretary.get(reverse(f"meetings:{name}", args=[other.pk, message.pk])).status_code == 404


class TestOneMail:
    def test_what_it_says_without_a_link_that_answers(self, secretary: Client, issued: Meeting) -> None:
        message = mail("thuky@ubnd.test")
        (token,) = {
            part.strip("/") for part in message.text.split() if "/tra-loi/" in part
        }  # the whole address
        token = token.rpartition("/")[2]
        assert invitation_of(token) is not None
        page = secretary.get(address("mail_detail", message)).content.decode()
        body = secretary.get(address("mail_body", message))
        assert (page.count(token), body.content.decode().count(token)) == (0, 0)
        assert body.content.decode() == message.html.replace(token, DEAD)
        assert page.count(f"/tra-loi/{DEAD}/") == 1
        assert page.count("Thường trực HĐND tỉnh Vĩnh Giang &lt;khong-tra-loi@hdnd.test&gt;") == 1

    def test_the_frame_can_do_nothing(self, secretary: Client, issued: Meeting) -> None:
        message = mail("thuky@ubnd.test")
        policy = secretary.get(address("mail_body", message))["Content-Security-Policy"]
        assert policy == "default-src 'none'; frame-ancestors 'self'; sandbox"
        assert (
            '<iframe class="mail-body" sandbox src="'
            in secretary.get(address("mail_detail", message)).content.decode()
        )

    def test_its_files_open(self, secretary: Client, issued: Meeting) -> None:
        message = mail("thuky@ubnd.test")
        pdf, ics = (secretary.get(address("mail_file", message, number)) for number in (1, 2))
        assert (pdf["Content-Type"], pdf["Content-Disposition"].split(";")[0]) == (
            "application/pdf",
            "inline",
        )
        assert (ics["Content-Type"], ics["Content-Disposition"]) == (
            "text/calendar", 'attachment; filename="cuoc-hop.ics"',
        )  # fmt: skip
        assert b"".join(ics.streaming_content).startswith(b"BEGIN:VCALENDAR")
        for number in (0, 3):
            assert secretary.get(address("mail_file", message, number)).status_code == 404

    def test_a_corrected_address_is_tried(self, secretary: Client, issued: Meeting) -> None:
        message = fail("thuky@ubnd.test")
        with silenced():
            answer = secretary.post(address("mail_resend", message), {"to": " moi@ubnd.test "}, follow=True)
        message.refresh_from_db()
        assert (message.state, message.to) == (State.QUEUED, "moi@ubnd.test")
        assert [str(notice) for notice in answer.context["messages"]] == [
            f"Đang gửi lại thư cho {message.about.organization.label}, Thư ký lãnh đạo."
        ]

    def test_a_wrong_address_is_refused_and_kept_in_the_form(
        self, secretary: Client, issued: Meeting
    ) -> None:
        message = fail("thuky@ubnd.test")
        before = everything()
        page = secretary.post(address("mail_resend", message), {"to": "thuky@"})
        assert (page.status_code, page.context["resend_form"].errors) == (
            422, {"to": ["Địa chỉ thư không đúng. Ví dụ đúng: vanthu@coquan.vn."]},
        )  # fmt: skip
        assert 'value="thuky@"' in page.content.decode()
        assert everything() == before

    def test_a_returned_mail_is_noted_and_stands_as_failed(self, secretary: Client, issued: Meeting) -> None:
        message = mail("thuky@ubnd.test")
        refused = secretary.post(address("mail_returned", message), {"kind": ""})
        assert (refused.status_code, list(refused.context["returned_form"].errors)) == (422, ["kind"])
        secretary.post(address("mail_returned", message), {"kind": "full", "note": "Báo ngày 16/6"})
        page = secretary.get(reverse("meetings:meeting_detail", args=[issued.pk]))
        assert [(row.to, row.failure.kind, row.failure.said) for row in page.context["failed"]] == [
            ("thuky@ubnd.test", "full", "Báo ngày 16/6")
        ]


class TestTest:
    def test_it_goes_to_oneself_marked_and_without_a_live_link(
        self, office: Cast, secretary: Client, issued: Meeting
    ) -> None:
        message = mail("thuky@ubnd.test")
        before = Message.objects.count()
        with silenced():
            secretary.post(address("mail_test", message))
        assert Message.objects.count() == before + 1
        made = Message.objects.latest("pk")
        assert (made.to, made.to_name, made.subject, made.about) == (
            "thuky@hdnd.test", "Trần Thu Hà", f"[Thử] {message.subject}", None,
        )  # fmt: skip
        assert (made.attachments, made.from_name) == (message.attachments, message.from_name)
        assert f"/tra-loi/{DEAD}/" in made.text
        assert made.text.count("/tra-loi/") == 1
        entry = entries(issued)[-1]
        assert (entry.verb, entry.changes) == (
            "meetings.mail.tested", {"to": "thuky@hdnd.test", "of": "thuky@ubnd.test"},
        )  # fmt: skip

    def test_the_same_not_twice_a_minute(self, secretary: Client, issued: Meeting) -> None:
        message = mail("thuky@ubnd.test")
        with silenced():
            secretary.post(address("mail_test", message))
            before = everything()
            answer = secretary.post(address("mail_test", message), follow=True)
        assert everything() == before
        assert ["Chờ một phút" in str(notice) for notice in answer.context["messages"]] == [False, True]

    def test_an_account_without_an_address_is_told(
        self, office: Cast, secretary: Client, issued: Meeting
    ) -> None:
        office.secretary.email = ""
        office.secretary.save()
        before = everything()
        answer = secretary.post(address("mail_test", mail("thuky@ubnd.test")), follow=True)
        assert everything() == before
        assert [str(notice) for notice in answer.context["messages"]] == [
            "Tài khoản của bạn chưa có địa chỉ thư. Thêm ở mục Thư điện tử rồi gửi thử lại."
        ]


class TestBeforeIssuing:
    def test_what_each_will_get_is_what_each_gets(
        self, office: Cast, secretary: Client, plan: Meeting
    ) -> None:
        Issuer.objects.update(mail_name="Phòng Công tác HĐND", reply_to=REPLY_TO)
        before = everything()
        page = secretary.get(reverse("meetings:letter_preview", args=[plan.pk]))
        shown = page.context["letters"]
        bodies = [
            secretary.get(reverse("meetings:letter_body", args=[plan.pk, number])).content.decode()
            for number in range(1, len(shown) + 1)
        ]
        assert everything() == before
        sent = inviting.issue_invitations(actor=office.secretary, meeting=plan).messages
        assert [(row.to, row.to_name, row.from_name, row.reply_to) for row in shown] == [
            (row.to, row.to_name, row.from_name, row.reply_to) for row in sent
        ]
        assert {(row.from_name, row.reply_to) for row in sent} == {("Phòng Công tác HĐND", REPLY_TO)}
        for body, message in zip(bodies, sent, strict=True):
            html = message.html.replace("31/GM-HĐND", "…/GM-HĐND")
            for part in message.text.split():
                if "/tra-loi/" in part:
                    html = html.replace(part.strip("/").rpartition("/")[2], DEAD)
            assert body == html

    @pytest.mark.parametrize(
        ("asked", "to"), [("1", "vanthu@ubnd.test"), ("3", "tanhoa@hdnd.test"), ("99", "p02@hdnd.test"), ("x", "vanthu@ubnd.test")]
    )  # fmt: skip
    def test_one_after_the_other(self, secretary: Client, plan: Meeting, asked: str, to: str) -> None:
        page = secretary.get(reverse("meetings:letter_preview", args=[plan.pk]), {"thu": asked})
        assert page.context["letter"].to == to

    def test_tried_on_oneself(self, secretary: Client, plan: Meeting) -> None:
        with silenced():
            secretary.post(reverse("meetings:letter_preview", args=[plan.pk]) + "?thu=3")
        (made,) = Message.objects.all()
        assert (made.to, made.subject) == ("thuky@hdnd.test", f"[Thử] Giấy mời số …/GM-HĐND: {make.TITLE}")
        assert "Thường trực HĐND phường Tân Hòa" in made.text

    def test_once_issued_the_mails_themselves_are_shown(self, secretary: Client, issued: Meeting) -> None:
        answer = secretary.get(reverse("meetings:letter_preview", args=[issued.pk]))
        assert answer["Location"] == reverse("meetings:mail_list", args=[issued.pk])

    def test_nobody_to_write_to(self, office: Cast, secretary: Client) -> None:
        for code in ("P01", "P02"):
            office.world.people[code].email = ""
            office.world.people[code].save()
        alone = make.meeting(office.world, state="planned")
        page = secretary.get(reverse("meetings:letter_preview", args=[alone.pk]))
        assert (page.status_code, page.context["letters"], page.context["letter"]) == (200, [], None)


class TestTheLinkInTheMail:
    def test_an_old_phone_answers_without_scripts_cookies_and_referer(
        self, office: Cast, issued: Meeting
    ) -> None:
        row = issued.invitations.get(organization__code="UBND")
        old = Client(enforce_csrf_checks=True)
        there = reverse("meetings:answer_link", args=[token_for(row)])
        page = old.get(there)
        old.cookies.clear()
        assert page.content.decode().count("<script") == 0
        assert re.findall(r'<form method="post"|type="radio" name="answer"|<button [^>]*type="submit"', page.content.decode()) == [
            '<form method="post"', *['type="radio" name="answer"'] * 3,
            '<button class="visually-hidden" type="submit"',  # what Enter presses, before "another line"
            '<button class="button" type="submit"', '<button class="button primary" type="submit"',
        ]  # fmt: skip
        answer = old.post(there, {"answer": "accepted", "name": "Đặng Hữu Phước", "title": "Chủ tịch"})
        assert (answer.status_code, answer["Location"]) == (302, there)
        row.refresh_from_db()
        assert (row.answer, row.channel, row.attendee_name) == ("accepted", "link", "Đặng Hữu Phước")
