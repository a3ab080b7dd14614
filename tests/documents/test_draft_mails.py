"""Whoever a draft waits for is told by mail, once, and nobody is asked after it was withdrawn."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import User
from documents.services import delegating, signing_off
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from tests.cast import Cast
from tests.documents.drafting import SUBJECT, letterheads, second_leader, submitted, written

REASON = "Bổ sung số liệu giải ngân của quý II"


@pytest.fixture(autouse=True)
def _papers(cast: Cast) -> None:
    letterheads(cast)


def told() -> list[tuple[str, str]]:
    """Who was told what, in order: the address and what the subject begins with."""
    rows = Message.objects.order_by("pk").values_list("to", "subject")
    return [(to, subject.split(":")[0]) for to, subject in rows]


def address(user: User) -> str:
    return (user.person.email if user.person else "") or user.email


def test_each_step_is_told_when_its_turn_comes(cast: Cast) -> None:
    first, second = second_leader(cast), second_leader(cast, "P03", "truongban")
    draft = submitted(cast, [first, second])
    asked = [(address(first), "Chờ duyệt"), (address(second), "Chờ duyệt")]
    assert told() == asked
    signing_off.approve_draft(actor=first, draft=draft)
    assert told() == asked
    signing_off.approve_draft(actor=second, draft=draft)
    assert told() == [*asked, (address(cast.leader), "Chờ ký")]


def test_the_mail_says_what_waits_and_where(cast: Cast) -> None:
    first = second_leader(cast)
    draft = submitted(cast, [first])
    mail = Message.objects.get()
    link = reverse("documents:draft_detail", args=[draft.pk])
    assert (mail.subject, mail.from_name, link in mail.text, SUBJECT in mail.text, str(mail.object_id)) == (
        f"Chờ duyệt: Công văn {SUBJECT}", "Thường trực HĐND tỉnh Vĩnh Giang", True, True, str(draft.pk),
    )  # fmt: skip


def test_what_comes_back_tells_its_drafter_why_and_is_asked_anew(cast: Cast) -> None:
    first = second_leader(cast)
    draft = submitted(cast, [first])
    signing_off.return_draft(actor=first, draft=draft, reason=REASON)
    back = Message.objects.order_by("pk").last()
    assert back is not None
    assert (told()[1:], REASON in back.text) == ([(address(cast.secretary), "Trả lại")], True)
    draft.refresh_from_db()
    signing_off.submit_draft(actor=cast.secretary, draft=draft, steps=[[first]])
    assert told()[2:] == [(address(first), "Chờ duyệt")]


def test_who_stands_in_is_told_too(cast: Cast) -> None:
    first, deputy = second_leader(cast), second_leader(cast, "P03", "truongban")
    today = clock.today()
    delegating.delegate(
        actor=cast.secretary, principal=first, deputy=deputy, organization=cast.world["TTHDND"],
        valid_from=today, valid_to=today + timedelta(days=3), basis="Đi công tác",
    )  # fmt: skip
    submitted(cast, [first])
    assert told() == [(address(first), "Chờ duyệt"), (address(deputy), "Chờ duyệt")]


def test_a_withdrawn_draft_asks_nobody_further_and_a_refusal_mails_nothing(cast: Cast) -> None:
    first, second = second_leader(cast), second_leader(cast, "P03", "truongban")
    draft = submitted(cast, [first], [second])
    signing_off.withdraw_draft(actor=cast.secretary, draft=draft)
    assert told() == [(address(first), "Chờ duyệt")]
    empty = written(cast, body="")
    with pytest.raises(DomainError):
        signing_off.submit_draft(actor=cast.secretary, draft=empty, steps=[[first]])
    assert Message.objects.count() == 1


def test_the_page_names_who_has_no_address(cast: Cast, client: Client) -> None:
    first = second_leader(cast)
    User.objects.filter(pk=first.pk).update(email="")
    draft = written(cast)
    client.force_login(cast.secretary)
    page = client.post(
        reverse("documents:draft_submit", args=[draft.pk]), {"first": [first.pk], "note": ""}, follow=True
    )
    words = [str(message) for message in page.context["messages"]]
    assert words == [
        "Đã trình bản 1.",
        f"Không có địa chỉ thư điện tử, cần báo trực tiếp: {first.display_name}.",
    ]
    assert told() == []
