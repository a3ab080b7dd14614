"""The demo's weekly calendars: this week's published last Friday, next week's being prepared. All fictional."""

from datetime import date, time, timedelta

from councils.choices import RoleKind
from councils.models import Organization, User
from hdnd.lib import clock
from hdnd.lib.background import silenced
from hdnd.outbox.models import Message, State
from workbench.calendar import monday_of
from workbench.models import DaySession, WorkWeek
from workbench.services import weeks
from workbench.services.weeks import LineInput

HOST = "TTHDND"


def load_weeks() -> int:
    """Makes both weeks once; returns how many were made."""
    if WorkWeek.objects.exists():
        return 0
    host = Organization.objects.get(code=HOST)
    actor = User.objects.filter(roles__organization=host, roles__kind=RoleKind.SECRETARY).earliest("pk")
    this = monday_of(clock.today())
    with silenced(), clock.at(clock.at_time(this - timedelta(days=3), 15)):
        week = weeks.open_week(actor=actor, organization=host, monday=this)
        _fill(actor, week, this)
        weeks.publish_week(actor=actor, week=week)
        # Those mails left on that Friday.
        queued = Message.objects.filter(dedupe_key__startswith="week:")
        queued.update(state=State.SENT, sent_at=clock.now(), attempts=1)
    following = this + timedelta(days=7)
    _fill(actor, weeks.open_week(actor=actor, organization=host, monday=following), following)
    return 2


def _fill(actor: User, week: WorkWeek, monday: date) -> None:
    """Monday's briefing and a visit on Wednesday."""
    for line in (
        LineInput(
            monday, DaySession.MORNING, "Giao ban đầu tuần", time(8), "Lãnh đạo Thường trực, lãnh đạo các Ban, Văn phòng",
            "Phòng họp số 1, Trụ sở HĐND tỉnh", "Nguyễn Đình Lâm, Chủ tịch HĐND",
        ),
        LineInput(
            monday + timedelta(days=2), DaySession.AFTERNOON, "Nắm tình hình hoạt động HĐND cấp xã tại cơ sở", time(14),
            "Đại diện các Ban, Văn phòng", "Xã Phú Lộc", "Trần Thị Hải Yến, Phó Chủ tịch HĐND",
        ),
    ):  # fmt: skip
        weeks.add_line(actor=actor, week=week, data=line)
