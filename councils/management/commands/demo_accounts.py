"""`manage.py demo_accounts`: who can sign in to the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from councils.demo import ACCOUNTS, PASSWORD
from councils.models import User


class Command(BaseCommand):
    """Prints the accounts; nothing where there is no demo."""

    help = "In tài khoản của bản trình diễn."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO or not User.objects.filter(username=ACCOUNTS[0].username).exists():
            return
        rows = [("Tài khoản", "Vai trò", "Đăng nhập thay cho")]
        rows += [(account.username, str(account.role.label), account.who) for account in ACCOUNTS]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        self.stdout.write(f"\nTài khoản trình diễn tại {settings.SITE_URL}")
        self.stdout.write(f"Mật khẩu chung: {PASSWORD}\n\n")
        for number, row in enumerate(rows):
            self.stdout.write("  " + "  ".join(map(str.ljust, row, widths)).rstrip())
            if not number:
                self.stdout.write("  " + "  ".join("─" * width for width in widths))
        self.stdout.write("")
