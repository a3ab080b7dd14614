"""The weekly calendar: who may see which, and what stands in it. Meetings are looked up each time, never copied."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from coordination.law.working_days import day_off_reason, is_working_day
from coordination.queries import calendar_exceptions
from councils.choices import COUNCIL_FAMILY, OrganizationKind
from councils.models import Membership, Organization
from councils.permissions import OFFICE_KINDS, access, can_serve_office, family_filter
from documents.paper.work_week import AFTERNOON, MORNING, WeekRow
from hdnd.lib import clock
from meetings.choices import CALLED_OFF, Answer, MeetingState
from meetings.models import IncomingInvitation, Invitation, Meeting
from meetings.queries.replies import people_of, replies_prefetch
from workbench.calendar import WEEKEND, monday_of
from workbench.models import WorkWeek, WorkWeekEdition, WorkWeekLine
from workbench.queries.calendar import concerns_bodies

GUESTS_NAMED = 8
NOON = time(12, 0)
# These two stand for the whole council: its office keeps one calendar.
_FOR_ALL = frozenset({OrganizationKind.COUNCIL, OrganizationKind.STANDING_COMMITTEE})


@dataclass(frozen=True)
class WeekEntry:
    """One line on the page that prepares a week: what would be printed, and where it comes from."""

    row: WeekRow
    meeting: Meeting | None = None
    incoming: IncomingInvitation | None = None
    line: WorkWeekLine | None = None
    is_hidden: bool = False
    is_plan: bool = False

    @property
    def is_printed(self) -> bool:
        """Plans stay inside the office until the invitation is out."""
        return not (self.is_hidden or self.is_plan)


def visible_weeks(user: Any) -> QuerySet[WorkWeek]:
    """The office sees the weeks it prepares, everyone else of the body and its council what was published."""
    rights = access(user)
    office = family_filter("organization", rights.roots_of(OFFICE_KINDS))
    published = WorkWeekEdition.objects.filter(week=OuterRef("pk"))
    own = family_filter("organization", rights.roots_of()) & Exists(published)
    return WorkWeek.objects.filter(office | own).select_related("organization__area", "organization__parent")


def week_list(user: Any) -> QuerySet[WorkWeek]:
    """Visible weeks with their editions, newest first."""
    return visible_weeks(user).prefetch_related("editions")


def visible_editions(user: Any) -> QuerySet[WorkWeekEdition]:
    """Published calendars of the weeks the person sees."""
    return WorkWeekEdition.objects.filter(week__in=visible_weeks(user)).select_related("week")


def visible_lines(user: Any) -> QuerySet[WorkWeekLine]:
    """Lines added to the weeks the person sees."""
    return WorkWeekLine.objects.filter(week__in=visible_weeks(user)).select_related("week__organization")


def week_meetings(week: WorkWeek) -> QuerySet[Meeting]:
    """Meetings of the week that the office hosts or is invited to and has not declined; called-off ones are gone."""
    bodies = _bodies_of(week.organization)
    declined = Invitation.objects.filter(organization__in=bodies, answer=Answer.DECLINED)
    found: Any = Meeting.objects.between(week.monday, week.sunday).filter(concerns_bodies(bodies))
    gone = Q(pk__in=declined.values("meeting_id")) & ~Q(host__in=bodies)
    rows: QuerySet[Meeting] = found.exclude(Q(state__in=CALLED_OFF) | gone)
    return rows.order_by("starts_at", "pk")


def week_entries(week: WorkWeek) -> list[WeekEntry]:
    """Meetings and added lines in the order of the week, in a fixed number of queries."""
    bodies = _bodies_of(week.organization)
    hidden = set(week.hidden.values_list("pk", flat=True))
    meetings = list(
        week_meetings(week)
        .select_related("host", "chair")
        .prefetch_related(
            "agenda__organizations",
            Prefetch(
                "invitations",
                Invitation.objects.select_related("organization").prefetch_related(replies_prefetch()),
            ),
        )
    )
    posts = _posts_of_chairs(meetings)
    found = [
        WeekEntry(
            _meeting_row(meeting, bodies, posts.get((meeting.chair_id, meeting.host_id), "")),
            meeting=meeting,
            is_hidden=meeting.pk in hidden,
            is_plan=meeting.state == MeetingState.PLANNED,
        )
        for meeting in meetings
    ]
    found += [WeekEntry(_incoming_row(row), incoming=row) for row in week_incoming(week, bodies)]
    found += [WeekEntry(_line_row(line), line=line) for line in week.lines.all()]
    return sorted(found, key=lambda entry: entry.row.key)


def days_off_of(week: WorkWeek) -> dict[date, str]:
    """Public holidays and exchanged days off of the week; not its Saturday and Sunday."""
    exceptions = calendar_exceptions()
    days = [week.monday + timedelta(days=step) for step in range(7)]
    reasons = {day: day_off_reason(day, exceptions) for day in days}
    return {day: reason for day, reason in reasons.items() if reason and reason not in WEEKEND}


def week_to_publish(user: Any, acting: Organization | None) -> date | None:
    """The Monday of next week, on the last working day of this one, while its calendar is not yet published.

    Offices publish on Friday; when Friday is a day off, on the last working day before it.
    """
    if acting is None or not can_serve_office(user, acting):
        return None
    today, exceptions = clock.today(), calendar_exceptions()
    rest = (today + timedelta(days=step) for step in range(1, 7 - today.weekday()))
    if not is_working_day(today, exceptions) or any(is_working_day(day, exceptions) for day in rest):
        return None
    monday = monday_of(today) + timedelta(days=7)
    published = WorkWeekEdition.objects.filter(week__organization=acting, week__monday=monday)
    return None if published.exists() else monday


def _bodies_of(organization: Organization) -> list[int]:
    if organization.kind not in _FOR_ALL:
        return [organization.pk]
    root = organization.family_root_id
    organs = Organization.objects.filter(parent=root, kind__in=COUNCIL_FAMILY).values_list("pk", flat=True)
    return [root, *organs]


def _posts_of_chairs(meetings: Iterable[Meeting]) -> dict[tuple[int | None, int], str]:
    """Chair and host to the chair's post there; one query, on the first of the meetings' days."""
    pairs = {(meeting.chair_id, meeting.host_id) for meeting in meetings if meeting.chair_id}
    if not pairs:
        return {}
    day = min(meeting.day for meeting in meetings)
    seats = Membership.objects.on(day).filter(
        person__in={chair for chair, _ in pairs}, organization__in={host for _, host in pairs}
    )
    return {
        (person, host): post
        for person, host, post in seats.values_list("person", "organization", "post__name")
    }


def _meeting_row(meeting: Meeting, bodies: list[int], post: str) -> WeekRow:
    starts_at = clock.local(meeting.starts_at)
    invited = [row for row in meeting.invitations.all() if not row.is_left_out]
    if meeting.host_id in bodies:
        attendees = _named([f"Thành viên {meeting.host.label}", *(row.organization.label for row in invited)])
    else:
        attendees = _named([_delegation(row) for row in invited if row.organization_id in bodies])
    preparing = {
        body.label: None
        for item in meeting.agenda.all()
        for body in item.organizations.all()
        if body.pk != meeting.host_id
    }
    content = meeting.title + (f" (chuẩn bị: {', '.join(preparing)})" if preparing else "")
    chair = meeting.chair.full_name if meeting.chair else meeting.host.label
    return WeekRow(
        starts_at.date(), session_at(starts_at), content, starts_at.time(), attendees, meeting.place,
        f"{chair}, {post}" if post else chair,
    )  # fmt: skip


def week_incoming(week: WorkWeek, bodies: list[int]) -> list[IncomingInvitation]:
    """What the office is invited to on paper that week and has not declined."""
    found = IncomingInvitation.objects.filter(
        organization__in=bodies,
        starts_at__gte=clock.at_time(week.monday, 0),
        starts_at__lt=clock.at_time(week.sunday + timedelta(days=1), 0),
        withdrawn_because="",
        absent_because="",
    )
    return list(found.select_related("host", "organization").prefetch_related("people"))


def _incoming_row(row: IncomingInvitation) -> WeekRow:
    starts_at = clock.local(row.starts_at)
    names = ", ".join(person.full_name for person in row.people.all())
    return WeekRow(
        starts_at.date(), session_at(starts_at), row.title, starts_at.time(), _sent(names, row.organization),
        row.place, row.host.label,
    )  # fmt: skip


def _delegation(row: Invitation) -> str:
    names = ", ".join(one.name for one in people_of(row)) or row.attendee_name
    return _sent(names, row.organization)


def _sent(names: str, body: Organization) -> str:
    return f"{names}, {body.label}" if names else f"Đại diện {body.label}"


def _named(bodies: list[str]) -> str:
    rest = len(bodies) - GUESTS_NAMED
    return "; ".join(bodies[:GUESTS_NAMED]) + (f" và {rest} cơ quan khác" if rest > 0 else "")


def _line_row(line: WorkWeekLine) -> WeekRow:
    return WeekRow(
        line.day, line.get_session_display(), line.content, line.at, line.attendees, line.place, line.chair
    )


def session_at(moment: datetime) -> str:
    """`Sáng` before noon, `Chiều` from noon on."""
    return MORNING if moment.time().replace(tzinfo=None) < NOON else AFTERNOON
