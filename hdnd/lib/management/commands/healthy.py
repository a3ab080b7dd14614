"""`manage.py healthy web|worker`: ends with 1 when it is not; for containers' health checks."""

from argparse import ArgumentParser
from http.client import HTTPConnection
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from hdnd.lib.health import worker_is_silent

TIMEOUT_SECONDS = 5


class Command(BaseCommand):
    """Asks the web process beside it, or whether a worker has swept lately."""

    help = "Kiểm tra tiến trình web hoặc worker còn làm việc."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("web", "worker"))
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "worker":
            if worker_is_silent():
                raise CommandError("worker: lâu rồi chưa quét thư")
            return
        connection = HTTPConnection("127.0.0.1", options["port"], timeout=TIMEOUT_SECONDS)
        try:
            connection.request("GET", reverse("health"), headers={"Host": settings.ALLOWED_HOSTS[0]})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", errors="replace")
        except OSError as error:
            raise CommandError(f"web: {error}") from error
        finally:
            connection.close()
        if answer.status != 200:
            raise CommandError(f"web: {answer.status} {text[:200]}")
