"""Rows of the desk, the calendar, its links and the weekly calendar."""

from datetime import timedelta
from typing import Any

from hdnd.lib import clock, files
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories as make
from tests.permissions.row import NOT_ALLOWED, Row, everyone, open_to_all
from workbench.calendar import monday_of
from workbench.models import CalendarFeed, WorkWeek, WorkWeekEdition, WorkWeekLine
from workbench.queries.feeds import token_for
from workbench.services.feeds import issue_feed

NEXT_WEEK = timedelta(days=7)
# The office's draft: to everyone else it does not exist until it is published.
DRAFT = {"leader": 403}


def feed(cast: Cast) -> CalendarFeed:
    """The leader's link to their own calendar."""
    return issue_feed(actor=cast.leader, organization=None)


def week(cast: Cast) -> WorkWeek:
    """Next week of TTHDND, being prepared, with a line and a meeting."""
    make.issuer(cast.world["TTHDND"])
    monday = monday_of(clock.today()) + NEXT_WEEK
    made = WorkWeek.objects.create(organization=cast.world["TTHDND"], monday=monday)
    WorkWeekLine.objects.create(week=made, day=monday, session="sang", content="Trực cơ quan")
    make.meeting(cast.world, starts_at=clock.at_time(monday, 8))
    return made


def edition(cast: Cast) -> WorkWeekEdition:
    """The same, published."""
    stored = files.store(BLANK, ".pdf")
    return WorkWeekEdition.objects.create(
        week=week(cast), number=1, pdf=stored, docx=stored, sha256="0" * 64, content_sha256="0" * 64
    )


def line(cast: Cast, made: WorkWeek) -> dict[str, Any]:
    return {"pk": made.lines.get().pk}


def line_data(cast: Cast, made: WorkWeek) -> dict[str, Any]:
    return {"day": made.monday.isoformat(), "session": "sang", "content": "Đi cơ sở"}


def meeting_data(cast: Cast, made: WorkWeek) -> dict[str, Any]:
    return {"meeting": cast.world["TTHDND"].meetings.get().pk}


def pk(cast: Cast, made: Any) -> dict[str, Any]:
    return {"pk": made.pk}


ROWS = (
    Row("workbench:search", everyone(200), NOT_ALLOWED),
    Row("workbench:home", everyone(200), NOT_ALLOWED),
    Row(
        "workbench:act_for",
        everyone(405),
        # Only for a body one has a role for; for others it does not exist.
        everyone(404, secretary=302, leader=302),
        data=lambda cast, made: {"organization": cast.world["TTHDND"].pk},
    ),
    Row("calendar:calendar", everyone(200), NOT_ALLOWED),
    Row(
        "calendar:feeds",
        everyone(200),
        # The family's own people; a body for which one has no role is refused.
        everyone(403, secretary=302, leader=302, delegate=302),
        data=lambda cast, made: {"organization": cast.world["TTHDND"].pk},
    ),
    # One's own link only.
    Row("calendar:feed_revoke", NOT_ALLOWED, everyone(404, leader=302), args=pk, setup=feed),
    # Calendar programs can't sign in: whoever holds the link reads.
    Row(
        "calendar:feed_file",
        open_to_all(200),
        open_to_all(405),
        setup=feed,
        args=lambda cast, made: {"token": token_for(made)},
    ),
    # ---- the weekly calendar
    Row("calendar:week_list", everyone(200), NOT_ALLOWED),
    Row(
        "calendar:week_open",
        NOT_ALLOWED,
        everyone(403, secretary=302, partner=302, outsider=302),
        data=lambda cast, made: {"monday": f"{clock.today() + NEXT_WEEK:%Y-%m-%d}"},
    ),
    Row("calendar:week_detail", everyone(404, secretary=200, leader=200), NOT_ALLOWED, args=pk, setup=week),
    Row("calendar:line_add", NOT_ALLOWED, everyone(404, secretary=302, **DRAFT), args=pk, data=line_data, setup=week),
    Row(
        "calendar:line_edit", everyone(404, secretary=200, **DRAFT), everyone(404, secretary=302, **DRAFT),
        args=line, data=line_data, setup=week,
    ),
    Row("calendar:line_remove", NOT_ALLOWED, everyone(404, secretary=302, **DRAFT), args=line, setup=week),
    Row("calendar:week_note", NOT_ALLOWED, everyone(404, secretary=302, **DRAFT), args=pk, data=lambda cast, made: {"note": "Ghi chú"}, setup=week),
    Row("calendar:meeting_show", NOT_ALLOWED, everyone(404, secretary=302, **DRAFT), args=pk, data=meeting_data, setup=week),
    Row("calendar:week_preview", everyone(404, secretary=200, leader=200), NOT_ALLOWED, args=pk, setup=week),
    Row("calendar:week_publish", NOT_ALLOWED, everyone(404, secretary=302, leader=302), args=pk, setup=week),
    # Published: the council's own people read it.
    Row("calendar:edition_pdf", everyone(404, secretary=200, leader=200, delegate=200), NOT_ALLOWED, args=pk, setup=edition),
    Row("calendar:edition_docx", everyone(404, secretary=200, leader=200, delegate=200), NOT_ALLOWED, args=pk, setup=edition),
)  # fmt: skip
