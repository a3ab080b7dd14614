"""Cover and contents of a pack of papers, which stand before them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from documents.paper.layout import LAYOUT
from documents.paper.markup import escape, plain
from documents.paper.model import Letterhead
from hdnd.lib.pdf import render_pdf
from hdnd.lib.pdf.packs import LINK_BASE


@dataclass(frozen=True)
class Entry:
    """A line of the contents.

    Attributes:
        number: `01`, `01a`; empty for what is not printed.
        pages: `4–10`, or why there are none.
        note: `bổ sung ngày 24/11/2026`.
        place: which part of the pack it is, counted from 1; None for what is not printed.
    """

    number: str
    title: str
    pages: str
    note: str = ""
    place: int | None = None


@dataclass(frozen=True)
class Group:
    """The papers of one agenda item; without a title, those of the meeting as a whole."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Binder:
    """What cover and contents say; `facts` are when and where, `made` which version of the pack it is."""

    letterhead: Letterhead
    event: str
    facts: tuple[str, ...]
    made: str
    groups: tuple[Group, ...]


def binder_pdf(binder: Binder) -> bytes:
    """Cover and contents as PDF/A-2a, with links for `hdnd.lib.pdf.packs.bind`.

    Raises:
        FontMissingError, MissingGlyphError: see `hdnd.lib.pdf.render_pdf`.
    """
    author = " ".join(binder.letterhead.name_lines)
    return render_pdf(_html(binder), title=plain(f"Tập tài liệu {binder.event}"), author=plain(author))


def _html(binder: Binder) -> str:
    head = binder.letterhead
    superior = "".join(f'<p class="superior">{escape(line)}</p>' for line in head.superior_lines)
    names = "".join(f"<p>{escape(line)}</p>" for line in head.name_lines)
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in binder.facts)
    rows = "".join(_group(group) for group in binder.groups)
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(binder.event)}</title>'
        f'<style>{_style()}</style></head><body><div class="cover"><div class="bodies">{superior}{names}'
        f'<div class="rule"></div></div><div class="middle"><h1>TẬP TÀI LIỆU</h1>'
        f'<p class="event">{escape(binder.event)}</p>{facts}</div><p class="foot">{escape(binder.made)}</p></div>'
        '<section class="contents"><h2>MỤC LỤC</h2><table><colgroup><col style="width: 15mm"><col>'
        '<col style="width: 30mm"></colgroup><thead><tr><th>Số</th><th>Tài liệu</th><th>Trang</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></section></body></html>"
    )


def _group(group: Group) -> str:
    title = f'<tr class="group"><td colspan="3">{escape(group.title)}</td></tr>' if group.title else ""
    return title + "".join(_entry(entry) for entry in group.entries)


def _entry(entry: Entry) -> str:
    title, pages = escape(entry.title), escape(entry.pages)
    if entry.place is not None:
        title = f'<a href="{LINK_BASE}{entry.place}">{title}</a>'
    note = f'<span class="note">{escape(entry.note)}</span>' if entry.note else ""
    return f"<tr><td>{escape(entry.number)}</td><td>{title}{note}</td><td>{pages}</td></tr>"


@cache
def _style() -> str:
    css = (Path(__file__).parent / "binder.css").read_text(encoding="utf-8")
    return Template(css).substitute(LAYOUT.values())
