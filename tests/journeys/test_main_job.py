"""The main job as its people live it: a real browser, a real worker, mails as files, papers printed."""

import email
import re
from collections.abc import Callable
from datetime import timedelta
from email.message import Message as Mail
from pathlib import Path
from typing import Any

from coordination.models import Duty
from councils.demo import PASSWORD
from documents.models import Document
from hdnd.lib import clock, files
from hdnd.outbox.models import Message, State
from meetings.models import Conclusion, Invitation, Meeting, Minutes
from tests.worker import WorkerProcess

LINK = re.compile(r"https?://[^/\s]+(/cuoc-hop/tra-loi/\S+)")


def sign_in(page: Any, username: str, password: str = PASSWORD) -> None:
    page.goto("/tai-khoan/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("heading", name="Bàn làm việc").wait_for()


def pick(page: Any, field: str, text: str) -> None:
    """Chooses in a select with search, as a person types into it."""
    page.locator(f"#{field}-ts-control").click()
    page.locator(f"#{field}-ts-control").fill(text)
    page.locator(f"#{field}-ts-dropdown .option").filter(has_text=text).first.click()
    page.keyboard.press("Escape")


def plan(page: Any, title: str, starts: str, chair: str = "Nguyễn Đình Lâm") -> None:
    """From the desk to the planning page."""
    page.get_by_role("link", name="Lập cuộc họp").click()
    page.fill("[name=title]", title)
    page.select_option("[name=kind]", "standing_meeting")
    page.select_option("[name=chair]", label=chair)
    page.fill("[name=starts_at]", starts)
    page.fill("[name=place]", "Phòng họp số 2")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("heading", name="Phải mời").wait_for()


def add_item(page: Any, title: str, kind: str, area: str = "") -> None:
    form = page.locator("form", has=page.locator("[name=nd-title]"))
    if not form.is_visible():
        page.get_by_text("Thêm nội dung", exact=True).click()
    page.fill("[name=nd-title]", title)
    page.select_option("[name=nd-kind]", kind)
    if area:
        pick(page, "id_nd-areas", area)
    form.get_by_role("button", name="Thêm", exact=True).click()
    page.locator(".agenda").get_by_text(title).wait_for()


def mails(worker: WorkerProcess, count: int) -> list[Mail]:
    """All mails once the outbox is empty."""
    worker.wait_for(lambda: Message.objects.filter(state=State.SENT).count() == count, 30)
    found = [email.message_from_bytes(path.read_bytes()) for path in sorted(worker.mail_folder.glob("*.eml"))]
    assert len(found) == count
    return found


def body_of(mail: Mail) -> str:
    part = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    return bytes(part.get_payload(decode=True) or b"").decode()  # type: ignore[arg-type]


def link_to(worker: WorkerProcess, address: str) -> str:
    """The path of the answer link in the mail to that address."""
    for path in Path(worker.mail_folder).glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes())
        if address in str(mail["To"]):
            found = LINK.search(body_of(mail))
            assert found is not None
            return found[1]
    raise AssertionError(f"no mail to {address}")


def soon_today() -> str:
    """In an hour, or at the end of today, so that the door opens on the same day."""
    now = clock.now()
    return f"{min(now + timedelta(hours=1), now.replace(hour=23, minute=59)):%Y-%m-%dT%H:%M}"


def planned_and_issued(page: Any) -> None:
    """Plans with what clauses ask for live beside it, leaves one out with a reason, issues."""
    plan(page, "Phiên họp thứ 9 Thường trực HĐND tỉnh", soon_today())
    invitees = page.get_by_role("region", name="Phải mời").locator(".invitee")
    assert invitees.locator("p").all_inner_texts() == [
        "Lãnh đạo Ủy ban nhân dân tỉnh", "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh",
    ]  # fmt: skip
    add_item(page, "Giải trình về giải ngân", "explanation", "Tân Hòa")
    invitees.get_by_text("Thường trực HĐND phường Tân Hòa").wait_for()  # R22, live
    add_item(page, "Dự thảo nghị quyết về giám sát", "draft_resolution")
    page.get_by_label("Không mời Ban Thường trực Ủy ban MTTQ").click()
    page.get_by_role("button", name="Không mời").click()
    page.get_by_text("Ghi lý do không mời").wait_for()
    page.fill("[name=reason]", "Phiên họp chỉ bàn công tác nội bộ")
    page.get_by_role("button", name="Không mời").click()
    page.get_by_text("nghĩa vụ R34 được miễn có lý do").wait_for()
    page.get_by_role("link", name="Phát hành giấy mời").click()
    page.get_by_text("Phát hành hôm nay là muộn với 2 nghĩa vụ").wait_for()
    page.get_by_role("button", name="Phát hành", exact=True).click()
    page.get_by_text("Đã phát hành giấy mời 01/GM-HĐND tới 2 cơ quan").wait_for()


def sent_with_paper_and_calendar(worker: WorkerProcess) -> None:
    """Every mail carries the issued bytes and a calendar entry."""
    sent = mails(worker, Message.objects.count())
    document = Document.objects.get()
    for mail in sent:
        parts = {part.get_content_type(): part for part in mail.walk()}
        assert {"application/pdf", "text/calendar", "text/html", "text/plain"} <= set(parts)
        assert (
            files.digest(bytes(parts["application/pdf"].get_payload(decode=True) or b"")) == document.sha256
        )  # type: ignore[arg-type]


def held_at_the_door(phone: Any, address: str) -> None:
    """Attendance on a phone, refused short of the quorum, a tally that must add up."""
    phone.goto(f"{address}diem-danh/")
    for name in ("Nguyễn Đình Lâm", "Trần Thị Hải Yến", "Phạm Văn Khải", "Hoàng Minh Tuấn"):
        phone.get_by_label(f"{name} có mặt").click()
        phone.locator(f'button[aria-label="{name} có mặt"][aria-pressed="true"]').wait_for()
    phone.get_by_role("button", name="Khai mạc").click()
    phone.get_by_text("Mới có 4 trên 7 thành viên có mặt, cần ít nhất 5").wait_for()
    phone.fill("#narrow", "lo van")
    assert list(phone.locator(".door:visible p").all_inner_texts()) == ["Lò Văn Sáng"]
    phone.get_by_label("Lò Văn Sáng có mặt").click()
    phone.get_by_text("5 trên 7 thành viên có mặt").wait_for()
    phone.get_by_role("button", name="Khai mạc").click()
    phone.get_by_role("heading", name="Biểu quyết").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.select_option("[name=item]", label="2. Dự thảo nghị quyết về giám sát")
    phone.fill("[name=in_favour]", "6")
    phone.get_by_role("button", name="Ghi kết quả biểu quyết").click()
    phone.get_by_text("nhưng có 5 thành viên có mặt").wait_for()
    assert phone.input_value("[name=in_favour]") == "6"  # nothing typed is lost
    phone.fill("[name=in_favour]", "4")
    phone.fill("[name=not_voting]", "1")
    phone.get_by_role("button", name="Ghi kết quả biểu quyết").click()
    phone.get_by_text("tán thành 4/7").wait_for()
    phone.get_by_role("button", name="Kết thúc cuộc họp").click()
    phone.get_by_role("heading", name="Biên bản, kết luận").wait_for()


def written(page: Any, address: str) -> None:
    """The minutes saved as they are typed, and a conclusion with owner and day."""
    page.goto(f"{address}bien-ban/")
    page.get_by_role("button", name="Soạn biên bản").click()
    first = page.locator("textarea").first
    first.fill("Giám đốc Sở Tài chính giải trình.")
    first.blur()
    page.get_by_text("Đã lưu.").wait_for()
    pick(page, "id_assignee", "Ủy ban nhân dân tỉnh")
    page.locator("form", has=page.locator("[name=assignee]")).locator("[name=text]").fill(
        "Báo cáo giải ngân bổ sung"
    )
    page.fill("[name=due_on]", f"{clock.today() + timedelta(days=9):%Y-%m-%d}")
    page.get_by_role("button", name="Lưu kết luận").click()
    page.locator(".lines").get_by_text("Báo cáo giải ngân bổ sung").wait_for()


def test_from_plan_to_locked_minutes(
    demo_province: None, live_server: Any, celery_worker_process: WorkerProcess, new_page: Callable[..., Any]
) -> None:
    page = new_page()
    sign_in(page, "thuky")
    planned_and_issued(page)
    sent_with_paper_and_calendar(celery_worker_process)
    address = f"/cuoc-hop/{Meeting.objects.get().pk}/"
    phone = new_page({"width": 360, "height": 740})
    sign_in(phone, "thuky")
    held_at_the_door(phone, address)
    written(page, address)

    chair = new_page()
    sign_in(chair, "lanhdao")
    chair.goto(f"{address}bien-ban/")
    chair.get_by_role("button", name="Duyệt và khóa").click()
    chair.get_by_text("SHA-256").wait_for()
    minutes = Minutes.objects.get()
    assert minutes.document is not None
    printed = files.read(minutes.document.file)
    assert (minutes.state, files.digest(printed), printed[:5]) == ("locked", minutes.sha256, b"%PDF-")

    page.goto(f"{address}bien-ban/")
    page.get_by_role("button", name="Phát hành thông báo kết luận").click()
    page.get_by_text("Đã phát hành thông báo kết luận").wait_for()
    assert Conclusion.objects.get().notice is not None
    states = {
        duty.clause.code: str(duty.state_on(clock.today())) for duty in Duty.objects.select_related("clause")
    }
    assert states == {"R09": "late", "R22": "late", "R34": "waived"}
    assert Meeting.objects.get().state == "approved"


def test_answering_by_link_on_a_phone(
    demo_province: None, live_server: Any, celery_worker_process: WorkerProcess, new_page: Callable[..., Any]
) -> None:
    page = new_page()
    sign_in(page, "thuky")
    plan(
        page,
        "Phiên họp tháng sau của Thường trực HĐND tỉnh",
        f"{clock.now() + timedelta(days=30):%Y-%m-%dT07:30}",
    )
    add_item(page, "Kết quả công tác tháng", "report")
    page.get_by_role("link", name="Phát hành giấy mời").click()
    page.get_by_text("Phát hành hôm nay là đúng hạn với mọi nghĩa vụ").wait_for()
    page.get_by_role("button", name="Phát hành", exact=True).click()
    page.get_by_text("Đã phát hành giấy mời").wait_for()
    mails(celery_worker_process, Message.objects.count())
    link = link_to(celery_worker_process, "vanthu.mttq@vinhgiang.test")

    phone = new_page({"width": 360, "height": 740})
    phone.goto(link)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    # A substitute without a name is refused; nothing typed is lost.
    phone.get_by_label("Cử người dự thay").check()
    phone.get_by_label("Chức vụ").fill("Phó Chủ tịch")
    phone.get_by_role("button", name="Gửi trả lời").click()
    phone.get_by_text("Ghi họ tên người dự thay").wait_for()
    assert phone.get_by_label("Chức vụ").input_value() == "Phó Chủ tịch"
    phone.get_by_label("Họ và tên người dự").fill("Phan Thị Thu Trang")
    phone.get_by_role("button", name="Gửi trả lời").click()
    phone.get_by_text("Đã nhận trả lời").wait_for()
    answered = Invitation.objects.get(organization__code="MTTQ")
    assert (answered.answer, answered.attendee_name, answered.channel) == (
        "substituted",
        "Phan Thị Thu Trang",
        "link",
    )

    # A used link says so; a forged one is not found.
    phone.goto(link)
    phone.get_by_text("Đường dẫn này chỉ dùng một lần").wait_for()
    assert phone.locator("form").count() == 0
    assert phone.goto(link[:-3] + "xx/").status == 404
    phone.get_by_role("heading", name="Đường dẫn không dùng được").wait_for()

    # The secretary sees it; UBND answers in the app.
    page.reload()
    page.get_by_text("1/2 cơ quan đã trả lời").wait_for()
    partner = new_page({"width": 360, "height": 740})
    sign_in(partner, "ubnd")
    partner.get_by_role("link", name="Trả lời", exact=True).click()
    partner.get_by_role("radio", name="Không dự").check()
    partner.get_by_label("Lý do không dự").fill("Trùng phiên họp Chính phủ")
    partner.get_by_role("button", name="Gửi trả lời").click()
    partner.get_by_text("Đã ghi trả lời").wait_for()
    assert Invitation.objects.get(organization__code="UBND").declined_because == "Trùng phiên họp Chính phủ"
