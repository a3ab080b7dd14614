"""`manage.py create_administrator USERNAME [--email …]`: the first administrator of a real installation."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from councils.choices import RoleKind
from councils.models import User
from councils.services import grant_role


class Command(BaseCommand):
    help = "Tạo tài khoản quản trị hệ thống; hỏi mật khẩu tại chỗ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", default="")
        parser.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(username=options["username"]).exists():
            raise CommandError(
                f"Tài khoản {options['username']} đã có. Chọn tên khác, hoặc giao vai trò trong trang quản trị."
            )
        password = self.stdin_password() if options["password_stdin"] else getpass.getpass("Mật khẩu: ")
        user = User(username=options["username"], email=options["email"])
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.set_password(password)
        user.save()
        grant_role(actor=None, user=user, kind=RoleKind.ADMINISTRATOR, organization=None)
        self.stdout.write(f"Đã tạo tài khoản quản trị {user.username}.")

    def stdin_password(self) -> str:
        """One line from standard input, for scripts."""
        import sys

        return sys.stdin.readline().rstrip("\n")
