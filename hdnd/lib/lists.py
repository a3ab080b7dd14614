"""One way to show a list: filter, sort, page, export. Every list page of the product goes through `ListPage`.

The query count is fixed: one for the page's rows, one for the count, plus the queryset's own prefetches.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hdnd.lib import clock
from hdnd.lib.cells import escaped, words
from hdnd.lib.http import made_file

PAGE_SIZE = 50
EXPORT_LIMIT = 20_000
COUNT_LIMIT = 1_000
# XLSX is XML, which cannot hold these at all: openpyxl refuses the whole file.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """One column of a list and of its export.

    Attributes:
        value: what the export writes for a row.
        order: the ordering expressions of an ascending sort; empty, the column does not sort.
        draw: what the page shows of a row, text or safe HTML; without it, what the export writes.
        heads: the cell that names the row.
        labelled: on a phone, where a row is a card, the cell says its column's name; off where it speaks for itself.
    """

    key: str
    label: str
    value: Callable[[Any], Any]
    order: tuple[str, ...] = ()
    numeric: bool = False
    draw: Callable[[Any], str] | None = None
    heads: bool = False
    labelled: bool = True

    @property
    def frame(self) -> tuple[str, str]:
        """The tags around a cell."""
        if self.heads:
            return '<th scope="row">', "</th>"
        css = ' class="number"' if self.numeric else ""
        label = format_html(' data-label="{}"', self.label) if self.labelled else ""
        return f"<td{css}{label}>", "</td>"


@dataclass(frozen=True)
class Heading:
    """A column head as the template draws it."""

    key: str
    label: str
    numeric: bool
    sortable: bool
    direction: str  # "", "ascending" or "descending"
    query: str  # the query string of the next sort


def drawn(columns: Sequence[Column], rows: Iterable[Any]) -> SafeString:
    """The rows of a table body in one pass: a template took four times as long for fifty rows of six cells."""
    plan = [(*column.frame, column.draw or _shown(column)) for column in columns]
    return SafeString(
        "\n".join(
            "<tr>"
            + "".join([f"{before}{escaped(draw(row))}{after}" for before, after, draw in plan])
            + "</tr>"
            for row in rows
        )
    )


def _shown(column: Column) -> Callable[[Any], str]:
    return lambda row: words(column.value(row))


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts up to a limit: nobody pages through 200,000 rows, and counting them all would be the slowest query."""

    @cached_property
    def counted(self) -> int:
        """Rows up to one more than the limit."""
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[: COUNT_LIMIT + 1].count())

    @cached_property
    def count(self) -> int:
        """Rows that can be paged through."""
        return min(self.counted, COUNT_LIMIT)

    @property
    def in_words(self) -> str:
        """`81`, `hơn 10.000`."""
        number = f"{self.count:,}".replace(",", ".")
        return f"hơn {number}" if self.counted > COUNT_LIMIT else number


class PartsPaginator(CappedPaginator):
    """Pages of a list in disjoint parts, each a queryset in the list's order.

    Each part gives the keys of its first rows up to the end of the page; the page's rows are among them. So every
    part is read by the index that suits it, where no index suits one condition for all.
    """

    def __init__(self, parts: Sequence[QuerySet[Any]], whole: QuerySet[Any], per_page: int) -> None:
        super().__init__(whole, per_page)
        self.parts = parts
        self.order = parts[0].query.order_by
        # What the list is sorted by first: bounds the parts behind the first, and may be all an index has to hold.
        self.by = str(self.order[0]).lstrip("-")

    @cached_property
    def _opening(self) -> list[tuple[Any, Any]]:
        """Keys of the first part's rows as far as one can page, each with what it is sorted by: its count, too."""
        return list(self.parts[0].values_list("pk", self.by)[: COUNT_LIMIT + 1])

    @cached_property
    def counted(self) -> int:
        found = len(self._opening)
        for part in self.parts[1:]:
            if found <= COUNT_LIMIT:
                found += part.order_by().values(self.by)[: COUNT_LIMIT + 1].count()
        return found

    def page(self, number: Any) -> Page[Any]:
        number = self.validate_number(number)
        end = number * self.per_page
        return Page(self._first(end)[end - self.per_page : end], number, self)

    def _first(self, end: int) -> QuerySet[Any]:
        rows: Any = self.object_list
        bounded = "__" not in self.by and not rows.model._meta.get_field(self.by).null
        later = f"{self.by}__{'gte' if str(self.order[0]).startswith('-') else 'lte'}"
        bound: dict[str, Any] = {}
        found = self._opening[:end]
        keys = [key for key, _ in found]
        for part in self.parts[1:]:
            if bounded and len(found) == end:  # what comes after these is on a later page
                bound = {later: found[-1][1]}
            found = list(part.filter(**bound).values_list("pk", self.by)[:end])
            keys += [key for key, _ in found]
        return rows.filter(pk__in=keys).order_by(*self.order)  # type: ignore[no-any-return]


class ListPage:
    """A filtered, sorted, paged list of one queryset.

    Args:
        filterset: a django-filter FilterSet already bound to `request.GET` and the visible queryset.
        default_sort: a column key, with `-` in front for descending.
        name: the file name of exports, without ending.
        finish: completes the rows of one page or export with what a query of their own reads.
        parts: the visible queryset in disjoint parts, for pages of a list that no index serves as a whole.
        whole: with parts: what a page's rows are read from, by their keys.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        filterset: Any,
        columns: Sequence[Column],
        default_sort: str,
        name: str,
        finish: Callable[[Sequence[Any]], None] | None = None,
        parts: Sequence[QuerySet[Any]] = (),
        whole: QuerySet[Any] | None = None,
    ) -> None:
        self.request = request
        self.filterset = filterset
        self.columns = columns
        self.name = name
        self.finish = finish
        self.parts, self.whole = parts, whole
        known = {column.key for column in columns if column.order}
        asked = request.GET.get("sap", default_sort)
        self.sort = asked if asked.lstrip("-") in known else default_sort

    def rows(self) -> QuerySet[Any]:
        """The filtered rows in order; the primary key breaks ties, so that pages never overlap."""
        return self._ordered(self.filterset.qs)

    def _ordered(self, found: QuerySet[Any]) -> QuerySet[Any]:
        column = next((c for c in self.columns if c.key == self.sort.lstrip("-")), None)
        order = list(column.order) if column else []
        if self.sort.startswith("-"):
            order = [name[1:] if name.startswith("-") else f"-{name}" for name in order]
        return found.order_by(*order, "-pk" if self.sort.startswith("-") else "pk")

    def page(self) -> Page[Any]:
        """The page asked for by `trang`; beyond the end, the last."""
        paginator = (
            CappedPaginator(self.rows(), PAGE_SIZE)
            if self.whole is None
            else PartsPaginator(self._parts(), self.whole, PAGE_SIZE)
        )
        page = paginator.get_page(self.request.GET.get("trang"))
        page.object_list = self._finished(page.object_list)
        return page

    def _parts(self) -> list[QuerySet[Any]]:
        self.filterset.form.is_valid()  # as `qs` does it before it filters
        return [self._ordered(self.filterset.filter_queryset(part)) for part in self.parts]

    def _finished(self, rows: Any) -> list[Any]:
        found = list(rows)
        if self.finish:
            self.finish(found)
        return found

    def headings(self) -> list[Heading]:
        """Column heads with the link of their next sort."""
        heads = []
        for column in self.columns:
            here = self.sort.lstrip("-") == column.key
            down = here and self.sort.startswith("-")
            query = self.request.GET.copy()
            query.pop("trang", None)
            query["sap"] = column.key if down or not here else f"-{column.key}"
            direction = ("descending" if down else "ascending") if here else ""
            heads.append(
                Heading(
                    column.key, column.label, column.numeric, bool(column.order), direction, query.urlencode()
                )
            )
        return heads

    def context(self) -> dict[str, Any]:
        """What the list template needs."""
        query = self.request.GET.copy()
        query.pop("trang", None)
        query.pop("xuat", None)
        page = self.page()
        return {
            "filter": self.filterset,
            "page": page,
            "rows": lambda: drawn(self.columns, page.object_list),
            "headings": self.headings(),
            "query": query.urlencode(),
            "is_filtered": any(value for key, value in query.items() if key != "sap"),
        }

    def response(self, template: str, extra: dict[str, Any] | None = None) -> HttpResponse:
        """The page, its table fragment for htmx, or the export asked for by `xuat=xlsx|csv`."""
        wanted = self.request.GET.get("xuat")
        if wanted in {"xlsx", "csv"}:
            return self.export(wanted)
        htmx: Any = getattr(self.request, "htmx", None)
        # After "back" htmx asks for a page it no longer holds, and needs the whole of it.
        fragment = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
        response = render(
            self.request, f"{template}#table" if fragment else template, {**self.context(), **(extra or {})}
        )
        patch_vary_headers(response, ["HX-Request"])  # the same address is a page or a fragment
        return response

    def export(self, kind: str) -> HttpResponse:
        """All filtered rows as XLSX or CSV (UTF-8 with a mark, so that Excel reads the accents)."""
        rows = self._finished(self.rows()[:EXPORT_LIMIT])
        table = [[cell(column.value(row)) for column in self.columns] for row in rows]
        heads = [column.label for column in self.columns]
        content = xlsx(heads, table) if kind == "xlsx" else csv_bytes(heads, table)
        name = f"{self.name}-{clock.today():%Y-%m-%d}.{kind}"
        return made_file(content, name, XLSX if kind == "xlsx" else "text/csv; charset=utf-8")


def cell(value: Any) -> str | int | float:
    """A value as a spreadsheet cell; text that a spreadsheet would run as a formula is defused."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = _CONTROL.sub("", words(value))
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def csv_bytes(heads: list[str], rows: list[list[str | int | float]]) -> bytes:
    """A CSV file in UTF-8 with byte order mark."""
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode("utf-8-sig")


def xlsx(heads: list[str], rows: list[list[str | int | float]]) -> bytes:
    """A workbook of one sheet with a frozen bold head and readable widths."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    for head in sheet[1]:
        head.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for index, column in enumerate(sheet.columns, start=1):
        width = max((len(str(item.value or "")) for item in column), default=8)
        sheet.column_dimensions[get_column_letter(index)].width = min(max(width + 2, 10), 60)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
