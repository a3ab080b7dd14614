"""Fills the database, then measures pages, minutes and mail, each against its floor."""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 60


def main() -> int:
    """Prints the figures; exits 1 when a ratio is over its limit."""
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="hdnd-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "hdnd.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ROOT_URLCONF = "tests.bench.floor"
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    from tests.bench import register
    from tests.bench.data import fill

    started = time.monotonic()
    user = fill()
    register.fill()
    analyze()
    machine = f"{platform.platform()}, {os.cpu_count()} nhân"
    print(f"{machine}, Python {platform.python_version()}, Django {django.__version__}")
    print(f"nạp dữ liệu: {time.monotonic() - started:.0f} giây\n")
    from tests.bench.importing import imports
    from tests.bench.mail import mail
    from tests.bench.pack import pack

    kept = [pages(user), minutes(), pack(), mail()]
    imports()
    return 0 if all(kept) else 1


def analyze() -> None:
    """Statistics and the map of what all may see, as autovacuum would have gathered them by now."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def pages(user: Any) -> bool:
    """Each page alternates with the floor, so that a slow moment falls on both."""
    from django.test import Client

    from hdnd.lib import clock
    from meetings.models import Meeting

    client = Client()
    client.force_login(user, backend="councils.backends.RoleBackend")
    meeting = Meeting.objects.filter(host__code="B-TT").order_by("-starts_at")[5]
    rows = (
        ("danh sách cuộc họp", "/cuoc-hop/"),
        ("danh sách nghĩa vụ", "/phoi-hop/"),
        ("trang cuộc họp", f"/cuoc-hop/{meeting.pk}/"),
        ("sổ 1.000.000 văn bản", "/van-ban/"),
        ("sổ, một loại một năm", f"/van-ban/?loai=GM&nam={clock.today().year}"),
        ("lịch tháng", "/lich/?xem=thang&cua=hdnd"),
        ("lịch tuần", "/lich/?xem=tuan&cua=hdnd"),
    )
    good = True
    print(f"{'trang':22} {'p50 ms':>8} {'p95 ms':>8} {'sàn p95':>8} {'tỷ lệ':>6}  truy vấn")
    for label, path in rows:
        queries = query_count(client, path)
        here, floor = alternate(lambda path=path: get(client, path), lambda: get(client, "/san/"))
        ratio = p95(here) / p95(floor)
        good &= ratio <= 3
        print(
            f"{label:22} {ms(statistics.median(here)):8.1f} {ms(p95(here)):8.1f} {ms(p95(floor)):8.1f} {ratio:6.2f}  {queries}"
        )
    search(client)
    return good


def search(client: Any) -> None:
    """Words in the register, shown without a limit: what is in no index, in two thousand titles, in one, in all."""
    for words in ("khongco", "17/gm", "noi dung so 4444", "noi dung"):
        path = f"/van-ban/?tim={words}"
        queries = query_count(client, path)
        here, _ = alternate(lambda path=path: get(client, path), lambda: None, rounds=10)
        print(
            f"{'tìm ' + words:22} {ms(statistics.median(here)):8.1f} {ms(p95(here)):8.1f} {'':8} {'':6}  {queries}"
        )


def query_count(client: Any, path: str) -> int:
    """How many queries one request takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get(client, path)
    with CaptureQueriesContext(connection) as captured:
        get(client, path)
    return len(captured)


def get(client: Any, path: str) -> None:
    """One request; anything but 200 ends the run."""
    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")


def alternate(
    one: Callable[[], None], other: Callable[[], None], rounds: int = ROUNDS
) -> tuple[list[float], list[float]]:
    """Seconds of each call, in turn, after a warm-up."""
    times: tuple[list[float], list[float]] = ([], [])
    for index in range(rounds + 5):
        for at, call in enumerate((one, other)):
            started = time.perf_counter()
            call()
            if index >= 5:
                times[at].append(time.perf_counter() - started)
    return times


def minutes() -> bool:
    """Minutes with 60 attendees: our way to the PDF against WeasyPrint's own on the same HTML."""
    from documents.paper.html import paper_html, paper_pdf
    from tests.bench.paper import long_minutes, plain

    paper = long_minutes()
    html = paper_html(paper)
    ours, bare = alternate(lambda: void(paper_pdf(paper)), lambda: void(plain(html)))
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"\nbiên bản 60 người dự, trung vị {ms(statistics.median(ours)):.0f} ms")
    print(f"WeasyPrint trên cùng HTML {ms(statistics.median(bare)):.0f} ms; tỷ lệ {ratio:.2f}")
    return ratio <= 1.2


def void(value: object) -> None:
    """Drops the bytes."""


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def ms(seconds: float) -> float:
    return seconds * 1000


if __name__ == "__main__":
    sys.exit(main())
