"""Kinds of jobs for tests; a real worker gets them by `--include tests.jobs.kinds`."""

import time
from typing import Any

from django.core.exceptions import PermissionDenied

from hdnd.jobs import Progress, Result, register
from hdnd.lib.errors import DomainError

PAGES, SHEET, REFUSED, FORBIDDEN, BROKEN, SLOW = (
    f"tests.{name}" for name in ("pages", "sheet", "refused", "forbidden", "broken", "slow")
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pages(args: dict[str, Any], progress: Progress) -> Result:
    """Counts to `pages`."""
    for page in range(args["pages"]):
        progress(page + 1, args["pages"])
    return Result(
        b"%PDF-1.7 " + str(args["pages"]).encode(), "tập.pdf", "application/pdf", args.get("page", "")
    )


def sheet(args: dict[str, Any], progress: Progress) -> Result:
    """Something a browser must not open."""
    return Result(b"PK", "bảng.xlsx", XLSX)


def refused(args: dict[str, Any], progress: Progress) -> Result:
    """What the rules forbid."""
    raise DomainError("Tệp “Phụ lục.pdf” có mật khẩu. Bỏ mật khẩu rồi tải lên lại.")


def forbidden(args: dict[str, Any], progress: Progress) -> Result:
    """A right that ended meanwhile."""
    raise PermissionDenied


def broken(args: dict[str, Any], progress: Progress) -> Result:
    """A bug."""
    raise ZeroDivisionError("secret detail")


def slow(args: dict[str, Any], progress: Progress) -> Result:
    """Tells its first step, then works until it is killed."""
    progress(1, 2)
    time.sleep(args["seconds"])
    return Result(b"%PDF-1.7 slow", "chậm.pdf", "application/pdf")


for kind, runner in (
    (PAGES, pages), (SHEET, sheet), (REFUSED, refused), (FORBIDDEN, forbidden), (BROKEN, broken), (SLOW, slow),
):  # fmt: skip
    register(kind, runner)
