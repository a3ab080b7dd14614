"""The days of a calendar in one pass: by template nodes, a month of 200 meetings took longer than all the rest.

What people typed is escaped by `html.escape`; everything else is our own words and numbers.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from hdnd.lib.templatetags.hdnd_ui import tone
from workbench.calendar import Day, Due, Entry

register = template.Library()


@register.simple_tag
def events(entries: Iterable[Entry], with_where: bool = False) -> SafeString:
    """Meetings of a day: state by word, icon and colour, time, title; in the week also where, whose, under whom."""
    return SafeString("".join(_event(row, _where(row) if with_where else "") for row in entries))


def _event(row: Entry, where: str) -> str:
    return (
        f'<a class="event {tone(row.state)}" href="{row.address}"><small>{row.time} · {row.state_label}</small>'
        f"<span>{escape(row.title)}</span>{where}</a>"
    )


def _where(row: Entry) -> str:
    chair = f"<br>Chủ trì: {escape(row.chair)}" if row.chair else ""
    return f'<small class="where">{escape(row.place)}<br>{escape(row.host)}{chair}</small>'


@register.simple_tag
def due_days(rows: Iterable[Due]) -> SafeString:
    """Duties and tasks due on a day."""
    return SafeString(
        "".join(
            f'<a class="entry-due {tone(row.state)}" href="{reverse(row.url_name, args=[row.pk])}">'
            f"<small>Hạn · {row.state_label}</small><span>{escape(row.title)}</span></a>"
            for row in rows
        )
    )


@register.simple_tag
def dates(days: Iterable[Day]) -> SafeString:
    """The month as numbers that lead to their days, with a dot where something is on: for a phone."""
    return SafeString(
        "".join(
            f'<a href="#n{day.number}"{_marks(day)}>{day.number}{_DOT if day.entries else ""}</a>'
            for day in days
        )
    )


_DOT = '<i></i><span class="visually-hidden">, có lịch</span>'


def _marks(day: Day) -> str:
    if day.is_beside:
        return ' class="beside" tabindex="-1" aria-hidden="true"'
    off = ' class="off"' if day.is_off else ""
    return f' aria-current="date"{off}' if day.is_today else off
