"""The demo's meetings: a past year with its record, and meetings around today to try everything at once.

Every meeting goes through the services under its own dates, so numbers, duties, minutes and audit are real.
All fictional.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from coordination.law.working_days import due_before, is_working_day
from councils.models import Area, Organization, User
from councils.queries import leaders_on, members_on
from documents.choices import DocumentType
from documents.models import Series
from documents.services import issuer_of
from hdnd.lib import clock
from hdnd.lib.background import silenced
from hdnd.outbox.models import Message, State
from meetings.choices import Answer, Presence
from meetings.models import Conclusion, Meeting
from meetings.services import answering, concluding, holding, inviting, planning, recording
from meetings.services.planning import ItemInput, PlanInput

GM_STANDS_AT = 30
"""The register of invitations of Thường trực HĐND stands here when the demo is loaded; the next is 31/GM-HĐND."""


@dataclass(frozen=True)
class Told:
    """One meeting of the demo."""

    host: str
    kind: str
    title: str
    starts_at: datetime
    place: str
    agenda: tuple[ItemInput, ...]
    lead: int = 6  # working days between issue and meeting
    issued: bool = True
    held: bool = True
    locked: bool = True
    left_out: tuple[str, str] | None = None  # code, reason
    areas: tuple[Area, ...] = ()
    absent: int = 0  # how many members are excused
    conclusions: tuple[tuple[str, str, int], ...] = ()  # body, task, days after the meeting


def load_meetings() -> int:
    """Plays the demo's meetings once; returns how many were made."""
    if Meeting.objects.exists():
        return 0
    told = sorted([*_past(), *_around_today()], key=lambda row: row.starts_at)
    _opening_number(told)
    with silenced():
        for row in told:
            _play(row)
        _tasks_done()
    # The past's mails left long ago; only those of today and later are still to be sent.
    Message.objects.filter(created_at__lt=clock.at_time(clock.today(), 0)).update(
        state=State.SENT, sent_at=clock.at_time(clock.today(), 0), attempts=1
    )
    return len(told)


def _opening_number(told: list[Told]) -> None:
    """Sets the opening number so that the register stands at 30 after the demo's own invitations."""
    year = clock.today().year
    host = Organization.objects.get(code="TTHDND")
    taken = sum(row.host == "TTHDND" and row.issued and _issue_day(row).year == year for row in told)
    Series.objects.get_or_create(
        issuer=issuer_of(host), doc_type=DocumentType.INVITATION, year=year,
        defaults={"last_number": max(GM_STANDS_AT - taken, 0)},
    )  # fmt: skip


def _play(row: Told) -> None:
    host = Organization.objects.select_related("area").get(code=row.host)
    actor = _secretary(host)
    issue_at = clock.at_time(_issue_day(row), 9)
    with clock.at(issue_at - timedelta(days=2)):
        meeting = planning.create_meeting(actor=actor, host=host, plan=_plan(host, row))
    if not row.issued:
        return
    with clock.at(issue_at):
        if row.left_out:
            code, reason = row.left_out
            found = meeting.invitations.filter(organization__code=code).first()
            if found:
                planning.leave_out(actor=actor, invitation=found, reason=reason)
        inviting.issue_invitations(actor=actor, meeting=meeting)
    with clock.at(issue_at + timedelta(days=1)):
        _answers(actor, meeting, every=1 if row.held else 2)
    if row.held:
        _hold(actor, meeting, row)


def _plan(host: Organization, row: Told) -> PlanInput:
    day = clock.local(row.starts_at).date()
    chair = leaders_on(host, day).first()
    return PlanInput(
        kind=row.kind, title=row.title, starts_at=row.starts_at, place=row.place, areas=row.areas,
        chair=chair.person if chair else None, secretary_name="Trần Thu Hà", agenda=row.agenda,
        answer_by=clock.at_time(due_before(day, 2, "wd").on, 17) if row.lead > 2 else None,
    )  # fmt: skip


def _answers(actor: User, meeting: Meeting, every: int) -> None:
    """The invited answer over the secretary: their heads come, one sends a deputy, one declines."""
    for index, invitation in enumerate(
        meeting.invitations.filter(is_left_out=False).select_related("organization")
    ):
        if index % every:
            continue
        leaders = list(leaders_on(invitation.organization, meeting.day))
        if not leaders or index % 7 == 5:
            data = answering.AnswerInput(Answer.DECLINED, reason="Trùng lịch công tác đã định trước")
        else:
            seat = leaders[index % len(leaders)]
            data = answering.AnswerInput(
                Answer.ACCEPTED, name=seat.person.full_name, title=seat.post.name, person=seat.person
            )
        answering.answer_for(actor=actor, invitation=invitation, data=data)


def _hold(actor: User, meeting: Meeting, row: Told) -> None:
    members = list(members_on(meeting.host, meeting.day))
    with clock.at(row.starts_at - timedelta(minutes=10)):
        for index, seat in enumerate(members):
            away = index >= len(members) - row.absent
            holding.mark_member(
                actor=actor, meeting=meeting, membership=seat,
                presence=Presence.EXCUSED if away else Presence.PRESENT, reason="Đi công tác" if away else "",
            )  # fmt: skip
        for invitation in meeting.invitations.exclude(answer="").exclude(answer=Answer.DECLINED):
            holding.mark_guest(actor=actor, meeting=meeting, invitation=invitation, presence=Presence.PRESENT)
    with clock.at(row.starts_at):
        holding.open_meeting(actor=actor, meeting=meeting)
    with clock.at(row.starts_at + timedelta(hours=2)):
        _vote(actor, meeting, len(members) - row.absent)
        for body, task, days in row.conclusions:
            data = concluding.ConclusionInput(
                assignee=Organization.objects.get(code=body), text=task,
                due_on=meeting.day + timedelta(days=days), report_to=meeting.host,
            )  # fmt: skip
            concluding.add_conclusion(actor=actor, meeting=meeting, data=data)
        holding.close_meeting(actor=actor, meeting=meeting)
        _minutes(actor, meeting, row)


def _vote(actor: User, meeting: Meeting, present: int) -> None:
    item = meeting.agenda.filter(kind="draft_resolution").first()
    if item and present:
        tally = holding.Tally(
            in_favour=present - (1 if present > 5 else 0), not_voting=1 if present > 5 else 0
        )
        holding.record_vote(actor=actor, meeting=meeting, item=item, tally=tally)


def _minutes(actor: User, meeting: Meeting, row: Told) -> None:
    minutes = recording.start_minutes(actor=actor, meeting=meeting)
    for entry in minutes.entries.select_related("item"):
        text = f"{entry.item.presenter or 'Chủ tọa'} trình bày. Các thành viên thảo luận, thống nhất nội dung được nêu."
        recording.save_entry(actor=actor, entry=entry, text=text, version=entry.version)
    if row.locked:
        leader = User.objects.filter(person=Meeting.objects.get(pk=meeting.pk).chair).first() or _leader()
        recording.approve(actor=leader, minutes=minutes)
        if row.conclusions:
            concluding.issue_notice(actor=actor, meeting=meeting)


def _tasks_done() -> None:
    """Tasks of long ago are done, most of them in time; those of the last weeks are still open."""
    today = clock.today()
    for task in Conclusion.objects.exclude(notice=None).select_related("meeting__host"):
        if task.due_on is None:
            continue
        done_on = task.due_on + timedelta(days=2 if task.pk % 5 == 0 else -1)
        if done_on < today - timedelta(days=20):
            with clock.at(clock.at_time(done_on, 16)):
                note = "Đã hoàn thành, có báo cáo kèm theo."
                concluding.complete_task(actor=_secretary(task.meeting.host), conclusion=task, note=note)


def _secretary(host: Organization) -> User:
    """The account that serves the host's office."""
    names = {"UBND": "ubnd", "DDBQH": "ddbqh", "MTTQ": "mttq", "X01-TT": "tanhoa"}
    return User.objects.get(username=names.get(host.code, "thuky"))


def _leader() -> User:
    return User.objects.get(username="lanhdao")


def _issue_day(row: Told) -> date:
    return due_before(clock.local(row.starts_at).date(), row.lead, "wd").on


def _on(day: date, hour: int, minute: int = 0) -> datetime:
    """The moment on that day, or on the next working day."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return clock.at_time(day, hour, minute)


def _months_back(count: int) -> date:
    """The 25th of the month so many months ago."""
    today = clock.today()
    months = today.year * 12 + today.month - 1 - count
    return date(months // 12, months % 12 + 1, 25)


def _item(
    title: str, kind: str = "report", presenter: str = "Chánh Văn phòng", minutes: int = 20, **names: Any
) -> ItemInput:
    return ItemInput(
        title=title, kind=kind, presenter=presenter, minutes=minutes,
        areas=tuple(Area.objects.filter(code__in=names.get("areas", ()))),
        organizations=tuple(Organization.objects.filter(code__in=names.get("bodies", ()))),
    )  # fmt: skip


ROOM = "Phòng họp số 2, Trụ sở HĐND tỉnh"
HALL = "Hội trường Trung tâm hội nghị tỉnh"


def _standing_meetings() -> list[Told]:
    """Twelve monthly meetings; one issued late, one leaving MTTQ out with a reason, the last with open minutes."""
    told = []
    for back in range(12, 0, -1):
        day = _months_back(back)
        month = f"{day:%m/%Y}".lstrip("0")
        agenda = [_item(f"Kết quả công tác tháng {month}, nhiệm vụ tháng tới", minutes=15)]
        if back % 3 == 0:
            agenda.append(
                _item(
                    "Giải trình: tiến độ giải ngân vốn đầu tư công", "explanation", "Giám đốc Sở Tài chính", 60,
                    areas=("X01", "X03"), bodies=("STC",),
                )
            )  # fmt: skip
        agenda += [
            _item(
                "Cho ý kiến về dự thảo nghị quyết trình kỳ họp", "draft_resolution", "Trưởng Ban Pháp chế", 30
            ),
            _item("Kết luận", "conclusion", "Chủ tọa", 10),
        ]
        told.append(
            Told(
                "TTHDND", "standing_meeting", f"Phiên họp tháng {month} của Thường trực HĐND tỉnh", _on(day, 7, 30),
                ROOM, tuple(agenda), lead=3 if back == 7 else 6, locked=back > 1, absent=back % 3 % 2,
                left_out=("MTTQ", "Phiên họp chỉ bàn công tác tổ chức nội bộ của HĐND tỉnh") if back == 5 else None,
                conclusions=(
                    ("BKTNS", "Hoàn thành thẩm tra các tờ trình, dự thảo nghị quyết được phân công", 10),
                    ("UBND", "Báo cáo kết quả giải ngân vốn đầu tư công và giải pháp tháng tới", 15),
                ),
            )
        )  # fmt: skip
    return told


def _past() -> list[Told]:
    """A year of meetings of several hosts. Terms change: only what lies in the present term is played."""
    partners: list[Told] = []
    for back in range(6, 0, -1):
        day = _months_back(back) - timedelta(days=5)
        title = f"Phiên họp Ủy ban nhân dân tỉnh tháng {day.month}/{day.year}"
        lead = 3 if back == 4 else 6
        agenda = (_item("Tình hình kinh tế - xã hội, nhiệm vụ tháng tới", presenter="Giám đốc Sở Tài chính"),)
        partners.append(
            Told(
                "UBND",
                "executive_meeting",
                title,
                _on(day, 8),
                "Trụ sở UBND tỉnh",
                agenda,
                lead=lead,
                locked=False,
            )
        )
    # Nobody issued the invitation to this one: the duty shows as missed.
    agenda = (_item("Nhiệm vụ trọng tâm trong tuần", "discussion", "Chánh Văn phòng UBND", 90),)
    title = "Giao ban tuần của Ủy ban nhân dân tỉnh"
    when = _on(clock.today() - timedelta(days=12), 8)
    partners.append(
        Told(
            "UBND",
            "executive_weekly",
            title,
            when,
            "Trụ sở UBND tỉnh",
            agenda,
            lead=2,
            issued=False,
            held=False,
        )
    )
    for back, name in ((5, "Luật Quy hoạch (sửa đổi)"), (1, "Luật Đất đai (sửa đổi)")):
        agenda = (_item(f"Góp ý dự thảo {name}", "discussion", "Phó Trưởng đoàn", 120),)
        title = f"Hội nghị lấy ý kiến đóng góp dự thảo {name}"
        when = _on(_months_back(back) - timedelta(days=12), 8)
        partners.append(Told("DDBQH", "law_consultation", title, when, HALL, agenda, locked=False))
    return [*_standing_meetings(), *partners, *_field_work()]


def _field_work() -> list[Told]:
    """Liaison conference, voter contacts, an oversight visit."""
    areas = {area.code: area for area in Area.objects.filter(code__startswith="X")}
    told = [
        Told(
            "TTHDND", "liaison_conference", "Hội nghị giao ban Thường trực HĐND hai cấp", _on(_months_back(4), 14), HALL,
            (_item("Trao đổi kinh nghiệm hoạt động của HĐND các cấp", "discussion", "Phó Chủ tịch HĐND", 150),),
            lead=7, locked=False,
        )
    ]  # fmt: skip
    for number, code in ((1, "X01"), (2, "X03"), (3, "X04"), (4, "X05")):
        agenda = (_item("Tiếp xúc cử tri trước kỳ họp thường lệ", "discussion", "Tổ đại biểu", 150),)
        title = f"Hội nghị tiếp xúc cử tri tại {areas[code].name}"
        when = _on(_months_back(5) + timedelta(days=number), 8)
        told.append(
            Told(f"TDB0{number}", "voter_contact", title, when, f"Nhà văn hóa {areas[code].name}", agenda,
                 areas=(areas[code],), lead=6 if number != 3 else 2, locked=False)
        )  # fmt: skip
    agenda = (_item("Làm việc về quản lý trụ sở dôi dư", "discussion", "Trưởng đoàn", 150, areas=("X04",)),)
    when = _on(_months_back(2), 8)
    title = "Giám sát việc quản lý, sử dụng trụ sở dôi dư tại xã Đồng Tiến"
    told.append(
        Told(
            "TTHDND",
            "oversight_visit",
            title,
            when,
            "Trụ sở UBND xã Đồng Tiến",
            agenda,
            areas=(areas["X04"],),
            locked=False,
        )
    )
    return told


def _around_today() -> list[Told]:
    """Today at the door, soon to be answered, and not yet issued; of several hosts."""
    today = clock.today()
    standing = (
        _item("Kết quả công tác tháng, nhiệm vụ trọng tâm tháng tới", minutes=15),
        _item("Công tác chuẩn bị kỳ họp thường lệ", minutes=20),
        _item("Giải trình: tiến độ giải ngân vốn đầu tư công", "explanation", "Giám đốc Sở Tài chính", 60,
              areas=("X01", "X03"), bodies=("STC", "SNV")),
        _item("Dự thảo nghị quyết về chương trình giám sát", "draft_resolution", "Trưởng Ban Pháp chế", 20),
        _item("Kết luận", "conclusion", "Chủ tọa", 10),
    )  # fmt: skip
    scrutiny = (
        _item(
            "Thẩm tra tờ trình về kế hoạch đầu tư công",
            "discussion",
            "Trưởng ban",
            120,
            bodies=("STC", "SXD"),
        ),
    )
    weekly = (_item("Nhiệm vụ trọng tâm trong tuần", "discussion", "Chánh Văn phòng UBND", 90),)
    law = (_item("Góp ý dự thảo Luật Ngân sách nhà nước (sửa đổi)", "discussion", "Phó Trưởng đoàn", 150),)
    ward = (
        _item("Kết quả công tác tháng của HĐND phường", minutes=20),
        _item("Chuẩn bị kỳ họp thường lệ cuối năm của HĐND phường", minutes=30),
    )
    return [
        Told("TTHDND", "joint_conference", "Hội nghị liên tịch thống nhất nội dung kỳ họp", clock.at_time(today, 14), ROOM,
             (_item("Thống nhất thời gian, nội dung, chương trình kỳ họp", "discussion", "Phó Chủ tịch HĐND", 90),
              _item("Phân công chuẩn bị tài liệu", bodies=("UBND", "MTTQ"))), held=False),
        Told("TTHDND", "standing_meeting", f"Phiên họp tháng {today.month}/{today.year} của Thường trực HĐND tỉnh",
             _on(today + timedelta(days=3), 7, 30), ROOM, standing, lead=7, held=False),
        Told("BKTNS", "scrutiny_meeting", "Họp thẩm tra của Ban Kinh tế - Ngân sách", _on(today + timedelta(days=5), 14),
             "Phòng họp số 1, Trụ sở HĐND tỉnh", scrutiny, held=False),
        Told("UBND", "executive_weekly", "Giao ban tuần của Ủy ban nhân dân tỉnh", _on(today + timedelta(days=6), 8),
             "Trụ sở UBND tỉnh", weekly, lead=5, held=False),
        Told("DDBQH", "law_consultation", "Hội nghị lấy ý kiến dự thảo Luật Ngân sách nhà nước (sửa đổi)",
             _on(today + timedelta(days=9), 8), HALL, law, lead=8, held=False),
        Told("TTHDND", "standing_meeting", "Phiên họp chuyên đề của Thường trực HĐND tỉnh",
             _on(today + timedelta(days=17), 7, 30), ROOM, standing, lead=14, issued=False, held=False),
        Told("X01-TT", "standing_meeting", "Phiên họp thường kỳ của Thường trực HĐND phường Tân Hòa",
             _on(today + timedelta(days=10), 8), "Phòng họp Trụ sở HĐND và UBND phường Tân Hòa", ward, lead=9,
             issued=False, held=False),
    ]  # fmt: skip
