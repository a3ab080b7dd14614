"""A commune's office from its first sign-in to its own printed minutes."""

import io
import re
from collections.abc import Callable
from typing import Any

import pdfplumber
import pytest

from councils.choices import RoleKind
from councils.demo import PASSWORD
from councils.models import Organization, Person, Role, User
from councils.services import grant_role
from documents.models import Document
from hdnd.lib import files
from meetings.models import Meeting, Minutes
from tests.conftest import PHONE
from tests.journeys.test_main_job import add_item, pick, plan, sign_in, soon_today
from tests.smtp import Sink, parts_of

HOST, CHAIR = "Thường trực HĐND phường Tân Hòa", "Trương Thị Ngọc"
NAME, ADDRESS, NEW_PASSWORD = "nongthiman", "nongthiman@tanhoa.test", "Cầu-treo-sông-Mã-26"
TITLE = "Phiên họp tháng của Thường trực HĐND phường Tân Hòa"
SAID = "Phường đã giải quyết 12 kiến nghị của cử tri tổ dân phố số 4."
GUEST = "Ủy ban nhân dân phường Tân Hòa"
MEMBERS = (CHAIR, "Hà Minh Sự", "Trần Hồng Quế")


@pytest.fixture
def chair(demo_province: None) -> User:
    """The commune's chair has an account already."""
    person = Person.objects.get(full_name=CHAIR)
    user = User.objects.create_user("chutich", "chutich@tanhoa.test", PASSWORD, person=person)
    body = Organization.objects.get(code="X01-TT")
    grant_role(actor=None, user=user, kind=RoleKind.LEADER, organization=body)
    return user


def account_made(page: Any) -> None:
    """An administrator makes the account with its role and leaves the password empty."""
    page.goto("/quan-tri/councils/user/add/")
    page.fill("[name=username]", NAME)
    page.fill("[name=last_name]", "Nông Thị")
    page.fill("[name=first_name]", "Mận")
    page.get_by_text("Thêm một vai trò").click()
    page.locator("#roles-0 .select2-selection").click()
    page.locator(".select2-search__field").fill("thuong truc hdnd phuong tan hoa")
    # The body of the former ward bears the same name; bodies of today come first.
    page.locator(".select2-results__option").filter(has_text=HOST).first.click()
    page.select_option("[name=roles-0-kind]", RoleKind.SECRETARY)
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Không đặt mật khẩu thì ghi thư điện tử").wait_for()
    page.fill("[name=email]", ADDRESS)
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("thành công").wait_for()
    assert [(role.kind, role.organization.code) for role in Role.objects.filter(user__username=NAME)] == [
        ("secretary", "X01-TT")
    ]


def signed_in_for_the_first_time(page: Any, post_office: Sink) -> None:
    """No password yet: the mail's link sets one."""
    page.goto("/tai-khoan/login/")
    page.get_by_role("link", name="Quên mật khẩu").click()
    page.get_by_label("Thư điện tử").fill(ADDRESS)
    page.get_by_role("button", name="Gửi đường dẫn").click()
    page.get_by_role("heading", name="Đã nhận yêu cầu").wait_for()
    letter = post_office.wait_for_mail(ADDRESS, "Đặt lại mật khẩu")
    text = parts_of(letter)["text/plain"].get_content()
    assert f"Tên đăng nhập: {NAME}" in text
    (link,) = re.findall(r"https?://[^/\s]+(/\S+)", text)
    page.goto(link)
    page.fill("[name=password1]", NEW_PASSWORD)
    page.fill("[name=password2]", NEW_PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu").click()
    page.get_by_role("heading", name="Đã đặt mật khẩu mới").wait_for()
    sign_in(page, NAME, NEW_PASSWORD)


def invited(page: Any, post_office: Sink) -> Meeting:
    """The monthly meeting, planned for today and issued under the commune's own letterhead and number."""
    plan(page, TITLE, soon_today(), CHAIR)
    add_item(page, "Kết quả công tác tháng", "report")
    pick(page, "id_organization", GUEST)
    page.get_by_role("button", name="Mời thêm").click()
    page.locator(".invitee").get_by_text(GUEST).wait_for()
    page.get_by_role("link", name="Phát hành giấy mời").click()
    page.get_by_role("button", name="Phát hành", exact=True).click()
    page.get_by_text("Đã phát hành giấy mời 01/GM-HĐND tới 1 cơ quan").wait_for()
    paper = files.read(Document.objects.get().file)
    for address in ("p15@vinhgiang.test", "vanthu.x01-ubnd@vinhgiang.test"):
        invitation = post_office.wait_for_mail(address, "Giấy mời số 01/GM-HĐND")
        assert parts_of(invitation)["application/pdf"].get_content() == paper
    return Meeting.objects.get()


def held(phone: Any, address: str) -> None:
    """At the door with a phone: three of four are there, and somebody of the invited body."""
    phone.goto(f"{address}diem-danh/")
    for name in MEMBERS:
        phone.get_by_label(f"{name} có mặt").tap()
        phone.locator(f'button[aria-label="{name} có mặt"][aria-pressed="true"]').wait_for()
    phone.locator("summary", has_text="Lê Thị Sửu").tap()
    phone.get_by_label("Lý do vắng của Lê Thị Sửu").fill("đi tập huấn")
    phone.get_by_role("button", name="Vắng có lý do").locator("visible=true").tap()
    phone.get_by_text("Vắng có lý do: đi tập huấn").wait_for()
    phone.locator("summary", has_text=f"Sửa người dự của {GUEST}").tap()
    phone.get_by_label(f"Họ và tên người dự của {GUEST}").fill("Lý Văn Sơn")
    phone.get_by_label(f"Chức vụ người dự của {GUEST}").fill("Chủ tịch")
    phone.get_by_role("button", name="Ghi người dự, có mặt").locator("visible=true").tap()
    phone.get_by_text("Lý Văn Sơn, Chủ tịch").wait_for()
    phone.get_by_role("button", name="Khai mạc").tap()
    phone.get_by_role("heading", name="Biểu quyết").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.get_by_role("button", name="Kết thúc cuộc họp").tap()
    phone.get_by_role("heading", name="Biên bản, kết luận").wait_for()


def written(page: Any, address: str) -> None:
    """The one item's text, saved as it is typed."""
    page.goto(f"{address}bien-ban/")
    page.get_by_role("button", name="Soạn biên bản").click()
    text = page.locator("textarea").first
    text.fill(SAID)
    text.blur()
    page.get_by_text("Đã lưu.").wait_for()


def printed(page: Any) -> str:
    """The minutes as anybody of the office downloads them: the text of the pages in one line."""
    page.reload()
    href = page.get_by_role("link", name="Biên bản 01/BB-HĐND").get_attribute("href")
    response = page.request.get(href)
    assert (response.status, response.headers["content-type"]) == (200, "application/pdf")
    assert files.digest(response.body()) == Minutes.objects.get().sha256
    with pdfplumber.open(io.BytesIO(response.body())) as pdf:
        return " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())


def test_from_first_sign_in_to_printed_minutes(
    chair: User, post_office: Sink, new_page: Callable[..., Any]
) -> None:
    admin, desk, phone, leader = new_page(), new_page(), new_page(PHONE), new_page()
    sign_in(admin, "quantri")
    account_made(admin)
    signed_in_for_the_first_time(desk, post_office)
    meeting = invited(desk, post_office)
    address = f"/cuoc-hop/{meeting.pk}/"
    sign_in(phone, NAME, NEW_PASSWORD)
    held(phone, address)
    written(desk, address)

    sign_in(leader, chair.username)
    leader.goto(f"{address}bien-ban/")
    leader.get_by_role("button", name="Duyệt và khóa").click()
    leader.get_by_text("SHA-256").wait_for()
    text = printed(desk)
    for words in (
        "HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM PHƯỜNG TÂN HÒA",
        f"Số: 01/BB-HĐND BIÊN BẢN {TITLE}",
        "được triệu tập: 04; có mặt: 03; vắng mặt có lý do: 01; vắng mặt không có lý do: 0.",
        "Vắng mặt: Lê Thị Sửu, Ủy viên (đi tập huấn).",
        "1 Lý Văn Sơn Chủ tịch",
        f"Chủ trì (chủ tọa): {CHAIR}, Chủ tịch HĐND. Thư ký (người ghi biên bản): Nông Thị Mận.",
        f"1. Kết quả công tác tháng {SAID}",
        f"THƯ KÝ CHỦ TỌA Nông Thị Mận {CHAIR}",
    ):
        assert words in text
