"""Plumbing of the tests: clock, Celery, real worker, browser. Who the persons are stands in tests/cast.py."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from hdnd.lib import clock
from tests.worker import WorkerProcess

pytest_plugins = ["tests.cast"]

BROWSER_TIMEOUT_MS = 30_000  # a busy machine draws late; what never comes is a failure all the same
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def set_clock() -> Iterator[Callable[[datetime], None]]:
    """Sets `hdnd.lib.clock` for the rest of the test, in the test's own thread only (not in live_server)."""
    with ExitStack() as stack:

        def set_to(moment: datetime) -> None:
            stack.enter_context(clock.at(moment))

        yield set_to


@pytest.fixture
def eager_tasks() -> Iterator[None]:
    """Tasks run at once where they are enqueued, and their exceptions reach the test."""
    from hdnd.celery import app

    before = app.conf.task_always_eager, app.conf.task_eager_propagates
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager, app.conf.task_eager_propagates = before


@pytest.fixture
def on_postgresql() -> None:
    """For tests of real row locks: they prove nothing on SQLite, which has one writer at a time."""
    assert connection.vendor == "postgresql", (
        "this test needs DATABASE_URL of a PostgreSQL (.ci/with-servers)"
    )


@pytest.fixture
def celery_worker_process(
    transactional_db: None, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[WorkerProcess]:
    """A real Celery worker on the test's database and broker; its mails are files in `.mail_folder`."""
    site_url = request.getfixturevalue("live_server").url if "live_server" in request.fixturenames else None
    worker = WorkerProcess.start(tmp_path, site_url)
    yield worker
    worker.stop()


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """The cache holds rate limits, which would carry over from one test to the next."""
    yield
    if not settings.REDIS_URL:
        shutil.rmtree(settings.VAR_DIR / "cache", ignore_errors=True)
        return
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium; a journey without one fails and says so."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next((path for name in names if (path := shutil.which(name))), None)
    assert executable, "journeys need Chromium (apt-get install chromium)"
    # Playwright runs an event loop in this thread; Django would refuse the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`new_page(viewport)` opens a page of a person of its own on the live server.

    What a page writes to the console as an error (a failing script, a breach of the CSP) fails the test.
    """
    errors: list[str] = []
    contexts = []

    def open_page(viewport: dict[str, int] | None = None) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=viewport or DESK,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            has_touch=viewport == PHONE,
        )
        context.set_default_timeout(BROWSER_TIMEOUT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        # A refused form (4xx) is a console error to Chromium, and often what a journey wants to see.
        page.on(
            "console",
            lambda message: (
                errors.append(f"{page.url}: {message.text}")
                if message.type == "error" and "Failed to load resource" not in message.text
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """A page 1280 px wide."""
    return new_page()


@pytest.fixture
def phone_page(new_page: Callable[..., Any]) -> Any:
    """A page 360 px wide, with touch."""
    return new_page(PHONE)
