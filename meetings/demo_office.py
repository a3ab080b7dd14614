"""The demo's ordinary days: answers by telephone, members who say they come, papers in versions, invitations on paper.

Everything goes through the services under its own date. All fictional.
"""

from datetime import datetime, time, timedelta

from coordination.choices import EventKind
from coordination.law.working_days import is_working_day
from councils.models import Organization, User
from councils.queries import members_on
from documents.heading import letterhead
from documents.paper.html import paper_pdf
from documents.paper.model import DocTitle, Paper, Paragraph, text
from documents.services import issuer_of
from hdnd.lib import clock
from hdnd.lib.background import silenced
from meetings.choices import MeetingState, Rhythm
from meetings.models import AgendaItem, IncomingInvitation, Meeting
from meetings.services import answering, incoming, series
from meetings.services.agenda_papers import add_paper, note_read
from meetings.services.changing import postpone_meeting
from meetings.services.incoming import IncomingInput
from meetings.services.members import reply_as_member


def load_office() -> int:
    """Plays the step once on the next issued meeting of the province's standing committee; returns how much it made."""
    meeting = (
        Meeting.objects.filter(
            host__code="TTHDND",
            kind="standing_meeting",
            state=MeetingState.INVITED,
            starts_at__gt=clock.now(),
        )
        .order_by("starts_at")
        .first()
    )
    if meeting is None or IncomingInvitation.objects.exists():
        return 0
    with silenced():
        return (
            _told(meeting) + _papers(meeting) + _incoming(meeting.host) + _series(meeting.host) + _put_off()
        )


def _secretary() -> User:
    return User.objects.get(username="thuky")


def _told(meeting: Meeting) -> int:
    """UBND answers a second time by telephone; most members say they come, one does not."""
    secretary = _secretary()
    invitation = meeting.invitations.filter(organization__code="UBND", issued_at__isnull=False).first()
    leaders = list(members_on(invitation.organization, meeting.day)) if invitation else []
    if invitation and leaders:
        first = leaders[-1]
        data = answering.AnswerInput(
            "accepted", first.person.full_name, first.post.name, person=first.person, phone="0200 555 0177",
            has_meal=True, answered_by="Đặng Minh Châu, Văn phòng UBND tỉnh", channel="phone",
            others=(answering.Attendee("Triệu Văn Nghĩa", "Chuyên viên", "0200 555 0178", True),),
        )  # fmt: skip
        answering.answer_for(actor=secretary, invitation=invitation, data=data)
    seats = list(members_on(meeting.host, meeting.day))
    for number, seat in enumerate(seats[:5]):
        reply_as_member(
            actor=secretary, meeting=meeting, membership=seat, comes=number != 3, reason="Đi công tác cơ sở",
            has_meal=number < 2, channel="zalo" if number % 2 else "phone",
        )  # fmt: skip
    return len(seats[:5]) + bool(leaders)


def _papers(meeting: Meeting) -> int:
    """Two papers on the first items, the first in a second version since its reader opened it."""
    secretary = _secretary()
    items = list(meeting.agenda.order_by("position")[:2])
    for item in items:
        first = add_paper(
            actor=secretary,
            item=item,
            title="Báo cáo",
            file_name="bao-cao.pdf",
            content=_pdf(meeting, item, 1),
        )
        if item is items[0]:
            note_read(paper=first, user=User.objects.get(username="ubnd"))
            add_paper(
                actor=secretary, item=item, title="Báo cáo", file_name="bao-cao-ban-2.pdf",
                content=_pdf(meeting, item, 2), note="Cập nhật số liệu đến cuối tháng",
            )  # fmt: skip
    return len(items) + 1


def _pdf(meeting: Meeting, item: AgendaItem, version: int) -> bytes:
    """A page that says what it is for."""
    words = f"Tài liệu phục vụ nội dung {item.position} của {meeting.title}. Bản {version}, số liệu minh họa."
    return paper_pdf(
        Paper(
            name=f"Báo cáo {item.position}",
            letterhead=letterhead(issuer_of(meeting.host)),
            title=DocTitle("Báo cáo", (item.title,)),
            blocks=(Paragraph(text(words)),),
        )
    )


def _incoming(host: Organization) -> int:
    """A committee of the National Assembly, which is outside the system, and a weekly calendar of UBND."""
    secretary = _secretary()
    bodies = {body.code: body for body in Organization.objects.filter(code__in=["UBQH-KTTC", "UBND"])}
    made = 0
    for code, kind, title, symbol, days in (
        (
            "UBQH-KTTC",
            "oversight_visit",
            "Giám sát việc quản lý vốn đầu tư công tại tỉnh",
            "126/GM-UBKTTC15",
            16,
        ),
        ("UBND", "executive_weekly", "Giao ban tuần của Ủy ban nhân dân tỉnh", "", -4),
    ):
        if code not in bodies:
            continue
        starts_at = _working(clock.at_time(clock.today() + timedelta(days=days), 8))
        received = min(starts_at - timedelta(days=4), clock.now())
        with clock.at(received):
            row = incoming.register(
                actor=secretary, organization=host,
                data=IncomingInput(
                    host=bodies[code], kind=kind, title=title, starts_at=starts_at, symbol=symbol,
                    received_on=clock.today(), place="Trụ sở UBND tỉnh",
                    note="" if symbol else "Lịch tuần gửi thay giấy mời",
                ),
            )  # fmt: skip
            if not symbol:
                seat = members_on(host, row.day)[0]
                incoming.assign(actor=secretary, incoming=row, people=[seat.person])
        if starts_at < clock.now():
            incoming.record_result(actor=secretary, incoming=row, attended=True)
        made += 1
    return made


def _working(moment: datetime) -> datetime:
    """The moment, moved back to a working day."""
    while not is_working_day(moment.date()):
        moment -= timedelta(days=1)
    return moment


def _series(host: Organization) -> int:
    """The weekly briefing of the standing committee for the next two months, its first day left out."""
    secretary, monday = _secretary(), clock.today() + timedelta(days=21 - clock.today().weekday())
    data = series.SeriesInput(
        kind=EventKind.OTHER, title="Giao ban tuần của Thường trực HĐND tỉnh lần {lần}", rhythm=Rhythm.WEEKLY,
        first_on=monday, until=monday + timedelta(weeks=8), start_time=time(7, 30), minutes=60,
        place="Phòng họp số 1, Trụ sở HĐND tỉnh", secretary_name=secretary.display_name, excluded=(monday,),
    )  # fmt: skip
    planned = series.plan_series(actor=secretary, host=host, data=data)
    return series.fill_series(series_id=planned.pk, actor_id=secretary.pk)


def _put_off() -> int:
    """A hearing of a committee is postponed until the report is complete."""
    meeting = (
        Meeting.objects.filter(host__code="BKTNS", state=MeetingState.INVITED, starts_at__gt=clock.now())
        .order_by("-starts_at")
        .first()
    )
    if meeting is None:
        return 0
    postpone_meeting(
        actor=_secretary(), meeting=meeting, reason="Hồ sơ thẩm tra chưa đủ, chờ bổ sung báo cáo"
    )
    return 1
