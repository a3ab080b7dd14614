"""One search over all that a person may see: words in any order, accents aside."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from councils.models import Membership
from councils.queries import organization_list
from documents.queries import document_list
from documents.queries.contents import found_inside, framed
from documents.queries.drafts import draft_list
from hdnd.lib import clock
from hdnd.lib.dates import date_time, short_date
from hdnd.lib.text import fold
from meetings.queries import meeting_list, visible_tasks
from meetings.queries.incoming import visible_incoming
from meetings.queries.papers import paper_of

SHOWN = 6
"""Hits of each kind on the page; the list behind `more` has them all."""
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """One thing found, with where it is; `passage` is what its file says, "" when it was found by its title."""

    title: str
    detail: str
    address: str
    passage: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more` is the list that shows all of it, "" when there is none."""

    label: str
    hits: list[Hit]
    more: str = ""


def found_for(user: Any, text: str) -> list[Group]:
    """What the words are found in, by kind, kinds without a hit left out; a fixed number of queries.

    Nothing for less than two letters: it would be found everywhere.
    """
    words = fold(text).split()
    if sum(map(len, words)) < SHORTEST:
        return []
    groups = (
        Group("Cuộc họp", _meetings(user, words), reverse("meetings:meeting_list")),
        Group("Giấy mời đến", _incoming(user, words), reverse("meetings:incoming_list")),
        Group("Nhiệm vụ", _tasks(user, words), reverse("meetings:task_list")),
        Group("Dự thảo", _drafts(user, words), reverse("documents:draft_list")),
        Group("Văn bản", _documents(user, words), reverse("documents:document_list")),
        Group("Tài liệu cuộc họp", _papers(user, words)),
        Group("Cơ quan", _organizations(user, words), reverse("councils:organization_list")),
        Group("Người", _people(words)),
    )
    return [group for group in groups if group.hits]


def _all(words: list[str], *fields: str) -> Q:
    """Every word in one of the folded fields."""
    found = Q()
    for word in words:
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__contains": word})
        found &= one
    return found


def _meetings(user: Any, words: list[str]) -> list[Hit]:
    rows = meeting_list(user).filter(_all(words, "search", "host__search")).order_by("-starts_at")
    return [
        Hit(
            row.title,
            f"{date_time(row.starts_at)} · {row.host.label}",
            _to("meetings:meeting_detail", row.pk),
        )
        for row in rows[:SHOWN]
    ]


def _incoming(user: Any, words: list[str]) -> list[Hit]:
    rows = visible_incoming(user).filter(_all(words, "search", "host__search")).order_by("-starts_at")
    return [
        Hit(
            row.title,
            f"{date_time(row.starts_at)} · {row.host.label}",
            _to("meetings:incoming_detail", row.pk),
        )
        for row in rows[:SHOWN]
    ]


def _tasks(user: Any, words: list[str]) -> list[Hit]:
    rows = visible_tasks(user).filter(_all(words, "meeting__search", "assignee__search")).order_by("-pk")
    return [
        Hit(
            row.text,
            f"Giao {row.assignee.label} · {row.meeting.title}",
            _to("meetings:task_complete", row.pk),
        )
        for row in rows[:SHOWN]
    ]


def _drafts(user: Any, words: list[str]) -> list[Hit]:
    rows = draft_list(user).filter(_all(words, "search")).order_by("-changed_at", "-pk")
    return [
        Hit(
            row.subject,
            f"{row.kind.name} · {row.get_state_display()} · {row.organization.label}",
            _to("documents:draft_detail", row.pk),
        )
        for row in rows[:SHOWN]
    ]


def _documents(user: Any, words: list[str]) -> list[Hit]:
    """Those that the register finds, then those that say it inside."""
    rows = document_list(user).order_by("-issued_on", "-pk")
    titled = list(rows.filter(_all(words, "search"))[:SHOWN])
    inside = found_inside(rows.exclude(_all(words, "search")), words)[:SHOWN]
    return [
        Hit(
            f"{row.symbol}: {row.subject}",
            f"{short_date(row.issued_on)} · {row.organization.label}",
            _to("documents:document_file", row.pk),
            framed(getattr(row, "passage", ""), words),
        )
        for row in [*titled, *inside][:SHOWN]
    ]


def _papers(user: Any, words: list[str]) -> list[Hit]:
    """Papers put to agenda items, by what they say."""
    rows = found_inside(paper_of(user).current(), words).order_by("-added_at")  # type: ignore[attr-defined]
    return [
        Hit(
            row.title,
            f"{date_time(row.item.meeting.starts_at)} · {row.item.meeting.title}",
            _to("meetings:paper_file", row.pk),
            framed(row.passage, words),
        )
        for row in rows[:SHOWN]
    ]


def _organizations(user: Any, words: list[str]) -> list[Hit]:
    rows = organization_list(user).filter(_all(words, "search")).order_by("level", "code")
    return [
        Hit(row.name, str(row.area or ""), _to("councils:organization_detail", row.pk))
        for row in rows[:SHOWN]
    ]


def _people(words: list[str]) -> list[Hit]:
    """People by their seats today; the directory is open to everyone signed in."""
    seats = Membership.objects.on(clock.today()).filter(_all(words, "person__search"))
    rows = seats.select_related("person", "post", "organization").order_by("person__sort_key", "post__rank")
    return [
        Hit(
            row.person.full_name,
            f"{row.post.name}, {row.organization.label}",
            _to("councils:organization_detail", row.organization_id),
        )
        for row in rows[:SHOWN]
    ]


def _to(name: str, pk: int) -> str:
    return reverse(name, args=[pk])
