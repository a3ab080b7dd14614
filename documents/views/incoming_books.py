"""The books of what arrived: incoming, follow-up, what waits to be entered; on the page, as XLSX and on paper."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from documents.book import arrival_line
from documents.filters.incoming import IncomingFilter, WaitingFilter
from documents.paper.incoming_book import ArrivalBook, ArrivalLine
from documents.queries.book import shelf
from documents.queries.incoming import arrival_list, waiting_papers
from documents.services.printing import Book
from hdnd.lib import clock
from hdnd.lib.cells import linker
from hdnd.lib.lists import Column, ListPage
from hdnd.lib.templatetags.hdnd_ui import state_pill


def _state(row: Any) -> str:
    state = row.state_on(clock.today())
    return state_pill(state, state.label)


to_line = linker("documents:incoming_detail")
NUMBER = Column(
    "so-den",
    "Số đến",
    lambda row: row.number_text,
    order=("book__year", "number"),
    heads=True,
    draw=lambda row: to_line(row.pk, f"{row.number_text}/{row.book.year}"),
)
SUBJECT = Column("trich-yeu", "Trích yếu", lambda row: row.subject, order=("subject",), labelled=False)
RECEIVER = Column("nguoi-nhan", "Đơn vị, người nhận", lambda row: row.receiver)
DUE = Column("han", "Hạn xử lý", lambda row: row.due_on, order=("due_on",))
STATE = Column(
    "tinh-trang",
    "Tình trạng",
    lambda row: row.state_on(clock.today()).label,
    labelled=False,
    draw=_state,
)
PAPER = Column("van-ban", "Văn bản", lambda row: row.paper_line, order=("author", "dated_on"), labelled=False)
COLUMNS = (
    NUMBER,
    Column("ngay-den", "Ngày đến", lambda row: row.arrived_on, order=("arrived_on", "number")),
    PAPER,
    SUBJECT,
    RECEIVER,
    DUE,
    STATE,
)
FOLLOWUP = (
    NUMBER,
    PAPER,
    RECEIVER,
    DUE,
    Column("tien-do", "Tiến độ", lambda row: row.progress_on(clock.today()), labelled=False),
    Column("tra-loi", "Văn bản trả lời", lambda row: row.answer.symbol if row.answer else ""),
    STATE,
)
WAITING = (
    Column("so", "Số, ký hiệu", lambda row: row.symbol, order=("year", "doc_type", "number")),
    Column("ngay", "Ngày", lambda row: row.issued_on, order=("issued_on", "issued_at")),
    Column("co-quan", "Cơ quan ban hành", lambda row: row.organization.name, order=("organization__code",)),
    Column("trich-yeu", "Trích yếu", lambda row: row.subject, order=("subject",)),
)


def _exported(kind: ArrivalBook, like: Sequence[Column]) -> tuple[Column, ...]:
    """The book's own columns (NĐ 30/2020, Phụ lục IV) for the file; the page's sorts stay, by their keys."""
    _, heads = kind.value
    sorts = {column.key: column.order for column in like if column.order}
    keys = [*sorts, *(f"cot-{at}" for at in range(len(heads) - len(sorts)))]

    def column(key: str, head: str, write: Callable[[ArrivalLine], str]) -> Column:
        return Column(
            key, head, lambda row: write(arrival_line(row, clock.today())), order=sorts.get(key, ())
        )

    return tuple(column(key, head, write) for key, (head, _, _, write) in zip(keys, heads, strict=True))


BOOKS = {
    ArrivalBook.INCOMING: (COLUMNS, _exported(ArrivalBook.INCOMING, COLUMNS), "-ngay-den", Book.INCOMING),
    ArrivalBook.FOLLOWUP: (FOLLOWUP, _exported(ArrivalBook.FOLLOWUP, FOLLOWUP), "-so-den", Book.FOLLOWUP),
}  # fmt: skip


@login_required
@require_safe
def incoming_list(request: HttpRequest) -> HttpResponse:
    """What arrived, newest first."""
    return _list(request, ArrivalBook.INCOMING)


@login_required
@require_safe
def incoming_followup(request: HttpRequest) -> HttpResponse:
    """What arrived, with who has it, until when, and how far it is."""
    return _list(request, ArrivalBook.FOLLOWUP)


@login_required
@require_safe
def incoming_waiting(request: HttpRequest) -> HttpResponse:
    """Papers that bodies of this system sent and that are in no book yet; one press enters one."""
    found = WaitingFilter(request.GET, queryset=waiting_papers(request.user), request=request)
    page = ListPage(request, filterset=found, columns=WAITING, default_sort="-ngay", name="cho-vao-so")
    return page.response("documents/incoming_waiting.html", {"may_register": shelf(request.user).may_write})


def _list(request: HttpRequest, kind: ArrivalBook) -> HttpResponse:
    columns, exported, sort, book = BOOKS[kind]
    shelved = shelf(request.user)
    found = IncomingFilter(request.GET, queryset=arrival_list(request.user), request=request, shelf=shelved)
    wanted = exported if "xuat" in request.GET else columns
    page = ListPage(request, filterset=found, columns=wanted, default_sort=sort, name=book)
    asked = {"mau": book, **{key: request.GET[key] for key in ("so", "nam") if request.GET.get(key)}}
    return page.response(
        "documents/incoming_list.html",
        {
            "title": kind.title,
            "is_followup": kind is ArrivalBook.FOLLOWUP,
            "has_book": bool(shelved.books),
            "book_query": urlencode(asked),
            "may_register": shelved.may_write,
            "waits": waiting_papers(request.user).exists(),
        },
    )
