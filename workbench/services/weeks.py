"""The weekly calendar: opened, filled, published."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from councils.models import Organization
from councils.permissions import can_serve_office, ensure
from councils.queries import members_on
from documents.paper.html import paper_pdf
from documents.paper.word import WORD, paper_docx
from documents.paper.work_week import WeekRow
from documents.sender import sender_for
from documents.services import issuer_of
from hdnd.audit.services import changed, record
from hdnd.lib import clock, files
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError
from hdnd.outbox.services import Attachment, queue
from meetings.models import Meeting
from workbench.calendar import monday_of
from workbench.models import DaySession, WorkWeek, WorkWeekEdition, WorkWeekLine
from workbench.papers import week_paper
from workbench.permissions import can_prepare_week, can_publish_week
from workbench.queries.weeks import NOON, days_off_of, week_entries, week_meetings

FAR = timedelta(weeks=8)
_ONLY_OFFICE = "Chỉ văn phòng của cơ quan soạn được lịch công tác tuần."


@dataclass(frozen=True)
class LineInput:
    """What is typed for a line that is no meeting."""

    day: date
    session: str
    content: str
    at: time | None = None
    attendees: str = ""
    place: str = ""
    chair: str = ""


@dataclass(frozen=True)
class Published:
    """What came of publishing: the edition, how many mails left, how many members have no address."""

    edition: WorkWeekEdition
    sent: int
    unreachable: int


@transaction.atomic
def open_week(*, actor: Any, organization: Organization, monday: date) -> WorkWeek:
    """The body's week, made where there is none yet; any day of the week names it.

    Raises:
        PermissionDenied: not its office.
        DomainError: a week that is over, or too far ahead to be a plan.
    """
    ensure(can_serve_office(actor, organization), _ONLY_OFFICE)
    monday = monday_of(monday)
    this = monday_of(clock.today())
    if not this <= monday <= this + FAR:
        raise DomainError(
            f"Chỉ soạn được lịch từ tuần này đến tuần bắt đầu {short_date(this + FAR)}. Chọn ngày khác.",
            field="monday",
        )
    week, created = WorkWeek.objects.get_or_create(organization=organization, monday=monday)
    if created:
        record("workbench.week.opened", week, actor=actor)
    return week


@transaction.atomic
def add_line(*, actor: Any, week: WorkWeek, data: LineInput) -> WorkWeekLine:
    """Adds a line that is no meeting.

    Raises:
        PermissionDenied: not its office.
        DomainError: the week is over, the day lies outside it, the hour is not of that session.
    """
    week = _locked(actor, week)
    _check(week, data)
    line = WorkWeekLine(week=week, **asdict(data))
    line.full_clean()
    line.save()
    record("workbench.week.changed", week, actor=actor, changes={"line": [None, _in_words(line)]})
    return line


@transaction.atomic
def change_line(*, actor: Any, line: WorkWeekLine, data: LineInput) -> WorkWeekLine:
    """Changes a line; the same errors as `add_line`."""
    week = _locked(actor, line.week)
    line = _line(line)
    before = _in_words(line)
    _check(week, data)
    for name, value in asdict(data).items():
        setattr(line, name, value)
    line.full_clean()
    line.save()
    if _in_words(line) != before:
        record("workbench.week.changed", week, actor=actor, changes={"line": [before, _in_words(line)]})
    return line


@transaction.atomic
def remove_line(*, actor: Any, line: WorkWeekLine) -> None:
    """Takes a line out; what was published keeps it."""
    week = _locked(actor, line.week)
    line = _line(line)
    record("workbench.week.changed", week, actor=actor, changes={"line": [_in_words(line), None]})
    line.delete()


@transaction.atomic
def show_meeting(*, actor: Any, week: WorkWeek, meeting: Meeting, shown: bool) -> None:
    """Leaves a meeting out of the calendar, or takes it in again.

    Raises:
        DomainError: not a meeting of this week and office.
    """
    week = _locked(actor, week)
    if not week_meetings(week).filter(pk=meeting.pk).exists():
        raise DomainError("Cuộc họp này không thuộc lịch của tuần. Tải lại trang để xem hiện trạng.")
    before = not week.hidden.filter(pk=meeting.pk).exists()
    if before == shown:
        return
    if shown:
        week.hidden.remove(meeting)
    else:
        week.hidden.add(meeting)
    changes = {"meeting": meeting.title, "shown": [before, shown]}
    record("workbench.week.changed", week, actor=actor, changes=changes)


@transaction.atomic
def set_note(*, actor: Any, week: WorkWeek, note: str) -> WorkWeek:
    """The remark below the table."""
    week = _locked(actor, week)
    week.note = note
    week.full_clean()
    changes = changed(week, ["note"])
    week.save()
    if changes:
        record("workbench.week.changed", week, actor=actor, changes=changes)
    return week


def preview_pdf(*, actor: Any, week: WorkWeek) -> bytes:
    """The calendar as it would print now, without a day of issue.

    Raises:
        PermissionDenied: neither its office nor its leader.
        DomainError: no letterhead, or nobody to sign.
    """
    ensure(can_publish_week(actor, week), _ONLY_OFFICE)
    rows, last = printed_rows(week), week.editions.first()
    # What has not changed looks as it was published; what has, as the next update.
    updates = 0 if last is None else last.number - (last.content_sha256 == content_digest(week, rows))
    issuer = issuer_of(week.organization)
    return paper_pdf(week_paper(week, issuer, rows, day=None, signed_on=clock.today(), update=updates))


@transaction.atomic
def publish_week(*, actor: Any, week: WorkWeek) -> Published:
    """Prints the calendar, keeps it as PDF and Word, and mails both to the body's members.

    A week published before becomes `bản cập nhật lần N`.

    Raises:
        PermissionDenied: neither the office nor a leader.
        DomainError: the week is over; nothing has changed since the last edition; no letterhead or nobody to sign.
    """
    week = WorkWeek.objects.select_for_update().get(pk=week.pk)
    ensure(
        can_publish_week(actor, week), "Chỉ văn phòng hoặc lãnh đạo cơ quan công bố được lịch công tác tuần."
    )
    _ensure_not_over(week)
    rows = printed_rows(week)
    last = week.editions.first()
    content = content_digest(week, rows)
    if last is not None and last.content_sha256 == content:
        raise DomainError(
            f"Lịch chưa thay đổi so với {last.label} đã công bố. Sửa lịch trước khi công bố bản cập nhật."
        )
    today, number = clock.today(), last.number + 1 if last else 1
    paper = week_paper(
        week, issuer_of(week.organization), rows, day=today, signed_on=today, update=number - 1
    )
    pdf = paper_pdf(paper)
    edition = WorkWeekEdition(
        week=week,
        number=number,
        published_at=clock.now(),
        published_by=actor,
        pdf=files.store(pdf, ".pdf"),
        docx=files.store(paper_docx(paper), ".docx"),
        sha256=files.digest(pdf),
        content_sha256=content,
    )
    edition.full_clean()
    edition.save()
    changes = {"edition": edition.label, "sha256": edition.sha256}
    record("workbench.week.published", week, actor=actor, changes=changes)
    return Published(edition, *_send(week, edition))


def printed_rows(week: WorkWeek) -> list[WeekRow]:
    """What the calendar would say now."""
    return [entry.row for entry in week_entries(week) if entry.is_printed]


def content_digest(week: WorkWeek, rows: Iterable[WeekRow]) -> str:
    """Equal for equal content: tells whether a week has changed since it was published."""
    told = [week.note, [asdict(row) for row in rows], list(days_off_of(week).items())]
    return hashlib.sha256(json.dumps(told, default=str, ensure_ascii=False).encode()).hexdigest()


def _send(week: WorkWeek, edition: WorkWeekEdition) -> tuple[int, int]:
    """Queues one mail per member with an address; returns how many, and how many members have none."""
    members = [seat.person for seat in members_on(week.organization, clock.today())]
    context = {
        "week": week,
        "edition": edition,
        "link": settings.SITE_URL + reverse("calendar:week_detail", args=[week.pk]),
    }
    name = f"lich-cong-tac-tuan-{week.monday:%Y-%m-%d}"
    subject = f"Lịch công tác tuần {week.span}" + (f", {edition.label}" if edition.number > 1 else "")
    sender = sender_for(week.organization)
    sent = 0
    for person in members:
        if person.email:
            queued = queue(
                dedupe_key=f"week:{edition.pk}:{person.email.lower()}",
                to=person.email,
                to_name=person.full_name,
                **sender,
                subject=subject,
                text=render_to_string("workbench/mail/week.txt", context),
                html=render_to_string("workbench/mail/week.html", context),
                attachments=[
                    Attachment(f"{name}.pdf", "application/pdf", edition.pdf),
                    Attachment(f"{name}.docx", WORD, edition.docx),
                ],
                about=week,
            )
            sent += queued is not None
    return sent, sum(not person.email for person in members)


def _locked(actor: Any, week: WorkWeek) -> WorkWeek:
    week = WorkWeek.objects.select_for_update().get(pk=week.pk)
    ensure(can_prepare_week(actor, week), _ONLY_OFFICE)
    _ensure_not_over(week)
    return week


def _line(line: WorkWeekLine) -> WorkWeekLine:
    """The line as it is now, under the lock of its week."""
    found = WorkWeekLine.objects.filter(pk=line.pk).first()
    if found is None:
        raise DomainError("Việc này đã được bỏ khỏi lịch. Tải lại trang để xem hiện trạng.")
    return found


def _ensure_not_over(week: WorkWeek) -> None:
    if week.sunday < clock.today():
        raise DomainError(f"Tuần {week.span} đã qua, lịch không sửa được nữa. Soạn lịch cho tuần khác.")


def _check(week: WorkWeek, data: LineInput) -> None:
    if not week.monday <= data.day <= week.sunday:
        raise DomainError(f"Ngày phải nằm trong tuần {week.span}. Chọn lại ngày.", field="day")
    if data.at and (data.at < NOON) != (data.session == DaySession.MORNING):
        raise DomainError(
            f"{data.at:%H:%M} không thuộc buổi đã chọn. Sửa giờ hoặc chọn buổi khác.", field="at"
        )


def _in_words(line: WorkWeekLine) -> str:
    hour = f"{line.at:%H:%M}" if line.at else line.get_session_display()
    parts = (short_date(line.day), hour, line.content, line.attendees, line.place, line.chair)
    return ", ".join(part for part in parts if part)
