"""The first administrator of a real installation."""

import io

import pytest
from django.core.management import CommandError, call_command

from councils.models import User
from councils.permissions import can_administer


@pytest.mark.django_db
def test_makes_an_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Mat-khau-rat-dai-77\n"))
    call_command("create_administrator", "chinh", "--password-stdin", stdout=io.StringIO())
    user = User.objects.get(username="chinh")
    assert (user.is_staff, can_administer(user), user.check_password("Mat-khau-rat-dai-77")) == (
        True,
        True,
        True,
    )


@pytest.mark.django_db
def test_a_weak_password_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("123\n"))
    with pytest.raises(CommandError):
        call_command("create_administrator", "chinh", "--password-stdin", stdout=io.StringIO())
    assert User.objects.count() == 0
