"""Plan a written consultation, issue its form, extend its deadline, close it or call it off."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from councils.permissions import ensure
from councils.queries import members_on
from documents import consultation_papers as papers
from documents.choices import DocumentType
from documents.choices_consultation import ConsultationState, DayOff
from documents.heading import full_name, signatory
from documents.models import Consultation, ConsultationVoice
from documents.paper.html import paper_pdf
from documents.paper.model import Paper
from documents.permissions.consultation import can_consult
from documents.queries.tallies import count_of
from documents.services import consultation_mails as mails
from documents.services.consultation_planning import (
    NOT_YOURS,
    check_deadline,
    ensure_draft,
    ensure_open,
    locked,
    reasoned,
    settled,
)
from documents.services.issuing import issue
from documents.services.numbering import issuer_of
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.dates import long_date, short_date
from hdnd.lib.errors import DomainError


@transaction.atomic
def open_consultation(*, actor: Any, consultation: Consultation) -> mails.Told:
    """Issues the numbered form, gives everybody asked a voice and mails it.

    Raises:
        PermissionDenied: not of the asking body's secretariat.
        DomainError: issued already, the deadline has passed, nobody to ask, no letterhead or nobody to sign.
    """
    row = locked(actor=actor, consultation=consultation)
    ensure_draft(row)
    check_deadline(row.deadline)
    voices = _voices(row)
    if not voices:
        who = row.members_of.label if row.members_of else "danh sách"
        raise DomainError(
            f"Không có ai để lấy ý kiến: {who} không có thành viên nào vào ngày {short_date(row.deadline)}. "
            "Chọn cơ quan khác hoặc nhờ quản trị khai báo thành viên.",
            field="members_of",
        )
    signer = signatory(issuer_of(row.organization), row.organization, clock.today())
    asked = [voice.organization for voice in voices if voice.organization]
    row.document = issue(
        actor=actor,
        organization=row.organization,
        doc_type=DocumentType.OPINION_FORM,
        subject=row.title,
        signer_name=signer.name,
        signer_title=signer.full_title,
        recipients=[full_name(body) for body in asked] or papers.kinh_gui(row),
        addressees=asked,
        about=row,
        render=lambda issuer, taken: paper_pdf(papers.form_of(row, issuer, taken)),
    )
    row.state, row.opened_at = ConsultationState.OPEN, clock.now()
    row.full_clean()
    row.save()
    changes = {"document": row.document.symbol, "asked": len(voices), "deadline": row.deadline}
    record("documents.consultation.opened", row, actor=actor, changes=changes)
    return mails.tell_form(consultation=row, voices=voices)


def preview(*, actor: Any, consultation: Consultation) -> Paper:
    """The form as it would be issued now, without a number; nothing is written.

    Raises:
        PermissionDenied: not of the asking body's secretariat.
        DomainError: no letterhead or nobody to sign.
    """
    ensure(can_consult(actor, consultation), NOT_YOURS)
    return papers.form_of(consultation, issuer_of(consultation.organization), None)


@transaction.atomic
def extend_deadline(
    *, actor: Any, consultation: Consultation, deadline: date, reason: str, day_off: str = DayOff.NEXT
) -> mails.Told:
    """Gives more time and tells those who have not answered; members who joined since get their form.

    Raises:
        PermissionDenied: not of the asking body's secretariat.
        DomainError: not open, not a later day, a day that has passed, or no reason.
    """
    row = locked(actor=actor, consultation=consultation)
    ensure_open(row)
    reason = reasoned(reason)
    deadline = settled(deadline, day_off)
    if deadline <= row.deadline:
        raise DomainError(
            f"Hạn mới phải sau hạn cũ {short_date(row.deadline)}. Chọn ngày muộn hơn.", field="deadline"
        )
    check_deadline(deadline)
    before, row.deadline = row.deadline, deadline
    row.save(update_fields=["deadline"])
    changes = {"deadline": [before, deadline], "reason": reason}
    record("documents.consultation.extended", row, actor=actor, changes=changes)
    joined = _joined(row)
    told = mails.tell_form(consultation=row, voices=joined)
    silent = [one.voice for one in count_of(row).silent if one.voice not in joined]
    return told + mails.tell_extended(consultation=row, voices=silent, before=before, reason=reason)


@transaction.atomic
def close_consultation(*, actor: Any, consultation: Consultation) -> Consultation:
    """Takes no more answers, once; before the deadline only when all have answered.

    Raises:
        PermissionDenied: not of the asking body's secretariat.
        DomainError: not open, or neither due nor complete.
    """
    row = locked(actor=actor, consultation=consultation)
    ensure_open(row)
    count = count_of(row)
    if not row.is_over and not count.is_complete:
        missing = len(count.silent) + len(count.unasked)
        raise DomainError(
            f"Hạn trả lời đến hết {long_date(row.deadline)} và còn {missing} phiếu chưa trả lời. "
            "Chờ hết hạn, hoặc nhắc những nơi chưa trả lời."
        )
    row.state, row.closed_at = ConsultationState.CLOSED, clock.now()
    row.save(update_fields=["state", "closed_at"])
    changes = {
        "voices": count.voices,
        "counted": count.counted,
        "questions": [f"{one.tally.agree}/{one.tally.disagree}/{one.tally.other}" for one in count.questions],
    }
    record("documents.consultation.closed", row, actor=actor, changes=changes)
    return row


@transaction.atomic
def cancel_consultation(*, actor: Any, consultation: Consultation, reason: str) -> mails.Told:
    """Calls it off; those who were asked are told why. The form and the answers stay.

    Raises:
        PermissionDenied: not of the asking body's secretariat.
        DomainError: closed or called off already, or no reason.
    """
    row = locked(actor=actor, consultation=consultation)
    if row.state not in {ConsultationState.DRAFT, ConsultationState.OPEN}:
        raise DomainError(f"Việc lấy ý kiến này {row.get_state_display()}, không dừng được nữa.")
    was_open = row.is_open
    row.state, row.cancelled_because = ConsultationState.CANCELLED, reasoned(reason)[:500]
    row.save(update_fields=["state", "cancelled_because"])
    record("documents.consultation.cancelled", row, actor=actor, changes={"reason": row.cancelled_because})
    voices = [one.voice for one in count_of(row).rows] if was_open else []
    return mails.tell_cancelled(consultation=row, voices=voices)


@transaction.atomic
def issue_result(*, actor: Any, consultation: Consultation, doc_type: str) -> mails.Told:
    """Issues what it came to, once: a notice, which all asked get, or minutes of the count for the body itself.

    Raises:
        PermissionDenied: not of the asking body's secretariat.
        DomainError: not closed, issued already, no such kind, no letterhead or nobody to sign.
    """
    row = locked(actor=actor, consultation=consultation)
    if not row.is_closed:
        raise DomainError("Kết thúc việc lấy ý kiến trước, rồi phát hành kết quả.")
    if row.result_id:
        raise DomainError(
            f"Kết quả đã phát hành: {row.result}. Mỗi lần lấy ý kiến chỉ có một văn bản kết quả."
        )
    if doc_type not in {DocumentType.NOTICE, DocumentType.MINUTES}:
        raise DomainError("Chọn thông báo kết quả hoặc biên bản kiểm phiếu.", field="doc_type")
    count = count_of(row)
    signer = signatory(issuer_of(row.organization), row.organization, clock.today())
    is_notice = doc_type == DocumentType.NOTICE
    asked = [one.voice.organization for one in count.rows if one.voice.organization and is_notice]
    row.result = issue(
        actor=actor,
        organization=row.organization,
        doc_type=doc_type,
        subject=papers.result_subject(row, is_minutes=not is_notice),
        signer_name=signer.name,
        signer_title=signer.full_title,
        recipients=[full_name(body) for body in asked] or papers.kinh_gui(row),
        addressees=asked,
        about=row,
        render=lambda issuer, taken: papers.result_pdf(
            row, count, issuer, taken, is_minutes=not is_notice, clerk=str(actor)
        ),
    )
    row.save(update_fields=["result"])
    record("documents.consultation.result_issued", row, actor=actor, changes={"document": row.result.symbol})
    return mails.tell_result(
        consultation=row, voices=[one.voice for one in count.rows if one.has_voice] if is_notice else []
    )


def _voices(row: Consultation) -> list[ConsultationVoice]:
    """All voices with their links: bodies as planned, members as they will be on the last day."""
    if row.asks_members:
        _joined(row)
    voices = list(row.voices.select_related("person", "organization__area"))
    for voice in voices:
        voice.nonce = voice.nonce or get_random_string(12)
    ConsultationVoice.objects.bulk_update(voices, ["nonce"])
    return voices


def _joined(row: Consultation) -> list[ConsultationVoice]:
    """New voices of members on the last day who had none."""
    if row.members_of is None:
        return []
    known = set(row.voices.values_list("person", flat=True))
    seats = [seat for seat in members_on(row.members_of, row.deadline) if seat.person_id not in known]
    return ConsultationVoice.objects.bulk_create(
        ConsultationVoice(consultation=row, person=seat.person, nonce=get_random_string(12)) for seat in seats
    )
