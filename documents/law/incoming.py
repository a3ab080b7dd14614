"""Papers that arrive: NĐ 30/2020/NĐ-CP, Điều 20 to 24 (receipt, registration, handing on, follow-up), in force since 5/3/2020."""

from datetime import date, timedelta

from coordination.law.working_days import NO_EXCEPTIONS, Exceptions, day_off_reason
from documents.choices import IncomingState
from hdnd.lib.dates import long_date, relative, short_date


def state(
    *, voided: bool, done_on: date | None, handed_on: date | None, due_on: date | None, today: date
) -> IncomingState:
    """Where the paper stands: Điều 24 asks the office to follow it until it is settled, in time if a day is set.

    The due day itself is still in time.
    """
    if voided:
        return IncomingState.VOIDED
    if done_on:
        return IncomingState.DONE
    if due_on and due_on < today:
        return IncomingState.OVERDUE
    return IncomingState.HANDLING if handed_on else IncomingState.WAITING


def progress(*, done_on: date | None, handed_on: date | None, due_on: date | None, today: date) -> str:
    """What the follow-up book says of the progress (Phụ lục IV, cột "Tiến độ giải quyết")."""
    if done_on:
        late = (done_on - due_on).days if due_on else 0
        return f"Đã xử lý {short_date(done_on)}" + (f", muộn {late} ngày" if late > 0 else "")
    word = "Đang xử lý" if handed_on else "Chờ xử lý"
    if due_on and due_on < today:
        return f"{word}, {relative(due_on, today)}"
    return word


def due_note(due_on: date, exceptions: Exceptions = NO_EXCEPTIONS) -> str:
    """What there is to know of a due day that is no working day; an empty string otherwise.

    The day is left as the paper sets it: Bộ luật Dân sự 91/2015/QH13, Điều 148 khoản 5 moves the end of a term to
    the next working day, but whoever set the day may have meant it. The office is told the last day that is worked.
    """
    why = day_off_reason(due_on, exceptions)
    if not why:
        return ""
    last = due_on
    while day_off_reason(last, exceptions):
        last -= timedelta(days=1)
    return (
        f"{long_date(due_on)} là ngày nghỉ ({why}); ngày làm việc cuối cùng trong hạn là {long_date(last)}."
    )
