"""Passkeys in a real browser with a virtual authenticator: added, used to sign in, renamed, removed."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from councils.models import User
from tests import factories as make
from tests.accounts.reading import faults

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def person(transactional_db: None) -> User:
    return make.user("thuky")


def read(page: Any, heading: str) -> None:
    """Waits for the page of that heading and looks for English and refused markup."""
    page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()
    assert faults(page.content()) == []


def press(page: Any, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_a_passkey_from_adding_to_removing(person: User, page: Any) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    page.goto("/tai-khoan/login/?next=/tai-khoan/2fa/webauthn/add/")
    page.fill("[name=login]", "thuky")
    page.fill("[name=password]", make.PASSWORD)
    press(page, "Đăng nhập")
    read(page, "Xác nhận lại")
    page.fill("[name=password]", make.PASSWORD)
    press(page, "Xác nhận")
    read(page, "Thêm khóa bảo mật")
    page.fill("[name=name]", "Điện thoại")
    page.get_by_label("Đăng nhập không cần mật khẩu").check()
    press(page, "Thêm")
    page.get_by_text("Đã thêm khóa bảo mật.").wait_for()
    assert [str(key) for key in Authenticator.objects.filter(type="webauthn")] == ["Điện thoại"]

    page.goto("/tai-khoan/logout/")
    press(page, "Đăng xuất")
    page.goto("/tai-khoan/login/?next=/tai-khoan/2fa/webauthn/")
    press(page, "Đăng nhập bằng khóa truy cập")
    read(page, "Khóa bảo mật")

    page.goto("/tai-khoan/2fa/webauthn/reauthenticate/?next=/tai-khoan/2fa/webauthn/")
    read(page, "Xác nhận lại")
    press(page, "Dùng khóa bảo mật")
    read(page, "Khóa bảo mật")
    page.get_by_role("link", name="Sửa").click()
    read(page, "Sửa khóa bảo mật")
    page.fill("[name=name]", "Điện thoại cũ")
    press(page, "Lưu")
    page.get_by_text("Điện thoại cũ").wait_for()
    page.get_by_role("link", name="Xóa").click()
    read(page, "Xóa khóa bảo mật")
    press(page, "Xóa")
    page.get_by_text("Đã xóa khóa bảo mật.").wait_for()
    assert Authenticator.objects.filter(type="webauthn").count() == 0
