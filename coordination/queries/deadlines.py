"""Terms set by law on a day, and any term counted by the office's calendar."""

from datetime import date
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from coordination.choices import Direction
from coordination.law.working_days import DueDate, due_after, due_before
from coordination.models import Deadline
from coordination.queries.parties import calendar_exceptions
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError


def visible_deadlines(user: Any) -> QuerySet[Deadline]:
    """Terms of the law are public to everyone signed in."""
    found: QuerySet[Deadline] = Deadline.objects.all()
    return found if getattr(user, "is_authenticated", False) else found.none()


def deadline_codes(user: Any) -> list[tuple[str, str]]:
    """Each code with what is to be done, once, as its latest row says; one query."""
    rows = visible_deadlines(user).order_by("code", "valid_from").values_list("code", "title")
    return [(code, f"{code}: {title}") for code, title in dict(rows).items()]


def deadline_on(code: str, day: date) -> Deadline | None:
    """The row of the code in force on the day."""
    found: Deadline | None = Deadline.objects.on(day).filter(code=code.strip().upper()).first()
    return found


def explain(code: str, day: date) -> tuple[Deadline, DueDate]:
    """The due day of a term of the law whose event is on the day, as the row in force on that day says.

    Raises:
        DomainError: an unknown code, naming the nearest; or no row of it holds on that day, naming the periods.
    """
    deadline = deadline_on(code, day)
    if deadline is None:
        raise _not_found(code.strip().upper(), day)
    return deadline, reckon(day, deadline.value, deadline.unit, deadline.direction)


def reckon(day: date, days: int, unit: str, direction: str) -> DueDate:
    """Any term by the office's calendar and its setting on days off (`MOVE_DUE_DAYS`); one query.

    Raises:
        ValueError: days out of range or an unknown unit.
        DomainError: the day lies outside the calendar, or the table of days off leaves no working day.
    """
    exceptions = calendar_exceptions()
    if direction == Direction.BEFORE:
        return due_before(day, days, unit, exceptions)
    return due_after(day, days, unit, exceptions, moves=settings.MOVE_DUE_DAYS)


def _not_found(code: str, day: date) -> DomainError:
    rows = list(Deadline.objects.filter(code=code).order_by("valid_from"))
    if rows:
        periods = "; ".join(row.period or "mọi ngày" for row in rows)
        return DomainError(
            f"Thời hạn {code} không có quy định cho ngày {short_date(day)}: chỉ có {periods}. Chọn ngày khác.",
            field="ngay",
        )
    codes = sorted(set(Deadline.objects.values_list("code", flat=True)))
    near = get_close_matches(code, codes, n=3, cutoff=0.4) or codes[:3]
    hint = f"Gần nhất: {', '.join(near)}." if near else "Chưa có thời hạn nào; chạy lệnh load_deadlines."
    return DomainError(f"Không có thời hạn mã “{code}”. {hint}", field="thoi_han")
