"""From a change of an issued meeting to its notice: fills the content model of `documents.paper.change_notice`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from documents import heading
from documents.models import Document, Issuer
from documents.paper import change_notice as change_paper
from documents.paper.invitation import AgendaLine, time_sentence
from documents.queries.templates import own_wording
from documents.services import Numbered
from hdnd.lib import clock
from meetings import papers
from meetings.choices import ChangeKind, MeetingFormat
from meetings.models import Meeting


def change_pdf(
    meeting: Meeting,
    *,
    kind: str,
    reason: str,
    differences: Mapping[str, Any],
    invitation: Document,
    before: Mapping[str, Any],
    bodies: Iterable[str],
    issuer: Issuer,
    taken: Numbered | None,
) -> bytes:
    """The notice as PDF; without a number it is the preview.

    Args:
        meeting: as it stands after the change.
        differences: what `MeetingChange.differences` keeps.
        before: `starts_at` and `place` as the invitation or the last change said.
        bodies: full names of those who are told.

    Raises:
        DomainError: nobody to sign.
    """
    day = clock.today()
    signer = heading.signatory(issuer, meeting.host, day, meeting.chair_id)
    agenda = meeting.agenda.order_by("position") if "agenda" in differences else ()
    data = change_paper.ChangeNoticePaper(
        letterhead=heading.letterhead(issuer),
        number=taken.number if taken else None,
        suffix=heading.suffix(taken.symbol) if taken else heading.draft_suffix(issuer, "TB", day),
        place=issuer.place,
        issued_on=day if taken else None,
        verb=verb_of(kind, differences),
        event=meeting.title,
        issuer=heading.full_name(meeting.host),
        invitation=change_paper.day_of(invitation.symbol, invitation.issued_on),
        starts_at=before["starts_at"],
        venue=before["place"],
        reason=reason,
        changes=tuple(changes_in_words(differences)),
        agenda=tuple(AgendaLine(item.title, item.presenter, item.minutes) for item in agenda),
        closing=tuple(_closing(meeting, kind, differences)),
        signature=signer.block,
        recipients=heading.recipients(
            issuer, [f"Các thành viên {heading.full_name(meeting.host)}", *dict.fromkeys(bodies)]
        ),
        wording=own_wording(issuer, "thong-bao-thay-doi"),
    )
    return papers.paper_pdf(change_paper.change_notice(data))


def verb_of(kind: str, differences: Mapping[str, Any]) -> str:
    """What the notice announces: only what changed is named."""
    if kind != ChangeKind.MOVED:
        return str(ChangeKind(kind).label)
    points = [name for key, name in (("starts_at", "thời gian"), ("place", "địa điểm")) if key in differences]
    if "format" in differences and not points:
        points = ["hình thức họp"]
    elif "ends_at" in differences and not points:
        points = ["thời gian"]
    points += ["chương trình"] if "agenda" in differences else []
    return f"Thay đổi {', '.join(points)}"


def changes_in_words(differences: Mapping[str, Any]) -> list[change_paper.Changed]:
    """Each point that differs, the agenda aside, as papers and mails say it."""
    rows = []
    if "starts_at" in differences:
        was, becomes = (_moment(text) for text in differences["starts_at"])
        rows.append(change_paper.Changed("Thời gian", _time_or(was), _time_or(becomes)))
    elif "ends_at" in differences:
        was, becomes = (_moment(text) for text in differences["ends_at"])
        rows.append(change_paper.Changed("Kết thúc dự kiến", _time_or(was), _time_or(becomes)))
    if "place" in differences:
        rows.append(change_paper.Changed("Địa điểm", *differences["place"]))
    if "format" in differences:
        old, new = (str(MeetingFormat(value).label) for value in differences["format"])
        rows.append(change_paper.Changed("Hình thức", old, new))
    return rows


def _moment(text: str | None) -> datetime | None:
    return clock.local(datetime.fromisoformat(text)) if text else None


def _time_or(moment: datetime | None) -> str:
    return time_sentence(moment) if moment else "theo chương trình"


def _closing(meeting: Meeting, kind: str, differences: Mapping[str, Any]) -> Iterable[str]:
    host = heading.full_name(meeting.host)
    if kind == ChangeKind.CANCELLED:
        yield f"{host} thông báo để các cơ quan, đại biểu được mời biết."
    elif kind == ChangeKind.POSTPONED:
        yield "Thời gian họp lại sẽ được thông báo sau; trả lời đã gửi cho thời gian cũ không còn hiệu lực."
    elif "starts_at" in differences:
        by = f" trước ngày {papers.short_date(clock.local(meeting.answer_by))}" if meeting.answer_by else ""
        yield (
            f"Đề nghị các cơ quan, đại biểu trả lời lại việc dự họp{by} qua đường dẫn trong thư kèm theo thông báo "
            "này; trả lời đã gửi cho thời gian cũ không còn hiệu lực."
        )
    else:
        yield "Đề nghị các cơ quan, đại biểu biết và dự họp đúng thành phần, thời gian, địa điểm."
