"""Signing in, the forgotten password, the second step, and that every page of it speaks Vietnamese."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.test import Client
from django.urls import reverse

from councils.models import User
from tests import factories as make
from tests.accounts.reading import app_code, errors, faults, heading
from tests.cast import Cast
from tests.permissions.matrix import ALLAUTH_ARGS, ALLAUTH_OPEN, ALLAUTH_SIGNED_IN

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_login")
RESET = reverse("account_reset_password")
NEW_PASSWORD = "Mat-khau-moi-toanh-2026"
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


def sign_in(client: Client, login: str, password: str = make.PASSWORD) -> Any:
    return client.post(LOGIN, {"login": login, "password": password})


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.fixture
def at_step(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the 30-second step the server is in, so that no code runs out between two lines of a test."""

    def set_to(step: int) -> None:
        monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([step]))

    return set_to


@pytest.fixture
def at_home(cast: Cast, client: Client) -> Client:
    """The secretary's browser, the password confirmed a moment ago, as the pages of the second step ask."""
    sign_in(client, "thuky")
    client.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})
    return client


def turn_on_app(client: Client, step: int = 1_000) -> str:
    """Turns the authenticator app on, by a code of that step; its secret."""
    address = reverse("mfa_activate_totp")
    secret = str(client.get(address).context["form"].secret)
    assert client.post(address, {"code": app_code(secret, step)}).status_code == 302
    return secret


# ---- The door ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["thuky", "thuky@hdnd.test", "THUKY@hdnd.test"])
def test_one_signs_in_by_name_or_by_address(login: str, cast: Cast, client: Client) -> None:
    response = sign_in(client, login)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in_as(client) == str(cast.secretary.pk)


def test_the_fields_say_what_to_enter(client: Client) -> None:
    form = client.get(LOGIN).context["form"]
    assert {name: str(field.label) for name, field in form.fields.items()} == {
        "login": "Tên đăng nhập hoặc thư điện tử",
        "password": "Mật khẩu",
        "remember": "Ghi nhớ đăng nhập trên máy này",
    }


@pytest.mark.parametrize(("login", "what"), [("thuky", "Tên đăng nhập"), ("thuky@hdnd.test", "Địa chỉ thư")])
def test_a_wrong_password_says_so_and_keeps_the_name(
    login: str, what: str, cast: Cast, client: Client
) -> None:
    response = sign_in(client, login, "sai")
    assert errors(response) == [f"{what} hoặc mật khẩu không đúng."]
    assert f'value="{login}"' in response.content.decode()
    assert faults(response.content.decode()) == []
    assert signed_in_as(client) is None


def test_an_unknown_name_is_answered_like_a_wrong_password(cast: Cast, client: Client) -> None:
    assert errors(sign_in(client, "khongco")) == errors(sign_in(client, "thuky", "sai"))


def test_remembering_is_a_choice(cast: Cast, client: Client) -> None:
    lasts = []
    for choice in ({}, {"remember": "on"}):
        client.post(LOGIN, {"login": "thuky", "password": make.PASSWORD, **choice})
        lasts.append(client.session.get_expire_at_browser_close())
        client.post(reverse("account_logout"))
    assert lasts == [True, False]


def test_a_locked_account_is_told_so(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.secretary.pk).update(is_active=False)
    response = client.get(sign_in(client, "thuky")["Location"])
    assert heading(response) == "Tài khoản bị khóa"
    assert signed_in_as(client) is None


def test_guessing_is_stopped_even_with_the_right_password(cast: Cast, client: Client) -> None:
    for _ in range(5):
        assert errors(sign_in(client, "thuky", "sai")) == ["Tên đăng nhập hoặc mật khẩu không đúng."]
    response = sign_in(client, "thuky")
    assert errors(response) == ["Đăng nhập sai quá nhiều lần. Chờ vài phút rồi thử lại."]
    assert signed_in_as(client) is None


def test_too_many_requests_are_answered_in_our_words(cast: Cast, client: Client) -> None:
    for _ in range(5):
        assert client.post(RESET, {"email": "thuky@hdnd.test"}).status_code == 302
    response = client.post(RESET, {"email": "thuky@hdnd.test"})
    assert (response.status_code, heading(response)) == (429, "Thử quá nhiều lần")
    assert faults(response.content.decode()) == []


def test_signing_out_asks_first(at_home: Client) -> None:
    assert heading(at_home.get(reverse("account_logout"))) == "Đăng xuất"
    assert signed_in_as(at_home) is not None
    at_home.post(reverse("account_logout"))
    assert signed_in_as(at_home) is None


def test_there_is_no_sign_up(client: Client) -> None:
    address = reverse("account_signup")
    assert heading(client.get(address)) == "Không mở đăng ký"
    form = {"username": "moi", "email": "moi@hdnd.test", "password1": NEW_PASSWORD}
    assert heading(client.post(address, form)) == "Không mở đăng ký"
    assert User.objects.count() == 0
    assert [name for name in ALLAUTH_OPEN if address in page_of(client, name)] == []


# ---- The forgotten password -------------------------------------------------------------------------------


def test_a_forgotten_password_is_set_anew_by_the_link_of_the_mail(cast: Cast, client: Client) -> None:
    response = client.post(RESET, {"email": "thuky@hdnd.test"}, follow=True)
    assert heading(response) == "Đã nhận yêu cầu"
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("Điều phối HĐND: Đặt lại mật khẩu", ["thuky@hdnd.test"])
    assert letter.body.split("http")[0] == (
        "Kính gửi ông (bà),\n\nCó yêu cầu đặt lại mật khẩu cho tài khoản của ông (bà).\n"
        "Nếu không phải ông (bà) yêu cầu, bỏ qua thư này. Bấm đường dẫn dưới đây để đặt mật khẩu mới.\n\n"
    )
    assert letter.body.rstrip().endswith("Tên đăng nhập: thuky.\n\nThư gửi tự động từ testserver.")
    (link,) = LINK.findall(letter.body)

    page = client.get(link, follow=True)
    assert (heading(page), faults(page.content.decode())) == ("Đặt mật khẩu mới", [])
    address = page.redirect_chain[-1][0]
    refused = client.post(address, {"password1": "ngan", "password2": "ngan"})
    assert errors(refused) == ["Mật khẩu quá ngắn: phải có ít nhất 8 ký tự."]
    unequal = client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD + "x"})
    assert errors(unequal) == ["Hai lần nhập mật khẩu phải giống nhau."]
    done = client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)
    assert (heading(done), faults(done.content.decode())) == ("Đã đặt mật khẩu mới", [])

    sign_in(client, "thuky")
    assert signed_in_as(client) is None
    sign_in(client, "thuky", NEW_PASSWORD)
    assert signed_in_as(client) == str(cast.secretary.pk)
    assert heading(Client().get(link, follow=True)) == "Đường dẫn không dùng được"


def test_an_unknown_address_sees_the_same_page_and_gets_no_link(client: Client) -> None:
    response = client.post(RESET, {"email": "khongco@hdnd.test"}, follow=True)
    assert heading(response) == "Đã nhận yêu cầu"
    (letter,) = mail.outbox
    assert (letter.subject, LINK.findall(letter.body)) == ("Điều phối HĐND: Không có tài khoản", [])
    assert "hệ thống không có tài khoản nào với địa chỉ này" in letter.body


# ---- One's own account ------------------------------------------------------------------------------------


def page_of(client: Client, name: str, key: int = 1) -> str:
    """The page of that name, redirects followed."""
    values = ALLAUTH_ARGS.get(name, {})
    address = reverse(name, kwargs={**values, "pk": key} if "pk" in values else values)
    return str(client.get(address, follow=True).content.decode())


def test_the_open_pages_speak_vietnamese(client: Client) -> None:
    assert {name: found for name in ALLAUTH_OPEN if (found := faults(page_of(client, name)))} == {}


NEEDS_KEY = {"mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn"}  # test_passkeys.py


def test_the_pages_of_an_account_speak_vietnamese(at_home: Client, at_step: Callable[[int], None]) -> None:
    def read() -> dict[str, list[str]]:
        names = sorted(ALLAUTH_SIGNED_IN - NEEDS_KEY - {"mfa_download_recovery_codes"})
        return {name: found for name in names if (found := faults(page_of(at_home, name)))}

    assert read() == {}
    at_step(1_000)
    turn_on_app(at_home)
    assert read() == {}


def test_they_stand_in_the_frame(at_home: Client) -> None:
    for name in ("account_email", "account_change_password", "mfa_index"):
        page = page_of(at_home, name)
        assert ('<nav class="tabs account-tabs"' in page, 'class="bar"' in page) == (True, True), name


def test_an_account_without_password_sets_one(cast: Cast, client: Client) -> None:
    cast.secretary.set_unusable_password()
    cast.secretary.save()
    client.force_login(cast.secretary)
    address = reverse("account_set_password")
    assert faults(client.get(address).content.decode()) == []
    client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    sign_in(client, "thuky", NEW_PASSWORD)
    assert signed_in_as(client) == str(cast.secretary.pk)


def test_the_password_is_changed_by_who_knows_it(at_home: Client, cast: Cast) -> None:
    address = reverse("account_change_password")
    form = {"oldpassword": "sai", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert errors(at_home.post(address, form)) == ["Nhập mật khẩu hiện tại."]
    at_home.post(address, {**form, "oldpassword": make.PASSWORD})
    cast.secretary.refresh_from_db()
    assert cast.secretary.check_password(NEW_PASSWORD)


def test_an_address_is_added_confirmed_made_primary_and_removed(at_home: Client, cast: Cast) -> None:
    address = reverse("account_email")
    at_home.get(address)  # takes over the address that the administrator entered
    assert faults(at_home.get(address).content.decode()) == []
    at_home.post(address, {"action_add": "", "email": "ha@hdnd.test"})
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == (
        "Điều phối HĐND: Đề nghị xác nhận địa chỉ thư",
        ["ha@hdnd.test"],
    )
    (link,) = LINK.findall(letter.body)
    asked = at_home.get(link)
    assert (heading(asked), faults(asked.content.decode())) == ("Xác nhận địa chỉ thư", [])
    at_home.post(link)
    at_home.post(address, {"action_primary": "", "email": "ha@hdnd.test"})
    at_home.post(address, {"action_remove": "", "email": "thuky@hdnd.test"})
    cast.secretary.refresh_from_db()
    rows = EmailAddress.objects.values_list("email", "verified", "primary")
    assert (list(rows), cast.secretary.email) == ([("ha@hdnd.test", True, True)], "ha@hdnd.test")


# ---- The second step --------------------------------------------------------------------------------------


def test_the_second_step_asks_for_the_password_again(cast: Cast, client: Client) -> None:
    sign_in(client, "thuky")
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    assert (heading(page), faults(page.content.decode())) == ("Xác nhận lại", [])
    wrong = client.post(reverse("account_reauthenticate"), {"password": "sai"})
    assert errors(wrong) == ["Mật khẩu không đúng."]


def test_the_app_is_turned_on_by_a_picture_the_policy_lets_through(at_home: Client) -> None:
    response = at_home.get(reverse("mfa_activate_totp"))
    page = response.content.decode()
    assert len(re.findall(r'<img class="qr" src="data:image/svg\+xml;base64,[\w+/=]+"', page)) == 1
    assert f">{response.context['form'].secret}</code>" in page
    assert "img-src 'self' data:" in response["Content-Security-Policy"]
    wrong = at_home.post(reverse("mfa_activate_totp"), {"code": "không"})
    assert errors(wrong) == ["Mã không đúng."]


def test_with_the_app_on_a_password_alone_opens_nothing(
    at_home: Client, at_step: Callable[[int], None], cast: Cast
) -> None:
    at_step(1_000)
    secret = turn_on_app(at_home)
    at_home.post(reverse("account_logout"))

    page = at_home.get(sign_in(at_home, "thuky")["Location"])
    assert (heading(page), faults(page.content.decode())) == ("Xác thực hai bước", [])
    assert at_home.get("/").status_code == 302
    at_step(1_002)
    step = reverse("mfa_authenticate")
    assert errors(at_home.post(step, {"code": app_code(secret, 1_000)})) == ["Mã không đúng."]
    assert signed_in_as(at_home) is None
    at_home.post(step, {"code": app_code(secret, 1_002)})
    assert signed_in_as(at_home) == str(cast.secretary.pk)


def test_a_recovery_code_opens_once(at_home: Client, at_step: Callable[[int], None], cast: Cast) -> None:
    at_step(1_000)
    turn_on_app(at_home)
    codes = at_home.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    sheet = at_home.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert (len(codes), [code for code in codes if code not in sheet]) == (10, [])
    opened = []
    for _ in range(2):
        at_home.post(reverse("account_logout"))
        sign_in(at_home, "thuky")
        at_home.post(reverse("mfa_authenticate"), {"code": codes[0]})
        opened.append(signed_in_as(at_home))
    assert opened == [str(cast.secretary.pk), None]


def test_the_app_is_turned_off(at_home: Client, at_step: Callable[[int], None], cast: Cast) -> None:
    at_step(1_000)
    turn_on_app(at_home)
    at_home.post(reverse("mfa_deactivate_totp"))
    at_home.post(reverse("account_logout"))
    sign_in(at_home, "thuky")
    assert signed_in_as(at_home) == str(cast.secretary.pk)
