"""February 2026, hour by hour: who was reminded of what on which day, against a table worked out by hand.

Tết: Monday 16 to Friday 20 off, so Saturday 14 to Sunday 22. The office exchanged Friday 27 for Saturday 28.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from coordination.choices import AgendaKind, EventKind
from coordination.models import CalendarException
from documents.choices import DocumentType
from documents.models import Document
from documents.services import issue
from hdnd.lib import clock
from hdnd.outbox.models import Message
from meetings.choices import MeetingState
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Conclusion,
    Invitation,
    Meeting,
    ReminderPause,
    ReminderRule,
    ReminderSent,
)
from meetings.services.answering import AnswerInput, answer_by_link
from meetings.tasks import send_reminders
from tests import factories as make
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories

pytestmark = pytest.mark.django_db

UBND, MTTQ, SXD, TANHOA = "vanthu@ubnd.test", "vanthu@mttq.test", "vanthu@soxd.test", "tanhoa@hdnd.test"
KHAI, OFFICE = "khai@hdnd.test", "thuky@hdnd.test"

# day of February -> address -> what the mail reminds of; every other day nothing is sent to anybody.
BY_HAND: dict[int, dict[str, list[str]]] = {
    # F is on Friday at nine. The beat was dead on Wednesday and Thursday: both reminders in one, before it begins.
    # T2 is due on Tuesday 10: two working days before.
    6: {UBND: ["mời F"], MTTQ: ["việc T2"]},
    # A is on Thursday 12: papers three working days before. Nobody knows an address of Ban Pháp chế.
    9: {SXD: ["tài liệu A1"], KHAI: ["tài liệu A2"], OFFICE: ["tài liệu A4"]},
    # A: two working days before; B, a liaison conference on Tuesday 24: five (23, 13, 12, 11, 10), so in the same mail.
    # Tân Hòa has answered for A. Phú Lộc has no address.
    10: {UBND: ["mời A"], MTTQ: ["mời A", "mời B"], TANHOA: ["mời B"], OFFICE: ["mời A"]},
    # A: one working day before. UBND has answered, the Sở has delivered.
    11: {MTTQ: ["mời A"], KHAI: ["tài liệu A2"], OFFICE: ["mời A", "tài liệu A4"]},
    # T1 is due on Wednesday 18, within Tết: two working days before are 13 and 12. The beat rose after lunch.
    12: {UBND: ["việc T1"]},
    # The first day after Tết: B is tomorrow, MTTQ has answered. T1 is one working day late. T3 is due on Wednesday 25.
    23: {TANHOA: ["mời B"], UBND: ["việc T1"], OFFICE: ["việc T3"]},
    # T1 five working days late: 23, 24, 25, 26 and the worked Saturday.
    28: {UBND: ["việc T1"]},
}

DEAD = {4, 5}  # no beat at all
LATE = {12: 14}  # first beat after 14:00


def feb(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return clock.at_time(date(2026, 2, day), hour, minute)


@pytest.fixture
def february(cast: Cast) -> Cast:
    """The world in January: addresses, letterhead, the office's calendar and its rule for liaison conferences."""
    world = cast.world
    factories.issuer(world["TTHDND"])
    for code, address in (("UBND", UBND), ("MTTQ", MTTQ), ("SXD", SXD), ("X01-TT", TANHOA)):
        make.contact(world[code], address)
    khai = world.people["P04"]
    khai.email = KHAI
    khai.save()
    make.membership(
        khai, world["TTHDND"], "Ủy viên", valid_from=date(2021, 5, 23), valid_to=date(2026, 3, 26)
    )
    CalendarException.objects.create(day=date(2026, 2, 27), is_working=False, reason="nghỉ hoán đổi")
    CalendarException.objects.create(day=date(2026, 2, 28), is_working=True, reason="làm bù")
    ReminderRule.objects.create(
        what="unanswered", event_kind=EventKind.LIAISON_CONFERENCE, days_before=[5, 1]
    )
    return cast


def meeting(
    cast: Cast, title: str, starts_at: datetime, issued: datetime, *codes: str, **values: object
) -> Meeting:
    """An issued meeting of TTHDND without agenda, to which those bodies are invited."""
    made = factories.meeting(cast.world, title=title, starts_at=starts_at, items=0, **values)
    for code in codes:
        factories.invitation(made, cast.world[code], issued_at=issued)
    return made


def invite(cast: Cast) -> Meeting:
    """A, B and F are reminded of; C is called off, D left alone, E was issued too late to remind before it."""
    first = meeting(cast, "A", feb(12, 8), feb(3, 9), "UBND", "MTTQ", "X01-TT", "X03-TT")
    factories.invitation(first, cast.world["SXD"], issued_at=feb(3, 9), is_left_out=True)
    for position, kind, presenter, codes in (
        (1, AgendaKind.REPORT, "Giám đốc Sở Xây dựng", ("SXD", "UBND")),
        (2, AgendaKind.REPORT, "Ông Phạm Văn Khải, Ủy viên Thường trực", ("UBND",)),
        (3, AgendaKind.CONCLUSION, "Chủ tọa", ()),
        (4, AgendaKind.DRAFT_RESOLUTION, "Trưởng Ban Pháp chế", ("BPC",)),
    ):
        item = AgendaItem.objects.create(
            meeting=first, position=position, title=f"A{position}", kind=kind, presenter=presenter
        )
        item.organizations.set([cast.world[code] for code in codes])
    meeting(cast, "B", feb(24, 8), feb(4, 9), "X01-TT", "MTTQ", kind=EventKind.LIAISON_CONFERENCE)
    meeting(cast, "C", feb(12, 8), feb(3, 9), "UBND", state=MeetingState.CANCELLED)
    ReminderPause.objects.create(meeting=meeting(cast, "D", feb(12, 14), feb(3, 9), "MTTQ"))
    meeting(cast, "E", feb(23, 8), feb(13, 9), "UBND")
    meeting(cast, "F", feb(6, 9), feb(2, 9), "UBND")
    return first


def give_tasks(cast: Cast) -> None:
    """T1 to T3 are announced; T4 has no last day, T5 is not announced yet."""
    with clock.at(clock.at_time(date(2026, 1, 20), 9)):
        held = factories.meeting(
            cast.world,
            title="Tháng 01",
            starts_at=clock.at_time(date(2026, 1, 15), 8),
            state=MeetingState.APPROVED,
        )
        notice: Document = issue(
            actor=cast.secretary, organization=cast.world["TTHDND"], doc_type=DocumentType.NOTICE, subject="Kết luận",
            signer_name="Lâm", signer_title="CHỦ TỊCH", recipients=["UBND"], addressees=[cast.world["UBND"]],
            about=held, render=lambda issuer, taken: BLANK,
        )  # fmt: skip
    for position, code, due, announced in (
        (1, "UBND", 18, True), (2, "MTTQ", 10, True), (3, "X03-TT", 25, True), (4, "UBND", None, True),
        (5, "UBND", 12, False),
    ):  # fmt: skip
        Conclusion.objects.create(
            meeting=held, position=position, assignee=cast.world[code], text=f"T{position}",
            due_on=date(2026, 2, due) if due else None, notice=notice if announced else None,
        )  # fmt: skip


def answer(title: str, code: str) -> None:
    row = Invitation.objects.get(meeting__title=title, organization__code=code)
    answer_by_link(invitation=row, data=AnswerInput("accepted", f"Người của {code}", "Chánh Văn phòng"))


def deliver(first: Meeting) -> None:
    AgendaPaper.objects.create(
        item=first.agenda.get(position=1), title="Báo cáo", file="f", file_name="f.pdf", size=1
    )


def done(text: str, day: int) -> None:
    Conclusion.objects.filter(text=text).update(done_on=date(2026, 2, day))


def happenings(first: Meeting) -> list[tuple[datetime, Callable[[], None]]]:
    """What people did in between."""
    return [
        (feb(9, 9), lambda: answer("A", "X01-TT")),
        (feb(9, 16), lambda: done("T2", 9)),
        (feb(10, 10), lambda: deliver(first)),
        (feb(10, 14), lambda: answer("A", "UBND")),
        (feb(13, 15), lambda: answer("B", "MTTQ")),
        (feb(25, 16), lambda: done("T3", 25)),
    ]


def play(events: list[tuple[datetime, Callable[[], None]]]) -> None:
    """A beat every hour of all 28 days, days off and nights included, but for those that were missed."""
    for hour in range(28 * 24):
        moment = feb(1, 0, 30) + timedelta(hours=hour)
        while events and events[0][0] <= moment:
            at, event = events.pop(0)
            with clock.at(at):
                event()
        if moment.day not in DEAD and moment.hour >= LATE.get(moment.day, 0):
            with clock.at(moment):
                send_reminders()


def sent() -> dict[int, dict[str, list[str]]]:
    """What was sent, as the table has it."""
    found: dict[int, dict[str, list[str]]] = {}
    for row in ReminderSent.objects.select_related(
        "message", "invitation__meeting", "item", "conclusion"
    ).order_by("pk"):
        what = (
            f"mời {row.invitation.meeting.title}" if row.invitation
            else f"tài liệu {row.item.title}" if row.item
            else f"việc {row.conclusion.text}" if row.conclusion else ""
        )  # fmt: skip
        day = clock.local(row.message.created_at).date()
        assert (day.month, row.sent_on, row.to) == (2, day, row.message.to)
        found.setdefault(day.day, {}).setdefault(row.message.to, []).append(what)
    return found


def test_february_with_tet(february: Cast) -> None:
    first = invite(february)
    give_tasks(february)
    play(happenings(first))
    assert sent() == BY_HAND
    # One mail a person and day, all in office hours.
    assert Message.objects.count() == sum(len(addresses) for addresses in BY_HAND.values()) == 17
    times = {
        (clock.local(m.created_at).day, f"{clock.local(m.created_at):%H:%M}") for m in Message.objects.all()
    }
    assert times == {(day, "14:30" if day == 12 else "07:30") for day in BY_HAND}
