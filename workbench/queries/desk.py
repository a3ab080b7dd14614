"""What the desk shows: what must I do now, and the next seven days. A fixed number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from coordination.choices import OPEN_STATES
from coordination.models import Duty
from coordination.queries import duty_list
from councils.permissions import OFFICE_KINDS, PARTNER_KINDS, access, can_serve_office, family_filter
from hdnd.lib import clock, dates
from meetings.choices import CALLED_OFF
from meetings.models import Conclusion, IncomingInvitation, Invitation, Meeting
from meetings.queries import count_answers, invitation_list, meeting_list, visible_tasks
from meetings.queries.incoming import incoming_to_do

AHEAD = timedelta(days=7)
LIMIT = 12


@dataclass(frozen=True)
class Move:
    """One thing to do: by when, what, why, and where to do it."""

    due_on: date
    title: str
    basis: str
    url_name: str
    pk: int
    action: str
    kind: str

    def is_late(self, today: date) -> bool:
        """Past its day."""
        return self.due_on < today


@dataclass(frozen=True)
class Desk:
    """Everything on the desk, already in order."""

    today: date
    moves: list[Move]
    meetings: list[Meeting]
    waiting: int
    due_this_week: int
    overdue: int
    next_host_meeting: Meeting | None

    @property
    def shown(self) -> list[Move]:
        return self.moves[:LIMIT]

    @property
    def more(self) -> int:
        return max(len(self.moves) - LIMIT, 0)


def desk(user: Any) -> Desk:
    """The desk of one person today."""
    today = clock.today()
    invitations = _to_answer(user)
    duties = _duties(user, today)
    tasks = _tasks(user, today)
    papers = incoming_to_do(user)
    moves = [
        *(_answer_move(row) for row in invitations),
        *(_duty_move(row) for row in duties),
        *(_task_move(row) for row in tasks),
        *(_incoming_move(row) for row in papers),
    ]
    moves.sort(key=lambda move: (move.due_on, move.title))
    soon: Any = meeting_list(user)
    meetings = list(
        soon.between(today, today + AHEAD).exclude(state__in=CALLED_OFF).order_by("starts_at", "pk")
    )
    count_answers(meetings)
    own = access(user).roots_of()
    return Desk(
        today=today,
        moves=moves,
        meetings=meetings,
        waiting=len(invitations),
        due_this_week=sum(today <= move.due_on <= today + AHEAD for move in moves),
        overdue=sum(move.is_late(today) for move in moves),
        next_host_meeting=next(
            (row for row in meetings if row.host.family_root_id in own and row.invited_count), None
        ),
    )


def _to_answer(user: Any) -> list[Invitation]:
    """Unanswered invitations that the person may answer; a delegate sees the others in the list."""
    found: Any = invitation_list(user)
    return list(found.filter(waits=0, may_answer=True))


def _acts_for(user: Any) -> frozenset[int]:
    """Bodies in whose name the person acts: a delegate's council is not one of them."""
    return access(user).roots_of(OFFICE_KINDS | PARTNER_KINDS)


def _duties(user: Any, today: date) -> list[Duty]:
    """Open duties that the bodies the person acts for owe, due within a week or past due."""
    found: Any = duty_list(user)
    mine = family_filter("debtor", _acts_for(user))
    return list(
        found.filter(mine, due_on__lte=today + AHEAD, current__in=[str(state) for state in OPEN_STATES])
    )


def _tasks(user: Any, today: date) -> list[Conclusion]:
    return list(
        visible_tasks(user).filter(
            family_filter("assignee", _acts_for(user)),
            done_on=None,
            due_on__isnull=False,
            due_on__lte=today + AHEAD,
        )
    )


def _answer_move(row: Invitation) -> Move:
    meeting = row.meeting
    by = clock.local(meeting.answer_by).date() if meeting.answer_by else meeting.day
    return Move(
        due_on=by,
        title=f"Trả lời {meeting.host.label} về {meeting.title}",
        basis=f"Mời {row.organization.label} · {dates.date_time(meeting.starts_at)}",
        url_name="meetings:invitation_answer",
        pk=row.pk,
        action="Trả lời",
        kind="answer",
    )


def _duty_move(duty: Duty) -> Move:
    creditor = duty.creditor.label if duty.creditor else ""
    return Move(
        due_on=duty.due_on,
        title=f"{duty.get_mode_display().capitalize()} {creditor}: {duty.occasion_title}",
        basis=f"{duty.clause.basis} · hạn {dates.long_date(duty.due_on)}",
        url_name="coordination:duty_detail",
        pk=duty.pk,
        action="Mở",
        kind="duty",
    )


def _task_move(task: Conclusion) -> Move:
    assert task.due_on is not None
    return Move(
        due_on=task.due_on,
        title=task.text,
        basis=f"Kết luận {task.meeting.title} · giao {task.assignee.label}",
        url_name="meetings:task_complete",
        pk=task.pk,
        action="Báo kết quả",
        kind="task",
    )


def _incoming_move(row: IncomingInvitation) -> Move:
    past = row.starts_at < clock.now()
    return Move(
        due_on=row.day,
        title=f"{'Ghi kết quả dự' if past else 'Cử người dự'} {row.title}",
        basis=f"{row.host.label} mời {row.organization.label} · {dates.date_time(row.starts_at)}",
        url_name="meetings:incoming_detail",
        pk=row.pk,
        action="Mở",
        kind="incoming",
    )


def may_plan(user: Any, acting: Any) -> bool:
    """Whether the desk offers to plan a meeting for the body acted for."""
    return acting is not None and can_serve_office(user, acting)
