"""Small pieces of pages: dates as offices write them, states with word, icon and colour."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

from hdnd.lib import clock, dates
from hdnd.lib.cells import escaped

register = template.Library()

# Every state of the product by the colour it wears; a word always stands beside the colour.
_TONES = {
    "done": "met approved accepted sent locked issued present done",
    "waiting": "due invited substituted queued circulated excused minuted sending waiting late_met changed checked",
    "late": "missed failed declined absent overdue withdrawn bad",
    "info": "planned held upcoming draft info new checking importing",
    "off": "void cancelled waived left_out dropped postponed same",
}
_TONE_OF = {state: tone for tone, states in _TONES.items() for state in states.split()} | {"late": "waiting"}


@register.filter
def vn_date(value: date | None) -> str:
    """`26/06/2026`."""
    return dates.short_date(value) if value else ""


@register.filter
def vn_long_date(value: date | None) -> str:
    """`thứ Sáu, 26/06/2026`."""
    if value is None:
        return ""
    return dates.long_date(clock.local(value).date() if isinstance(value, datetime) else value)


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """`thứ Sáu, 26/06/2026, 07:30`."""
    return dates.date_time(value) if value else ""


@register.filter
def vn_time(value: datetime | None) -> str:
    """`07:30`."""
    return f"{clock.local(value):%H:%M}" if value else ""


@register.filter
def vn_weekday(value: date) -> str:
    """`thứ Sáu`."""
    return dates.weekday(value)


@register.filter
def vn_short_weekday(value: date) -> str:
    """`T.6`."""
    return dates.short_weekday(value)


@register.filter
def vn_relative(value: date | None) -> str:
    """`còn 3 ngày`, counted from today."""
    return dates.relative(value, clock.today()) if value else ""


@register.simple_tag
@lru_cache(maxsize=8)
def drawn_once(template_name: str) -> SafeString:
    """A template without context, drawn once per process: the head of every page names fifteen static files."""
    return render_to_string(template_name)


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: int = 20) -> SafeString:
    """An outline icon, drawn once per process: drawing the rail's dozen anew took a fifth of a page."""
    return SafeString(lucide(name, size=size))


@register.filter
def initials(name: str) -> str:
    """`NL` of `Nguyễn Đình Lâm`: first and given name."""
    parts = name.split()
    return "".join(part[0] for part in ([parts[0], parts[-1]] if len(parts) > 1 else parts)).upper()


@register.filter
def tone(state: str) -> str:
    """The colour a state wears: done, waiting, late, info or off."""
    return _TONE_OF.get(str(state), "info")


@register.simple_tag
def state_pill(state: str, label: Any) -> SafeString:
    """A state as word, icon and colour."""
    return pill(tone(state), str(label))


@lru_cache(maxsize=512)
def pill(tone: str, label: str) -> SafeString:
    """A label in a colour; the few there are are drawn once."""
    return SafeString(f'<span class="state {tone}">{escaped(label)}</span>')


@register.simple_tag
def due_pill(due_on: date, today: date) -> SafeString:
    """How far a due day is, as a state."""
    days = (due_on - today).days
    tone = "late" if days < 0 else "waiting" if days <= 3 else "info"
    return pill(tone, dates.relative(due_on, today))


@register.filter
def filesize_vn(size: int) -> str:
    """`1,2 MB`."""
    if size < 1024 * 1024:
        return f"{max(round(size / 1024), 1)} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")


@register.simple_tag
def duty_pill(duty: Any, today: Any = None) -> SafeString:
    """A duty's state today; one past its day but not yet lost says by how much."""
    day = today or clock.today()
    state = duty.state_on(day)
    if state == "due" and duty.due_on < day:
        return pill("late", dates.relative(duty.due_on, day))
    return state_pill(state, state.label)


@register.simple_tag
def holds_pill(row: Any, today: date) -> SafeString:
    """Whether a dated row is in force today."""
    return state_pill("done", "đang hiệu lực") if row.holds_on(today) else state_pill("void", "hết hiệu lực")


@register.simple_tag
def meter(part: int, whole: int, label: str, mark: int = 0) -> SafeString:
    """A bar of `part` out of `whole` as SVG (the policy allows no inline width), with a line where `mark` is reached.

    Args:
        label: what a screen reader says instead, with its unit: `12 trên 15 cơ quan đã trả lời`.
    """
    width = 100 * min(max(part, 0), whole) / whole if whole else 0
    at = 100 * min(mark, whole) / whole if whole and mark else 0
    return format_html(
        '<svg class="meter{}" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="all" width="100" height="8"/><rect class="part" width="{}" height="8"/>{}</svg>',
        " short" if part < mark else "",
        label,
        f"{width:.2f}",
        format_html('<rect class="mark" x="{}" width="0.5" height="8"/>', f"{at - 0.25:.2f}") if at else "",
    )
