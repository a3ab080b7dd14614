"""From a meeting to its papers: fills the content models of `documents.paper`."""

from collections.abc import Iterable

from councils.models import Membership
from documents.heading import draft_suffix, full_name, letterhead, recipients, signatory, suffix
from documents.models import Issuer
from documents.paper import conclusion_notice as notice_paper
from documents.paper import invitation as invitation_paper
from documents.paper import minutes as minutes_paper
from documents.paper import seat_list as seats_paper
from documents.paper import signin_sheet as signin_paper
from documents.paper.html import paper_pdf
from documents.paper.votes import VoteLine
from documents.queries.templates import own_wording
from documents.services import Numbered
from hdnd.lib import clock
from hdnd.lib.dates import short_date
from meetings.choices import Presence
from meetings.models import Conclusion, Invitation, Meeting, Minutes
from meetings.queries.record import Sheet, attendance_sheet, live_quorum, vote_results
from meetings.queries.replies import Seat, seat_list, seats_of, with_replies

_EVENT_WORDS = (
    ("phiên", "Phiên họp"),
    ("hội nghị", "Hội nghị"),
    ("kỳ họp", "Kỳ họp"),
    ("buổi", "Buổi làm việc"),
)


def invitation_pdf(
    meeting: Meeting, invitations: Iterable[Invitation], issuer: Issuer, taken: Numbered | None
) -> bytes:
    """The invitation as PDF; without a number it is the preview.

    Raises:
        DomainError: nobody to sign or nobody invited.
    """
    day = clock.today()
    signer = signatory(issuer, meeting.host, day, meeting.chair_id)
    invited = list(invitations)
    lines = tuple(
        invitation_paper.AgendaLine(item.title, item.presenter, item.minutes)
        for item in meeting.agenda.order_by("position")
    )
    members_line = f"Các thành viên {full_name(meeting.host)}"
    data = invitation_paper.InvitationPaper(
        letterhead=letterhead(issuer),
        number=taken.number if taken else None,
        suffix=suffix(taken.symbol) if taken else draft_suffix(issuer, "GM", day),
        place=issuer.place,
        issued_on=day if taken else None,
        subject=meeting.title,
        inviter=full_name(meeting.host),
        addressees=(
            invitation_paper.Addressee(members_line),
            *(invitation_paper.Addressee(addressed(row)) for row in invited),
        ),
        agenda=lines,
        chair=chair_line(meeting),
        starts_at=meeting.starts_at,
        venue=meeting.place,
        signature=signer.block,
        recipients=recipients(issuer, ["Như trên"]),
        answer_by=clock.local(meeting.answer_by).date() if meeting.answer_by else None,
        answer_contact=_answer_contact(issuer),
        remarks=tuple(line for line in meeting.note.splitlines() if line.strip()),
        wording=own_wording(issuer, "giay-moi"),
    )
    return paper_pdf(invitation_paper.invitation(data))


def addressed(invitation: Invitation) -> str:
    """`Lãnh đạo Ủy ban nhân dân tỉnh`: the part of the body that the clause asks for, then the body."""
    name = full_name(invitation.organization)
    return f"{invitation.role[:1].upper()}{invitation.role[1:]} {name}" if invitation.role else name


def chair_line(meeting: Meeting) -> str:
    """`Ông Nguyễn Đình Lâm, Chủ tịch HĐND`."""
    seat = chair_seat(meeting)
    if meeting.chair is None:
        return full_name(meeting.host)
    return f"{meeting.chair.styled_name}, {seat.post.name}" if seat else meeting.chair.styled_name


def chair_seat(meeting: Meeting) -> Membership | None:
    """The chair's seat in the host body on the day of the meeting."""
    if meeting.chair_id is None:
        return None
    seats = Membership.objects.on(meeting.day).filter(organization=meeting.host, person_id=meeting.chair_id)
    found: Membership | None = seats.select_related("post", "person").first()
    return found


def _answer_contact(issuer: Issuer) -> str:
    return (
        f"đường dẫn trong thư mời hoặc điện thoại {issuer.phone}"
        if issuer.phone
        else "đường dẫn trong thư mời"
    )


def minutes_pdf(minutes: Minutes, issuer: Issuer, taken: Numbered | None) -> bytes:
    """The minutes as PDF; without a number it is the draft."""
    meeting = minutes.meeting
    sheet = attendance_sheet(meeting)
    quorum = live_quorum(meeting, sheet)
    seat = chair_seat(meeting)
    data = minutes_paper.MinutesPaper(
        letterhead=letterhead(issuer),
        number=taken.number if taken else None,
        suffix=suffix(taken.symbol) if taken else draft_suffix(issuer, "BB", clock.today()),
        subject=meeting.title,
        starts_at=meeting.opened_at or meeting.starts_at,
        ends_at=meeting.closed_at or meeting.expected_end,
        venue=meeting.place,
        members=tuple(_members(sheet)),
        guests=tuple(_guests(sheet)),
        chair=minutes_paper.MinutesGuest(
            meeting.chair.full_name if meeting.chair else "", seat.post.name if seat else "Chủ tọa"
        ),
        secretary=minutes_paper.MinutesGuest(meeting.secretary_name, ""),
        items=tuple(_items(minutes)),
        conclusions=tuple(_conclusion_sentence(row) for row in _conclusions(meeting)),
        recipients=recipients(issuer, ["Thành viên dự họp", "Các cơ quan liên quan"]),
        event=event_word(meeting.title),
        quorum_required=quorum.required,
        version_note=_version_note(minutes),
        wording=own_wording(issuer, "bien-ban"),
    )
    return paper_pdf(minutes_paper.minutes(data))


def event_word(title: str) -> str:
    """`Phiên họp`, `Hội nghị` …, from how the title begins."""
    lowered = title.lower()
    return next((word for start, word in _EVENT_WORDS if lowered.startswith(start)), "Cuộc họp")


def _version_note(minutes: Minutes) -> str:
    old = minutes.supersedes
    if old is None:
        return ""
    symbol = old.document.symbol if old.document else f"bản {old.number}"
    return f"Biên bản này đính chính Biên bản số {symbol}. Lý do: {minutes.correction_reason}"


def _members(sheet: Sheet) -> Iterable[minutes_paper.MinutesMember]:
    for row in sheet.members:
        seat, mark = row.membership, row.attendance
        if mark and mark.presence == Presence.PRESENT:
            yield minutes_paper.MinutesMember(seat.person.full_name, seat.post.name)
        else:
            excused = bool(mark and mark.presence == Presence.EXCUSED)
            yield minutes_paper.MinutesMember(
                seat.person.full_name, seat.post.name, mark.reason if mark else "", excused
            )


def _guests(sheet: Sheet) -> Iterable[minutes_paper.MinutesGuest]:
    for row in sheet.guests:
        if row.presence == Presence.PRESENT and row.attendance:
            body = full_name(row.invitation.organization)
            name = row.attendance.guest_name or row.invitation.attendee_name
            title = row.attendance.guest_title or row.invitation.attendee_title
            yield minutes_paper.MinutesGuest(
                name or f"Đại diện {body}", f"{title}, {body}" if title else body
            )


def _items(minutes: Minutes) -> Iterable[minutes_paper.MinutesItem]:
    votes: dict[int, list[VoteLine]] = {}
    for event, result in vote_results(minutes.meeting):
        line = VoteLine(
            question=event.motion,
            total=result.total,
            present=result.present,
            in_favour=result.in_favour,
            against=result.against,
            other=result.other,
            not_voting=result.not_voting,
            required=result.required,
            passed=result.passed,
        )
        votes.setdefault(event.item_id, []).append(line)
    entries = {entry.item_id: entry.text for entry in minutes.entries.all()}
    for item in minutes.meeting.agenda.order_by("position"):
        yield minutes_paper.MinutesItem(
            item.title, item.presenter, entries.get(item.pk, ""), tuple(votes.get(item.pk, ()))
        )


def _conclusions(meeting: Meeting) -> list[Conclusion]:
    return list(meeting.conclusions.select_related("assignee__area", "report_to__area").order_by("position"))


def _conclusion_sentence(row: Conclusion) -> str:
    text = f"Giao {full_name(row.assignee)}: {row.text.rstrip('.;')}"
    if row.due_on:
        text += f"; hoàn thành trước ngày {short_date(row.due_on)}"
    return f"{text}."


def notice_pdf(meeting: Meeting, issuer: Issuer, taken: Numbered | None) -> bytes:
    """The notice of conclusions as PDF.

    Raises:
        DomainError: nobody to sign.
    """
    day = clock.today()
    signer = signatory(issuer, meeting.host, day, meeting.chair_id)
    rows = _conclusions(meeting)
    host = full_name(meeting.host)
    sheet = attendance_sheet(meeting)
    bodies = [
        full_name(row.invitation.organization) for row in sheet.guests if row.presence == Presence.PRESENT
    ]
    opened = clock.local(meeting.opened_at or meeting.starts_at)
    introduction = f"Ngày {short_date(opened)}, tại {meeting.place}, {host} tổ chức {meeting.title}"
    introduction += f"; {chair_line(meeting)} chủ trì."
    if bodies:
        introduction += f" Dự họp có đại diện {', '.join(bodies)}."
    data = notice_paper.ConclusionNoticePaper(
        letterhead=letterhead(issuer),
        number=taken.number if taken else None,
        suffix=suffix(taken.symbol) if taken else draft_suffix(issuer, "TB", day),
        place=issuer.place,
        issued_on=day if taken else None,
        subject=f"Kết luận {meeting.title}",
        introduction=(introduction,),
        chair=chair_line(meeting),
        items=tuple(
            notice_paper.ConclusionLine(
                task=row.text,
                assignee=full_name(row.assignee),
                due_on=row.due_on,
                report_to=full_name(row.report_to) if row.report_to else "",
            )
            for row in rows
        ),
        issuer=host,
        signature=signer.block,
        recipients=recipients(issuer, list(dict.fromkeys(full_name(row.assignee) for row in rows))),
        wording=own_wording(issuer, "thong-bao-ket-luan"),
    )
    return paper_pdf(notice_paper.conclusion_notice(data))


def signin_pdf(meeting: Meeting, issuer: Issuer) -> bytes:
    """The sheet to sign at the door: members in force on the day, then those who said they come."""
    sheet = attendance_sheet(meeting)
    data = signin_paper.SigninSheetPaper(
        letterhead=letterhead(issuer),
        event=meeting.title,
        starts_at=meeting.starts_at,
        venue=meeting.place,
        members=tuple(
            signin_paper.SigninRow(row.membership.person.full_name, row.membership.post.name)
            for row in sheet.members
        ),
        guests=tuple(
            signin_paper.SigninRow(seat.name, _with_title(seat))
            for row in with_replies(row.invitation for row in sheet.guests)
            for seat in seats_of(row, full_name(row.organization))
        ),
    )
    return paper_pdf(signin_paper.signin_sheet(data))


def seats_pdf(meeting: Meeting, issuer: Issuer) -> bytes:
    """Who needs a seat and a meal, in order of protocol."""
    found = seat_list(meeting)
    data = seats_paper.SeatListPaper(
        letterhead=letterhead(issuer),
        event=meeting.title,
        starts_at=meeting.starts_at,
        venue=meeting.place,
        members=tuple(
            seats_paper.SeatRow(seat.name, seat.title, seat.phone, seat.has_meal) for seat in found.members
        ),
        guests=tuple(
            seats_paper.SeatRow(seat.name, _with_title(seat), seat.phone, seat.has_meal)
            for seat in found.guests
        ),
        silent=tuple(full_name(row.organization) for row in found.silent),
    )
    return paper_pdf(seats_paper.seat_list(data))


def _with_title(seat: Seat) -> str:
    return f"{seat.title}, {seat.body}" if seat.title else seat.body
