"""Text and links as HTML, for what is drawn by the hundred: rows of lists, days of calendars.

Django's `escape` and `format_html` go through lazy text for each piece; over fifty rows that costs more than the query.
"""

from datetime import date, datetime
from html import escape
from typing import Any, Protocol

from django.urls import reverse
from django.utils.safestring import SafeString

from hdnd.lib import dates


def words(value: Any) -> str:
    """A value as people read it: dates as offices write them, nothing for None."""
    if isinstance(value, datetime):
        return dates.date_time(value)
    if isinstance(value, date):
        return dates.short_date(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    return "" if value is None else str(value)


def escaped(value: object) -> str:
    """The value as HTML text; what is safe already stays as it is."""
    return str(value) if isinstance(value, SafeString) else escape(str(value))


class Linker(Protocol):
    """Draws a link to the page of one row."""

    def __call__(self, pk: int, label: object, css: str = "", aria: str = "") -> SafeString: ...


def linker(name: str) -> Linker:
    """Makes links to a page named by one number: `linker("meetings:meeting_detail")(7, "Phiên họp")`.

    The address is looked up once for all rows.
    """
    address: list[str] = []

    def link(pk: int, label: object, css: str = "", aria: str = "") -> SafeString:
        if not address:
            address.extend(reverse(name, args=[0]).rsplit("0", 1))
        before, after = address
        more = f' class="{escape(css)}"' if css else ""
        if aria:
            more += f' aria-label="{escape(aria)}"'
        return SafeString(f'<a{more} href="{before}{pk:d}{after}">{escaped(label)}</a>')

    return link
