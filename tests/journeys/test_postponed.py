"""A postponed meeting answered again: the old answer ends with the old time, calendars follow, links change."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from icalendar import Calendar

from documents.models import Document
from hdnd.lib import clock, files
from meetings.models import Invitation
from tests.conftest import PHONE
from tests.journeys.test_main_job import LINK, add_item, plan, sign_in
from tests.smtp import Sink, parts_of

TITLE = "Phiên họp tháng sau của Thường trực HĐND tỉnh"
CLERK = "vanthu.mttq@vinhgiang.test"


def at(days: int) -> datetime:
    """Half past seven, that many days from now."""
    return clock.at_time(clock.today() + timedelta(days=days), 7, 30)


def entry(mail: EmailMessage) -> tuple[str, str, int, str, datetime]:
    """What the mail tells a calendar: method, UID, SEQUENCE, STATUS, start. Header and content name one method."""
    part = parts_of(mail)["text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    assert part["content-type"].params["method"] == str(calendar["method"])
    return (
        str(calendar["method"]), str(event["uid"]), int(event["sequence"]), str(event["status"]), event["dtstart"].dt,
    )  # fmt: skip


def carries(mail: EmailMessage, symbol: str) -> None:
    """The mail has the issued paper with that symbol, byte for byte."""
    paper = parts_of(mail)["application/pdf"]
    issued = next(document for document in Document.objects.all() if document.symbol == symbol)
    assert (paper.get_filename(), paper.get_content()) == (
        f"{symbol.replace('/', '-')}.pdf", files.read(issued.file),
    )  # fmt: skip


def link_in(mail: EmailMessage) -> str:
    """The path of the answer link in a mail."""
    (link,) = LINK.findall(parts_of(mail)["text/plain"].get_content())
    return str(link)


def issued(desk: Any) -> None:
    """Planned thirty days ahead, and the invitation out."""
    plan(desk, TITLE, f"{at(30):%Y-%m-%dT%H:%M}")
    add_item(desk, "Kết quả công tác tháng", "report")
    desk.get_by_role("link", name="Phát hành giấy mời").click()
    desk.get_by_role("button", name="Phát hành", exact=True).click()
    desk.get_by_text("Đã phát hành giấy mời 01/GM-HĐND tới 2 cơ quan").wait_for()


def answered(phone: Any, link: str, name: str) -> None:
    """By the link, on a phone, somebody is named who comes instead."""
    phone.goto(link)
    phone.get_by_label("Cử người dự thay").check()
    phone.get_by_label("Họ và tên người dự").fill(name)
    phone.get_by_label("Chức vụ").fill("Phó Chủ tịch")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.get_by_role("button", name="Gửi trả lời").click()
    phone.get_by_text("Đã nhận trả lời").wait_for()


def postponed(desk: Any) -> None:
    """From the meeting's page, refused without a reason worth the name."""
    desk.get_by_text("Thay đổi", exact=True).click()
    desk.get_by_role("link", name="Hoãn, chưa định ngày").click()
    desk.get_by_label("Lý do").fill("bão")
    desk.get_by_role("button", name="Phát hành thông báo hoãn").click()
    desk.get_by_text("Ghi lý do thay đổi, ít nhất 5 ký tự").wait_for()
    assert desk.get_by_label("Lý do").input_value() == "bão"
    desk.get_by_label("Lý do").fill("tập trung ứng phó bão số 5")
    desk.get_by_role("button", name="Phát hành thông báo hoãn").click()
    desk.get_by_text("Đã phát hành thông báo 01/TB-HĐND").wait_for()


def given_a_new_time(desk: Any) -> None:
    """Looked through first: nothing is issued until it is confirmed."""
    desk.get_by_text("Định lại, hủy", exact=True).click()
    desk.get_by_role("link", name="Định lại thời gian").click()
    desk.get_by_label("Bắt đầu").fill(f"{at(37):%Y-%m-%dT%H:%M}")
    desk.get_by_label("Địa điểm").fill("Hội trường lớn")
    desk.get_by_label("Lý do").fill("đã qua đợt ứng phó bão số 5")
    desk.get_by_role("button", name="Xem lại rồi phát hành").click()
    desk.get_by_text("2 cơ quan được mời trả lời lại").wait_for()
    desk.get_by_text("thay cho: Phòng họp số 2").wait_for()
    assert Document.objects.count() == 2
    desk.get_by_role("button", name="Phát hành thông báo").click()
    desk.get_by_text("Đã phát hành thông báo 02/TB-HĐND").wait_for()


def part(desk: Any, name: str) -> None:
    """Opens one part of the meeting."""
    desk.get_by_role("navigation", name="Các phần của cuộc họp").get_by_role(
        "link", name=name, exact=True
    ).click()


def told_by_the_page(desk: Any) -> None:
    """The secretary finds the new answer, the duties of the new day, the papers and every step."""
    desk.reload()
    desk.get_by_text("1/2 cơ quan đã trả lời").wait_for()
    papers = desk.get_by_role("region", name="Giấy tờ").locator("li p").all_inner_texts()
    assert papers[:3] == ["Giấy mời 01/GM-HĐND", "Thông báo 01/TB-HĐND", "Thông báo 02/TB-HĐND"]
    part(desk, "Thành phần")
    row = desk.get_by_role("region", name="Thành phần mời").get_by_role("row").filter(has_text="MTTQ")
    assert row.locator("td[data-label='Người dự']").inner_text() == "Đỗ Thị Hạnh, Phó Chủ tịch"
    part(desk, "Nghĩa vụ")
    duties = desk.get_by_role("region", name="Nghĩa vụ phát sinh").get_by_role("listitem")
    assert [duty.split()[:3] for duty in duties.all_inner_texts()] == [
        ["đúng", "hạn", "R09:"], ["đúng", "hạn", "R34:"],
    ]  # fmt: skip
    part(desk, "Diễn biến")
    notices = desk.get_by_role("region", name="Thay đổi đã thông báo").get_by_role("listitem")
    assert notices.count() == 2
    steps = desk.get_by_role("region", name="Diễn biến").locator("strong").all_inner_texts()
    assert steps[:3] == ["Thay đổi thời gian, địa điểm", "Hoãn cuộc họp", "Phát hành giấy mời"]


def test_postponed_and_answered_again(
    demo_province: None, post_office: Sink, new_page: Callable[..., Any]
) -> None:
    desk, phone = new_page(), new_page(PHONE)
    sign_in(desk, "thuky")
    issued(desk)
    invitation = post_office.wait_for_mail(CLERK, "Giấy mời số 01/GM-HĐND")
    method, uid, sequence, status, start = entry(invitation)
    assert (method, status, start) == ("REQUEST", "CONFIRMED", at(30))
    old_link = link_in(invitation)
    answered(phone, old_link, "Phan Thị Thu Trang")

    # Off its day: the entry goes out of the calendars, and nobody is asked anything.
    desk.reload()
    postponed(desk)
    off = post_office.wait_for_mail(CLERK, "Thông báo số 01/TB-HĐND")
    gone = entry(off)
    assert (gone[0], gone[1], gone[3]) == ("CANCEL", uid, "CANCELLED")
    assert gone[2] > sequence
    assert LINK.findall(parts_of(off)["text/plain"].get_content()) == []
    carries(off, "01/TB-HĐND")
    phone.goto(old_link)
    phone.get_by_text("Cuộc họp đã hoãn, không cần trả lời").wait_for()
    assert phone.locator("form").count() == 0

    # On a new day: the same entry comes back, later in the sequence, with a link of its own.
    given_a_new_time(desk)
    back = post_office.wait_for_mail(CLERK, "Thông báo số 02/TB-HĐND")
    again = entry(back)
    assert (again[0], again[1], again[3], again[4]) == ("REQUEST", uid, "CONFIRMED", at(37))
    assert again[2] > gone[2]
    carries(back, "02/TB-HĐND")
    assert phone.goto(old_link).status == 404
    phone.get_by_text("đã được thay. Mở lại thư mời mới nhất").wait_for()
    answered(phone, link_in(back), "Đỗ Thị Hạnh")

    told_by_the_page(desk)
    row = Invitation.objects.get(organization__code="MTTQ")
    assert (row.answer, row.attendee_name, row.channel) == ("substituted", "Đỗ Thị Hạnh", "link")
    # The members of the host are told as well, each time.
    for subject in ("01/GM-HĐND", "01/TB-HĐND", "02/TB-HĐND"):
        post_office.wait_for_mail("p02@vinhgiang.test", subject)
