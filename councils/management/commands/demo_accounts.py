"""`manage.py demo_accounts`: who can sign in to the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from councils.demo import ACCOUNTS, PASSWORD
from councils.models import User


class Command(BaseCommand):
    help = "In tài khoản của bản trình diễn."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO or not User.objects.filter(username=ACCOUNTS[0].username).exists():
            return
        self.stdout.write(f"\nTài khoản trình diễn tại {settings.SITE_URL} (mật khẩu chung: {PASSWORD})")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:10} {account.who}")
        self.stdout.write("")
