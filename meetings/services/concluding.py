"""Conclusions become tasks; the notice of conclusions tells who does what by when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from councils.models import Organization
from councils.permissions import can_answer_for, ensure
from councils.queries import invitation_addresses
from documents import heading
from documents.choices import DocumentType
from documents.models import Document, Issuer
from documents.sender import sender_of
from documents.services import Numbered, issue, issuer_of
from hdnd.audit.services import changed, record
from hdnd.lib import clock
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc
from hdnd.outbox.services import Attachment, queue
from meetings import papers
from meetings.choices import MeetingState
from meetings.models import AgendaItem, Conclusion, Meeting
from meetings.permissions import can_prepare


@dataclass(frozen=True)
class ConclusionInput:
    """Who does what by when, reporting to whom."""

    assignee: Organization
    text: str
    due_on: date | None = None
    report_to: Organization | None = None
    item: AgendaItem | None = None


@transaction.atomic
def add_conclusion(*, actor: Any, meeting: Meeting, data: ConclusionInput) -> Conclusion:
    """Writes down a conclusion.

    Raises:
        PermissionDenied: not of the host's secretariat.
        DomainError: before the opening, after the notice, or due before the meeting.
    """
    meeting = _locked(actor, meeting)
    last = meeting.conclusions.order_by("-position").first()
    row = Conclusion(meeting=meeting, position=last.position + 1 if last else 1)
    _write(row, data)
    record(
        "meetings.conclusion.added",
        meeting,
        actor=actor,
        changes={"text": row.text, "assignee": row.assignee, "due_on": row.due_on},
    )
    return row


@transaction.atomic
def change_conclusion(*, actor: Any, conclusion: Conclusion, data: ConclusionInput) -> Conclusion:
    """Changes a conclusion not yet announced."""
    meeting = _locked(actor, conclusion.meeting)
    conclusion.text, conclusion.assignee, conclusion.due_on = nfc(data.text), data.assignee, data.due_on
    conclusion.report_to, conclusion.item = data.report_to, data.item
    changes = changed(conclusion, ["text", "assignee", "due_on", "report_to", "item"])
    _write(conclusion, data)
    record("meetings.conclusion.changed", meeting, actor=actor, changes=changes)
    return conclusion


@transaction.atomic
def remove_conclusion(*, actor: Any, conclusion: Conclusion) -> None:
    """Takes back a conclusion not yet announced; the rest move up."""
    meeting = _locked(actor, conclusion.meeting)
    record("meetings.conclusion.removed", meeting, actor=actor, changes={"text": conclusion.text})
    conclusion.delete()
    for position, row in enumerate(meeting.conclusions.order_by("position"), start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


@transaction.atomic
def issue_notice(*, actor: Any, meeting: Meeting) -> Document:
    """Issues the notice of conclusions, once, and mails it to those who got a task.

    Raises:
        PermissionDenied: not of the host's secretariat.
        DomainError: no conclusion, or already issued.
    """
    meeting = _locked(actor, meeting)
    rows = list(meeting.conclusions.select_related("assignee__area").order_by("position"))
    if not rows:
        raise DomainError("Cuộc họp chưa có kết luận nào để thông báo. Thêm kết luận rồi phát hành.")
    signer = heading.signatory(issuer_of(meeting.host), meeting.host, clock.today(), meeting.chair_id)

    def render(issuer: Issuer, taken: Numbered) -> bytes:
        return papers.notice_pdf(meeting, issuer, taken)

    assignees = list({row.assignee_id: row.assignee for row in rows}.values())
    document = issue(
        actor=actor,
        organization=meeting.host,
        doc_type=DocumentType.NOTICE,
        subject=f"Kết luận {meeting.title}",
        signer_name=signer.name,
        signer_title=signer.full_title,
        recipients=[heading.full_name(body) for body in assignees],
        addressees=assignees,
        about=meeting,
        render=render,
    )
    for row in rows:
        row.notice = document
    Conclusion.objects.bulk_update(rows, ["notice"])
    record(
        "meetings.notice.issued",
        meeting,
        actor=actor,
        changes={"document": document.symbol, "tasks": len(rows)},
    )
    for body in assignees:
        _mail(meeting, document, body, [row for row in rows if row.assignee_id == body.pk])
    return document


@transaction.atomic
def complete_task(*, actor: Any, conclusion: Conclusion, note: str) -> Conclusion:
    """The body that got the task, or the secretariat for it, reports it done.

    Raises:
        PermissionDenied: neither of them.
        DomainError: already done, or nothing said about the result.
    """
    row = (
        Conclusion.objects.select_for_update(of=("self",))
        .select_related("assignee", "meeting__host")
        .get(pk=conclusion.pk)
    )
    ensure(can_answer_for(actor, row.assignee) or can_prepare(actor, row.meeting))
    if row.done_on:
        raise DomainError(f"Việc này đã báo hoàn thành ngày {short_date(row.done_on)}.")
    if not nfc(note):
        raise DomainError("Ghi kết quả thực hiện.", field="note")
    row.done_on, row.done_note = clock.today(), nfc(note)
    row.save(update_fields=["done_on", "done_note"])
    record(
        "meetings.task.completed", row, actor=actor, changes={"done_on": row.done_on, "note": row.done_note}
    )
    return row


def _locked(actor: Any, meeting: Meeting) -> Meeting:
    locked: Meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("host__area", "chair")
        .get(pk=meeting.pk)
    )
    ensure(can_prepare(actor, locked))
    if locked.state not in {MeetingState.HELD, MeetingState.MINUTED, MeetingState.APPROVED}:
        raise DomainError("Cuộc họp chưa khai mạc nên chưa có kết luận.")
    if locked.conclusions.filter(notice__isnull=False).exists():
        raise DomainError("Thông báo kết luận đã phát hành nên kết luận không sửa được nữa.")
    return locked


def _write(row: Conclusion, data: ConclusionInput) -> None:
    if data.due_on and data.due_on < row.meeting.day:
        raise DomainError(
            f"Hạn {short_date(data.due_on)} sớm hơn ngày họp {short_date(row.meeting.day)}. Chọn ngày khác.",
            field="due_on",
        )
    if data.item and data.item.meeting_id != row.meeting_id:
        raise DomainError("Nội dung này không thuộc chương trình cuộc họp.", field="item")
    row.text, row.assignee, row.due_on = nfc(data.text), data.assignee, data.due_on
    row.report_to, row.item = data.report_to, data.item
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()


def _mail(meeting: Meeting, document: Document, body: Organization, tasks: list[Conclusion]) -> None:
    host = heading.full_name(meeting.host)
    context = {
        "meeting": meeting,
        "document": document,
        "host": host,
        "tasks": tasks,
        "link": settings.SITE_URL + reverse("meetings:task_list"),
    }
    for contact in invitation_addresses(body, clock.today()):
        queue(
            dedupe_key=f"notice:{document.pk}:{contact.email.lower()}",
            to=contact.email,
            to_name=contact.name or body.label,
            **sender_of(document.issuer),
            subject=f"Thông báo số {document.symbol}: kết luận {meeting.title}",
            text=render_to_string("meetings/mail/notice.txt", context),
            html=render_to_string("meetings/mail/notice.html", context),
            attachments=[
                Attachment(f"{document.symbol.replace('/', '-')}.pdf", "application/pdf", document.file)
            ],
            about=meeting,
        )
